/** Fastify with nothing behind it: what any service on this machine costs at least. */
import { fastify } from 'fastify';
import { REASONS } from '../src/core/reasons.js';

/** What the state route sends, by the process that runs the benchmark: the same bytes and headers as Vigie's. */
interface StateAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** The shape of SubmitReportBody in src/contract/reports.ts. */
const reportSchema = object(
  {
    image: object({ url: text(2048), id: text(255) }, []),
    page: object({ url: text(2048), title: text(500) }, ['url']),
    reason: { type: 'string', enum: REASONS },
    comment: text(1000),
    reporter: object({ device: text(512), token: text(4096), account: text(255) }, []),
  },
  ['image', 'reason', 'reporter'],
);

const { headers, body } = JSON.parse(
  process.env['STATE_ANSWER'] ?? '{"headers":{},"body":""}',
) as StateAnswer;
const app = fastify();
app.get('/v1/images/state', (_request, reply) => {
  reply.headers(headers).send(body);
});
app.post('/v1/reports', { schema: { body: reportSchema } }, (request, reply) => {
  reply.code(201).send(request.body);
});
app.get('/health/ready', () => ({ ok: true }));
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit());
