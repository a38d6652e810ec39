import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../src/config/project-root.js';
import { type Family, parseMetrics } from '../metrics/parse-metrics.js';
import { freePort } from '../setup/free-port.js';
import { Service } from '../setup/service.js';

/** deploy/ speaks of what the service really tells: each metric, label and value in it is looked for in an answer. */

const ROOT = projectRoot();
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const rules = (
  parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('deploy/grafana/vigie.json')) as { panels: Panel[] };
const queries = [
  ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  ),
];

let told: Map<string, Family>;
beforeAll(async () => {
  // Redis need not be there to be told of.
  const service = await Service.open({
    METRICS_TOKEN: 'the-token-of-prometheus',
    REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    ROLE: 'api',
  });
  await service.site();
  await service.report(await service.site('other'), 'https://cdn.other.ma/1.jpg', 'a');
  const { text } = await service.ask('GET', '/metrics', 'the-token-of-prometheus');
  told = parseMetrics(text);
  await service.close();
});

/** Of Prometheus itself. */
const OWN = ['up'];
/** Labels that Prometheus adds, and those that a query makes. */
const ADDED = ['job', 'instance', 'le'];

const metricsIn = (expr: string): string[] =>
  expr.replaceAll(/\{[^}]*\}/g, '').match(/\b(?:vigie|nodejs|process)_\w+|\bup\b/g) ?? [];

const familyOf = (name: string): Family | undefined =>
  told.get(name) ?? told.get(name.replace(/_(bucket|sum|count)$/, ''));

describe('the queries of the alerts and of the dashboard', () => {
  it('are there', () => {
    expect(rules.length).toBeGreaterThan(20);
    expect(queries.length - rules.length).toBeGreaterThan(40);
  });

  it('name metrics that are told', () => {
    const unknown = queries.flatMap(({ where, expr }) =>
      metricsIn(expr)
        .filter((name) => !OWN.includes(name) && familyOf(name) === undefined)
        .map((name) => `${where}: ${name}`),
    );
    expect(unknown).toEqual([]);
    expect(queries.filter(({ expr }) => metricsIn(expr).length === 0)).toEqual([]);
  });

  it('choose by labels that their metrics have, and by values that occur', () => {
    const wrong = queries.flatMap(({ where, expr }) =>
      [...expr.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, name = '', inner = '']) => {
        const family = familyOf(name);
        // What has not happened yet has no series.
        if (family === undefined || family.samples.length === 0) return [];
        return [...inner.matchAll(/(\w+)(=|=~|!=|!~)"([^"]*)"/g)].flatMap(
          ([, label = '', operator, value = '']) => {
            if (ADDED.includes(label)) return [];
            const values = family.samples.map(({ labels }) => labels[label]);
            if (values.every((one) => one === undefined)) return [`${where}: ${name} has no ${label}`];
            // What alerts count is told from 0 on, before it has happened: else the first time would be no increase.
            if (operator !== '=' || family.type === 'histogram' || name === 'vigie_jobs') return [];
            return values.includes(value) ? [] : [`${where}: ${name} has no ${label}="${value}"`];
          },
        );
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('tell the same of all processes once', () => {
    // What Postgres knows comes from each process: a sum over them would count it more than once.
    const shared = [...told.values()]
      .filter(({ help }) => help.includes('The same in every process'))
      .map(({ name }) => name);
    expect(shared.length).toBeGreaterThan(10);
    const summed = queries.filter(
      ({ expr }) => shared.some((name) => expr.includes(name)) && !/^\(*max\b/.test(expr),
    );
    expect(summed).toEqual([]);
  });
});

describe('the alerts', () => {
  it('have a name of their own, a severity, and sentences', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect({ alert, severity: labels.severity }).toEqual({
        alert,
        severity: expect.stringMatching(/^(page|ticket)$/) as string,
      });
      expect(annotations.summary).toMatch(/^[A-Z].{10,}[^.]$/);
      expect(annotations.description).toMatch(/\.$/);
    }
  });

  // `.ci/run` has promtool play these.
  it('are each told when to be quiet and when not', () => {
    const { tests } = parse(read('deploy/prometheus/alerts.test.yaml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const told = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const names = (fires: boolean): string[] =>
      told
        .filter(({ exp_alerts }) => exp_alerts.length > 0 === fires)
        .map(({ alertname }) => alertname)
        .sort();
    const all = rules.map(({ alert }) => alert).sort();
    expect({ quiet: names(false), fires: names(true) }).toEqual({ quiet: all, fires: all });
  });

  it('lead to their page in docs/operations.md, and each page there to an alert', () => {
    const headings = [...read('docs/operations.md').matchAll(/^### (Vigie\w+)$/gm)].map(
      ([, name = '']) => name,
    );
    expect(headings.sort()).toEqual(rules.map(({ alert }) => alert).sort());
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    }
  });
});

describe('the dashboard', () => {
  it('has panels with a number of their own, none over another', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const taken = new Set<string>();
    for (const { title, gridPos } of dashboard.panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect({ title, isTaken: taken.has(`${x} ${y}`) || x >= 24 }).toEqual({ title, isTaken: false });
          taken.add(`${x} ${y}`);
        }
      }
    }
  });
});

describe('the scrape configuration', () => {
  it('asks the processes of docker-compose.yml on their port of metrics', () => {
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment?: Record<string, string | number> }>;
    };
    const ours = Object.entries(services).flatMap(([name, { environment = {} }]) =>
      environment['ROLE'] === undefined ? [] : [`${name}:${environment['METRICS_PORT']}`],
    );
    const { scrape_configs } = parse(read('deploy/prometheus/prometheus.yaml')) as {
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    };
    expect(scrape_configs.map(({ job_name }) => job_name)).toEqual(['vigie']);
    expect(scrape_configs[0]?.static_configs[0]?.targets).toEqual(ours);
  });

  it('is mounted from files that are there, and opens ports on the loopback only', () => {
    const { services } = parse(read('deploy/docker-compose.monitoring.yml')) as {
      services: Record<string, { volumes: string[]; ports: string[] }>;
    };
    for (const { volumes, ports } of Object.values(services)) {
      for (const volume of volumes.filter((one) => one.startsWith('./'))) {
        expect(() => readFileSync(path.join(ROOT, volume.split(':')[0] ?? ''))).not.toThrow(/ENOENT/);
      }
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe('docs/operations.md', () => {
  it('has a line for every metric of ours', () => {
    const text = read('docs/operations.md');
    const named = [...text.matchAll(/^\| `(vigie_\w+)`/gm)].map(([, name = '']) => name);
    expect(named.sort()).toEqual([...told.keys()].filter((name) => name.startsWith('vigie_')).sort());
  });
});
