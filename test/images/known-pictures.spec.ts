import { Doorbell } from '../../src/database/listen.js';
import { KnownPictures } from '../../src/images/known-pictures.js';
import { until } from '../setup/until.js';
import { fingerprint, MatchDesk, sha256 } from './match-desk.js';

let room: MatchDesk;
let sites = 0;
beforeAll(async () => {
  room = await MatchDesk.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.desk.siteId = await room.desk.site(`site-${(sites += 1)}`);
});

const pictures = (): KnownPictures => new KnownPictures(room.desk.database, { pollMilliseconds: 20 });
const near = async (known: KnownPictures, picture: Buffer, when: 'lately' | 'as of now' = 'lately') =>
  known.near(room.desk.siteId, '0', [picture], when);

/** An image that a person blocked or kept. */
async function judged(
  name: string,
  pdq: Buffer,
  verdict: 'block' | 'keep' = 'block',
  more: object = {},
): Promise<string> {
  const id = await room.image(name, { bytes: name, pdq, ...more });
  await room.judge(name, verdict);
  return id;
}

describe('what people said of pictures', () => {
  it('is loaded, and found up to a distance of 31, nearest first', async () => {
    const far = await judged('far', fingerprint('photo', 31));
    const close = await judged('close', fingerprint('photo', 3), 'keep');
    await judged('other', fingerprint('photo', 32));
    await room.image('never judged', { bytes: 'x', pdq: fingerprint('photo', 1) });
    expect(await near(pictures(), fingerprint('photo'))).toEqual([
      { imageId: close, distance: 3 },
      { imageId: far, distance: 31 },
    ]);
  });

  it('of one image is found once, by whichever of its encodings is nearest; never the image itself', async () => {
    const id = await judged('photo', fingerprint('photo', 5));
    await room.bytes('photo', { bytes: 'smaller', pdq: fingerprint('photo', 9) });
    const known = pictures();
    expect(await near(known, fingerprint('photo', 8))).toEqual([{ imageId: id, distance: 1 }]);
    expect(await known.near(room.desk.siteId, id, [fingerprint('photo')])).toEqual([]);
  });

  it('says nothing where the picture says nothing', async () => {
    await judged('poor', fingerprint('photo'), 'block', { quality: 49 });
    await judged('logo', fingerprint('photo', 1), 'block', { indistinct: 'graphic' });
    expect(await near(pictures(), fingerprint('photo'))).toEqual([]);
  });

  it('is never that of another site (invariant 9)', async () => {
    await judged('theirs', fingerprint('photo'));
    room.desk.siteId = await room.desk.site(`neighbour-${sites}`);
    expect(await near(pictures(), fingerprint('photo'))).toEqual([]);
  });

  it('is followed: what is decided, and what is taken back', async () => {
    const known = pictures();
    const doorbell = new Doorbell(room.desk.url, { sessionPooling: true });
    known.run(doorbell);
    try {
      expect(await near(known, fingerprint('photo'))).toEqual([]);
      const id = await judged('photo', fingerprint('photo'));
      await until(async () => (await near(known, fingerprint('photo')))[0]?.imageId === id);
      const before = known.size;
      await room.judge('photo', null);
      await until(async () => (await near(known, fingerprint('photo'))).length === 0);
      expect(known.size).toBe(before - 1);
    } finally {
      await known.stop();
      await doorbell.close();
    }
  });

  it('is followed: what is known of it later', async () => {
    const known = pictures();
    await judged('photo', fingerprint('photo'), 'keep');
    await known.look();
    await room.bytes('photo', { bytes: 'smaller', pdq: fingerprint('smaller') });
    expect(await near(known, fingerprint('smaller'), 'as of now')).toHaveLength(1);
    // The site told these by their digest; somebody has looked by now.
    await room.bytes('photo', { bytes: 'told', pdq: null });
    await known.look();
    await room.sql(`update content_bytes set pdq = $2, quality = 80 where sha256 = $1 and site_id = $3`, [
      sha256('told'),
      fingerprint('told'),
      room.desk.siteId,
    ]);
    expect(await near(known, fingerprint('told'), 'as of now')).toHaveLength(1);
  });

  it.each([
    ['an image that nobody judged', null],
    ['one of which the same is said', 'keep' as const],
  ])('is not kept of an image that became part of %s', async (_, verdict) => {
    const known = pictures();
    const [one, two, three] = [1, 2, 3].map((n) => `https://cdn.example.ma/known/${sites}-${n}.jpg`);
    const id = `known-${sites}`;
    await room.image(id, { bytes: 'photo', pdq: fingerprint('photo') });
    if (verdict !== null) await room.judge(id, verdict);
    for (const url of [one, two, three]) {
      await room.image(url ?? '', { bytes: 'photo', pdq: fingerprint('photo', 1) });
      await room.judge(url ?? '', 'keep');
    }
    await known.look();
    await room.desk.bindings.bind(room.desk.siteId, id, [one ?? '']);
    await known.look();
    await room.desk.bindings.bind(room.desk.siteId, id, [two ?? '', three ?? '']);
    await known.look();
    const anew = pictures();
    await anew.look();
    expect(known.size).toBe(anew.size);
    expect(await near(known, fingerprint('photo'))).toEqual(await near(anew, fingerprint('photo')));
  });

  it('is known at once by whoever asks for it as of now', async () => {
    const known = pictures();
    await known.look();
    const id = await judged('photo', fingerprint('photo'));
    expect(await near(known, fingerprint('photo'))).toEqual([]);
    expect(await near(known, fingerprint('photo'), 'as of now')).toEqual([{ imageId: id, distance: 0 }]);
  });

  it('is not missed when it commits later than what was said after it', async () => {
    const known = pictures();
    await room.image('slow', { bytes: 'slow', pdq: fingerprint('slow') });
    const slow = room.desk.dataSource.createQueryRunner();
    await slow.startTransaction();
    await slow.query(`update content_version set verdict = 'keep' where image_id = $1`, [
      await room.id('slow'),
    ]);
    await judged('fast', fingerprint('fast'));
    await known.look();
    await known.look();
    await slow.commitTransaction();
    await slow.release();
    expect((await near(known, fingerprint('slow'), 'as of now')).length).toBe(1);
  });
});
