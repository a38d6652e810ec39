import { Client } from 'pg';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

/** Postgres failed over, and what answers under its name takes no writes yet. */

let service: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(() => service.close());

/** As a failover does: those who were connected are not any more, and whoever comes finds a standby, or a primary again. */
async function failOver(to: 'standby' | 'primary'): Promise<void> {
  const client = new Client(service.databaseUrl);
  await client.connect();
  try {
    await client.query('set session characteristics as transaction read write');
    const name = client.escapeIdentifier(new URL(service.databaseUrl).pathname.slice(1));
    await client.query(
      `alter database ${name} set default_transaction_read_only = ${to === 'standby' ? 'on' : 'off'}`,
    );
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  } finally {
    await client.end();
  }
}

const report = (image: string) =>
  service.report(site, { url: `https://cdn.example.ma/${image}.jpg` }, 'a-reader');

const signIn = () =>
  service.ask('POST', '/v1/session', undefined, { email: 'nobody@example.ma', password: 'three storks' });

it('is told as not available, and may be asked again, as long as nothing can be written', async () => {
  expect((await report('before')).status).toBe(201);
  await failOver('standby');
  const unavailable = {
    status: 503,
    headers: { 'retry-after': '1' },
    body: { type: '/problems/unavailable' },
  };
  // Of the connections that went with it some are found out only now.
  for (let n = 0; n < 12; n += 1) expect(await report(`during-${n}`)).toMatchObject(unavailable);
  expect(await signIn()).toMatchObject(unavailable);
  await failOver('primary');
  await until(async () => (await report('after')).status === 201);
});
