import type { CaseDetail } from '../../src/contract/cases.js';
import type { ImageHistory } from '../../src/contract/image-history.js';
import type { ListedImage } from '../../src/contract/images.js';
import type { Indistinct } from '../../src/core/content.js';
import type { Reason } from '../../src/core/reasons.js';
import { Neck } from '../../src/moderation/neck.js';
import { ownIdKey } from '../../src/moderation/wanted-key.js';
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
  readonly indistinct?: Indistinct | null;
}

interface Shown {
  readonly id: string;
  readonly case: string;
  readonly name: string;
}

/**
 * A reported image, by the site's own id, and what was found behind it: its public id, and that of its case. Images with
 * ids stay apart whatever their bytes; those that are known by their address become one (docs/adr/0018).
 */
async function image(name: string, { bytes, pdq, indistinct = null }: Found): Promise<Shown> {
  const outcome = await room.report(site, `id:${name}`);
  const seen = await room.service.app.get(Neck).see({
    siteId: site.id,
    hash: ownIdKey(site.id, name, false).hash,
    sha256: sha256(bytes),
    pdq: pdq ?? null,
    quality: pdq === undefined ? null : 80,
    indistinct,
    width: 640,
    height: 480,
    bytes: 1_000,
    format: 'jpeg',
    announced: false,
  });
  expect(seen).toMatchObject({ known: true });
  const id = room.sealed.id('img', outcome.imageId);
  return { id, case: room.sealed.id('case', outcome.case?.id ?? ''), name };
}

/** The site blocks an image, and takes that back; jobs do the rest. */
async function block(of: Shown, reason: Reason = 'hate'): Promise<void> {
  const { status } = await room.service.ask('PUT', '/v1/images/block', site.secretKey, {
    image: { id: of.name },
    reason,
  });
  expect(status).toBe(200);
}
const unblock = (of: Shown): Promise<unknown> =>
  room.service.ask('DELETE', `/v1/images/block?id=${of.name}`, site.secretKey);

const decide = (of: { case: string }, action: 'block' | 'keep'): Promise<unknown> =>
  room.decide(moderator, of.case, { action, version: 1, ...(action === 'block' ? { policy: 'hate' } : {}) });
/** Decides a case as it stands. */
const decideAnew = async (of: { case: string }, action: 'block'): Promise<unknown> => {
  const { version } = await show(of);
  return room.decide(moderator, of.case, { action, version, policy: 'hate' });
};
const one = (id: string, token = moderator): Promise<Answer<ImageHistory>> =>
  room.service.ask('GET', `/v1/images?image=${id}`, token);
const show = async (of: { case: string }): Promise<CaseDetail> => (await room.show(moderator, of.case)).body;
const followers = (
  query: string,
  token = moderator,
): Promise<Answer<{ items: ListedImage[]; nextCursor: string | null }>> =>
  room.service.ask('GET', `/v1/images?${query}`, token);
/** All that was staged has been done. */
const noJobWaits = (): Promise<void> =>
  until(async () => {
    const [row] = await room.sql<{ n: number }>(
      `select count(*)::int as n from job where kind in ('spread-block', 'match-content') and outcome is null`,
    );
    return row?.n === 0;
  });
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
    await blocked(other.id);
    const { status, image: shown, matches, unmatched } = await show(other);
    expect(status).toBe('open');
    expect(shown).toMatchObject({ blocked: true, reason: 'hate', reviewed: false });
    expect(unmatched).toBeNull();
    expect(matches).toEqual([
      {
        image: {
          id: source.id,
          ownId: 'source',
          url: null,
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
    await decide(kept, 'keep');
    await block(near, 'violence');
    await block(far);
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
    await unblock(near);
    await until(async () => (await show(ours)).matches.length === 1);
  });

  it.each(['quality', 'size', 'graphic'] as const)(
    'behaviour 20: says why there is nothing to tell of bytes that are too plain (%s)',
    async (indistinct) => {
      const source = await image('source', { bytes: 'blank', pdq: fingerprint('blank'), indistinct });
      const other = await image('other', { bytes: 'blank', pdq: fingerprint('blank'), indistinct });
      await block(source);
      await noJobWaits();
      expect(await show(other)).toMatchObject({
        image: { blocked: false },
        matches: [],
        unmatched: indistinct,
      });
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
      image: { id: 'protected' },
    });
    await block(source);
    expect((await show(kept)).matches).toMatchObject([{ acting: false, whyNot: 'kept-here' }]);
    expect((await show(protectedOne)).matches).toMatchObject([
      { image: { id: source.id }, acting: false, whyNot: 'protected' },
      { image: { id: kept.id }, acting: false, whyNot: 'kept-there' },
    ]);
  });

  it('never tells of another site (behaviour 49)', async () => {
    const theirs = await image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    await block(theirs);
    site = await room.site(`neighbour-${sites}`);
    moderator = await room.moderator(site, 'brahim');
    const ours = await image('ours', { bytes: 'photo', pdq: fingerprint('photo') });
    expect((await show(ours)).matches).toEqual([]);
    expect((await one(theirs.id)).status).toBe(404);
    expect((await followers(`follows=${theirs.id}`)).status).toBe(404);
  });
});

