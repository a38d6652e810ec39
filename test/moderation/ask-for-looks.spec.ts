import { MATCH_CONTENT, SPREAD_BLOCK } from '../../src/moderation/match-jobs.js';
import { seeContent } from '../../src/moderation/see-content.js';
import { fingerprint, MatchDesk, sha256 } from '../images/match-desk.js';

let room: MatchDesk;
let sites = 0;
beforeAll(async () => {
  room = await MatchDesk.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.desk.siteId = await room.desk.site(`site-${(sites += 1)}`);
  await room.sql('delete from job');
});

/** Bytes are found behind an image, as a fetch does. */
const see = (name: string, bytes: string, pdq: Buffer | null = null): Promise<unknown> =>
  room.desk.database.inIndexedTransaction((tx) =>
    seeContent(tx, {
      siteId: room.desk.siteId,
      hash: room.desk.key(name).hash,
      sha256: sha256(bytes),
      pdq,
      quality: pdq === null ? null : 80,
      indistinct: null,
      width: 640,
      height: 480,
      bytes: 1_000,
      format: 'jpeg',
      announced: false,
    }),
  );
const asked = async (kind: string, name: string): Promise<boolean> =>
  (await room.waiting(kind)).includes(await room.id(name));

describe('whom an image follows is looked at again', () => {
  beforeEach(async () => {
    await room.image('source', { bytes: 'photo' });
    await room.block('source');
    await room.sql('delete from job');
  });

  it('when it follows since its bytes were found', async () => {
    await room.desk.reports('follower', 1);
    await see('follower', 'photo');
    expect((await room.blocks('follower')).length).toBe(1);
    expect(await asked(SPREAD_BLOCK, 'source')).toBe(true);
  });

  it('when it follows again since a keep was undone', async () => {
    await room.image('follower', { bytes: 'photo' });
    await room.spread('source');
    const decision = await room.decide('follower', 'keep');
    await room.sql('delete from job');
    await room.undo('follower', decision);
    expect((await room.blocks('follower')).length).toBe(1);
    expect(await asked(SPREAD_BLOCK, 'source')).toBe(true);
  });

  it('but not by the job that lets it follow, which looks again itself', async () => {
    await room.image('follower', { bytes: 'photo' });
    await room.spread('source');
    expect(await room.waiting(SPREAD_BLOCK)).toEqual([]);
  });
});

describe('an image is looked at as one that may follow', () => {
  it.each([
    ['when its site no longer protects it', 'protect', 'unprotect'],
    ['when its site takes its own block back', 'publisher-block', 'publisher-unblock'],
  ] as const)('%s', async (_when, before, after) => {
    await room.image('free', { bytes: 'photo' });
    await room.desk.publish('free', before, before === 'publisher-block' ? 'hate' : null);
    await room.sql('delete from job');
    await room.desk.publish('free', after);
    expect(await asked(MATCH_CONTENT, 'free')).toBe(true);
  });

  it('when a keep that freed it from nothing is undone', async () => {
    await room.image('free', { bytes: 'photo' });
    const outcome = await room.desk.reports('free', 5);
    expect(outcome.case?.status).toBe('open');
    const decision = await room.decide('free', 'keep');
    await room.sql('delete from job');
    await room.undo('free', decision);
    expect(await asked(MATCH_CONTENT, 'free')).toBe(true);
  });

  it('when bytes are found, where the site lets near ones block', async () => {
    await room.desk.reports('first', 1);
    await see('first', 'photo', fingerprint('photo'));
    expect(await asked(MATCH_CONTENT, 'first')).toBe(false);
    await room.sql(`update site set near_matches = 'block' where id = $1`, [room.desk.siteId]);
    await room.desk.reports('second', 1);
    await see('second', 'another photo', fingerprint('another photo'));
    expect(await asked(MATCH_CONTENT, 'second')).toBe(true);
  });

  it('never for the reports of readers', async () => {
    await room.image('reported', { bytes: 'photo' });
    await room.desk.reports('reported', 5);
    expect(await room.waiting(MATCH_CONTENT)).toEqual([]);
  });
});
