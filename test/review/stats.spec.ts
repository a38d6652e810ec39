import type { StatsAnswer } from '../../src/contract/stats.js';
import type { Reason } from '../../src/core/reasons.js';
import { Neck } from '../../src/moderation/neck.js';
import { ShowStats } from '../../src/review/show-stats.js';
import type { Answer, TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { ReviewRoom } from './review-room.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open();
});
afterAll(() => room.close());

const ask = (token: string, query: string): Promise<Answer<StatsAnswer & { errors?: object[] }>> =>
  room.service.ask('GET', `/v1/stats?${query}`, token);

const inCasablanca = async (slug: string): Promise<{ site: TestSite; lead: string }> => {
  const site = await room.site(slug);
  await room.sql(`update site set time_zone = 'Africa/Casablanca' where id = $1`, [site.id]);
  return { site, lead: await room.moderator(site, 'lead', 'lead') };
};

/** Votes on an image of the site, cast at these times. */
const votesAt = (site: TestSite, times: readonly string[]): Promise<unknown> =>
  room.sql(
    `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, at)
     select $1, 1, 1, decode(md5(n::text), 'hex'), 'named', '{violence}', t
     from unnest($2::timestamptz[]) with ordinality as v (t, n)`,
    [site.id, times],
  );

describe('behaviour 50: Africa/Casablanca changes its offset in Ramadan', () => {
  it("and every report is on the site's own day, be it of 23, 24 or 25 hours", async () => {
    const { site, lead } = await inCasablanca('ramadan');
    await votesAt(site, [
      '2026-02-14T22:59:59.999Z',
      // The clocks go back: the 15th has 25 hours.
      '2026-02-14T23:00:00Z',
      '2026-02-15T23:59:59.999Z',
      '2026-02-16T00:00:00Z',
      // And forward: the 22nd has 23.
      '2026-03-22T00:00:00Z',
      '2026-03-22T22:59:59.999Z',
      '2026-03-22T23:00:00Z',
    ]);
    const { body } = await ask(lead, 'from=2026-02-14&to=2026-03-23');
    expect(body).toMatchObject({
      timeZone: 'Africa/Casablanca',
      from: '2026-02-13T23:00:00.000Z',
      to: '2026-03-23T23:00:00.000Z',
      totals: { reports: 7 },
    });
    expect(body.buckets).toHaveLength(38);
    const days = new Map(body.buckets.map(({ local, start, reports }) => [local, [start, reports]]));
    expect(days.size).toBe(38);
    expect(days.get('2026-02-14')).toEqual(['2026-02-13T23:00:00.000Z', 1]);
    expect(days.get('2026-02-15')).toEqual(['2026-02-14T23:00:00.000Z', 2]);
    expect(days.get('2026-02-16')).toEqual(['2026-02-16T00:00:00.000Z', 1]);
    expect(days.get('2026-02-17')).toEqual(['2026-02-17T00:00:00.000Z', 0]);
    expect(days.get('2026-03-22')).toEqual(['2026-03-22T00:00:00.000Z', 2]);
    expect(days.get('2026-03-23')).toEqual(['2026-03-22T23:00:00.000Z', 1]);
  });

  it.each([
    ['2026-02-15', 25, '2026-02-15T02:00:00+01:00', '2026-02-15T02:00:00+00:00'],
    ['2026-02-16', 24, '2026-02-16T02:00:00+00:00', '2026-02-16T03:00:00+00:00'],
    ['2026-03-22', 23, '2026-03-22T01:00:00+00:00', '2026-03-22T03:00:00+01:00'],
  ])('%s has %d hours, and the names of no two are the same', async (day, hours, one, next) => {
    const { lead } = await inCasablanca(`hours-${day}`);
    const { body } = await ask(lead, `from=${day}&to=${day}&bucket=hour`);
    const names = body.buckets.map(({ local }) => local);
    expect(names).toHaveLength(hours);
    expect(new Set(names).size).toBe(hours);
    expect(names.indexOf(next) - names.indexOf(one)).toBe(1);
    expect(names.indexOf(one)).toBeGreaterThan(0);
  });
});

