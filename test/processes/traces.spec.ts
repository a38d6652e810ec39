import { type Keys, makeSite, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Receiver } from '../setup/receiver.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { attributeOf, Collector } from '../telemetry/collector.js';

/** Traces of whole processes, as a collector gets them; and that nobody waits for a collector. */

jest.setTimeout(240_000);

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const PICTURE = 'https://cdn.example.ma/a-secret-picture.jpg';

let database: TestDatabase;
let keys: Keys;
let collector: Collector;
let receiver: Receiver;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  database = await createTestDatabase();
  keys = await makeSite(database.url);
  receiver = await Receiver.open();
});
beforeEach(async () => {
  collector = await Collector.open();
  env = {
    DATABASE_URL: database.url,
    VIGIE_SECRET: SECRET,
    OUTBOUND_ALLOW: '127.0.0.0/8',
    FETCH_IMAGES: 'off',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
});
afterEach(async () => {
  await stopProcesses();
  await collector.close();
});
afterAll(async () => {
  await receiver.close();
  await database.drop();
});

const report = (service: ServiceProcess, account: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${service.port}/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ image: { url: PICTURE }, reason: 'spam', reporter: { account } }),
  });

it('tells of a report and of a webhook, who caused what, and nothing about whom', async () => {
  const service = await ServiceProcess.start({ ...env, OTEL_BSP_SCHEDULE_DELAY: '50' });
  await service.ask('POST', '/v1/webhook-endpoints', keys.secretKey, {
    url: receiver.url('/hook?key=of-the-site'),
    events: ['case.opened'],
  });
  const answer = await report(service, 'an-account-of-somebody', {
    traceparent: `00-${TRACE}-${CALLER}-01`,
    'x-request-id': 'request-of-the-test',
  });
  expect(answer.status).toBe(201);

  const [request] = await collector.has('POST /v1/reports');
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, kind: 2 });
  expect(request && attributeOf(request, 'http.route')).toBe('/v1/reports');
  expect(request && attributeOf(request, 'vigie.request.id')).toBe('request-of-the-test');
  expect(request && attributeOf(request, 'http.response.status_code')).toBe(201);

  const [batch] = await collector.has('report batch');
  expect(batch?.parentSpanId ?? '').toBe('');
  expect(batch?.traceId).not.toBe(TRACE);
  expect(batch?.links?.map(({ traceId, spanId }) => ({ traceId, spanId }))).toEqual([
    { traceId: TRACE, spanId: request?.spanId },
  ]);
  const moderated = await collector.has('moderate images');
  expect(moderated.some(({ parentSpanId }) => parentSpanId === batch?.spanId)).toBe(true);

  const [posted] = await receiver.got(1, '/hook?key=of-the-site');
  const [attempt] = await collector.has('webhook attempt');
  const [job] = await collector.has('job deliver-webhook');
  expect(attempt).toMatchObject({ traceId: job?.traceId, parentSpanId: job?.spanId });
  expect(job?.parentSpanId ?? '').toBe('');
  expect(posted?.headers['traceparent']).toBe(`00-${attempt?.traceId}-${attempt?.spanId}-01`);

  await until(() => collector.resources.length > 0);
  expect(attributeOf({ attributes: collector.resources[0] ?? [] }, 'service.name')).toBe('vigie');
  const told = JSON.stringify([collector.spans, collector.resources]);
  for (const secret of [
    PICTURE,
    'a-secret-picture',
    'somebody',
    keys.secretKey,
    'of-the-site',
    receiver.url(),
    '127.0.0.1',
  ]) {
    expect({ secret, told: told.includes(secret) }).toEqual({ secret, told: false });
  }
});

it('sends what it has when it is stopped', async () => {
  const service = await ServiceProcess.start({ ...env, OTEL_BSP_SCHEDULE_DELAY: '3600000', ROLE: 'api' });
  expect((await report(service, 'b')).status).toBe(201);
  expect(collector.spans).toEqual([]);
  expect((await service.stop()).code).toBe(0);
  expect(collector.named('POST /v1/reports')).toHaveLength(1);
});

it('answers, and stops, whatever its collector does', async () => {
  collector.silent = true;
  const service = await ServiceProcess.start({ ...env, OTEL_BSP_SCHEDULE_DELAY: '50', ROLE: 'api' });
  let readers = 0;
  await until(async () => {
    expect((await report(service, `c-${(readers += 1)}`)).status).toBe(201);
    return collector.asked > 0;
  });
  // It has been asked, and has not answered.
  for (let n = 0; n < 50; n += 1) expect((await report(service, `d-${n}`)).status).toBe(201);
  expect((await service.stop()).code).toBe(0);
  expect(collector.spans).toEqual([]);
});

it('does not mind a collector that is not there', async () => {
  const gone = await Collector.open();
  const { url } = gone;
  await gone.close();
  const service = await ServiceProcess.start({
    ...env,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ROLE: 'api',
  });
  for (let n = 0; n < 50; n += 1) expect((await report(service, `e-${n}`)).status).toBe(201);
  expect((await service.stop()).code).toBe(0);
});
