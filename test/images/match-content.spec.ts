import { KnownPictures } from '../../src/images/known-pictures.js';
import { MatchContent } from '../../src/images/match-content.js';
import { SPREAD_BLOCK } from '../../src/moderation/match-jobs.js';
import { fingerprint, MatchDesk } from './match-desk.js';

let room: MatchDesk;
let sites = 0;
beforeAll(async () => {
  room = await MatchDesk.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.desk.siteId = await room.desk.site(`site-${(sites += 1)}`);
});

describe('an image whose bytes were found just now', () => {
  const look = async (name: string): Promise<void> => {
    const job = { site: room.desk.siteId, image: await room.id(name) };
    expect(
      await new MatchContent(
        room.desk.database,
        room.desk.neck,
        new KnownPictures(room.desk.database, { pollMilliseconds: 20 }),
      ).run(job),
    ).toEqual({ done: true });
  };
  const nearOnesBlock = () =>
    room.sql(`update site set near_matches = 'block' where id = $1`, [room.desk.siteId]);

  it("follows a person's block of the very same bytes, and asks that one to look whether it still stands", async () => {
    const source = await room.image('source', { bytes: 'photo' });
    await room.block('source', 'hate');
    await room.image('new', { bytes: 'photo' });
    await look('new');
    await look('new');
    expect(await room.blocks('new')).toEqual([`match ${source}`]);
    expect(room.desk.blockedHere('new')).toBe(true);
    expect(await room.desk.row('new')).toMatchObject({ shown_reason: 'hate', version: 1 });
    expect(await room.waiting(SPREAD_BLOCK)).toContain(source);
  });

  it('is only suggested to be near another, unless the site lets near ones block', async () => {
    const source = await room.image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    await room.block('source');
    await room.image('near', { bytes: 'smaller', pdq: fingerprint('photo', 31) });
    await look('near');
    expect(await room.blocks('near')).toEqual([]);
    await nearOnesBlock();
    await room.image('new', { bytes: 'smaller still', pdq: fingerprint('photo', 31) });
    await look('new');
    expect(await room.blocks('new')).toEqual([`match ${source}`]);
    await room.spread('source');
    expect(await room.blocks('new')).toEqual([`match ${source}`]);
  });

  it('is left alone where both were known before the site chose that (rule 16), until that one is blocked anew', async () => {
    const source = await room.image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    await room.block('source');
    await room.image('near', { bytes: 'smaller', pdq: fingerprint('photo', 2) });
    await nearOnesBlock();
    await look('near');
    await room.spread('source');
    expect(await room.blocks('near')).toEqual([]);
    await room.unblock('source');
    await room.block('source');
    await room.spread('source');
    expect(await room.blocks('near')).toEqual([`match ${source}`]);
  });

  it('follows nobody whom a person kept, and nobody where it was kept itself', async () => {
    await nearOnesBlock();
    await room.image('kept', { bytes: 'photo', pdq: fingerprint('photo') });
    await room.judge('kept', 'keep');
    await room.image('near', { bytes: 'smaller', pdq: fingerprint('photo', 2) });
    await look('near');
    expect(await room.blocks('near')).toEqual([]);
    await room.desk.reports('near', 5);
    await room.decide('near', 'keep');
    await room.image('source', { bytes: 'third', pdq: fingerprint('photo', 4) });
    await room.block('source');
    await look('near');
    expect(await room.blocks('near')).toEqual([]);
  });

  it('takes the very same bytes before near ones', async () => {
    await nearOnesBlock();
    await room.image('near', { bytes: 'smaller', pdq: fingerprint('photo', 2) });
    await room.block('near');
    const same = await room.image('same', { bytes: 'photo', pdq: fingerprint('photo') });
    await room.block('same');
    await room.image('new', { bytes: 'photo', pdq: fingerprint('photo') });
    await look('new');
    expect(await room.blocks('new')).toEqual([`match ${same}`]);
  });
});
