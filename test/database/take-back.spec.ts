/** Migrations that are taken back, and run again, where there are rows that only the newer schema can tell apart. */
import { reconcile } from '../../src/cli/reconcile.js';
import { MIGRATIONS } from '../../src/database/data-source.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

/** Takes this migration back, and all that came after it. */
async function takeBack(name: string): Promise<void> {
  const from = MIGRATIONS.findIndex((migration) => migration.name === name);
  for (let left = MIGRATIONS.length - from; left > 0; left -= 1) {
    await desk.dataSource.undoLastMigration({ transaction: 'each' });
  }
}

const image = async (key: string, what: string): Promise<unknown> => {
  const [row] = await desk.dataSource.query<{ is: unknown }[]>(
    `select ${what} as is from image where key = $1`,
    [key],
  );
  return row?.is;
};

it('network caps: votes that were left out stay so, and are counted as that before and after', async () => {
  const home = (n: number) => desk.fromDevice('crowded', 'home/isp', { device: `home ${n}` });
  await desk.oneByOne([1, 2, 3, 4].map(home));
  // One of the two that count, and then its account: the device's vote is linked.
  await desk.neck.moderateOne(desk.fromAccount('crowded', 'account', 'home 1'));
  await desk.withdraw(done(await desk.neck.moderateOne(home(5))), 'home 5');
  // A round that has ended does not count.
  await desk.oneByOne([1, 2, 3].map((n) => desk.fromDevice('kept', 'home/isp', { device: `home ${n}` })));
  await desk.decide(done(await desk.neck.moderateOne(desk.fromDevice('kept', 'bus/isp'))), 'keep');
  await desk.reports('plain', 2);
  expect(await image('crowded', 'left_out')).toEqual({ network: 2, linked: 1 });

  await takeBack('NetworkCaps20261126060000');
  expect(await image('crowded', 'not_counted')).toBe(3);
  expect(await image('kept', 'not_counted')).toBe(0);
  expect(await image('plain', 'not_counted')).toBe(0);

  await desk.dataSource.runMigrations({ transaction: 'each' });
  expect(await image('crowded', 'left_out')).toEqual({ network: 3 });
  expect(await image('kept', 'left_out')).toEqual({});
  expect((await reconcile(desk.database)).filter(({ problems }) => problems.length > 0)).toEqual([]);
});

it('records of reporters: what was decided before anybody kept them is kept as if it were decided now', async () => {
  const blocked = await desk.reports('blocked', 5);
  await desk.withdraw(blocked, 1);
  await desk.reports('blocked', 1);
  const again = done(await desk.neck.moderateOne(desk.report('blocked', 'spam', 1)));
  await desk.decide(again, 'block', { reports: 'valid' });
  const kept = done(await desk.decide(await desk.reports('kept', 2), 'keep', { reports: 'invalid' }));
  await desk.decide(await desk.reports('ignored', 2), 'keep');
  await desk.undo(done(await desk.decide(await desk.reports('undone', 2), 'block', { reports: 'valid' })));
  expect(kept.round).toBe(1);
  const records = (): Promise<unknown[]> =>
    desk.dataSource.query('select reporter, decision_id, valid from reporter_verdict order by 2, 1');
  const before = await records();
  expect(before).toHaveLength(7);

  await takeBack('Records20261126150000');
  await desk.dataSource.query('delete from reporter_verdict');
  await desk.dataSource.runMigrations({ transaction: 'each' });
  expect(await records()).toEqual(before);
  expect((await reconcile(desk.database)).filter(({ problems }) => problems.length > 0)).toEqual([]);
});
