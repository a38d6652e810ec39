import { freePort } from '../setup/free-port.js';
import { Receiver } from '../setup/receiver.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { FanOut } from '../../src/webhooks/fan-out.js';
import { type Family, parseMetrics, valueOf } from './parse-metrics.js';

/**
 * The flow: reports → a block → its case → its webhook, which fails, and what Prometheus is told at each stop.
 */

const TOKEN = 'the-token-of-prometheus';
const IMAGE = 'https://cdn.example.ma/seen.jpg';

let service: Service;
let site: TestSite;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
  service = await Service.open({ METRICS_TOKEN: TOKEN, OUTBOUND_ALLOW: '127.0.0.0/8' });
  site = await service.site();
});
afterAll(async () => {
  await service.close();
  await receiver.close();
});

const scrape = async (): Promise<Map<string, Family>> => {
  const answer = await service.ask('GET', '/metrics', TOKEN);
  expect(answer.status).toBe(200);
  return parseMetrics(answer.text);
};

/** Until what Postgres said is asked anew. */
const scrapedUntil = async (holds: (found: Map<string, Family>) => boolean): Promise<Map<string, Family>> => {
  let found = await scrape();
  await until(
    async () => holds((found = await scrape())),
    () =>
      [...found.values()]
        .flatMap(({ samples }) => samples)
        .filter(({ name }) => /^vigie_(cases|webhook|jobs|rule)/.test(name))
        .map(({ name, labels, value }) => `${name} ${JSON.stringify(labels)} ${value}`)
        .join('\n'),
  );
  return found;
};

