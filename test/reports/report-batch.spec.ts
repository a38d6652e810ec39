import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import type { Outcome } from '../../src/moderation/image-command.js';
import { ReportBatch } from '../../src/reports/report-batch.js';
import { Desk, done } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
let holder: pg.Client;
let batch: ReportBatch;

beforeAll(async () => {
  desk = await Desk.open();
  holder = new pg.Client(desk.url);
  await holder.connect();
  await desk.reports('held', 1);
  batch = new ReportBatch(desk.neck, { intake: { maxBatch: 500, batchesInFlight: 2, maxPending: 1_000 } });
});
afterAll(async () => {
  await holder.end();
  await desk.close();
});

const report = (images: readonly string[]): Promise<Outcome>[] =>
  images.map((image) => batch.submit(desk.report(image)));

/** Does `work` while a batch of so many reports is in flight and can not end. */
async function besideStuck(reports: number, work: () => Promise<void>): Promise<void> {
  await holder.query('begin');
  await holder.query('select from image for update');
  const stuck = report(Array.from({ length: reports }, () => 'held'));
  await until(async () => (await desk.waiting()) === 1);
  await work();
  await holder.query('commit');
  for (const outcome of await Promise.all(stuck)) expect(done(outcome).recorded).toBe(true);
  await batch.drain();
}

/** How many transactions wrote these votes. */
async function transactionsOf(outcomes: readonly Outcome[]): Promise<number> {
  const ids = outcomes.map((outcome) => done(outcome).imageId);
  const [row] = await desk.dataSource.query<{ n: number }[]>(
    'select count(distinct xmin::text)::int as n from vote where image_id = any ($1::bigint[])',
    [ids],
  );
  return row?.n ?? 0;
}

describe('a batch of reports', () => {
  it('is all that arrives in one turn of the event loop', async () => {
    const outcomes = await Promise.all(report(['a1', 'a2', 'a3']));
    expect(await transactionsOf(outcomes)).toBe(1);
  });

  it('starts beside a lone report that is stuck, without waiting for it', async () => {
    await besideStuck(1, async () => {
      const [outcome] = await Promise.all(report(['b1']));
      expect(outcome !== undefined && done(outcome).recorded).toBe(true);
    });
  });

  it('starts beside another one only when it is as large', async () => {
    await besideStuck(3, async () => {
      const first = report(['c1', 'c2']);
      // Whatever could start would have started by now.
      for (let turns = 0; turns < 3; turns += 1) await turn();
      const outcomes = await Promise.all([...first, ...report(['c3'])]);
      expect(await transactionsOf(outcomes)).toBe(1);
    });
  });

  it('starts, however small, when nothing is in flight any more', async () => {
    let late: Promise<Outcome>[] = [];
    await besideStuck(3, () => {
      late = report(['d1']);
      return Promise.resolve();
    });
    expect(await transactionsOf(await Promise.all(late))).toBe(1);
  });

  it('answers a few at a time, so that the one beside it is not kept waiting, and all before it is drained', async () => {
    const reports = report(Array.from({ length: 40 }, (_, n) => `e${n}`));
    let answered = 0;
    const inOneTurn: number[] = [];
    for (const outcome of reports) void outcome.then(() => (answered += 1));
    let all = false;
    const drained = batch.drain().then(() => (all = true));
    for (let seen = 0; !all; seen = answered) {
      await turn();
      if (answered > seen) inOneTurn.push(answered - seen);
    }
    await drained;
    expect(inOneTurn).toEqual([16, 16, 8]);
  });
});
