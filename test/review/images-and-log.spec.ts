import type { CaseDetail } from '../../src/contract/cases.js';
import type { EventView } from '../../src/contract/events.js';
import type { ImageHistory } from '../../src/contract/image-history.js';
import type { ListedImage } from '../../src/contract/images.js';
import type { Answer, TestSite } from '../setup/service.js';
import { ReviewRoom } from './review-room.js';

let room: ReviewRoom;
let site: TestSite;
let moderator: string;
beforeAll(async () => {
  room = await ReviewRoom.open();
  site = await room.site('images');
  moderator = await room.moderator(site, 'amina');
});
afterAll(() => room.close());

const one = (query: Record<string, string>, token = moderator): Promise<Answer<ImageHistory>> =>
  room.service.ask('GET', `/v1/images?${new URLSearchParams(query).toString()}`, token);
type Listed = Answer<{ items: ListedImage[]; nextCursor: string | null }>;
const search = (query: string, token: string): Promise<Listed> =>
  room.service.ask('GET', `/v1/images?${query}`, token);
type Log = Answer<{ items: EventView[]; nextCursor: string | null }>;
const log = (query: string, token = moderator): Promise<Log> =>
  room.service.ask('GET', `/v1/events?${query}`, token);

describe('an image', () => {
  it('is shown with what was ever found behind it', async () => {
    const url = room.url(site, 'looked-at');
    await room.caseOf(site, 'looked-at', 1);
    for (const digit of ['a', 'b']) {
      const body = { image: { url }, sha256: digit.repeat(64), note: `Now ${digit}.` };
      await room.service.ask('PUT', '/v1/images/content', site.secretKey, body);
    }
    const { body } = await one({ site: 'images', url });
    const encoding = { width: null, height: null, bytes: null, format: null };
    expect(body).toMatchObject({
      contentVersion: 2,
      contents: [
        { version: 1, verdict: null, encodings: [{ ...encoding, sha256: 'a'.repeat(64) }] },
        { version: 2, announced: true, leftAt: null, encodings: [{ ...encoding, sha256: 'b'.repeat(64) }] },
      ],
    });
    expect(body.contents[0]?.leftAt).toEqual(expect.any(String));
    const { items } = (await log(`site=images&image=${body.id}`)).body;
    expect(items.find(({ type }) => type === 'content.changed')).toMatchObject({
      site: { slug: 'images' },
      imageName: url,
      actor: { kind: 'site' },
      data: { from: 1, to: 2, announced: true, note: 'Now b.' },
    });
  });

  it('is shown with its blocks, rounds, addresses and cases, by any of its names', async () => {
    const urls = [room.url(site, 'one'), room.url(site, 'two')];
    await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'photo-1', urls });
    const id = await room.caseOf(site, 'id:photo-1', 5);
    const { decision } = (await room.decide(moderator, id, { action: 'keep', version: 1 })).body;
    await room.reports(site, 'id:photo-1', 5, 'hate');
    const [second] = (await room.list(moderator, 'reason=hate')).body.items;
    const blocked = await room.decide(moderator, second?.id ?? '', {
      action: 'block',
      policy: 'hate',
      version: 1,
    });
    await room.service.ask('PUT', '/v1/images/block', site.secretKey, {
      image: { id: 'photo-1' },
      reason: 'copyright',
      note: 'Not ours.',
    });
    const { status, body } = await one({ site: 'images', id: 'photo-1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ownId: 'photo-1',
      site: { slug: 'images' },
      blocked: true,
      reason: 'copyright',
      reviewState: 'closed',
      round: 2,
      blocks: [
        { source: 'moderator', reason: 'hate', decision: blocked.body.decision.id, evidence: null },
        { source: 'publisher', reason: 'copyright', note: 'Not ours.', decision: null },
      ],
      rounds: [
        { round: 1, reporters: 5, notCounted: 0, reasons: { violence: 5 } },
        { round: 2, reporters: 5, notCounted: 0, reasons: { hate: 5 } },
      ],
      cases: [
        { id, status: 'closed', outcome: 'keep', round: 1 },
        { id: second?.id, status: 'closed', outcome: 'block', round: 2 },
      ],
    });
    expect(body.addresses).toMatchObject(urls.map((url) => ({ url, boundBy: 'site' })));
    expect(body).toMatchObject({ contentVersion: null, contents: [] });
    expect(decision.id).toMatch(/^dec_/);
    for (const query of [{ site: 'images', url: `${urls[1]}?utm_source=x` }, { image: body.id }]) {
      expect((await one(query as never)).body).toEqual(body);
    }
  });

  it('that is unknown is not found; a question that can not be answered is explained', async () => {
    expect((await one({ site: 'images', url: 'https://cdn.images.ma/never.jpg' })).status).toBe(404);
    expect((await one({ image: 'img_made-up' })).status).toBe(404);
    expect((await one({ url: room.url(site, 'one') })).body).toMatchObject({
      errors: [{ pointer: '/site' }],
    });
    expect((await one({ site: 'images', url: 'nonsense' })).body).toMatchObject({
      errors: [{ pointer: '/url' }],
    });
    expect(await one({ site: 'images', url: room.url(site, 'one'), id: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '' }] },
    });
  });

  it('shows its escalated case to leads only', async () => {
    const id = await room.caseOf(site, 'escalated');
    const { image } = (await room.decide(moderator, id, { action: 'escalate', version: 1 })).body;
    const lead = await room.moderator(site, 'lead', 'lead');
    expect((await one({ image: image.id })).body.cases).toEqual([]);
    expect((await one({ image: image.id }, lead)).body.cases).toMatchObject([{ id, status: 'escalated' }]);
  });
});

