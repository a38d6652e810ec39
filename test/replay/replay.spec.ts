import type { ReplayAnswer } from '../../src/contract/replay.js';
import { Database } from '../../src/database/database.js';
import { RunReplay } from '../../src/replay/run-replay.js';
import type { Answer, TestSite } from '../setup/service.js';
import { ReviewRoom } from '../review/review-room.js';

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open({ ROLE: 'api' });
});
afterAll(() => room.close());

const replay = (token: string, site: TestSite, body: object, headers = {}) =>
  room.service.ask<ReplayAnswer & { errors?: { pointer: string }[] }>(
    'POST',
    `/v1/sites/${site.slug}/threshold-rule/replay`,
    token,
    body,
    headers,
  );

/** So many people report an image of the site. Returns its case, as the lead sees it. */
async function reported(site: TestSite, token: string, name: string, people: number) {
  await room.service.reports(site, room.url(site, name), people);
  const { body } = await room.list(token, `site=${site.slug}&order=newest`);
  const found = body.items.find(({ image }) => image.url === room.url(site, name));
  if (found === undefined) throw new Error(`no case of ${name}`);
  return found;
}

const decide = (token: string, { id, version }: { id: string; version: number }, action: 'block' | 'keep') =>
  room.service.ask('POST', `/v1/cases/${id}/decision`, token, {
    action,
    ...(action === 'block' ? { policy: 'violence' } : {}),
    version,
  });

const NOTHING = {
  blocked: 0,
  upheld: 0,
  reversed: 0,
  undecided: 0,
  held: 0,
  missed: 0,
  timeToBlock: null,
};

