import { listMessagesStatement } from '../../src/database/statements/webhooks/read-messages.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

jest.setTimeout(120_000);

const STATUSES = ['any', 'pending', 'delivered', 'failed'] as const;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** One endpoint has three old messages; another all others, of which three failed and three wait, the oldest but for those. */
const fill = () =>
  desk.dataSource.query(`
    insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
    values ('example', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into webhook_endpoint (site_id, url, events, secret, after_seq)
    select 1, 'https://example.ma/' || n, '{image.blocked}', '-', 0 from generate_series(1, 2) n;
    insert into webhook_message (site_id, endpoint_id, type, body, status, next_attempt_at, finished_at)
    select 1, case when n <= 3 then 1 else 2 end, 'image.blocked', '{}', status,
           case when status = 'pending' then now() end, case when status <> 'pending' then now() end
    from generate_series(1, 100000) n
    cross join lateral (select case when n between 4 and 6 then 'failed' when n between 7 and 9 then 'pending'
                                    else 'delivered' end as status) s`);

/** What a prepared statement does for a page of 25. */
const list = (status: (typeof STATUSES)[number], endpoint: number): Promise<Plan[]> =>
  desk.steps(`execute list_${status} (1, ${endpoint}, 9223372036854775807, 26, 2000000)`);

/** Of messages nothing is looked at but what is found. */
function expectWalk(nodes: readonly Plan[], index: string, rows: number): void {
  const looks = nodes.filter((node) => node['Relation Name'] === 'webhook_message');
  expect(looks).toMatchObject([{ 'Index Name': index, 'Actual Rows': rows }]);
  expect(looks[0]?.['Rows Removed by Filter'] ?? 0).toBe(0);
}

it('lists the messages of an endpoint without those of others, and few of a status without all others', async () => {
  for (const status of STATUSES) {
    const { text } = listMessagesStatement(status === 'any' ? null : status);
    await desk.dataSource.query(`prepare list_${status} (bigint, bigint, bigint, int, bigint) as ${text}`);
    // The plan of a young installation.
    await list(status, 1);
  }
  await fill();
  for (const analyzed of [false, true]) {
    if (analyzed) await desk.dataSource.query('analyze');
    expectWalk(await list('any', 1), 'webhook_message_endpoint', 3);
    expectWalk(await list('delivered', 1), 'webhook_message_endpoint', 3);
    expectWalk(await list('any', 2), 'webhook_message_endpoint', 26);
    expectWalk(await list('delivered', 2), 'webhook_message_endpoint', 26);
    expectWalk(await list('failed', 2), 'webhook_message_failed', 3);
    expectWalk(await list('pending', 2), 'webhook_message_pending', 3);
  }
});