describe('images', () => {
  it('are searched by state, page by page', async () => {
    const searched = await room.site('searched');
    const token = await room.moderator(searched, 'amina');
    const lead = await room.moderator(searched, 'lead', 'lead');
    for (const [image, count] of [
      ['plain', 1],
      ['blocked', 5],
      ['kept', 2],
      ['escalated', 1],
    ] as const) {
      const id = await room.caseOf(searched, image, count);
      const action = image === 'kept' ? 'keep' : 'escalate';
      if (image === 'kept' || image === 'escalated') await room.decide(token, id, { action, version: 1 });
    }
    await room.service.ask('PUT', '/v1/images/protection', searched.secretKey, {
      image: { url: room.url(searched, 'protected') },
    });
    const found = async (query: string, as = token): Promise<string[]> =>
      (await search(query, as)).body.items.map(({ url }) => /(\w+)\.jpg$/.exec(url ?? '')?.[1] ?? '');
    expect(await found('')).toEqual(['protected', 'escalated', 'kept', 'blocked', 'plain']);
    expect(await found('state=blocked')).toEqual(['blocked']);
    expect(await found('state=visible')).toEqual(['protected', 'escalated', 'kept', 'plain']);
    expect(await found('state=protected')).toEqual(['protected']);
    expect(await found('state=open')).toEqual(['blocked', 'plain']);
    expect(await found('state=closed')).toEqual(['kept']);
    expect(await found('state=escalated', lead)).toEqual(['escalated']);
    expect((await search('state=escalated', token)).status).toBe(403);
    expect((await search('state=odd', token)).body).toMatchObject({ errors: [{ pointer: '/state' }] });
    const pages: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; page < 3 && cursor !== null; page += 1) {
      const { items, nextCursor }: Listed['body'] = (
        await search(`limit=2${cursor && `&cursor=${cursor}`}`, token)
      ).body;
      pages.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect([pages.length, new Set(pages).size, cursor]).toEqual([5, 5, null]);
    const { nextCursor } = (await search('limit=2', token)).body;
    const other = await search(`limit=2&state=visible&cursor=${nextCursor}`, token);
    expect(other).toMatchObject({ status: 422, body: { errors: [{ pointer: '/cursor' }] } });
  });
});

