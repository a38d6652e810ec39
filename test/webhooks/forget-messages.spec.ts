import pg from 'pg';
import { ForgetMessages } from '../../src/webhooks/forget-messages.js';
import type { TestSite } from '../setup/service.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { Receiver } from '../setup/receiver.js';
import { until } from '../setup/until.js';
import { DeliveryDesk, type TestEndpoint } from './delivery-desk.js';

const KEEP_DAYS = 30;

let desk: DeliveryDesk;
let receiver: Receiver;
let site: TestSite;
let endpoint: TestEndpoint;
let forgetting: ForgetMessages;
let sites = 0;

beforeAll(async () => {
  desk = await DeliveryDesk.open();
  receiver = await Receiver.open();
  forgetting = new ForgetMessages(desk.service.database, KEEP_DAYS);
});
afterAll(async () => {
  await receiver.close();
  await desk.close();
});
beforeEach(async () => {
  site = await desk.service.site(`site-${(sites += 1)}`);
  endpoint = await desk.endpoint(site, receiver.url(`/${site.slug}`));
});

/** One that was delivered so many days ago. */
async function delivered(daysAgo: number): Promise<void> {
  await desk.service.report(site, `https://cdn.${site.slug}.ma/a.jpg`, 'one');
  await desk.work();
  await desk.sql(
    `update webhook_message set finished_at = finished_at - $1 * interval '1 day'
     where finished_at is not null and site_id = $2`,
    daysAgo,
    site.id,
  );
}
const statuses = async (): Promise<string[]> =>
  (await desk.messages(site, endpoint)).map(({ status }) => status);

it('go after their time with their attempts, and none that wait or are younger', async () => {
  await delivered(KEEP_DAYS + 1);
  await desk.service.report(site, `https://cdn.${site.slug}.ma/b.jpg`, 'one');
  await desk.fanOut.once();
  await forgetting.forget();
  expect(await statuses()).toEqual(['pending']);
  expect(await desk.sql(`select from webhook_attempt where site_id = $1`, site.id)).toEqual([]);
  await desk.deliver();
  await forgetting.forget();
  expect(await statuses()).toEqual(['delivered']);
});

it('that somebody sends again while they are looked for stay, and keep nobody waiting', async () => {
  await delivered(KEEP_DAYS + 1);
  const other = new pg.Client({ connectionString: desk.service.databaseUrl });
  await other.connect();
  await other.query('begin');
  await other.query(
    `update webhook_message
     set status = 'pending', series = series + 1, series_attempts = 0, next_attempt_at = clock_timestamp(),
         finished_at = null
     where site_id = $1`,
    [site.id],
  );
  let over = false;
  const forgotten = forgetting.forget().finally(() => (over = true));
  await until(async () => over || (await desk.sql(LOCK_WAITS)).length > 0);
  const waited = !over;
  await other.query('commit');
  await forgotten;
  await other.end();
  expect(await statuses()).toEqual(['pending']);
  expect(waited).toBe(false);
});
