import type { Database } from '../../src/database/database.js';
import { Doorbell } from '../../src/database/listen.js';
import type { Statement } from '../../src/database/statement.js';
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

/** A database of which it is noted which images' pictures were read, and which may say that it is another server. */
class Asked {
  server: string | null = null;
  readonly images: string[] = [];

  constructor(private readonly database: Database) {}

  pictures(): KnownPictures {
    const query = async <Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> => {
      if (statement.name === 'read-known-pictures') this.images.push(...(values[1] as string[]));
      const rows = await this.database.query<Row>(statement, values);
      return this.server === null || statement.name !== 'read-moment'
        ? rows
        : rows.map((row) => ({ ...row, server: this.server }));
    };
    return new KnownPictures({ query, byIndex: this.database.byIndex } as Database, { pollMilliseconds: 20 });
  }
}

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

  it.each(['1 minute', '1 day'])('is not missed when it commits %s after it was said', async (later) => {
    const known = pictures();
    await room.image(`slow ${later}`, { bytes: 'slow', pdq: fingerprint('slow') });
    const id = await room.id(`slow ${later}`);
    const slow = room.desk.dataSource.createQueryRunner();
    await slow.startTransaction();
    await slow.query(`update content_version set verdict = 'keep' where image_id = $1`, [id]);
    // Time is not passed in where a verdict is stamped.
    await slow.query(`update content_version set known_at = known_at - $2::interval where image_id = $1`, [
      id,
      later,
    ]);
    await known.look();
    await known.look();
    await slow.commitTransaction();
    await slow.release();
    expect(await near(known, fingerprint('slow'), 'as of now')).toEqual([{ imageId: id, distance: 0 }]);
  });

  it('is read once, however long a transaction is open, and whatever numbers of another server are there', async () => {
    const asked = new Asked(room.desk.database);
    const known = asked.pictures();
    await known.look();
    asked.images.length = 0;
    const slow = room.desk.dataSource.createQueryRunner();
    await slow.startTransaction();
    await slow.query('select pg_current_xact_id()');
    await judged('photo', fingerprint('photo'));
    await judged('restored', fingerprint('restored'));
    await room.sql(`update content_version set known_in = '9000000000000' where image_id = $1`, [
      await room.id('restored'),
    ]);
    for (let look = 0; look < 5; look += 1) await known.look();
    await slow.commitTransaction();
    await slow.release();
    await known.look();
    expect(asked.images).toEqual([await room.id('photo')]);
  });

  it('is loaded anew from another server, whose transactions have other numbers', async () => {
    const asked = new Asked(room.desk.database);
    const known = asked.pictures();
    const id = await judged('photo', fingerprint('photo'));
    await known.look();
    await room.judge('photo', null);
    await room.sql(`update content_version set known_in = '1' where image_id = $1`, [id]);
    await judged('other', fingerprint('other'));
    await room.sql(`update content_version set known_in = '1' where image_id = $1`, [await room.id('other')]);
    await known.look();
    expect(await near(known, fingerprint('other'))).toEqual([]);
    asked.server = 'another one';
    await known.look();
    expect(await near(known, fingerprint('other'))).toHaveLength(1);
    expect(await near(known, fingerprint('photo'))).toEqual([]);
  });
});
