import { reconcile } from '../../src/cli/reconcile.js';
import { forgetReader } from '../../src/moderation/forget-reader.js';
import { ForgetReaders } from '../../src/moderation/forget-readers.js';
import { tablesWith } from '../setup/bytes-in-tables.js';
import type { Desk } from '../setup/desk.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { TimeTravel } from '../setup/time-travel.js';
import { until } from '../setup/until.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

/** Forgetting beside all else that happens to the same images, in several processes, and killed in the middle. */

const DAYS = { pseudonymDays: 30, recordDays: 180 };
const IMAGES = 12;
const READERS = 12;

let travel: TimeTravel;
let desk: Desk;
beforeEach(async () => {
  travel = await TimeTravel.begin({ reporters: 3, minNetworks: 1, hold: false, reporterBudget: null });
  ({ desk } = travel);
});
afterEach(() => travel.end());

const image = (n: number): string => `https://cdn.example.ma/races/${n}.jpg`;

const agrees = async (): Promise<void> =>
  expect((await reconcile(desk.database)).filter(({ problems }) => problems.length > 0)).toEqual([]);

/** Everybody reports everything, and half of it is decided; then the time of that passes. */
async function past(): Promise<void> {
  for (let reader = 0; reader < READERS; reader += 1) {
    await desk.neck.moderate(
      Array.from({ length: IMAGES }, (_, n) => desk.report(image(n), 'violence', `r${reader}`)),
    );
  }
  const cases = await desk.awaiting();
  await desk.neck.moderate(
    cases
      .filter((_, n) => n % 2 === 0)
      .map(({ imageId, seen }, n) => ({
        ...desk.decision({ imageId }, n % 2 === 0 ? 'keep' : 'block', { reports: 'valid', lead: true }),
        seen,
      })),
  );
  await travel.pass(24 * 31);
}

it('is in the way of nobody: reports, withdrawals, undos, merges, wishes to be forgotten, and itself', async () => {
  await past();
  const beside = await desk.beside();
  const draws = new Seeded(seedOfRun());
  const decisions = await desk.dataSource.query<{ id: string; image_id: string }[]>(
    'select id, image_id from decision order by id',
  );
  const acts: (() => Promise<unknown>)[] = [
    ...Array.from({ length: 120 }, () => async () => {
      const by = draws.below(2) === 0 ? desk : beside;
      return by.neck.moderateOne(desk.report(image(draws.below(IMAGES)), 'hate', `r${draws.below(READERS)}`));
    }),
    ...decisions.map(
      ({ id, image_id: imageId }) =>
        () =>
          desk.neck.moderateOne({
            type: 'undo',
            siteId: desk.siteId,
            target: { imageId },
            decisionId: id,
            staffId: desk.staffId,
            lead: true,
          }),
    ),
    ...[1, 2, 3].map((n) => () => beside.bindings.bind(desk.siteId, `photo ${n}`, [image(n), image(n + 3)])),
    ...Array.from(
      { length: 4 },
      (_, n) => () => new ForgetReaders((n % 2 === 0 ? desk : beside).database, DAYS).once(),
    ),
    ...[0, 1].map((n) => () => forgetReader(beside.database, desk.siteId, desk.reporter(`r${n}`))),
  ];
  const shuffled = acts
    .map((act) => ({ act, place: draws.below(1_000_000) }))
    .sort((a, b) => a.place - b.place);
  await Promise.all(shuffled.map(({ act }) => act()));
  expect(await desk.wrongTallies()).toEqual([]);
  await agrees();
  await travel.pass(24 * 400);
  await desk.dataSource.query(`update moderation_case set status = 'closed', outcome = 'block', held = false,
        closed_at = public.clock_timestamp() - interval '31 days' where status <> 'closed'`);
  await Promise.all([desk, beside].map(({ database }) => new ForgetReaders(database, DAYS).once()));
  await new ForgetReaders(desk.database, DAYS).once();
  const all = Array.from({ length: READERS }, (_, reader) => desk.reporter(`r${reader}`));
  expect(await tablesWith(desk.dataSource, all)).toEqual([]);
  await beside.close();
});

it('goes on where it was killed, and does not wait for whom it meets', async () => {
  await past();
  // Somebody works on one image, and does not end.
  const holding = desk.dataSource.createQueryRunner();
  await holding.startTransaction();
  await holding.query('select from image where id = (select min(image_id) from decision) for no key update');
  // The process that forgets is cut off in the middle of its transaction: at its votes, which somebody else reads locked.
  const voter = desk.dataSource.createQueryRunner();
  await voter.startTransaction();
  await voter.query('select from vote where image_id = (select max(image_id) from decision) for update');
  const cut = expect(new ForgetReaders(desk.database, DAYS).once()).rejects.toThrow(/terminat/);
  await until(async () => (await desk.waiting()) > 0);
  await desk.dataSource.query(`select pg_terminate_backend(pid) from (${LOCK_WAITS}) as waiting`);
  await cut;
  await voter.rollbackTransaction();
  await voter.release();
  expect(await desk.count('vote', 'forgotten_at is not null')).toBe(0);
  await agrees();

  const { readers } = await new ForgetReaders(desk.database, DAYS).once();
  expect(readers).toBe((IMAGES / 2 - 1) * READERS);
  await holding.rollbackTransaction();
  await holding.release();
  expect(await new ForgetReaders(desk.database, DAYS).once()).toMatchObject({ readers: READERS });
  await agrees();
});
