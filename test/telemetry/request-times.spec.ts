import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { RequestTimes } from '../../src/telemetry/request-times.js';

const BUCKETS = [0.0025, 0.1, 1, 10];
const NAME = 'request_seconds';
const HELP = 'How long they took.';

/** Ours and prom-client's, each in a registry of its own. */
function both() {
  const [oursIn, theirsIn] = [new Registry(), new Registry()];
  const ours = new RequestTimes(NAME, HELP, BUCKETS);
  oursIn.registerMetric(ours as unknown as Histogram);
  const labelNames = ['method', 'route', 'status'] as const;
  const theirs = new Histogram({
    name: NAME,
    help: HELP,
    labelNames,
    buckets: [...BUCKETS],
    registers: [theirsIn],
  });
  return { ours, theirs, oursIn, theirsIn };
}

/** Series come in another order, which says nothing. */
const linesOf = (metrics: string): string[] => metrics.split('\n').sort();

describe('the times of requests', () => {
  it('are told as prom-client tells its own', async () => {
    const request = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST'),
      route: fc.constantFrom('/v1/reports', '/v1/images/:id', 'unknown'),
      status: fc.constantFrom('2xx', '4xx', '5xx'),
      seconds: fc.oneof(fc.constantFrom(0, ...BUCKETS), fc.double({ min: 0, max: 100, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request), async (requests) => {
        const { ours, theirs, oursIn, theirsIn } = both();
        for (const { method, route, status, seconds } of requests) {
          ours.of(route)(method, status, seconds);
          theirs.observe({ method, route, status }, seconds);
        }
        expect(linesOf(await oursIn.metrics())).toEqual(linesOf(await theirsIn.metrics()));
      }),
    );
  });

  it('are none again when they are reset', async () => {
    const { ours, oursIn } = both();
    ours.of('/v1/reports')('POST', '2xx', 0.2);
    oursIn.resetMetrics();
    expect(await oursIn.metrics()).toContain(
      'request_seconds_count{method="POST",route="/v1/reports",status="2xx"} 0',
    );
  });
});
