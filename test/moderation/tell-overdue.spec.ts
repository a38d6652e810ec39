import { loadConfig } from '../../src/config/load-config.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { JobHandlers } from '../../src/jobs/job-handlers.js';
import { type OverdueJob } from '../../src/moderation/stage-overdue.js';
import { TellOverdue } from '../../src/moderation/tell-overdue.js';
import { Desk, done } from '../setup/desk.js';

/** What a rule did by itself, or held, is told when nobody reviewed it in time (docs/rules.md, rule 13). */

const RULE = { reporters: 2, caseAt: 1 } as const;
const HOUR = 3_600_000;

let desk: Desk;
let n = 0;

beforeAll(async () => {
  desk = await Desk.open(RULE);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.siteId = await desk.site(`site-${(n += 1)}`, RULE);
});

const image = (name = 'a'): string => `https://cdn.example.ma/${n}/${name}.jpg`;

interface Staged {
  readonly payload: OverdueJob;
  readonly seconds: number;
}

/** The site's jobs, and in how many seconds they are due. */
const staged = (): Promise<Staged[]> =>
  desk.dataSource.query(
    `select payload, round(extract(epoch from run_at - clock_timestamp()))::int as seconds
     from job where kind = 'case-overdue' and payload ->> 'site' = $1 order by id`,
    [desk.siteId],
  );

/** Whoever runs jobs, so many hours from now. */
async function inHours(hours: number): Promise<void> {
  const handlers = new JobHandlers([new TellOverdue(desk.neck)]);
  const dispatcher = new Dispatcher(desk.database, () => handlers, loadConfig({}).jobs);
  await dispatcher.runOnce(new Date(Date.now() + hours * HOUR));
}

/** So many hours of the site's jobs have passed. */
const passed = (hours: number): Promise<unknown> =>
  desk.dataSource.query(
    `update job set run_at = run_at - make_interval(hours => $2)
     where kind = 'case-overdue' and payload ->> 'site' = $1`,
    [desk.siteId, hours],
  );

const alerts = (): Promise<{ data: Record<string, unknown>; case_id: string | null }[]> =>
  desk.dataSource.query(
    `select data, case_id from event where site_id = $1 and type = 'case.overdue' order by seq`,
    [desk.siteId],
  );
const soon = (hours: number): { seconds: number } => ({
  seconds: expect.closeTo(hours * 3_600, -2) as number,
});

describe('a block by the rule', () => {
  it('has an alert staged with it, for when its review is due', async () => {
    await desk.changeRule({ reviewWithinHours: 3 });
    const { imageId } = await desk.reports(image(), 2);
    expect(await staged()).toMatchObject([
      { payload: { image: imageId, cause: 'block', mayLift: false }, ...soon(3) },
    ]);
    await desk.reports(image(), 2);
    expect(await staged()).toHaveLength(1);
    await desk.reports(image('only one'), 1);
    expect(await staged()).toHaveLength(1);
  });

  it('is told when nobody reviewed it, once, and stays', async () => {
    const { case: opened } = await desk.reports(image(), 2);
    await inHours(23);
    expect(await alerts()).toEqual([]);
    await inHours(25);
    expect(await alerts()).toMatchObject([{ data: { held: false, lifted: [] }, case_id: opened?.id }]);
    expect(await desk.row(image())).toMatchObject({ blocked: true, review_state: 'open' });
    // A job may run more than once.
    await desk.dataSource.query(
      `update job set outcome = null, finished_at = null where kind = 'case-overdue'`,
    );
    await inHours(25);
    expect(await alerts()).toHaveLength(1);
    expect(await desk.wrongTallies()).toEqual([]);
  });

  it.each(['block', 'keep'] as const)('is not told when somebody decided: %s', async (action) => {
    done(await desk.decide(await desk.reports(image(), 2), action));
    await inHours(25);
    expect(await alerts()).toEqual([]);
  });

  it('is told to the leads when it was escalated to them', async () => {
    done(await desk.decide(await desk.reports(image(), 2), 'escalate'));
    await inHours(25);
    expect(await alerts()).toHaveLength(1);
  });

  it('has its time anew when an undo brings it back', async () => {
    const kept = done(await desk.decide(await desk.reports(image(), 2), 'keep'));
    await desk.dataSource.query(`delete from job where kind = 'case-overdue'`);
    done(await desk.undo(kept));
    expect(await staged()).toMatchObject([{ payload: { cause: 'block' }, ...soon(24) }]);
    await inHours(25);
    expect(await alerts()).toHaveLength(1);
  });

  it('that an undo brings back is not told when it would have been due at first', async () => {
    const blocked = await desk.reports(image(), 2);
    await passed(20);
    done(await desk.undo(done(await desk.decide(blocked, 'keep'))));
    await inHours(5);
    expect(await alerts()).toEqual([]);
    await inHours(25);
    expect(await alerts()).toHaveLength(1);
  });

  it('that was told is told again when an undo has brought it back and nobody looked', async () => {
    const blocked = await desk.reports(image(), 2);
    await inHours(25);
    expect(await alerts()).toHaveLength(1);
    done(await desk.undo(done(await desk.decide(blocked, 'keep'))));
    await inHours(25);
    expect(await alerts()).toHaveLength(2);
  });
});

