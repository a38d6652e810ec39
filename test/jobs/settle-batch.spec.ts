import { SettleBatch } from '../../src/jobs/settle-batch.js';
import type { Settlement } from '../../src/database/statements/jobs/settle-jobs.js';
import { JobRoom } from './job-room.js';

let room: JobRoom;

beforeAll(async () => {
  room = await JobRoom.open();
});
afterEach(() => room.clear());
afterAll(() => room.close());

const done = (id: string, attempts: number): Settlement => ({
  ...{ id, attempts, outcome: 'done', failures: 0, error: null, runAt: null, delaySeconds: null },
});

describe('ends that are written together', () => {
  it('of two attempts at one job: only that of the one that holds it is believed', async () => {
    await room.dataSource.query(
      `insert into job (kind, lane, payload, attempts, locked_until)
       select 'a', 'a', '1', n, clock_timestamp() + interval '1 minute' from generate_series(1, 2) n`,
    );
    const batch = new SettleBatch(room.db);
    // The first is written alone, the others meanwhile wait for each other.
    const ends = [done('1', 1), done('2', 1), done('2', 2)].map((end) => batch.settle(end));
    expect(await Promise.all(ends)).toEqual([true, false, true]);
  });

  it('and one that comes as the last ones are answered, with no other after it', async () => {
    await room.dataSource.query(
      `insert into job (kind, lane, payload, attempts, locked_until)
       select 'a', 'a', '1', 1, clock_timestamp() + interval '1 minute' from generate_series(1, 2)`,
    );
    const batch = new SettleBatch(room.db);
    const next = batch.settle(done('1', 1)).then(() => batch.settle(done('2', 1)));
    expect(await next).toBe(true);
  });
});
