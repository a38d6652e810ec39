import { isConnectionLost } from '../../src/database/postgres-errors.js';
import { Desk } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

describe('a transaction whose connection is lost while its work does something else', () => {
  it.each(['inTransaction', 'inIndexedTransaction'] as const)(
    '%s fails as all do when Postgres is out of reach',
    async (transaction) => {
      const beside = await desk.beside();
      const work = beside.database[transaction](async (tx) => {
        const [own] = await tx.query<{ pid: number }>({
          name: 'own-pid',
          text: 'select pg_backend_pid() as pid',
        });
        const { open } = beside.database.connections();
        await desk.dataSource.query('select pg_terminate_backend($1)', [own?.pid]);
        await until(() => beside.database.connections().open < open);
      });
      expect(isConnectionLost(await work.catch((error: unknown) => error))).toBe(true);
      await beside.close();
    },
  );
});

describe('what a transaction asks', () => {
  it.each(['inTransaction', 'inIndexedTransaction'] as const)(
    '%s is not compiled, which takes Postgres a hundred times as long as to answer',
    async (transaction) => {
      const plan = await desk.database[transaction](async (tx) => {
        const [row] = await tx.query<{ jit: string }>({
          name: 'own-jit',
          text: `select current_setting('jit') as jit`,
        });
        return row;
      });
      expect(plan).toEqual({ jit: 'off' });
    },
  );

  it('leaves the connection as it was', async () => {
    const jit = (): Promise<unknown> => desk.dataSource.query(`select current_setting('jit') as jit`);
    const before = await jit();
    await desk.database.inTransaction((tx) => tx.query({ name: 'nothing', text: 'select' }));
    expect(await jit()).toEqual(before);
  });
});