describe('a block by a rule that lifts what is overdue', () => {
  beforeEach(() => desk.changeRule({ onOverdue: 'unblock' }));

  it('is lifted, with an event and a version, and its case waits on', async () => {
    await desk.reports(image(), 2);
    expect(desk.blockedHere(image())).toBe(true);
    await inHours(25);
    expect(desk.blockedHere(image())).toBe(false);
    expect(await desk.row(image())).toMatchObject({ blocked: false, version: 2, review_state: 'open' });
    expect(await desk.events(image())).toEqual([
      'case.opened',
      'image.blocked',
      'case.overdue',
      'image.unblocked',
    ]);
    expect(await alerts()).toMatchObject([
      { data: { lifted: [{ source: 'threshold', since: expect.any(Number) as number }] } },
    ]);
    expect(await desk.wrongTallies()).toEqual([]);
  });

  it('is not lifted before its time when an undo has brought it back', async () => {
    const blocked = await desk.reports(image(), 2);
    await passed(20);
    done(await desk.undo(done(await desk.decide(blocked, 'keep'))));
    await inHours(5);
    expect(await desk.row(image())).toMatchObject({ blocked: true });
    await inHours(25);
    expect(await desk.row(image())).toMatchObject({ blocked: false });
  });

  it('blocks again by as many votes that came later, and not by those that blocked before', async () => {
    await desk.reports(image(), 4);
    await inHours(25);
    const one = done(await desk.neck.moderateOne(desk.report(image())));
    expect(one).toMatchObject({ visibility: { blocked: false } });
    // It is still one of those that many people reported.
    expect(one.case?.priority).toBeGreaterThanOrEqual(1_000);
    const two = done(await desk.neck.moderateOne(desk.report(image())));
    expect(two).toMatchObject({ visibility: { blocked: true, version: 3 } });
    expect(await staged()).toHaveLength(2);
    expect(await desk.wrongTallies()).toEqual([]);
    // And is lifted again, in its time.
    await inHours(25);
    expect(await alerts()).toHaveLength(2);
    expect(await desk.row(image())).toMatchObject({ blocked: false, version: 4 });
  });

  it('does not take a further reason of an old vote for a new vote', async () => {
    await desk.neck.moderate([
      desk.report(image(), 'violence', 'old'),
      desk.report(image(), 'violence', 'older'),
    ]);
    await inHours(25);
    await desk.neck.moderate([
      desk.report(image(), 'hate', 'old'),
      desk.report(image(), 'hate', 'older'),
      desk.report(image(), 'hate', 'new'),
    ]);
    expect(await desk.row(image())).toMatchObject({ blocked: false });
  });

  it('stays for the severe reason', async () => {
    await desk.neck.moderate([desk.report(image(), 'child_abuse'), desk.report(image(), 'child_abuse')]);
    await inHours(25);
    expect(await alerts()).toMatchObject([{ data: { held: false, lifted: [] } }]);
    expect(await desk.row(image())).toMatchObject({ blocked: true });
  });

  it('behaviour 25: stays where the rule says so by now, or did when it was set', async () => {
    await desk.reports(image(), 2);
    await desk.changeRule({ onOverdue: 'stay' });
    await desk.reports(image('later'), 2);
    await inHours(25);
    expect(await desk.row(image())).toMatchObject({ blocked: true });
    await desk.reports(image('last'), 2);
    await desk.changeRule({ onOverdue: 'unblock' });
    await inHours(25);
    expect(await desk.row(image('later'))).toMatchObject({ blocked: true });
    expect(await desk.row(image('last'))).toMatchObject({ blocked: true });
    expect(await alerts()).toHaveLength(3);
  });

  it('is lifted on the image that its own became part of', async () => {
    const [small, large] = [image('small'), image('large')];
    await desk.reports(small, 2);
    await desk.reports(large, 1);
    await desk.bindings.bind(desk.siteId, `photo-${n}`, [large, small]);
    expect(await desk.row(`photo-${n}`)).toMatchObject({ blocked: true });
    await inHours(25);
    expect(await desk.row(`photo-${n}`)).toMatchObject({ blocked: false, review_state: 'open' });
    expect(await alerts()).toHaveLength(1);
  });
});

