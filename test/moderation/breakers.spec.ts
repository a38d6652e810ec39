import { DEFAULT_THRESHOLD_RULE } from '../../src/core/threshold-rule.js';
import type { Outcome } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';

/** More automatic blocks than an hour lets through are held, and the site is told (docs/rules.md, rule 5). */

const RULE = { reporters: 2, breaker: DEFAULT_THRESHOLD_RULE.breaker, reporterBudget: null } as const;

let desk: Desk;
let beside: Desk;
let n = 0;

beforeAll(async () => {
  desk = await Desk.open(RULE);
  beside = await desk.beside();
});
afterAll(async () => {
  await beside.close();
  await desk.close();
});
// Each test has a site, and so a breaker, of its own.
beforeEach(async () => {
  desk.siteId = await desk.site(`site-${(n += 1)}`, RULE);
  beside.siteId = desk.siteId;
});

const image = (name: string | number): string => `https://cdn.example.ma/${n}/${name}.jpg`;
const images = (count: number): string[] => Array.from({ length: count }, (_, m) => image(m));
const bothReport = (url: string, by = desk) => [
  by.report(url, 'violence', `first ${url.slice(-9)}`),
  by.report(url, 'violence', `second ${url.slice(-9)}`),
];

interface Counted {
  readonly blocked: number;
  readonly held: number;
  readonly tripped: number;
  readonly heldEvents: number;
}

/** What the site's tables and log say. */
async function counted(): Promise<Counted> {
  const [row] = await desk.dataSource.query<Counted[]>(
    `select (select count(*)::int from image where site_id = $1 and blocked) as blocked,
            (select count(*)::int from moderation_case where site_id = $1 and held) as held,
            (select count(*)::int from event where site_id = $1 and type = 'site.breaker') as tripped,
            (select count(*)::int from event where site_id = $1 and type = 'case.held') as "heldEvents"`,
    [desk.siteId],
  );
  if (row === undefined) throw new Error('no row');
  return row;
}

/** Moves the site's log back by a while, as if that had passed. */
async function later(hours: number): Promise<void> {
  await desk.dataSource.query('alter table event disable trigger event_append_only');
  await desk.dataSource.query(
    'update event set at = at - make_interval(secs => $2 * 3600) where site_id = $1',
    [desk.siteId, hours],
  );
  await desk.dataSource.query('alter table event enable trigger event_append_only');
}

const heldBy = (outcome: Outcome): string | undefined => done(outcome).case?.hold?.by;

it('behaviour 31b: the 21st automatic block within the hour is held and the site alerted', async () => {
  for (const url of images(20)) await desk.oneByOne(bothReport(url));
  expect(await counted()).toEqual({ blocked: 20, held: 0, tripped: 0, heldEvents: 0 });

  const [, held] = await desk.oneByOne(bothReport(image('21st')));
  expect(held).toMatchObject({
    visibility: { blocked: false },
    case: { held: true, status: 'open', hold: { by: 'breaker', blocksInHour: 20, limit: 20 } },
  });
  expect(await counted()).toEqual({ blocked: 20, held: 1, tripped: 1, heldEvents: 1 });
  const [tripped] = await desk.dataSource.query<object[]>(
    `select image_id, case_id, actor_kind, rule_version, data from event where site_id = $1 and type = 'site.breaker'`,
    [desk.siteId],
  );
  expect(tripped).toEqual({
    image_id: null,
    case_id: null,
    actor_kind: 'rule',
    rule_version: 1,
    data: { limit: 20, blocksInHour: 20, baseline: null },
  });
});

it('lets exactly as many through, however many images cross in one batch', async () => {
  const [first = '', ...others] = images(30);
  await desk.neck.moderate(bothReport(first));
  await desk.neck.moderate(others.flatMap((url) => bothReport(url)));
  expect(await counted()).toEqual({ blocked: 20, held: 10, tripped: 1, heldEvents: 10 });
});

it('lets exactly as many through, however many batches of two processes race for the last places', async () => {
  const before = images(17);
  await desk.neck.moderate(before.flatMap((url) => bothReport(url)));
  const racing = Array.from({ length: 40 }, (_, m) => image(`racing-${m}`));
  await desk.neck.moderate(racing.map((url) => desk.report(url, 'violence', 'first')));
  await Promise.all(
    racing.map((url, m) => {
      const by = m % 2 === 0 ? desk : beside;
      return by.neck.moderateOne(by.report(url, 'violence', 'second'));
    }),
  );
  expect(await counted()).toEqual({ blocked: 20, held: 37, tripped: 1, heldEvents: 37 });
});

it('is a matter of each site by itself', async () => {
  const other = await desk.site(`other-${n}`, RULE);
  await desk.neck.moderate(images(21).flatMap((url) => bothReport(url)));
  const { siteId } = desk;
  desk.siteId = other;
  const outcomes = await desk.neck.moderate(bothReport(image('elsewhere')));
  expect(outcomes.map((outcome) => done(outcome).visibility.blocked)).toEqual([true, true]);
  expect(await counted()).toMatchObject({ blocked: 1, held: 0, tripped: 0 });
  desk.siteId = siteId;
  expect(await counted()).toMatchObject({ blocked: 20, held: 1, tripped: 1 });
});