it('behaviour 40: an image blocked by match and by hand stays blocked when either goes', async () => {
  const source = await image('source', { bytes: 'photo' });
  const both = await image('both', { bytes: 'photo' });
  await block(source);
  await blocked(both.id);
  const { body } = await room.decide(moderator, both.case, { action: 'block', policy: 'spam', version: 1 });
  expect((await one(both.id)).body).toMatchObject({ reason: 'spam', reviewed: true });
  expect((await room.undo(moderator, body.decision.id)).status).toBe(201);
  await noJobWaits();
  expect((await one(both.id)).body).toMatchObject({ blocked: true, reason: 'hate', reviewed: false });
  await decideAnew(both, 'block');
  await unblock(source);
  await noJobWaits();
  expect((await one(both.id)).body.blocks).toMatchObject([{ source: 'moderator' }]);
});

describe('an image', () => {
  it('says whom it follows, and how many follow it', async () => {
    const source = await image('source', { bytes: 'photo' });
    const names = ['a', 'b', 'c'];
    const copies = [];
    for (const name of names) copies.push(await image(name, { bytes: 'photo' }));
    await block(source);
    for (const { id } of copies) await blocked(id);
    const follower = (await one(copies[0]?.id ?? '')).body;
    expect(follower.blocks).toMatchObject([
      { source: 'match', reason: 'hate', match: { image: source.id }, decision: null, evidence: null },
    ]);
    expect(follower.followers).toBe(0);
    expect((await one(source.id)).body).toMatchObject({
      followers: 3,
      blocks: [{ source: 'publisher', match: null }],
    });

    const first = (await followers(`follows=${source.id}&limit=2`)).body;
    expect(first.items.map(({ id }) => id)).toEqual([copies[2]?.id, copies[1]?.id]);
    const rest = (await followers(`follows=${source.id}&limit=2&cursor=${first.nextCursor ?? ''}`)).body;
    expect(rest).toMatchObject({ items: [{ id: copies[0]?.id, blocked: true }], nextCursor: null });
    expect((await followers(`follows=${source.id}&state=open`)).status).toBe(422);
    const named = (await followers(`follows=${source.id}&limit=2&site=${site.slug}`)).body;
    expect(named.items).toHaveLength(2);
    const other = await room.site(`also-${sites}`);
    const admin = await room.service.staffToken('follows@example.ma', 'admin');
    expect((await followers(`follows=${source.id}&site=${other.slug}`, admin)).status).toBe(404);
    expect((await followers(`follows=${source.id}&site=${other.slug}`)).status).toBe(404);
    // A cursor goes on with the filters that it was made with.
    const cursor = named.nextCursor ?? '';
    expect((await followers(`follows=${source.id}&limit=2&cursor=${cursor}`)).status).toBe(422);

    await unblock(source);
    for (const { id } of copies) await blocked(id, false);
    expect((await followers(`follows=${source.id}`)).body.items).toEqual([]);
  });
});
