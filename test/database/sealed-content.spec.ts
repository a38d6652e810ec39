import { createHash } from 'node:crypto';
import { reconcile } from '../../src/cli/reconcile.js';
import { sealedBytes } from '../../src/database/statements/content/sealed-content.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const address = (): string => `https://cdn.example.ma/sealed/${(n += 1)}.jpg`;
const picture = (): string => `sealed picture ${(n += 1)}`;
/** What the site says of bytes that nobody looked at. */
const TOLD = {
  ...{ pdq: null, quality: null, width: null, height: null, bytes: null, format: null },
  announced: true,
};

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  expect((await reconcile(desk.database)).flatMap(({ problems }) => problems)).toEqual([]);
});
afterAll(() => desk.close());

const idOf = async (image: string): Promise<string> => String((await desk.row(image))['id']);

async function isSealed(bytes: string): Promise<boolean> {
  const sha256 = createHash('sha256').update(bytes).digest();
  const [row] = await desk.dataSource.query<{ sealed: boolean }[]>(
    `select ${sealedBytes('$1::bigint', '$2::bytea')} as sealed`,
    [desk.siteId, sha256],
  );
  return row?.sealed === true;
}

/** A moderator keeps what an image shows. */
const keep = async (image: string) =>
  done(await desk.neck.moderateOne(desk.decision({ imageId: await idOf(image) }, 'keep')));

/** Bytes that were called severe, then others, which the site told of and a moderator kept. */
async function swapped(image: string, bad: string, good: string): Promise<void> {
  await desk.reports(image, 1);
  await desk.look(image, bad);
  await desk.reports(image, 1, 'child_abuse');
  await desk.look(image, good, TOLD);
  await keep(image);
}

describe('bytes that were called severe', () => {
  it('stay sealed where the image becomes one with another by the bytes that it shows by then', async () => {
    const [older, younger, bad, good] = [address(), address(), picture(), picture()];
    await desk.reports(older, 1);
    await desk.look(older, good);
    await swapped(younger, bad, good);
    expect([await isSealed(bad), await isSealed(good)]).toEqual([true, false]);
    await desk.look(younger, good);
    expect(await idOf(younger)).toBe(await idOf(older));
    expect([await isSealed(bad), await isSealed(good)]).toEqual([true, false]);
  });

  it('stay sealed where that other had them, too', async () => {
    const [older, younger, bad, good] = [address(), address(), picture(), picture()];
    await desk.reports(older, 1);
    await desk.look(older, bad);
    await desk.look(older, good);
    await swapped(younger, bad, good);
    await desk.look(younger, good);
    expect(await idOf(younger)).toBe(await idOf(older));
    expect(await isSealed(bad)).toBe(true);
  });

  it('are open again once a moderator keeps them where they are now', async () => {
    const id = `sealed-${(n += 1)}`;
    const [url, bad, good] = [address(), picture(), picture()];
    await desk.reports(id, 1);
    await desk.look(id, good);
    await swapped(url, bad, good);
    await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await isSealed(bad)).toBe(true);
    await desk.look(id, bad, { announced: true });
    expect(await isSealed(bad)).toBe(true);
    await keep(id);
    expect(await isSealed(bad)).toBe(false);
    await desk.look(id, good, { announced: true });
    expect(await isSealed(bad)).toBe(false);
    await desk.look(id, bad, { announced: true });
    expect(await isSealed(bad)).toBe(false);
  });
});