it('never holds the severe reason, and does not count what it blocks', async () => {
  await desk.changeRule({ reporters: 5, breaker: { perHour: 1, factor: 1 } });
  const severe = images(3);
  for (const url of severe) {
    await desk.neck.moderate([desk.report(url, 'child_abuse'), desk.report(url, 'child_abuse')]);
  }
  expect(await counted()).toMatchObject({ blocked: 3, held: 0, tripped: 0 });
  // Nothing was counted: the first one that is not severe still goes through, and the next does not.
  await desk.reports(image('first'), 5);
  await desk.reports(image('second'), 5);
  expect(await counted()).toMatchObject({ blocked: 4, held: 1, tripped: 1 });
  const last = image('severe after all');
  await desk.neck.moderate([desk.report(last, 'child_abuse'), desk.report(last, 'child_abuse')]);
  expect(await counted()).toMatchObject({ blocked: 5, held: 1 });
});

it('looks at a held image again with its next vote, once the hour has room', async () => {
  await desk.neck.moderate(images(21).flatMap((url) => bothReport(url)));
  const held = image(20);
  expect(heldBy(await desk.neck.moderateOne(desk.report(held)))).toBe('breaker');
  await later(1);
  // Time alone does nothing.
  expect(await counted()).toMatchObject({ blocked: 20, held: 1 });
  const freed = done(await desk.neck.moderateOne(desk.report(held)));
  expect(freed).toMatchObject({ visibility: { blocked: true }, case: { held: false, hold: null } });
  expect(await desk.events(held)).toEqual(['case.opened', 'case.held', 'image.blocked']);
  expect(await counted()).toMatchObject({ blocked: 21, held: 0, tripped: 1 });
});

it('tells the site again after an hour in which it is still tripped', async () => {
  await desk.changeRule({ breaker: { perHour: 1, factor: 1 } });
  await desk.neck.moderate(images(3).flatMap((url) => bothReport(url)));
  expect(await counted()).toMatchObject({ blocked: 1, held: 2, tripped: 1 });
  await later(1);
  await desk.neck.moderateOne(desk.report(image(1)));
  await desk.neck.moderateOne(desk.report(image(2)));
  await desk.neck.moderateOne(desk.report(image(2)));
  expect(await counted()).toMatchObject({ blocked: 2, held: 1, tripped: 2 });
});

it('knows no bound where the rule has no breaker, and a higher one where more is usual', async () => {
  await desk.changeRule({ breaker: null });
  await desk.neck.moderate(images(22).flatMap((url) => bothReport(url)));
  expect(await counted()).toMatchObject({ blocked: 22, held: 0 });
  await desk.changeRule({ breaker: { perHour: 20, factor: 4 } });
  await desk.dataSource.query(
    'insert into site_baseline (site_id, blocks_per_hour, upheld) values ($1, 5.8, 100)',
    [desk.siteId],
  );
  await desk.neck.moderate(['a', 'b'].flatMap((name) => bothReport(image(name))));
  expect(await counted()).toMatchObject({ blocked: 23, held: 1 });
});

it('counts a block once, and not again when an undo brings it back', async () => {
  await desk.changeRule({ breaker: { perHour: 2, factor: 1 } });
  const [, blocked] = await desk.oneByOne(bothReport(image('kept')));
  if (blocked === undefined) throw new Error('no outcome');
  const kept = done(await desk.decide(blocked, 'keep'));
  done(await desk.undo(kept));
  expect(await desk.events(image('kept'))).toContain('decision.undone');
  await desk.neck.moderate(bothReport(image('second')));
  expect(await counted()).toMatchObject({ blocked: 2, held: 0 });
  await desk.neck.moderate(bothReport(image('third')));
  expect(await counted()).toMatchObject({ blocked: 2, held: 1 });
});

it('holds what would cross by an undo, too: votes that came after a decision', async () => {
  await desk.changeRule({ reporters: 3, breaker: { perHour: 1, factor: 1 } });
  const url = image('undone');
  const [, second] = await desk.oneByOne(bothReport(url));
  if (second === undefined) throw new Error('no outcome');
  const decided = done(await desk.decide(second, 'block'));
  await desk.neck.moderateOne(desk.report(url));
  await desk.reports(image('full'), 3);
  expect(await counted()).toMatchObject({ blocked: 2 });
  const undone = done(await desk.undo(decided));
  expect(undone).toMatchObject({
    visibility: { blocked: false },
    case: { held: true, hold: { by: 'breaker' } },
  });
  expect(await counted()).toMatchObject({ blocked: 1, held: 1, tripped: 1 });
});

it('says nothing of an undo that only opens again what was held before', async () => {
  await desk.changeRule({ breaker: { perHour: 1, factor: 1 } });
  await desk.neck.moderate(bothReport(image('full')));
  const [, held] = await desk.oneByOne(bothReport(image('held')));
  if (held === undefined) throw new Error('no outcome');
  const kept = done(await desk.decide(held, 'keep'));
  await later(1);
  await desk.neck.moderate(bothReport(image('full again')));
  expect(done(await desk.undo(kept))).toMatchObject({ case: { held: true, hold: { by: 'breaker' } } });
  expect(await counted()).toMatchObject({ blocked: 2, held: 1, tripped: 1 });
});

it('holds what would cross by a merge, too', async () => {
  await desk.changeRule({ breaker: { perHour: 1, factor: 1 } });
  await desk.neck.moderate(bothReport(image('full')));
  const [small, large] = [image('small'), image('large')];
  await desk.neck.moderate([desk.report(small), desk.report(large)]);
  await desk.bindings.bind(desk.siteId, `photo-${n}`, [small, large]);
  expect(await desk.row(`photo-${n}`)).toMatchObject({ blocked: false, review_state: 'open' });
  expect(await counted()).toMatchObject({ blocked: 1, held: 1, tripped: 1 });
});
