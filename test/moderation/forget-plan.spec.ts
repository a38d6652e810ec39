import {
  findForgettableStatement,
  lockImagesToForgetStatement,
} from '../../src/database/statements/readers/forget-readers.js';
import {
  forgetLinksStatement,
  forgetVerdictsStatement,
} from '../../src/database/statements/readers/forget-records.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

/** So many images, votes, verdicts and links that are not due, so that walking a table would show; and so many that are. */
const OTHERS = 20_000;
const DUE = 20;

let desk: PlanDesk;
beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

const NOW = `'2026-12-31 00:00:00+00'`;
const hash = (n: string): string => `decode(lpad(to_hex(${n}), 32, '0'), 'hex')`;

const ids = (of: (n: number) => number): string => Array.from({ length: DUE }, (_, n) => of(n + 1)).join();

async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into site (id, slug, name, origins, image_hosts, locale, time_zone, reasons) overriding system value
    values (1, 'x', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into threshold_rule (site_id, version, rule) values (1, 1, '{"windowHours": 168}');
    insert into image (site_id, id, key_kind, key, key_hash, review_state, readers_since) overriding system value
    select 1, n, 'id', n, ${hash('n')}, 'closed',
           case when n <= ${DUE} then timestamptz '2026-11-01' else timestamptz '2026-12-20' end
    from generate_series(1, ${OTHERS}) n;
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, at)
    select 1, n, 1, ${hash('n + 2000000')}, 'device', '{violence}', '2026-11-01' from generate_series(1, ${OTHERS}) n;
    insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
    select 1, ${hash('n')}, n, true, case when n <= ${DUE} then timestamptz '2026-01-01' else timestamptz '2026-12-20' end
    from generate_series(1, ${OTHERS}) n;
    insert into device_account (site_id, device, account, at)
    select 1, ${hash('n')}, ${hash('n + 1000000')},
           case when n <= ${DUE} then timestamptz '2026-01-01' else timestamptz '2026-12-20' end
    from generate_series(1, ${OTHERS}) n`);
}

const ASKED: Readonly<Record<string, { text: string; types: string; values: string }>> = {
  images: {
    text: lockImagesToForgetStatement.text,
    types: 'timestamptz, int, int',
    values: `${NOW}, 30, 200`,
  },
  votes: {
    text: findForgettableStatement.text,
    types: 'bigint[], bigint[], timestamptz, int, int',
    values: `'{${ids(() => 1)}}', '{${ids((n) => n)}}', ${NOW}, 30, 2000`,
  },
  verdicts: {
    text: forgetVerdictsStatement.text,
    types: 'timestamptz, int, timestamptz, bigint, bytea, bigint, int',
    values: `${NOW}, 180, '-infinity', 0, '', 0, 2000`,
  },
  links: {
    text: forgetLinksStatement.text,
    types: 'timestamptz, int, timestamptz, bigint, bytea, bigint, int',
    values: `${NOW}, 180, '-infinity', 0, '', 0, 2000`,
  },
};

it.each(Object.entries(ASKED))(
  'finds whom to forget by index: %s, whenever the plan was made',
  async (name, { text, types, values }) => {
    await desk.dataSource.query(`prepare ${name} (${types}) as ${text}`);
    const look = (): Promise<[Plan, ...Plan[]]> => desk.steps(`execute ${name} (${values})`);
    await look();
    if (name === 'images') await fill();
    for (const analyzed of [false, true]) {
      if (analyzed) await desk.dataSource.query('analyze');
      const [root, ...below] = await look();
      const walked = below.filter((step) => step['Node Type'] === 'Seq Scan');
      // The site and its rule: one row of either here.
      const named = walked.map((step) => step['Relation Name'] ?? '');
      expect(named.filter((table) => !['site', 'threshold_rule'].includes(table))).toEqual([]);
      for (const step of below)
        if (step['Relation Name'] !== undefined) expect(step['Actual Rows']).toBeLessThanOrEqual(DUE);
      expect(root['Shared Hit Blocks'] + root['Shared Read Blocks']).toBeLessThan(2_000);
    }
  },
);

it('has found them', async () => {
  const [left] = await desk.dataSource.query<{ verdicts: number; links: number }[]>(
    `select (select count(*)::int from reporter_verdict) as verdicts, (select count(*)::int from device_account) as links`,
  );
  expect(left).toEqual({ verdicts: OTHERS - DUE, links: OTHERS - DUE });
});
