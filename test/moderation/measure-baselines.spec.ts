import { MeasureBaselines } from '../../src/moderation/measure-baselines.js';
import { Desk, done } from '../setup/desk.js';

/** What is usual on a site is measured hourly, from its log, its decisions and its votes (docs/rules.md, rules 4 and 5). */

const RULE = { reporters: 2, breaker: null, hold: false } as const;
const HOURS = 28 * 24;

let desk: Desk;
let baselines: MeasureBaselines;
let n = 0;

beforeAll(async () => {
  desk = await Desk.open(RULE);
  baselines = new MeasureBaselines(desk.database);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.siteId = await desk.site(`site-${(n += 1)}`, RULE);
});

const image = (name: string | number): string => `https://cdn.example.ma/${n}/${name}.jpg`;

interface Baseline {
  readonly blocks_per_hour: number;
  readonly upheld: number;
  readonly span_seconds: number | null;
  readonly newcomer_share: number | null;
  readonly at: Date;
}

async function baseline(): Promise<Baseline | undefined> {
  const [row] = await desk.dataSource.query<Baseline[]>('select * from site_baseline where site_id = $1', [
    desk.siteId,
  ]);
  return row;
}

/** Measured anew, whenever it was measured last. */
async function measured(): Promise<Baseline> {
  await desk.dataSource.query('delete from site_baseline where site_id = $1', [desk.siteId]);
  await baselines.once();
  const row = await baseline();
  if (row === undefined) throw new Error('not measured');
  return row;
}

const perHour = (blocks: number): number => expect.closeTo(blocks / HOURS, 5) as number;

it('is nothing on a site where nothing happened', async () => {
  expect(await measured()).toMatchObject({
    blocks_per_hour: 0,
    upheld: 0,
    span_seconds: null,
    newcomer_share: null,
  });
});

it('counts automatic blocks that were not reversed, and those that people upheld', async () => {
  for (let m = 0; m < 6; m += 1) await desk.reports(image(m), 2);
  const decide = async (m: number, action: 'block' | 'keep') =>
    done(await desk.decide(await desk.reports(image(m), 1), action));
  await decide(0, 'block');
  await decide(1, 'block');
  await decide(2, 'keep');
  const undone = await decide(3, 'keep');
  done(await desk.undo(undone));
  await desk.publish(image(4), 'protect');
  // What people block by themselves, and the severe reason alone, is no matter of the breaker.
  await desk.publish(image('own'), 'publisher-block', 'spam');
  await desk.neck.moderateOne(desk.report(image('severe'), 'child_abuse'));
  expect(desk.blockedHere(image('severe'))).toBe(true);
  // Upheld: 0, 1; undone: 3; not looked at: 5. Kept: 2; protected: 4.
  expect(await measured()).toMatchObject({ blocks_per_hour: perHour(4), upheld: 2 });
});

it('counts no block that was lifted because nobody looked', async () => {
  const { imageId, case: opened } = await desk.reports(image('lifted'), 2);
  await desk.changeRule({ onOverdue: 'unblock' });
  const [block] = await desk.dataSource.query<{ since: Date }[]>(
    'select since from block where image_id = $1',
    [imageId],
  );
  expect(opened?.status).toBe('open');
  // It is due: while it is yet to come, nothing is lifted.
  await desk.dataSource.query(`update job set run_at = clock_timestamp() where kind = 'case-overdue'`);
  await desk.neck.moderateOne({
    type: 'overdue',
    siteId: desk.siteId,
    target: { imageId },
    cause: 'block',
    since: block?.since ?? new Date(),
    mayLift: true,
  });
  expect(desk.blockedHere(image('lifted'))).toBe(false);
  expect(await measured()).toMatchObject({ blocks_per_hour: 0, upheld: 0 });
});

it('tells two blocks of one image apart by when a decision met them', async () => {
  await desk.changeRule({ afterKeep: { factor: 1, cooldownHours: 0 } });
  done(await desk.decide(await desk.reports(image('twice'), 2), 'keep'));
  done(await desk.decide(await desk.reports(image('twice'), 2), 'block'));
  expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 1 });
});

