/** The load: a process of its own, told by messages what to send, so that it is warm after the first run. */
import { Connection, requestText } from './connection.js';
import { archivedUrl, onceReported } from './fill/pictures.js';
import { mixedReport, reportersOf } from './readers.js';
import {
  BLOCKED_IMAGES,
  imageOf,
  imageUrl,
  type LoadJob,
  type LoadResult,
  reportBody,
  SHELF,
  STATES_BODY,
  stateAddress,
} from './requests.js';

/** How long the last answers may take, in ms. */
const PATIENCE = 60_000;

/** One request at a time on every connection until the time is over; then each connection waits for its last answer. */
async function run({ origin, key, connections, milliseconds, ask }: LoadJob): Promise<LoadResult> {
  const isOfReaders = 'reports' in ask && typeof ask.reports === 'object' && 'key' in ask.reports;
  const next = questions(isOfReaders ? ask.reports.key : key, ask);
  const open = Array.from({ length: connections }, () => new Connection(new URL(origin)));
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  let failures = 0;
  const before = process.cpuUsage();
  const began = performance.now();
  const end = began + milliseconds;

  async function keepAsking(connection: Connection): Promise<void> {
    for (let asked = performance.now(); asked < end; asked = performance.now()) {
      const status = await connection.ask(next.request());
      const answered = performance.now();
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (answered < end) latencies.push(answered - asked);
    }
  }
  const giveUp = setTimeout(() => open.forEach((connection) => connection.end()), milliseconds + PATIENCE);
  await Promise.all(open.map((connection) => keepAsking(connection).catch(() => (failures += 1))));
  clearTimeout(giveUp);
  open.forEach((connection) => connection.end());

  const { user, system } = process.cpuUsage(before);
  const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  latencies.sort((a, b) => a - b);
  const percentile = (share: number): number =>
    Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  return {
    answers: latencies.length,
    milliseconds,
    statuses,
    failures,
    readers: next.readers(),
    p50: percentile(0.5),
    p99: percentile(0.99),
    cpu: (user + system) / total,
  };
}

/** What is asked, one request after another, and how many readers have reported. */
function questions(key: string, ask: LoadJob['ask']): { request: () => string; readers: () => number } {
  const authorization = `Bearer ${key}`;
  let asked = 0;
  if ('states' in ask) {
    const texts = Array.from({ length: BLOCKED_IMAGES }, (_, number) =>
      requestText('GET', stateAddress(number), { authorization }),
    );
    return { request: () => texts[asked++ % texts.length] ?? '', readers: () => 0 };
  }
  const headers = { authorization, 'content-type': 'application/json' };
  if ('stateBatches' in ask) {
    const text = requestText('POST', '/v1/images/state', headers, STATES_BODY);
    return { request: () => text, readers: () => 0 };
  }
  const bodyOf = bodies(ask);
  const request = (): string =>
    requestText('POST', '/v1/reports', headers, bodyOf(ask.firstReader + asked++));
  return { request, readers: () => asked };
}

/** Made when they are first asked for, by the site's id. */
const reporters = new Map<string, readonly string[]>();

/** The report with which number. */
function bodies(ask: Extract<LoadJob['ask'], { reports: unknown }>): (reader: number) => string {
  const { reports } = ask;
  if (reports === 'hot') return (reader) => reportBody(imageUrl(0), reader);
  if (reports === 'spread') {
    const first = ('shelf' in ask ? (ask.shelf ?? 0) : 0) * SHELF;
    return (reader) => reportBody(imageUrl(first + imageOf(reader)), reader);
  }
  if ('groups' in reports) {
    return (reader) => reportBody(archivedUrl(onceReported(reader, reports.groups)), reader);
  }
  const known = reporters.get(reports.id) ?? reportersOf(reports);
  reporters.set(reports.id, known);
  return (number) => mixedReport(known, number);
}

process.on('message', (job: LoadJob) => {
  void run(job).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit());