describe('a hold', () => {
  beforeEach(async () => {
    await desk.changeRule({ breaker: { perHour: 1, factor: 1 } });
    await desk.reports(image('full'), 2);
    await desk.dataSource.query(`delete from job where kind = 'case-overdue'`);
  });

  it('is told after an hour, once', async () => {
    const { case: held } = await desk.reports(image(), 2);
    expect(held).toMatchObject({ held: true });
    await desk.reports(image(), 1);
    expect(await staged()).toMatchObject([{ payload: { cause: 'hold' }, ...soon(1) }]);
    await inHours(0.9);
    expect(await alerts()).toEqual([]);
    await inHours(1.1);
    expect(await alerts()).toMatchObject([{ data: { held: true, by: 'breaker' }, case_id: held?.id }]);
    expect(await desk.row(image())).toMatchObject({ blocked: false, review_state: 'open' });
  });

  it('has its time anew when an undo brings it back', async () => {
    const held = await desk.reports(image(), 2);
    await inHours(1.1);
    done(await desk.undo(done(await desk.decide(held, 'keep'))));
    await inHours(0.5);
    expect(await alerts()).toHaveLength(1);
    await inHours(1.1);
    expect(await alerts()).toHaveLength(2);
  });

  it('is another one, with a time of its own, where it begins again after a protection', async () => {
    await desk.reports(image(), 2);
    await inHours(1.1);
    await desk.publish(image(), 'protect');
    await desk.publish(image(), 'unprotect');
    expect((await desk.reports(image(), 1)).case).toMatchObject({ held: true });
    await inHours(0.5);
    expect(await alerts()).toHaveLength(1);
    await inHours(1.1);
    expect(await alerts()).toHaveLength(2);
  });

  it('is not told when somebody looked, or it was blocked since: that has a time of its own', async () => {
    done(await desk.decide(await desk.reports(image('decided'), 2), 'block'));
    await desk.reports(image('blocked'), 2);
    await desk.changeRule({ breaker: null });
    await desk.reports(image('blocked'), 1);
    await inHours(1.1);
    expect(await alerts()).toEqual([]);
    await inHours(25);
    expect(await alerts()).toMatchObject([{ data: { held: false } }]);
  });
});
