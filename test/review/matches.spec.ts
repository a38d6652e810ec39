import type { CaseDetail } from '../../src/contract/cases.js';
import type { ImageHistory, ListedImage } from '../../src/contract/images.js';
import type { Reason } from '../../src/core/reasons.js';
import { stageSpread } from '../../src/moderation/match-jobs.js';
import { fingerprint, sha256 } from '../images/match-desk.js';
import type { Answer, TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { ReviewRoom } from './review-room.js';

let room: ReviewRoom;
let site: TestSite;
let moderator: string;
let sites = 0;
// With its jobs.
beforeAll(async () => {
  room = await ReviewRoom.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  site = await room.site(`matches-${(sites += 1)}`);
  moderator = await room.moderator(site, 'amina');
});

interface Found {
  readonly bytes: string;
  readonly pdq?: Buffer;
  readonly indistinct?: string;
}

/** A reported image and what is behind its address: its public id, and that of its case. */
async function image(name: string, { bytes, pdq, indistinct }: Found): Promise<{ id: string; case: string }> {
  const outcome = await room.report(site, name);
  const of = [site.id, outcome.imageId];
  await room.sql('insert into content_version (site_id, image_id, version) values ($1, $2, 1)', of);
  await room.sql(
    `insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct)
     values ($1, $2, $3, 1, $4, $5, $6)`,
    [...of, sha256(bytes), pdq ?? null, pdq === undefined ? null : 80, indistinct ?? null],
  );
  await room.sql('update image set content = 1 where site_id = $1 and id = $2', of);
  return {
    id: room.sealed.id('img', outcome.imageId),
    case: room.sealed.id('case', outcome.case?.id ?? ''),
  };
}

/** What people say of an image's bytes; the job that lets others follow does the rest. */
async function judge(id: string, verdict: 'block' | 'keep' | null, reason: Reason = 'hate'): Promise<void> {
  const imageId = room.sealed.databaseId('img', id) ?? '';
  await room.sql(
    `update content_version set verdict = $3, reason = case when $3 = 'block' then $4 end
     where site_id = $1 and image_id = $2`,
    [site.id, imageId, verdict, reason],
  );
  await room.service.database.inTransaction(async (tx) => {
    stageSpread(tx, [{ site: site.id, image: imageId }]);
    return Promise.resolve();
  });
}

const decide = (of: { case: string }, action: 'block' | 'keep'): Promise<unknown> =>
  room.decide(moderator, of.case, { action, version: 1, ...(action === 'block' ? { policy: 'hate' } : {}) });
const one = (id: string, token = moderator): Promise<Answer<ImageHistory>> =>
  room.service.ask('GET', `/v1/images?image=${id}`, token);
const show = async (of: { case: string }): Promise<CaseDetail> => (await room.show(moderator, of.case)).body;
const followers = (
  query: string,
  token = moderator,
): Promise<Answer<{ items: ListedImage[]; nextCursor: string | null }>> =>
  room.service.ask('GET', `/v1/images?${query}`, token);
const blocked = (id: string, is = true): Promise<void> =>
  until(
    async () => (await one(id)).body.blocked === is,
    () => `${id} blocked: ${is}`,
  );

describe('a case', () => {
  it('tells of the same bytes that a person blocked elsewhere, and that it is blocked because of it', async () => {
    const source = await image('source', { bytes: 'photo' });
    const other = await image('other', { bytes: 'photo' });
    expect((await show(other)).matches).toEqual([]);
    await decide(source, 'block');
    await judge(source.id, 'block');
    await blocked(other.id);
    const { status, image: shown, matches, unmatched } = await show(other);
    expect(status).toBe('open');
    expect(shown).toMatchObject({ blocked: true, reason: 'hate', reviewed: false });
    expect(unmatched).toBeNull();
    expect(matches).toEqual([
      {
        image: {
          id: source.id,
          ownId: null,
          url: room.url(site, 'source'),
          blocked: true,
          stillShown: true,
        },
        identical: true,
        distance: 0,
        verdict: 'block',
        reason: 'hate',
        decidedAt: expect.stringMatching(/^20/) as string,
        acting: true,
        whyNot: null,
      },
    ]);
  });

  it('tells of near pictures, nearest first, what was said of them, and why they do not act', async () => {
    const ours = await image('ours', { bytes: 'photo', pdq: fingerprint('photo') });
    const kept = await image('kept', { bytes: 'kept', pdq: fingerprint('photo', 5) });
    const near = await image('near', { bytes: 'near', pdq: fingerprint('photo', 12) });
    const far = await image('far', { bytes: 'far', pdq: fingerprint('photo', 32) });
    await judge(kept.id, 'keep');
    await judge(near.id, 'block', 'violence');
    await judge(far.id, 'block');
    await until(async () => (await show(ours)).matches.length === 2);
    expect((await show(ours)).matches).toMatchObject([
      {
        image: { id: kept.id },
        identical: false,
        distance: 5,
        verdict: 'keep',
        reason: null,
        whyNot: 'kept-there',
      },
      { image: { id: near.id }, distance: 12, verdict: 'block', reason: 'violence', whyNot: 'only-near' },
    ]);
    await judge(near.id, null);
    await until(async () => (await show(ours)).matches.length === 1);
  });

  it.each(['quality', 'size', 'graphic'] as const)(
    'behaviour 20: says why there is nothing to tell of bytes that are too plain (%s)',
    async (indistinct) => {
      const source = await image('source', { bytes: 'blank', indistinct });
      const other = await image('other', { bytes: 'blank', indistinct });
      await judge(source.id, 'block');
      expect(await show(other)).toMatchObject({ matches: [], unmatched: indistinct });
    },
  );

  it('says so where nobody has looked at the bytes', async () => {
    const id = await room.caseOf(site, 'unseen');
    expect((await room.show(moderator, id)).body).toMatchObject({ matches: [], unmatched: 'not-looked-at' });
  });

  it('says that it does not follow where it was kept, or its site protects it', async () => {
    const source = await image('source', { bytes: 'photo' });
    const kept = await image('kept', { bytes: 'photo' });
    const protectedOne = await image('protected', { bytes: 'photo' });
    await decide(kept, 'keep');
    await room.service.ask('PUT', '/v1/images/protection', site.secretKey, {
      image: { url: room.url(site, 'protected') },
    });
    await judge(source.id, 'block');
    expect((await show(kept)).matches).toMatchObject([{ acting: false, whyNot: 'kept-here' }]);
    expect((await show(protectedOne)).matches).toMatchObject([{ acting: false, whyNot: 'protected' }]);
  });

  it('never tells of another site (behaviour 49)', async () => {
    const theirs = await image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    await judge(theirs.id, 'block');
    site = await room.site(`neighbour-${sites}`);
    moderator = await room.moderator(site, 'brahim');
    const ours = await image('ours', { bytes: 'photo', pdq: fingerprint('photo') });
    expect((await show(ours)).matches).toEqual([]);
    expect((await one(theirs.id)).status).toBe(404);
    expect((await followers(`follows=${theirs.id}`)).status).toBe(404);
  });
});

describe('an image', () => {
  it('says whom it follows, and how many follow it', async () => {
    const source = await image('source', { bytes: 'photo' });
    const names = ['a', 'b', 'c'];
    const copies = [];
    for (const name of names) copies.push(await image(name, { bytes: 'photo' }));
    await judge(source.id, 'block');
    for (const { id } of copies) await blocked(id);
    const follower = (await one(copies[0]?.id ?? '')).body;
    expect(follower.blocks).toMatchObject([
      { source: 'match', reason: 'hate', match: { image: source.id }, decision: null, evidence: null },
    ]);
    expect(follower.followers).toBe(0);
    expect((await one(source.id)).body).toMatchObject({ followers: 3, blocks: [] });

    const first = (await followers(`follows=${source.id}&limit=2`)).body;
    expect(first.items.map(({ id }) => id)).toEqual([copies[2]?.id, copies[1]?.id]);
    const rest = (await followers(`follows=${source.id}&limit=2&cursor=${first.nextCursor ?? ''}`)).body;
    expect(rest).toMatchObject({ items: [{ id: copies[0]?.id, blocked: true }], nextCursor: null });
    expect((await followers(`follows=${source.id}&state=open`)).status).toBe(422);

    await judge(source.id, null);
    for (const { id } of copies) await blocked(id, false);
    expect((await followers(`follows=${source.id}`)).body.items).toEqual([]);
  });
});