it('takes no decision for one about a block that had gone before it', async () => {
  await desk.reports(image('protected'), 2);
  await desk.publish(image('protected'), 'protect');
  await desk.publish(image('protected'), 'unprotect');
  done(await desk.decide(await desk.reports(image('protected'), 1), 'block'));
  expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 1 });
});

it('counts no block that a protection kept from coming back with an undo', async () => {
  const decided = done(await desk.decide(await desk.reports(image('kept off'), 2), 'block'));
  await desk.publish(image('kept off'), 'protect');
  done(await desk.undo(decided));
  // Here the protection ended before the undo, and the block is back.
  const freed = done(await desk.decide(await desk.reports(image('back'), 2), 'block'));
  await desk.publish(image('back'), 'protect');
  await desk.publish(image('back'), 'unprotect');
  done(await desk.undo(freed));
  expect([desk.blockedHere(image('kept off')), desk.blockedHere(image('back'))]).toEqual([false, true]);
  expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 0 });
});

describe('a block on an image that becomes part of another', () => {
  /** The image of the address becomes part of the one that the site knows by the id. */
  const bind = (id: string, name: string) => desk.bindings.bind(desk.siteId, `${id}-${n}`, [image(name)]);
  const onId = (id: string, count: number) => desk.reports(`${id}-${n}`, count);

  it('is upheld or reversed by a decision there, where it came along', async () => {
    await desk.reports(image('kept-there'), 2);
    await onId('one', 1);
    await bind('one', 'kept-there');
    done(await desk.decide(await onId('one', 1), 'keep'));
    await desk.reports(image('upheld-there'), 2);
    await onId('two', 1);
    await bind('two', 'upheld-there');
    done(await desk.decide(await onId('two', 1), 'block'));
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 1 });
  });

  it('is reversed where it gave way, since a person had kept the other', async () => {
    done(await desk.decide(await desk.reports(image('kept'), 1), 'keep'));
    await onId('one', 2);
    await bind('one', 'kept');
    done(await desk.decide(await onId('two', 1), 'keep'));
    await desk.reports(image('of-readers'), 2);
    await bind('two', 'of-readers');
    expect([desk.blockedHere(image('kept')), desk.blockedHere(image('of-readers'))]).toEqual([false, false]);
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(0), upheld: 0 });
  });

  it('is not told of by what a decision says of the one that came along in its place', async () => {
    await desk.changeRule({ afterKeep: { factor: 1, cooldownHours: 0 } });
    // The other's block began earlier, and was set after a keep: this one gives way to that keep.
    done(await desk.decide(await desk.reports(image('earlier'), 1), 'keep'));
    await desk.reports(image('earlier'), 2);
    await onId('one', 2);
    await bind('one', 'earlier');
    expect(desk.blockedHere(image('earlier'))).toBe(true);
    done(await desk.decide(await onId('one', 1), 'block'));
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 1 });
  });

  it('is reversed by the protection of the other', async () => {
    await desk.reports(image('protected'), 1);
    await desk.publish(image('protected'), 'protect');
    await onId('one', 2);
    await bind('one', 'protected');
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(0), upheld: 0 });
  });

  it('stays one that nobody decided on where the other has one of its own', async () => {
    await desk.reports(image('also'), 2);
    await onId('one', 2);
    await bind('one', 'also');
    done(await desk.decide(await onId('one', 1), 'keep'));
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 0 });
  });

  it.each([
    ['', false],
    [', also by lines that do not say since when it stood', true],
  ])('is not told of by what is decided there of one from more than 28 days ago%s', async (_, isOld) => {
    await onId('one', 2);
    await monthLater();
    await desk.reports(image('also'), 2);
    await bind('one', 'also');
    done(await desk.decide(await onId('one', 1), 'keep'));
    if (isOld) await changeLog(`data = data - 'since'`);
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 0 });
  });

  it('is not told of by what lifts one there that one vote set, for the severe reason', async () => {
    await desk.neck.moderateOne(desk.report(`one-${n}`, 'child_abuse'));
    await desk.reports(image('also'), 2);
    await bind('one', 'also');
    expect(desk.blockedHere(image('also'))).toBe(true);
    await desk.publish(image('also'), 'protect');
    expect(desk.blockedHere(image('also'))).toBe(false);
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 0 });
  });

  it('is not told of by what is decided there of such a one that was set in the same moment', async () => {
    await desk.reports(image('also'), 1);
    await desk.neck.moderate([
      desk.report(`one-${n}`, 'child_abuse'),
      desk.report(image('also'), 'violence'),
    ]);
    await bind('one', 'also');
    done(await desk.decide(await onId('one', 1), 'keep'));
    expect(await measured()).toMatchObject({ blocks_per_hour: perHour(1), upheld: 0 });
  });
});