describe('the log', () => {
  it('tells what happened to an image and who did it, the newest first, without a reader in it', async () => {
    const id = await room.caseOf(site, 'logged', 5, 'privacy');
    const { image, decision } = (
      await room.decide(moderator, id, { action: 'keep', version: 1, note: 'secret' })
    ).body;
    const { status, body, text } = await log(`image=${image.id}`);
    expect(status).toBe(200);
    expect(body.items.map(({ type }) => type)).toEqual([
      'image.unblocked',
      'case.resolved',
      'image.blocked',
      'case.opened',
    ]);
    expect(body.items[1]).toMatchObject({
      actor: { kind: 'staff', email: 'amina@images.ma' },
      image: image.id,
      case: id,
      decision: decision.id,
      data: { action: 'keep' },
    });
    expect(body.items[2]).toMatchObject({
      actor: { kind: 'rule' },
      ruleVersion: 1,
      data: { reason: 'privacy' },
    });
    expect(text).not.toContain('secret');
    const first = await log(`image=${image.id}&limit=3`);
    const rest = await log(`image=${image.id}&limit=3&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...rest.body.items]).toEqual(body.items);
    expect(rest.body.nextCursor).toBeNull();
    for (const other of ['', 'site=images&']) {
      const elsewhere = await log(`${other}limit=3&cursor=${first.body.nextCursor}`);
      expect(elsewhere).toMatchObject({ status: 422, body: { errors: [{ pointer: '/cursor' }] } });
    }
  });

  it('tells every time as RFC 3339, those of blocks and of holds too', async () => {
    const id = await room.caseOf(site, 'times', 5, 'privacy');
    const { since } = (await one({ site: 'images', url: room.url(site, 'times') })).body;
    const protect = { image: { url: room.url(site, 'times') } };
    await room.service.ask('PUT', '/v1/images/protection', site.secretKey, protect);
    const { image, timeline } = (await room.service.ask<CaseDetail>('GET', `/v1/cases/${id}`, moderator))
      .body;
    const { items } = (await log(`image=${image.id}`)).body;
    const said = (type: string): unknown => items.find((event) => event.type === type)?.data;
    expect(said('image.blocked')).toMatchObject({ since });
    expect(said('protection.set')).toEqual({ lifted: [{ source: 'threshold', since }] });
    expect(timeline.find(({ type }) => type === 'image.blocked')?.data).toMatchObject({ since });
  });

  it('says which image became part of another, by an id that leads to it', async () => {
    const url = room.url(site, 'became-part');
    await room.report(site, 'became-part');
    await room.report(site, 'id:whole');
    const part = (await one({ site: 'images', url })).body.id;
    await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'whole', urls: [url] });
    const whole = (await one({ site: 'images', id: 'whole' })).body.id;
    expect(whole).not.toBe(part);
    const { items } = (await log(`image=${whole}`)).body;
    expect(items.find(({ type }) => type === 'image.merged')).toMatchObject({
      image: whole,
      data: { blocks: [], merged: part },
    });
    expect((await one({ image: part })).body).toMatchObject({ id: part, mergedInto: whole });
  });

  it('holds what happened to an escalated case for leads only', async () => {
    const id = await room.caseOf(site, 'escalated-log', 1);
    await room.decide(moderator, id, { action: 'escalate', version: 1 });
    const cases = async (token: string): Promise<(string | null)[]> =>
      (await log('site=images&limit=100', token)).body.items.map((event) => event.case);
    expect(await cases(moderator)).not.toContain(id);
    expect(await cases(await room.service.staffToken('rachid@images.ma', 'lead', site))).toContain(id);
  });

  it("holds the events of one's own sites only", async () => {
    const quiet = await room.site('quiet');
    const token = await room.moderator(quiet, 'amina');
    expect((await log('', token)).body.items).toEqual([]);
    await room.caseOf(quiet, 'image');
    expect((await log('site=quiet', token)).body.items.map(({ type }) => type)).toEqual(['case.opened']);
    const admin = await room.service.staffToken('admin@example.ma', 'admin');
    expect((await log('', admin)).body.items.length).toBeGreaterThan(1);
    expect((await log('site=quiet', admin)).body.items).toHaveLength(1);
  });
});
