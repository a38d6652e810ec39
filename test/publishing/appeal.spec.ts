import type { CaseDetail, CaseView } from '../../src/contract/cases.js';
import type { DecisionAnswer } from '../../src/contract/decisions.js';
import { behind, readWantedEvents } from '../../src/database/statements/webhooks/fan-out.js';
import { MESSAGE_OF } from '../../src/webhooks/message-of-event.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let other: TestSite;
let moderator: string;
let n = 0;
const image = (): string => `https://cdn.example.ma/appealed/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
  other = await service.site('other');
  moderator = await service.staffToken('amina@example.ma', 'moderator', site);
});
afterAll(() => service.close());

const appeal = (url: string, note?: string, key = site.secretKey): Promise<Answer> =>
  service.ask('PUT', '/v1/images/appeal', key, { image: { url }, ...(note === undefined ? {} : { note }) });
const withdraw = (url: string, key = site.secretKey): Promise<Answer> =>
  service.ask('DELETE', `/v1/images/appeal?${new URLSearchParams({ url }).toString()}`, key);

async function casesOf(url: string, status = 'open'): Promise<CaseView[]> {
  const { body } = await service.ask<{ items: CaseView[] }>(
    'GET',
    `/v1/cases?status=${status}&limit=100`,
    moderator,
  );
  return body.items.filter((one) => one.image.url === url);
}
async function caseOf(url: string, status = 'open'): Promise<CaseView> {
  const [found] = await casesOf(url, status);
  if (found === undefined) throw new Error(`${url} has no ${status} case`);
  return found;
}
const decide = (of: CaseView, action: 'block' | 'keep'): Promise<Answer<DecisionAnswer>> =>
  service.ask('POST', `/v1/cases/${of.id}/decision`, moderator, {
    action,
    version: of.version,
    ...(action === 'block' ? { policy: 'violence' } : {}),
  });
/** An image that a moderator blocked, with the receipt of its last report. */
async function blocked(): Promise<{ readonly url: string; readonly receipt: string }> {
  const url = image();
  const { body } = await service.reports(site, url, 5);
  await decide(await caseOf(url), 'block');
  return { url, receipt: String(body['receipt']) };
}

describe('PUT /v1/images/appeal', () => {
  it('raises the case of what the rule blocked before all that it would block, and unblocks nothing', async () => {
    const [first, second] = [image(), image()];
    await service.reports(site, first, 5);
    await service.reports(site, second, 5);
    const { status, body } = await appeal(second, 'Photo d’agence, vérifiée.');
    expect(status).toBe(200);
    expect(body).toMatchObject({ image: { url: second }, blocked: true, version: 1, appealed: true });
    const claimed = await service.ask<CaseView>('POST', '/v1/cases/claim', moderator, {});
    expect(claimed.body).toMatchObject({
      image: { url: second, blocked: true },
      flags: ['appealed'],
      version: 1,
    });
    const { timeline } = (await service.ask<CaseDetail>('GET', `/v1/cases/${claimed.body.id}`, moderator))
      .body;
    expect(timeline.at(-1)).toMatchObject({
      type: 'image.appealed',
      actor: { kind: 'site' },
      data: { note: 'Photo d’agence, vérifiée.' },
    });
  });

  it('opens the case again that a moderator had closed, as it was and with its votes, and a person decides anew', async () => {
    const { url } = await blocked();
    const closed = await caseOf(url, 'closed');
    const { body } = await appeal(url);
    expect(body).toMatchObject({ blocked: true, reviewed: true, version: 1, appealed: true });
    const open = await caseOf(url);
    expect(open).toMatchObject({
      id: closed.id,
      version: closed.version + 1,
      flags: ['appealed'],
      closedAt: null,
      outcome: null,
      openedAt: closed.openedAt,
      reasons: { violence: 5 },
    });
    expect(await casesOf(url, 'closed')).toEqual([]);
    const kept = await decide(open, 'keep');
    expect(kept.body.case).toMatchObject({ status: 'closed', outcome: 'keep', flags: [] });
    expect((await service.state(site, { url })).body).toEqual({ image: { url }, blocked: false });
    await service.ask('POST', `/v1/decisions/${kept.body.decision.id}/undo`, moderator);
    expect(await caseOf(url)).toMatchObject({ flags: ['appealed'], image: { blocked: true } });
  });

  it('waits since it was made, not since the case was opened first', async () => {
    const { url: old } = await blocked();
    await service.database.dataSource.query(
      `update moderation_case set opened_at = opened_at - interval '30 days'
       where image_id = (select id from image where key = $1)`,
      [old],
    );
    const { url: fresh } = await blocked();
    await appeal(fresh);
    await appeal(old);
    const [ofFresh, ofOld] = [await caseOf(fresh), await caseOf(old)];
    // Thirty days are worth 2,880 points; the same reports within a longer time are worth less.
    expect(ofOld.priority).toBeLessThan(ofFresh.priority);
    // And it is remembered, when something else moves the case.
    await service.ask('POST', '/v1/images/views', site.secretKey, {
      seconds: 600,
      images: [
        { url: old, views: 1_000 },
        { url: fresh, views: 1_000 },
      ],
    });
    expect((await caseOf(old)).priority).toBeLessThan((await caseOf(fresh)).priority);
    expect((await caseOf(old)).priority).not.toBe(ofOld.priority);
  });

  it('opens a first case where staff blocked an image that nobody reported', async () => {
    const url = image();
    await service.ask('PUT', '/v1/images/block?site=example', moderator, {
      image: { url },
      policy: 'privacy',
    });
    expect((await appeal(url)).status).toBe(200);
    expect(await caseOf(url)).toMatchObject({ flags: ['appealed'], reasons: {}, tally: { reporters: 0 } });
  });

  it('said again is one appeal, also when it is said fifty times at once', async () => {
    const { url } = await blocked();
    const answers = await Promise.all(Array.from({ length: 50 }, () => appeal(url, 'x')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await caseOf(url)).version).toBe(3);
    const events = await service.ask<{ items: { type: string }[] }>('GET', '/v1/events?limit=100', moderator);
    expect(events.body.items.slice(0, 3).map(({ type }) => type)).toEqual([
      'case.opened',
      'image.appealed',
      'case.resolved',
    ]);
  });

  it('sends one webhook where a case opens, and none where one is open', async () => {
    const messages = async (): Promise<string[]> => {
      const rows = await service.database.inTransaction((tx) =>
        readWantedEvents(tx, behind('0'), String(Number.MAX_SAFE_INTEGER), MESSAGE_OF, {
          events: 100,
          addresses: 1,
        }),
      );
      return rows.map(({ type }) => type);
    };
    await service.ask('POST', '/v1/webhook-endpoints', site.secretKey, {
      url: 'https://hooks.example.ma/vigie',
      events: ['*'],
    });
    const open = image();
    await service.reports(site, open, 5);
    const { url } = await blocked();
    const before = await messages();
    await appeal(open);
    expect(await messages()).toEqual(before);
    await appeal(url);
    expect(await messages()).toEqual([...before, 'case.opened']);
  });

  it('shows readers nothing: not the state, not the receipt, not the feed', async () => {
    const { url, receipt } = await blocked();
    const seen = async (): Promise<string[]> =>
      Promise.all([
        service.ask('GET', `/v1/reports/${receipt}`, site.secretKey).then(({ text }) => text),
        service.state(site, { url }, site.publishableKey).then(({ text }) => text),
        service.state(site, { url }).then(({ text }) => text),
        service.ask('GET', '/v1/blocklist', site.secretKey).then(({ text }) => text),
      ]);
    const before = await seen();
    await appeal(url);
    expect(await seen()).toEqual(before);
  });

  it.each([
    ['of a visible image', 409, '/problems/conflict', 'visible'],
    ['of what its own block alone hides', 409, '/problems/conflict', 'Only your own block'],
    ['of an image that nobody knows', 404, '/problems/not-found', 'no such image'],
    ["of another site's image", 404, '/problems/not-found', 'no such image'],
  ])('refuses that %s, and says why', async (name, status, type, detail) => {
    const url = image();
    if (name.includes('visible')) await service.report(site, url, 'a');
    if (name.includes('own block'))
      await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'privacy' });
    if (name.includes('another')) await service.reports(site, url, 5);
    const answer = await appeal(url, undefined, name.includes('another') ? other.secretKey : site.secretKey);
    expect(answer).toMatchObject({ status, body: { type } });
    expect(answer.body['detail']).toContain(detail);
    if (name.includes('another')) expect(await caseOf(url)).toMatchObject({ flags: [] });
  });

  it('points at an image that is not named', async () => {
    const answer = await service.ask('PUT', '/v1/images/appeal', site.secretKey, { image: {} });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/image' }] } });
  });
});

describe('DELETE /v1/images/appeal', () => {
  it('takes it back; the case stays, where it would be without', async () => {
    const url = image();
    await service.reports(site, url, 5);
    const { priority } = await caseOf(url);
    await appeal(url);
    expect((await caseOf(url)).priority).toBe(priority + 30_000_000);
    expect(await withdraw(url)).toMatchObject({ status: 200, body: { appealed: false, blocked: true } });
    expect(await caseOf(url)).toMatchObject({ priority, flags: [], version: 1 });
  });

  it('changes nothing where there is none', async () => {
    const { url } = await blocked();
    expect(await withdraw(url)).toMatchObject({ status: 200, body: { appealed: false, blocked: true } });
    expect(await casesOf(url)).toEqual([]);
    expect((await withdraw(image())).status).toBe(404);
  });
});
