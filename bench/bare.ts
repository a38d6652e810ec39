/** Fastify with nothing behind it: what any service on this machine costs at least. */
import { fastify } from 'fastify';
import { REPORT_SCHEMA } from './report-schema.js';

/** What the state route sends, by the process that runs the benchmark: the same bytes and headers as Vigie's. */
interface StateAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { headers, body } = JSON.parse(
  process.env['STATE_ANSWER'] ?? '{"headers":{},"body":""}',
) as StateAnswer;
const app = fastify();
app.get('/v1/images/state', (_request, reply) => {
  reply.headers(headers).send(body);
});
app.post('/v1/reports', { schema: { body: REPORT_SCHEMA } }, (request, reply) => {
  reply.code(201).send(request.body);
});
app.get('/health/ready', () => ({ ok: true }));
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit());