describe('GET /metrics', () => {
  it('is for whoever has the token', async () => {
    expect((await service.ask('GET', '/metrics')).status).toBe(401);
    expect((await service.ask('GET', '/metrics', `${TOKEN}x`)).status).toBe(401);
    expect((await service.ask('GET', '/metrics', site.secretKey)).status).toBe(401);
    const { status, headers } = await service.ask('GET', '/metrics', TOKEN);
    expect({ status, type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      cache: 'no-store',
    });
  });

  it('tells 0 of what has not happened yet: the first error of a process is an increase only where there was a number before', async () => {
    const found = await scrape();
    const unheard = {
      vigie_http_problems_total: { type: ['internal', 'unavailable', 'rate-limited'] },
      vigie_sign_in_failures_total: { step: ['password', 'code'] },
      vigie_image_fetches_total: { outcome: ['fetched', 'unchanged', 'failed'] },
      vigie_webhook_attempts_total: { outcome: ['delivered', 'refused', 'unreachable'] },
      vigie_reports_total: { outcome: ['recorded', 'repeated'] },
    };
    for (const [name, labels] of Object.entries(unheard)) {
      for (const [label, values] of Object.entries(labels)) {
        for (const value of values)
          expect({ name, value, told: valueOf(found, name, { [label]: value }) }).toEqual({
            name,
            value,
            told: 0,
          });
      }
    }
  });

  it('tells what happened: a report, a block, its case, a webhook that is not delivered', async () => {
    receiver.answers(500);
    const made = await service.ask('POST', '/v1/webhook-endpoints', site.secretKey, {
      url: receiver.url(),
      events: ['image.blocked'],
    });
    expect(made.status).toBe(201);
    const before = await scrape();
    await service.report(site, IMAGE, 'a reader who comes back');
    await service.report(site, IMAGE, 'a reader who comes back');
    const last = await service.reports(site, IMAGE, 4);
    expect(last.body).toMatchObject({ image: { blocked: true } });
    await service.app.get(FanOut, { strict: false }).once();
    await service.app.get(Dispatcher, { strict: false }).runOnce();
    await receiver.got(1);

    const after = await scrapedUntil(
      (found) =>
        valueOf(found, 'vigie_webhook_pending_messages') === 1 &&
        valueOf(found, 'vigie_rule_blocks_last_hour') === 1,
    );
    const grown = (name: string, labels = {}): number =>
      (valueOf(after, name, labels) ?? 0) - (valueOf(before, name, labels) ?? 0);
    expect({
      recorded: grown('vigie_reports_total', { outcome: 'recorded' }),
      repeated: grown('vigie_reports_total', { outcome: 'repeated' }),
      batches: grown('vigie_report_batch_reports_count'),
      inBatches: grown('vigie_report_batch_reports_sum'),
      requests: grown('vigie_http_request_duration_seconds_count', {
        method: 'POST',
        route: '/v1/reports',
        status: '2xx',
      }),
      attempts: grown('vigie_webhook_attempts_total', { outcome: 'refused' }),
      open: valueOf(after, 'vigie_cases', { state: 'open' }),
      urgent: valueOf(after, 'vigie_cases', { state: 'urgent' }),
      ofSite: valueOf(after, 'vigie_site_urgent_cases', { site: 'example' }),
      overdueLooks: valueOf(after, 'vigie_jobs', { kind: 'case-overdue', state: 'waiting' }),
      postgres: valueOf(after, 'vigie_postgres_up'),
      keys: valueOf(after, 'vigie_block_index_keys'),
      unread: valueOf(after, 'vigie_webhook_unread_events'),
    }).toEqual({
      recorded: 5,
      repeated: 1,
      batches: 6,
      inBatches: 6,
      requests: 6,
      attempts: 1,
      open: 1,
      urgent: 1,
      ofSite: 1,
      overdueLooks: 1,
      postgres: 1,
      keys: 1,
      unread: 0,
    });
    expect(grown('vigie_commit_duration_seconds_count')).toBeGreaterThanOrEqual(6);
    expect(grown('vigie_report_latency_seconds_count')).toBe(6);
    for (const name of [
      'vigie_webhook_oldest_pending_age_seconds',
      'vigie_site_oldest_urgent_case_age_seconds',
      'vigie_process_resident_memory_bytes'.replace('vigie_', ''),
    ]) {
      expect({ name, isPositive: (valueOf(after, name) ?? 0) > 0 }).toEqual({ name, isPositive: true });
    }
    expect(valueOf(after, 'vigie_oldest_case_age_seconds', { state: 'urgent' })).toBeGreaterThan(0);
    expect(Math.abs(valueOf(after, 'vigie_postgres_clock_offset_seconds') ?? 99)).toBeLessThan(5);
  });

  it('ages what has waited for hours, and tells what is overdue, held, escalated and severe', async () => {
    await service.database.inTransaction((tx) =>
      tx.manager.query(
        `update moderation_case set opened_at = opened_at - interval '7 hours', overdue_for = clock_timestamp(),
                held = true, severe = true, hold = '{}'`,
      ),
    );
    await service.database.inTransaction((tx) =>
      tx.manager.query(`update webhook_message set created_at = created_at - interval '3 hours'`),
    );
    const found = await scrapedUntil((one) => valueOf(one, 'vigie_overdue_cases') === 1);
    const hours = (name: string, labels = {}): number =>
      Math.floor((valueOf(found, name, labels) ?? 0) / 3600);
    expect({
      open: hours('vigie_oldest_case_age_seconds', { state: 'open' }),
      urgent: hours('vigie_oldest_case_age_seconds', { state: 'urgent' }),
      held: hours('vigie_oldest_case_age_seconds', { state: 'held' }),
      severe: hours('vigie_oldest_case_age_seconds', { state: 'severe' }),
      escalated: hours('vigie_oldest_case_age_seconds', { state: 'escalated' }),
      message: hours('vigie_webhook_oldest_pending_age_seconds'),
    }).toEqual({ open: 7, urgent: 7, held: 7, severe: 7, escalated: 0, message: 3 });
  });

  it('tells for how long readers should have been forgotten', async () => {
    expect(valueOf(await scrape(), 'vigie_forgetting_late_seconds')).toBe(0);
    await service.database.inTransaction((tx) =>
      tx.manager.query(
        `update image set created_at = created_at - interval '90 days',
                readers_since = clock_timestamp() - interval '32 days 1 hour'`,
      ),
    );
    const found = await scrapedUntil((one) => (valueOf(one, 'vigie_forgetting_late_seconds') ?? 0) > 0);
    expect(Math.floor((valueOf(found, 'vigie_forgetting_late_seconds') ?? 0) / 3600)).toBe(2 * 24 + 1);
  });

  it('counts what was refused, by the type of problem', async () => {
    const before = await scrape();
    await service.ask('POST', '/v1/reports', site.secretKey, { image: {} });
    await service.ask(
      'POST',
      '/v1/session',
      undefined,
      { email: 'a@b.ma', password: 'wrong, wrong' },
      {
        origin: 'http://127.0.0.1:3000',
      },
    );
    const after = await scrape();
    const grown = (name: string, labels = {}): number =>
      (valueOf(after, name, labels) ?? 0) - (valueOf(before, name, labels) ?? 0);
    expect(grown('vigie_http_problems_total', { type: 'invalid' })).toBe(1);
    expect(grown('vigie_sign_in_failures_total', { step: 'password' })).toBe(1);
  });

  it('has one series for all addresses that are not there', async () => {
    const series = (found: Map<string, Family>): number =>
      found.get('vigie_http_request_duration_seconds')?.samples.length ?? 0;
    await service.ask('GET', '/nowhere-0');
    const before = await scrape();
    for (let n = 1; n < 20; n += 1) await service.ask('GET', `/nowhere-${n}/${n}?x=${n}`);
    const after = await scrape();
    const unknown = { route: 'unknown', status: '4xx' };
    const counted = (found: Map<string, Family>) =>
      valueOf(found, 'vigie_http_request_duration_seconds_count', unknown) ?? 0;
    expect(counted(after) - counted(before)).toBe(19);
    expect(series(after)).toBe(series(before));
  });

  it('counts an address that leads elsewhere as what it was answered with', async () => {
    const counted = (found: Map<string, Family>, status: string) =>
      valueOf(found, 'vigie_http_request_duration_seconds_count', { route: 'unknown', status }) ?? 0;
    const before = await scrape();
    const { statusCode } = await service.app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(statusCode).toBe(302);
    const after = await scrape();
    expect(counted(after, '3xx') - counted(before, '3xx')).toBe(1);
    expect(counted(after, '4xx') - counted(before, '4xx')).toBe(0);
  });

  it('tells nothing of readers, pictures, staff or secrets', async () => {
    await service.state(site, { url: `${IMAGE}?reader=42` });
    const { text } = await service.ask('GET', '/metrics', TOKEN);
    for (const secret of [
      IMAGE,
      'seen.jpg',
      'cdn.example.ma',
      'reader',
      site.secretKey,
      TOKEN,
      receiver.url(),
      'a@b.ma',
      '127.0.0.1',
    ])
      expect({ secret, told: text.replaceAll(/^# .*$/gm, '').includes(secret) }).toEqual({
        secret,
        told: false,
      });
  });

  it('tells of the fifty oldest sites alone, and sums up the rest', async () => {
    for (let n = 0; n < 60; n += 1) await service.site(`site-${n}`);
    const found = await scrapedUntil(
      (one) => (one.get('vigie_site_urgent_cases')?.samples.length ?? 0) === 50,
    );
    expect(found.get('vigie_site_oldest_urgent_case_age_seconds')?.samples).toHaveLength(50);
  });
});

describe('without METRICS_TOKEN', () => {
  it('is not there, and has a port of its own where that is set', async () => {
    const port = await freePort();
    const other = await service.beside({ METRICS_PORT: String(port) });
    try {
      expect((await other.ask('GET', '/metrics')).status).toBe(404);
      expect((await other.ask('GET', '/metrics', TOKEN)).status).toBe(404);
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(parseMetrics(await answer.text()).has('vigie_build_info')).toBe(true);
      expect((await fetch(`http://127.0.0.1:${port}/v1/reports`)).status).toBe(404);
      expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(405);
    } finally {
      await other.close();
    }
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  it('is told by a worker, too, which asks for the token where one is set', async () => {
    const port = await freePort();
    const worker = await service.beside({ METRICS_PORT: String(port), METRICS_TOKEN: TOKEN, ROLE: 'worker' });
    try {
      expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401);
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      expect(valueOf(parseMetrics(await answer.text()), 'vigie_build_info', { role: 'worker' })).toBe(1);
    } finally {
      await worker.close();
    }
  });
});
