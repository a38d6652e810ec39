/** The load: a process of its own, told by messages what to send, so that it is warm after the first run. */
import autocannon from 'autocannon';
import {
  BLOCKED_IMAGES,
  imageOf,
  type LoadJob,
  type LoadResult,
  reportBody,
  stateAddress,
} from './requests.js';

/** What of autocannon's client is used and not in its types: it ends itself after so many requests. */
interface Client extends autocannon.Client {
  reqsMade: number;
  responseMax?: number;
}

/** How long the last answers may take, in seconds. */
const PATIENCE = 60;

/** One request at a time on every connection until the time is over; then each connection waits for its last answer. */
async function run({ origin, key, connections, milliseconds, ask }: LoadJob): Promise<LoadResult> {
  let readers = 0;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    if ('states' in ask) return request;
    const reader = ask.firstReader + readers;
    readers += 1;
    request.body = reportBody(ask.reports === 'hot' ? 0 : imageOf(reader), reader);
    return request;
  };
  const requests: autocannon.Request[] =
    'states' in ask
      ? Array.from({ length: BLOCKED_IMAGES }, (_, number) => ({ path: stateAddress(number) }))
      : [{ method: 'POST', path: '/v1/reports', setupRequest }];
  const headers = {
    authorization: `Bearer ${key}`,
    ...('states' in ask ? {} : { 'content-type': 'application/json' }),
  };

  const clients: Client[] = [];
  let answers = 0;
  let counted = 0;
  let elapsed = 0;
  const before = process.cpuUsage();
  const began = performance.now();
  const end = setTimeout(() => {
    elapsed = performance.now() - began;
    counted = answers;
    for (const client of clients) client.responseMax = client.reqsMade;
  }, milliseconds);
  const result = await autocannon({
    url: origin,
    connections,
    duration: milliseconds / 1000 + PATIENCE,
    sampleInt: 50,
    headers,
    requests,
    setupClient: (client) => {
      client.on('response', () => {
        answers += 1;
      });
      clients.push(client as Client);
    },
  });
  clearTimeout(end);
  const { user, system } = process.cpuUsage(before);
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [
    status,
    count,
  ]);
  return {
    answers: counted,
    milliseconds: elapsed,
    statuses: Object.fromEntries(statuses) as Record<string, number>,
    failures: result.errors + result.timeouts,
    readers,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (user + system) / answers,
  };
}

process.on('message', (job: LoadJob) => {
  void run(job).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit());
