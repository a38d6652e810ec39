import { setImmediate } from 'node:timers/promises';
import { DrawnPictures } from '../../src/demo/drawn-pictures.js';
import { PICTURES } from '../../src/demo/pictures.js';

/** Whether a picture is there already, and needs not be drawn. */
const isThere = (drawn: DrawnPictures, number: number): Promise<boolean> =>
  Promise.race([drawn.get(number).then(() => true), setImmediate(false)]);

it('draws every picture before anybody asks, and each once', async () => {
  const drawn = new DrawnPictures();
  const all = drawn.drawAll(0);
  const asked = await drawn.get(24);
  await all;
  for (const { number } of PICTURES) expect([number, await isThere(drawn, number)]).toEqual([number, true]);
  expect(await drawn.get(24)).toBe(asked);
});

it('draws no more once the service stops, and still answers', async () => {
  const drawn = new DrawnPictures();
  const all = drawn.drawAll();
  drawn.beforeApplicationShutdown();
  await all;
  await drawn.drawAll();
  expect(await isThere(drawn, 1)).toBe(false);
  expect((await drawn.get(1)).length).toBeGreaterThan(0);
});