/** The log refuses changes. */
async function changeLog(change: string): Promise<void> {
  await desk.dataSource.query('alter table event disable trigger event_append_only');
  await desk.dataSource.query(`update event set ${change} where site_id = $1`, [desk.siteId]);
  await desk.dataSource.query('alter table event enable trigger event_append_only');
}

/** What the site's log and its blocks say is from 29 days earlier than it was. */
async function monthLater(): Promise<void> {
  const since = `to_jsonb((data->>'since')::bigint - ${29 * 86_400_000})`;
  await changeLog(
    `at = at - interval '29 days', data = case when data ? 'since' then jsonb_set(data, '{since}', ${since}) else data end`,
  );
  await desk.dataSource.query(`update block set since = since - interval '29 days' where site_id = $1`, [
    desk.siteId,
  ]);
}

it('forgets what was more than 28 days ago', async () => {
  await desk.reports(image('old'), 2);
  await monthLater();
  expect(await measured()).toMatchObject({ blocks_per_hour: 0 });
});

describe('what the votes behind upheld blocks say', () => {
  /** Upheld blocks, the m-th of which took m minutes from the first to the second vote, and had a newcomer from the third on. */
  async function upheld(from: number, to: number): Promise<void> {
    for (let m = from; m <= to; m += 1) {
      const outcome = await desk.reports(image(m), 3);
      await desk.dataSource.query(
        `update vote v
         set at = (select b.since from block b where b.image_id = v.image_id) - make_interval(mins => $2),
             age_minutes = case when $2 > 2 then 10 else 5000 end
         where v.image_id = $1 and v.reporter = (select reporter from vote where image_id = $1 order by reporter limit 1)`,
        [outcome.imageId, m],
      );
      await desk.dataSource.query(
        `update vote v set at = (select b.since from block b where b.image_id = v.image_id), age_minutes = 100
         where v.image_id = $1 and v.age_minutes is null
           and v.reporter = (select reporter from vote where image_id = $1 and age_minutes is null order by reporter limit 1)`,
        [outcome.imageId],
      );
      done(await desk.decide(outcome, 'block'));
    }
  }

  it('is told from twenty of them on: how fast half of them came, and how many newcomers the most had', async () => {
    await upheld(1, 19);
    expect(await measured()).toMatchObject({ upheld: 19, span_seconds: null, newcomer_share: null });
    await upheld(20, 21);
    // From 1 to 21 minutes: half were faster than eleven. Of two votes of which that is known, one was a newcomer's.
    expect(await measured()).toMatchObject({ upheld: 21, span_seconds: 660, newcomer_share: 0.5 });
  });
});

it('is measured once an hour, by one process of many', async () => {
  const beside = await desk.beside();
  const others = [baselines, new MeasureBaselines(beside.database), new MeasureBaselines(beside.database)];
  await desk.dataSource.query('delete from site_baseline');
  const sites = await desk.count('site');
  const counts = await Promise.all(others.map((one) => one.once()));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sites);
  const before = await baseline();
  expect(await baselines.once()).toBe(0);
  expect(await baseline()).toEqual(before);
  await desk.dataSource.query(`update site_baseline set at = at - interval '61 minutes' where site_id = $1`, [
    desk.siteId,
  ]);
  expect(await baselines.once()).toBe(1);
  await beside.close();
});

it('leaves a site that another process is at', async () => {
  await baselines.once();
  await desk.dataSource.query('delete from site_baseline where site_id = $1', [desk.siteId]);
  await desk.database.inTransaction(async (tx) => {
    await tx.query(
      {
        name: 'another-process',
        text: `select pg_advisory_xact_lock(hashtextextended('site-baseline', $1::bigint))`,
      },
      [desk.siteId],
    );
    expect(await baselines.once()).toBe(0);
  });
  expect(await baselines.once()).toBe(1);
});
