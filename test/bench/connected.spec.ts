import { connected } from '../../bench/connected.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const ended = async (pid: number): Promise<void> => {
  await desk.database.dataSource.query('select pg_terminate_backend($1, 5000)', [pid]);
};

it('tells whoever asks next that the connection is gone, and ends no process for it', async () => {
  const asked = connected(desk.url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const lost = new Promise((resolve) => client.once('end', resolve));
    await ended(Number(rows[0]?.pid));
    await lost;
    await client.query('select 1');
  });
  await expect(asked).rejects.toThrow(/not queryable|terminated/);
});
