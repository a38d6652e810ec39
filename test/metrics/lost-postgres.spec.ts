import { Proxy } from '../setup/proxy.js';
import { Service } from '../setup/service.js';
import { until } from '../setup/until.js';
import { parseMetrics, valueOf } from './parse-metrics.js';

/** Postgres is away: who watches is told so, and the rest. */

const TOKEN = 'the-token-of-prometheus';

let database: Service;
let cutOff: Service;
let proxy: Proxy;
beforeAll(async () => {
  database = await Service.open();
  proxy = await Proxy.before(database.databaseUrl);
  cutOff = await database.beside({ METRICS_TOKEN: TOKEN }, { databaseUrl: proxy.url });
});
afterAll(async () => {
  await cutOff.close();
  await proxy.close();
  await database.close();
});

const scrape = async () => {
  const { status, text } = await cutOff.ask('GET', '/metrics', TOKEN);
  expect(status).toBe(200);
  return parseMetrics(text);
};

it('says that Postgres is down, and all that it knows without; and recovers', async () => {
  expect(valueOf(await scrape(), 'vigie_postgres_up')).toBe(1);
  proxy.cut();
  await until(async () => valueOf(await scrape(), 'vigie_postgres_up') === 0);
  const down = await scrape();
  expect(down.has('vigie_cases')).toBe(false);
  expect(down.has('vigie_feed_unread_events')).toBe(false);
  for (const name of [
    'vigie_feed_look_age_seconds',
    'vigie_block_index_ready',
    'process_cpu_seconds_total',
  ]) {
    expect({ name, told: valueOf(down, name) !== undefined }).toEqual({ name, told: true });
  }
  proxy.heal();
  await until(async () => valueOf(await scrape(), 'vigie_postgres_up') === 1);
  expect((await scrape()).has('vigie_cases')).toBe(true);
});
