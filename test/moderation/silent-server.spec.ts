import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { isConnectionLost } from '../../src/database/postgres-errors.js';
import { LOG_LOCK } from '../../src/database/statements/log/append-events.js';
import { Neck } from '../../src/moderation/neck.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
let impatient: DataSource;

beforeAll(async () => {
  desk = await Desk.open();
  const options = dataSourceOptions(desk.url);
  impatient = await new DataSource({
    ...options,
    extra: { ...options.extra, query_timeout: 200 },
  }).initialize();
});
afterAll(async () => {
  await impatient.destroy();
  await desk.close();
});

describe('a server that does not answer in time', () => {
  it('is one that is out of reach', async () => {
    const error = await impatient.query<unknown>('select pg_sleep(2)').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(isConnectionLost(error)).toBe(true);
  });

  it('fails a batch of reports once, instead of once for each half of it', async () => {
    const holder = new pg.Client(desk.url);
    await holder.connect();
    await holder.query('select pg_advisory_lock($1)', [LOG_LOCK]);
    const neck = new Neck(new Database(impatient), desk.index);
    const tries = jest.spyOn(neck, 'moderate');
    await neck.moderateEach([1, 2, 3, 4].map((n) => desk.report(`https://cdn.example.ma/silent/${n}.jpg`)));
    await holder.end();
    expect(tries).toHaveBeenCalledTimes(1);
  });
});

describe('a process that vanished in the middle of a transaction', () => {
  it('does not hold its locks for ever: the server ends a transaction in which nothing is asked', async () => {
    const [setting] = await desk.database.inIndexedTransaction((tx) =>
      tx.query<{ milliseconds: number }>({
        name: 'show-idle-timeout',
        text: `select setting::int as milliseconds from pg_settings where name = 'idle_in_transaction_session_timeout'`,
      }),
    );
    expect(setting?.milliseconds).toBeGreaterThan(0);
  });
});
