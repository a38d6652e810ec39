import { setImmediate } from 'node:timers/promises';
import { DrawnPictures } from '../../src/demo/drawn-pictures.js';

const SOME = [{ number: 1 }, { number: 2 }, { number: 3 }];

/** Whether a picture is there already, and needs not be drawn. */
const isThere = (drawn: DrawnPictures, number: number): Promise<boolean> =>
  Promise.race([drawn.get(number).then(() => true), setImmediate(false)]);

it('draws pictures before anybody asks, and each once', async () => {
  const drawn = new DrawnPictures();
  const all = drawn.drawAll(SOME, 0);
  const asked = await drawn.get(3);
  await all;
  for (const { number } of SOME) expect([number, await isThere(drawn, number)]).toEqual([number, true]);
  expect(await drawn.get(3)).toBe(asked);
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