describe('a day whose midnight comes twice, since the clocks go back to it', () => {
  it.each([
    ['Atlantic/Azores', '2025-10-26', '2025-10-26T00:00:00.000Z', '2025-10-27T01:00:00.000Z'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00.000Z', '2025-11-03T05:00:00.000Z'],
  ])('%s: %s begins at the first, and has 25 hours', async (timeZone, day, from, to) => {
    const site = await room.site(`midnight-${day}`);
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.sql('update site set time_zone = $2 where id = $1', [site.id, timeZone]);
    const minute = 60_000;
    await votesAt(
      site,
      [-1, 1, 61].map((minutes) => new Date(Date.parse(from) + minutes * minute).toISOString()),
    );
    const alone = (await ask(lead, `from=${day}&to=${day}`)).body;
    expect(alone).toMatchObject({ from, to, totals: { reports: 2 }, buckets: [{ local: day, start: from }] });
    const before = new Date(Date.parse(`${day}T00:00:00Z`) - 1_440 * minute).toISOString().slice(0, 10);
    const { buckets } = (await ask(lead, `from=${before}&to=${day}`)).body;
    expect(buckets.map(({ local, start, reports }) => [local, start, reports])).toEqual([
      [before, new Date(Date.parse(from) - 1_440 * minute).toISOString(), 1],
      [day, from, 2],
    ]);
    const hours = (await ask(lead, `from=${day}&to=${day}&bucket=hour`)).body.buckets;
    expect([hours.length, hours[0]?.start]).toEqual([25, from]);
  });
});

describe('statistics', () => {
  it('count reports, cases, blocks, decisions, and how long they took', async () => {
    const site = await room.site('counts');
    const [amina, lead] = [await room.moderator(site, 'amina'), await room.moderator(site, 'lead', 'lead')];
    const [upheld, overturned] = [await room.caseOf(site, 'upheld', 5), await room.caseOf(site, 'kept', 5)];
    const [undone, escalated] = [
      await room.caseOf(site, 'undone', 2, 'spam'),
      await room.caseOf(site, 'hard'),
    ];
    await room.report(site, 'hard', 'hate', { reader: 'twice' });
    await room.report(site, 'hard', 'spam', { reader: 'twice' });
    await room.decide(amina, upheld, { action: 'block', policy: 'nudity', version: 1 });
    await room.decide(lead, overturned, { action: 'keep', version: 1 });
    const { decision } = (await room.decide(amina, undone, { action: 'keep', version: 1 })).body;
    await room.undo(amina, decision.id);
    await room.decide(amina, escalated, { action: 'escalate', version: 1 });
    const image = { url: room.url(site, 'publisher') };
    await room.service.ask('PUT', '/v1/images/block', site.secretKey, { image, reason: 'privacy' });

    const { body, headers } = await ask(lead, `site=${site.slug}`);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.buckets).toHaveLength(30);
    expect(body.buckets.slice(0, 28).every(({ reports, decisions }) => reports + decisions.block === 0)).toBe(
      true,
    );
    expect(body.totals).toMatchObject({
      reports: 14,
      casesOpened: 4,
      casesClosed: { decided: 2, merged: 0, superseded: 0 },
      blocks: { rule: 2, moderator: 1, publisher: 1, match: 0 },
      ruleBlocksReviewed: { upheld: 1, overturned: 1, share: 0.5 },
      decisions: { block: 1, keep: 1, escalate: 1, undone: 1 },
      secondsToBlock: { median: expect.any(Number) as number, p90: expect.any(Number) as number },
      secondsToDecision: { median: expect.any(Number) as number, p90: expect.any(Number) as number },
    });
    const today = body.buckets.at(-1);
    // This may run at midnight.
    if (today?.reports === 14) expect(today).toMatchObject(body.totals);
    const { secondsToBlock, secondsToDecision } = body.totals;
    const none = { median: null, p90: null };
    const undecided = { secondsToBlock: none, secondsToDecision: none };
    const decisions = { block: 0, keep: 0, escalate: 0, undone: 0 };
    expect(body.reasons).toEqual([
      {
        ...reason('violence', 11, 2, { upheld: 1, overturned: 1, share: 0.5 }),
        // The keep named no policy: it is told by what it lifted.
        ...{ decisions: { ...decisions, keep: 1 }, secondsToBlock },
        secondsToDecision: { median: expect.any(Number) as number, p90: expect.any(Number) as number },
      },
      {
        ...reason('nudity', 0),
        ...{ decisions: { ...decisions, block: 1 }, secondsToBlock: none },
        secondsToDecision: { median: expect.any(Number) as number, p90: expect.any(Number) as number },
      },
      { ...reason('hate', 1), decisions, ...undecided },
      { ...reason('privacy', 0), decisions, ...undecided },
      { ...reason('spam', 3), decisions, ...undecided },
    ]);
    expect(secondsToDecision.median).not.toBeNull();
    expect(body.moderators.map(({ moderator, decisions }) => [moderator.email, decisions])).toEqual([
      ['amina@counts.ma', { block: 1, keep: 0, escalate: 1, undone: 1 }],
      ['lead@counts.ma', { block: 0, keep: 1, escalate: 0, undone: 0 }],
    ]);
    const own = (await ask(amina, '')).body;
    expect(own.totals).toEqual(body.totals);
    expect(own.moderators).toEqual(body.moderators.slice(0, 1));
  });

  const reason = (
    name: string,
    reports: number,
    ruleBlocks = 0,
    ruleBlocksReviewed: object = { upheld: 0, overturned: 0, share: null },
  ): object => ({ reason: name, reports, ruleBlocks, ruleBlocksReviewed });

  it('measure from the first report of the round to the block, and from opening to decision', async () => {
    const site = await room.site('times');
    const lead = await room.moderator(site, 'lead', 'lead');
    for (const [image, minutes] of [
      ['a', 10],
      ['b', 20],
      ['c', 90],
    ] as const) {
      const id = await room.caseOf(site, image, 5);
      const databaseId = room.sealed.databaseId('case', id);
      await room.sql(
        `update vote set at = at - make_interval(mins => $2)
         where (image_id, reporter) = (select v.image_id, v.reporter from vote v join moderation_case c on c.image_id = v.image_id
                                       where c.id = $1 order by v.at limit 1)`,
        [databaseId, minutes],
      );
      await room.sql(
        'update moderation_case set opened_at = opened_at - make_interval(mins => $2) where id = $1',
        [databaseId, minutes],
      );
      await room.decide(lead, id, { action: 'keep', version: 1 });
    }
    const { totals } = (await ask(lead, '')).body;
    expect(totals.blocks.rule).toBe(3);
    for (const { median, p90 } of [totals.secondsToBlock, totals.secondsToDecision]) {
      // Between 1200 and 5400, nine tenths of the way up: 4560, and the seconds that this took.
      expect([Math.floor((median ?? 0) / 60), Math.floor((p90 ?? 0) / 60)]).toEqual([20, 76]);
    }
  });

  it('count a block of the rule once, however often it comes back', async () => {
    const site = await room.site('again');
    const lead = await room.moderator(site, 'lead', 'lead');
    const id = await room.caseOf(site, 'image', 5);
    const { decision } = (await room.decide(lead, id, { action: 'keep', version: 1 })).body;
    const undone = await room.undo(lead, decision.id);
    expect(undone.body.image.blocked).toBe(true);
    expect((await ask(lead, '')).body.totals).toMatchObject({
      blocks: { rule: 1 },
      casesClosed: { decided: 0 },
      ruleBlocksReviewed: { upheld: 0, overturned: 0, share: null },
      secondsToDecision: { median: null, p90: null },
    });
  });

  const replace = (site: TestSite, image: string, digit: string): Promise<Answer> =>
    room.service.ask('PUT', '/v1/images/content', site.secretKey, {
      image: { url: room.url(site, image) },
      sha256: digit.repeat(64),
    });

  it('count a block of the rule that comes soon after the picture was replaced, and none that comes back with it', async () => {
    const site = await room.site('swapped');
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.report(site, 'image');
    await replace(site, 'image', 'a');
    expect((await replace(site, 'image', 'b')).body).toMatchObject({ change: 'new' });
    await room.reports(site, 'image', 5);
    const blocked = { blocks: { rule: 1 }, casesClosed: { decided: 0, merged: 0, superseded: 1 } };
    expect((await ask(lead, '')).body.totals).toMatchObject(blocked);

    await room.reports(site, 'returns', 5);
    await replace(site, 'returns', 'c');
    expect((await replace(site, 'returns', 'd')).body).toMatchObject({ blocked: false });
    // As if the second change came long after the first: it is free until its old bytes are back.
    await room.sql(`update image set content_changed_at = content_changed_at - interval '60 days'`);
    expect((await replace(site, 'returns', 'c')).body).toMatchObject({ blocked: true });
    expect((await ask(lead, '')).body.totals).toMatchObject({ blocks: { rule: 2 } });
  });

  it('count a block by the site once, whatever its words become', async () => {
    const site = await room.site('words');
    const lead = await room.moderator(site, 'lead', 'lead');
    const url = room.url(site, 'image');
    const say = (words: object): Promise<Answer> =>
      room.service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, ...words });
    for (const words of [
      { reason: 'privacy' },
      { reason: 'privacy', note: 'Asked for.' },
      { reason: 'violence' },
    ])
      expect((await say(words)).status).toBe(200);
    expect((await ask(lead, '')).body.totals.blocks.publisher).toBe(1);
    const path = `/v1/images/block?url=${encodeURIComponent(url)}`;
    expect((await room.service.ask('DELETE', path, site.secretKey)).status).toBe(200);
    await say({ reason: 'privacy' });
    expect((await ask(lead, '')).body.totals.blocks.publisher).toBe(2);
  });

  it('count a picture once that follows another, whatever the reason becomes, and whomever it goes over to', async () => {
    const site = await room.site('follows');
    const lead = await room.moderator(site, 'lead', 'lead');
    const { imageId } = await room.report(site, 'image');
    const neck = room.service.app.get(Neck);
    const of = { siteId: site.id, target: { imageId } };
    const follow = (source: string, reason: Reason) => ({ type: 'match', ...of, source, reason }) as const;
    const release = (source: string) => ({ type: 'release', ...of, source }) as const;
    await neck.moderate([follow('1', 'hate')]);
    await neck.moderate([follow('1', 'violence')]);
    await neck.moderate([follow('2', 'violence'), release('1')]);
    expect((await ask(lead, '')).body.totals.blocks.match).toBe(1);
    await neck.moderate([release('2')]);
    await neck.moderate([follow('3', 'hate')]);
    expect((await ask(lead, '')).body.totals.blocks.match).toBe(2);
  });

  it('measure each decision from when the case waited for it, however often its site appeals later', async () => {
    const site = await room.site('appeals');
    const lead = await room.moderator(site, 'lead', 'lead');
    const id = await room.caseOf(site, 'image', 5);
    const appeal = async (): Promise<void> => {
      const image = { url: room.url(site, 'image') };
      const { status } = await room.service.ask('PUT', '/v1/images/appeal', site.secretKey, { image });
      expect(status).toBe(200);
    };
    const block = async (version: number): Promise<void> => {
      const { status } = await room.decide(lead, id, { action: 'block', policy: 'violence', version });
      expect(status).toBe(201);
    };
    /** As if everything until now had been so many minutes sooner. */
    const later = async (minutes: number): Promise<void> => {
      await room.sql('alter table event disable trigger event_append_only');
      for (const [table, column] of [
        ['moderation_case', 'opened_at'],
        ['moderation_case', 'waiting_since'],
        ['decision', 'at'],
        ['event', 'at'],
      ] as const)
        await room.sql(
          `update ${table} set ${column} = ${column} - make_interval(mins => $2) where site_id = $1`,
          [site.id, minutes],
        );
      await room.sql('alter table event enable trigger event_append_only');
    };
    await later(10);
    await block(1);
    await later(100);
    await appeal();
    await later(20);
    await block(3);
    const minutes = async (): Promise<(number | null)[]> => {
      const { median, p90 } = (await ask(lead, '')).body.totals.secondsToDecision;
      return [median, p90].map((seconds) => seconds && Math.floor(seconds / 60));
    };
    expect(await minutes()).toEqual([15, 19]);
    await later(100);
    await appeal();
    expect(await minutes()).toEqual([15, 19]);
  });

  it('count the reports of images that became one once, and their cases as decided by nobody', async () => {
    const site = await room.site('merged');
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.reports(site, 'one', 2);
    await room.reports(site, 'id:7', 1);
    const urls = [room.url(site, 'one')];
    const bound = await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: '7', urls });
    expect(bound.status).toBe(200);
    expect((await ask(lead, '')).body.totals).toMatchObject({
      reports: 3,
      casesClosed: { decided: 0, merged: 1, superseded: 0 },
    });
  });

  it('are those of one site, which only who works on several must name', async () => {
    const [mine, other] = [await room.site('mine'), await room.site('other')];
    const lead = await room.moderator(mine, 'lead', 'lead');
    const admin = await room.service.staffToken('admin@vigie.test', 'admin');
    await room.reports(other, 'image', 3);
    expect((await ask(lead, '')).body.totals.reports).toBe(0);
    expect((await ask(lead, 'site=other')).status).toBe(404);
    expect((await ask(admin, '')).body.errors).toMatchObject([{ pointer: '/site' }]);
    expect((await ask(admin, 'site=other')).body.totals.reports).toBe(3);
    expect((await room.service.ask('GET', '/v1/stats', other.secretKey)).status).toBe(403);
  });

  it.each([
    ['from=yesterday', '/from'],
    ['from=2026-02-30', '/from'],
    ['from=1999-12-31', '/from'],
    ['to=2026-11-01T10:00:00', '/to'],
    ['to=2026-11-01T24:00:00Z', '/to'],
    ['from=2026-11-02&to=2026-11-01', '/to'],
    ['from=2026-11-01T10:00:00Z&to=2026-11-01T10:00:00Z', '/to'],
    ['from=2099-01-01', '/from'],
    ['from=2025-01-01&to=2026-02-05', '/from'],
    ['from=2000-01-01&to=2099-12-31', '/from'],
    ['from=2026-01-01&to=2026-02-01&bucket=hour', '/from'],
    ['bucket=week', '/bucket'],
    ['site=', '/site'],
    ['group=day', '/group'],
  ])('refuse %s with a pointer', async (query, pointer) => {
    const lead = await inTime();
    const { status, body } = await ask(lead, query);
    expect([status, body.errors]).toMatchObject([422, [{ pointer }]]);
  });

  it.each([
    ['from=2025-01-01&to=2026-02-04', 400],
    ['from=2026-01-01&to=2026-01-31&bucket=hour', 744],
    ['from=2026-01-01T00:30:00Z&to=2026-02-01T00:30:00Z&bucket=hour', 745],
    ['from=2026-11-01T23:59:59.5Z&to=2026-11-02T00:00:00.5%2B00:00', 2],
    ['to=2026-11-30', 30],
  ])('answer %s with every bucket: %d', async (query, count) => {
    const lead = await inTime();
    expect((await ask(lead, query)).body.buckets).toHaveLength(count);
  });

  let token: Promise<string> | undefined;
  const inTime = (): Promise<string> =>
    (token ??= room.site('in-time').then((site) => room.moderator(site, 'lead', 'lead')));

  it('are given up with a sentence when they take too long', async () => {
    const site = await room.site('slow');
    const lead = await room.moderator(site, 'lead', 'lead');
    const stats = room.service.app.get(ShowStats);
    const runner = room.service.database.dataSource.createQueryRunner();
    const { longest } = stats;
    try {
      await runner.startTransaction();
      await runner.query('lock table vote in access exclusive mode');
      stats.longest = 30;
      expect(await ask(lead, '')).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
    } finally {
      stats.longest = longest;
      await runner.rollbackTransaction();
      await runner.release();
    }
    expect((await ask(lead, '')).status).toBe(200);
  });

  it('are counted at most twice at once, once for all who ask the same, each of whom sees what is theirs', async () => {
    const site = await room.site('turns');
    const [amina, lead] = [await room.moderator(site, 'amina'), await room.moderator(site, 'lead', 'lead')];
    for (const token of [amina, lead])
      await room.decide(token, await room.caseOf(site, `of ${token.slice(-9)}`), {
        action: 'keep',
        version: 1,
      });
    const runner = room.service.database.dataSource.createQueryRunner();
    const counting = async (): Promise<number> =>
      (await room.sql(`${LOCK_WAITS} and query like '%reports as materialized%'`)).length;
    const day = (n: number): string => `from=2026-01-01&to=2026-01-${String(n).padStart(2, '0')}`;
    await runner.startTransaction();
    await runner.query('lock table vote in access exclusive mode');
    const answers: Promise<Answer<StatsAnswer>>[] = [];
    try {
      const same = [ask(lead, ''), ask(amina, ''), ask(lead, '')];
      await until(async () => (await counting()) === 1);
      answers.push(...same, ask(lead, day(1)));
      await until(async () => (await counting()) === 2);
      const others = Array.from({ length: 8 }, (_, n) => ask(lead, day(n + 2)));
      answers.push(...others);
      // Whoever finds the line full need not wait for it.
      const refused: Answer<StatsAnswer>[] = [];
      for (const other of others) void other.then((answer) => refused.push(answer));
      await until(() => refused.length === 4);
      for (const answer of refused)
        expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
      expect(await counting()).toBe(2);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    const all = await Promise.all(answers);
    expect(all.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(8).fill(200),
      ...Array<number>(4).fill(503),
    ]);
    expect(
      all.slice(0, 3).map(({ body }) => body.moderators.map(({ moderator }) => moderator.email)),
    ).toEqual([['amina@turns.ma', 'lead@turns.ma'], ['amina@turns.ma'], ['amina@turns.ma', 'lead@turns.ma']]);
  });

  it("say so when Postgres does not know the site's time zone", async () => {
    const site = await room.site('nowhere');
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.sql(`update site set time_zone = 'Moon/Tranquility' where id = $1`, [site.id]);
    expect(await ask(lead, '')).toMatchObject({
      status: 409,
      body: { type: '/problems/conflict', why: 'unknown-time-zone' },
    });
  });
});