describe('a replay', () => {
  it('says beside each other what both rules would have done, and what people said of it', async () => {
    const site = await room.site('beside');
    const lead = await room.moderator(site, 'lead', 'lead');
    const began = performance.now();
    await decide(lead, await reported(site, lead, 'bad', 5), 'block');
    await decide(lead, await reported(site, lead, 'seen-by-people', 3), 'block');
    await decide(lead, await reported(site, lead, 'good', 3), 'keep');
    const waiting = await reported(site, lead, 'waiting', 4);
    await reported(site, lead, 'once', 1);
    const before = await room.sql('select rule_version from site where id = $1', [site.id]);

    const seconds = Math.ceil((performance.now() - began) / 1_000);
    const { status, body } = await replay(lead, site, { rule: { reporters: 3 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ reports: 16, images: 5, ruleVersion: 1 });
    expect(body.current).toEqual({
      ...NOTHING,
      blocked: 1,
      upheld: 1,
      missed: 1,
      timeToBlock: expect.anything() as object,
    });
    expect(body.candidate).toEqual({
      ...NOTHING,
      blocked: 4,
      upheld: 2,
      reversed: 1,
      undecided: 1,
      timeToBlock: { median: expect.any(Number) as number, p90: expect.any(Number) as number },
    });
    // No picture's reports took longer than all of them together.
    expect(body.candidate.timeToBlock?.p90).toBeLessThanOrEqual(seconds);
    expect(body.differences.total).toBe(3);
    expect(
      body.differences.items.map(({ image, decided, current, candidate }) => [
        image.url,
        decided,
        current,
        candidate,
      ]),
    ).toEqual([
      [room.url(site, 'waiting'), null, 'none', 'blocked'],
      [room.url(site, 'good'), 'keep', 'none', 'blocked'],
      [room.url(site, 'seen-by-people'), 'block', 'none', 'blocked'],
    ]);
    expect(body.differences.items[0]?.case).toBe(waiting.id);
    expect(body.openImages).toEqual({
      total: 1,
      items: [
        {
          image: { id: waiting.image.id, url: room.url(site, 'waiting'), ownId: null },
          case: waiting.id,
          reporters: 4,
          would: 'block',
        },
      ],
    });
    // And nothing has happened.
    expect(await room.sql('select rule_version from site where id = $1', [site.id])).toEqual(before);
    expect((await room.service.state(site, { url: room.url(site, 'waiting') })).body).toMatchObject({
      blocked: false,
    });
  });

  it('behaviour 25: a higher bar leaves out what people reversed, and what they upheld is missed', async () => {
    const site = await room.site('higher');
    const lead = await room.moderator(site, 'lead', 'lead');
    await decide(lead, await reported(site, lead, 'reversed', 5), 'keep');
    await decide(lead, await reported(site, lead, 'upheld', 5), 'block');
    const { body } = await replay(lead, site, { rule: { reporters: 8 } });
    expect(body.current).toMatchObject({ blocked: 2, upheld: 1, reversed: 1, missed: 0 });
    expect(body.candidate).toEqual({ ...NOTHING, missed: 1 });
    expect(
      body.differences.items.map(({ decided, current, candidate }) => [decided, current, candidate]),
    ).toEqual([
      ['block', 'blocked', 'none'],
      ['keep', 'blocked', 'none'],
    ]);
  });

  it('of what was undone counts nothing', async () => {
    const site = await room.site('undone');
    const lead = await room.moderator(site, 'lead', 'lead');
    const decided = await decide(lead, await reported(site, lead, 'photo', 5), 'keep');
    const { id } = (decided.body as { decision: { id: string } }).decision;
    expect((await room.service.ask('POST', `/v1/decisions/${id}/undo`, lead)).status).toBe(201);
    expect((await replay(lead, site, { rule: {} })).body.current).toMatchObject({
      blocked: 1,
      reversed: 0,
      undecided: 1,
    });
  });

  it('of nothing is nothing', async () => {
    const site = await room.site('empty');
    const lead = await room.moderator(site, 'lead', 'lead');
    const { status, body } = await replay(lead, site, { rule: { reporters: 2 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reports: 0,
      images: 0,
      current: NOTHING,
      candidate: NOTHING,
      differences: { total: 0, items: [] },
      openImages: { total: 0, items: [] },
    });
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(30 * 86_400_000);
  });

  it('counts what is in its time, and plays what came before', async () => {
    const site = await room.site('times');
    const lead = await room.moderator(site, 'lead', 'lead');
    await reported(site, lead, 'photo', 5);
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const at = (name: string, time: string) =>
      room.sql(
        `update vote set at = $2 where site_id = $1 and reporter in
           (select reporter from vote where site_id = $1 order by at, reporter ${name})`,
        [site.id, time],
      );
    // Two were cast eight days ago, the others a day ago: they never counted together.
    await at('limit 2', ago(9));
    await at('offset 2', ago(1));
    const days = { from: ago(2), to: ago(0) };
    expect((await replay(lead, site, { rule: { windowHours: 300 }, ...days })).body).toMatchObject({
      reports: 3,
      images: 1,
      current: { blocked: 0 },
      candidate: { blocked: 1, timeToBlock: { median: 8 * 86_400, p90: 8 * 86_400 } },
    });
    expect(
      (await replay(lead, site, { rule: { windowHours: 300 }, from: ago(8), to: ago(2) })).body,
    ).toMatchObject({
      reports: 0,
      candidate: { blocked: 0 },
    });
  });

  it("takes days of the site's calendar, as the statistics do", async () => {
    const site = await room.site('days');
    await room.sql(`update site set time_zone = 'Pacific/Auckland' where id = $1`, [site.id]);
    const lead = await room.moderator(site, 'lead', 'lead');
    const timeOf = async (asked: object) => {
      const { body } = await replay(lead, site, { rule: {}, ...asked });
      return [body.from, body.to];
    };
    const days = { from: '2024-11-01', to: '2024-11-02' };
    const stats = await room.service.ask('GET', `/v1/stats?site=days&from=${days.from}&to=${days.to}`, lead);
    expect(await timeOf(days)).toEqual(['2024-10-31T11:00:00.000Z', '2024-11-02T11:00:00.000Z']);
    expect(await timeOf(days)).toEqual([stats.body['from'], stats.body['to']]);
    expect(await timeOf({ from: '2024-11-01', to: '2024-11-01T00:00:00.5Z' })).toEqual([
      '2024-10-31T11:00:00.000Z',
      '2024-11-01T00:00:00.500Z',
    ]);
    // Thirty times 24 hours before it, as without days.
    expect(await timeOf({ to: '2024-11-02' })).toEqual([
      '2024-10-03T11:00:00.000Z',
      '2024-11-02T11:00:00.000Z',
    ]);
  });

  it('refuses times that are none, and rules that are none', async () => {
    const site = await room.site('refused');
    const lead = await room.moderator(site, 'lead', 'lead');
    const pointer = async (body: object): Promise<unknown[]> => {
      const answer = await replay(lead, site, body);
      return [answer.status, answer.body.errors?.map((error) => error.pointer)];
    };
    expect(await pointer({ rule: {}, from: '2026-11-20T00:00:00Z', to: '2026-11-20T00:00:00Z' })).toEqual([
      422,
      ['/from'],
    ]);
    expect(await pointer({ rule: {}, from: '2099-01-01T00:00:00Z' })).toEqual([422, ['/from']]);
    expect(await pointer({ rule: {}, from: '2020-01-01T00:00:00Z' })).toEqual([422, ['/from']]);
    expect(await pointer({ rule: {}, to: '1970-01-01T00:00:00Z' })).toEqual([422, ['/to']]);
    expect(await pointer({ rule: {}, from: 'yesterday' })).toEqual([422, ['/from']]);
    expect(await pointer({ rule: {}, to: '2026-02-30' })).toEqual([422, ['/to']]);
    expect(await pointer({ rule: {}, from: '2025-11-02', to: '2025-11-01' })).toEqual([422, ['/from']]);
    expect(await pointer({ rule: { reporters: 1 } })).toEqual([422, ['/rule/reporters']]);
    expect(await pointer({ rule: { version: 1 } })).toEqual([422, ['/rule/version']]);
    expect(await pointer({ rule: { muteAfter: { dismissed: 3 } } })).toEqual([
      422,
      ['/rule/muteAfter/forDays'],
    ]);
    expect(await pointer({})).toEqual([422, ['/rule']]);
    expect((await replay(lead, site, { rule: {}, to: '2099-01-01T00:00:00Z' })).status).toBe(200);
  });

  it('is told as a stream to who asks for one', async () => {
    const site = await room.site('streamed');
    const lead = await room.moderator(site, 'lead', 'lead');
    await reported(site, lead, 'photo', 5);
    const asked = { rule: { reporters: 3 } };
    const stream = await replay(lead, site, asked, { accept: 'text/event-stream' });
    expect(stream.headers['content-type']).toBe('text/event-stream');
    const events = eventsOf(stream);
    expect(events[0]).toEqual(['progress', { done: expect.any(Number) as number, of: 5 }]);
    const [name, result] = events.at(-1) ?? [];
    expect(name).toBe('result');
    const { body } = await replay(lead, site, asked);
    expect(result).toEqual({ ...body, from: expect.any(String) as string, to: expect.any(String) as string });
    // What is refused before it begins has its own status.
    const refused = await replay(
      lead,
      site,
      { rule: {}, from: '2020-01-01T00:00:00Z' },
      { accept: 'text/event-stream' },
    );
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/from']);
  });

  it('gives up in the stream with a problem, and before it with a status', async () => {
    const site = await room.site('given-up');
    const lead = await room.moderator(site, 'lead', 'lead');
    await reported(site, lead, 'photo', 5);
    const runs = room.service.app.get(RunReplay);
    const { longest, mostVotes } = runs;
    try {
      runs.mostVotes = 4;
      const tooMany = await replay(lead, site, { rule: {} });
      expect(tooMany.body.errors?.[0]?.pointer).toBe('/from');
      expect(tooMany.body).toMatchObject({ why: 'too-much-to-play' });
      runs.mostVotes = mostVotes;
      runs.longest = 0;
      const answer = await replay(lead, site, { rule: {} });
      expect([answer.status, answer.body]).toMatchObject([
        503,
        { type: '/problems/unavailable', why: 'too-much-to-play' },
      ]);
      const [last] = eventsOf(await replay(lead, site, { rule: {} }, { accept: 'text/event-stream' })).slice(
        -1,
      );
      expect(last).toMatchObject(['problem', { status: 503, why: 'too-much-to-play' }]);
    } finally {
      Object.assign(runs, { longest, mostVotes });
    }
  });

  it('lets one run and two wait, and ends when its caller goes', async () => {
    const site = await room.site('busy');
    await room.service.reports(site, room.url(site, 'photo'), 3);
    const runs = new RunReplay(room.service.app.get(Database));
    const gone = new AbortController();
    const begun: number[] = [];
    const run = (signal: AbortSignal, n: number) =>
      runs.run(
        { siteId: site.id, change: {} },
        {
          signal,
          progress: () => {
            if (!begun.includes(n)) begun.push(n);
            if (n === 0) gone.abort(new Error('gone'));
          },
        },
      );
    const never = new AbortController().signal;
    const results = await Promise.allSettled([
      run(gone.signal, 0),
      run(never, 1),
      run(gone.signal, 2),
      run(never, 3),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected']);
    expect(results[3]).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
    // The third one's caller had gone before its turn: nothing was read.
    expect(begun).toEqual([0, 1]);
  });

  it('keeps its snapshot for as long as it may take, however long it plays what it has fetched', async () => {
    const site = await room.site('long-played');
    let pause: string | undefined;
    class Asked extends Database {
      override inTransaction: Database['inTransaction'] = (work, isolation) =>
        super.inTransaction(async (tx) => {
          const result = await work(tx);
          const [row] = await tx.query<{ pause: string }>({
            name: 'longest-pause',
            text: `select current_setting('idle_in_transaction_session_timeout') as pause`,
          });
          pause = row?.pause;
          return result;
        }, isolation);
    }
    const runs = new RunReplay(new Asked(room.service.app.get(Database).dataSource));
    runs.longest = 90_000;
    const never = new AbortController().signal;
    await runs.run({ siteId: site.id, change: {} }, { signal: never, progress: () => undefined });
    expect(pause).toBe('90s');
  });

  it('tells nothing of readers, and of no other site', async () => {
    const site = await room.site('quiet');
    const other = await room.site('other');
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.service.reports(other, room.url(other, 'photo'), 6);
    await room.service.reports(site, room.url(site, 'photo'), 6);
    const { text, body } = await replay(lead, site, { rule: { reporters: 2 } });
    expect(body).toMatchObject({ reports: 6, images: 1 });
    const votes = await room.sql<{ hash: string }>(`select encode(reporter, 'hex') as hash from vote`);
    for (const { hash } of votes) expect(text).not.toContain(hash.slice(0, 8));
  });
});

/** What Server-Sent Events say, in order. */
const eventsOf = ({ text }: Pick<Answer, 'text'>): [string, unknown][] =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
      return [name, JSON.parse(data)];
    });
