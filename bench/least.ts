/**
 * The least that a durable report costs on this machine: Fastify, batches as the service makes them, and one statement for a
 * batch, which writes the very rows that the service writes for it, to the same tables. Nothing is judged: there are no keys,
 * rules, limits or receipts, an address is taken as it comes, and whoever reports twice fails their batch; all say violence, as the
 * load does. So what this is below the bare route is what the rows cost, and what the service is below this, what it does besides.
 */
import { createHmac } from 'node:crypto';
import { fastify } from 'fastify';
import pg from 'pg';
import { arrayLiteral } from '../src/database/array-literal.js';
import { imageHash } from '../src/database/image-hash.js';
import { LOG_LOCK } from '../src/database/statements/log/append-events.js';
import { FETCH_IMAGE } from '../src/moderation/fetch-image.js';
import { REPORT_SCHEMA } from './report-schema.js';

/** As many as the service has by default (`intake.batchesInFlight`). */
const BATCHES_IN_FLIGHT = 2;

const WRITE = {
  name: 'write-reports',
  text: `
    with told as materialized (
      select key, hash, reporter from unnest($2::text[], $3::bytea[], $4::bytea[]) as t (key, hash, reporter)
    ), reported as (
      insert into image (site_id, key_kind, key, key_hash, url, tally, review_state)
      select $1::bigint, 'url', key, hash, key, jsonb_build_object('violence', count(*)), 'open'
      from told group by key, hash order by hash
      on conflict (key_hash) where merged_into is null
      do update set tally = jsonb_build_object('violence', (image.tally -> 'violence')::int + (excluded.tally -> 'violence')::int)
      returning id, key_hash, key, xmax = 0 as is_new
    ), voted as (
      insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, at)
      select $1::bigint, i.id, 1, t.reporter, 'named', array['violence'], clock_timestamp()
      from told t join reported i on i.key_hash = t.hash
    ), opened as (
      insert into moderation_case (site_id, image_id, round, status, priority)
      select $1::bigint, id, 1, 'open', 1 from reported where is_new
      returning id, image_id
    ), staged as (
      insert into job (kind, lane, payload)
      select '${FETCH_IMAGE}', 'fetch example.ma',
             jsonb_build_object('site', $1::bigint::text, 'hash', encode(key_hash, 'hex'), 'url', key)
      from reported where is_new
    )
    insert into event (site_id, image_id, case_id, type, actor_kind, rule_version, data)
    select $1::bigint, o.image_id, o.id, 'case.opened', 'rule', 1, '{"again": false, "round": 1, "severe": false}'
    from opened o cross join (select pg_advisory_xact_lock(${LOG_LOCK}) offset 0) door`,
};

interface Report {
  readonly image: { readonly url: string };
  readonly reporter: { readonly account: string };
}

interface Waiting {
  readonly url: string;
  readonly hash: Buffer;
  readonly reporter: Buffer;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

const site = String(process.env['SITE']);
const idle = await Promise.all(
  Array.from({ length: BATCHES_IN_FLIGHT }, async () => {
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    // As the service has it for what is hot (src/database/database.ts).
    await client.query('set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off');
    await client.query('set enable_material = off; set plan_cache_mode = force_generic_plan');
    return client;
  }),
);
let waiting: Waiting[] = [];
let inFlight = 0;
let scheduled = false;

/** As in src/reports/report-batch.ts: another batch starts beside one only when it is as large. */
function start(): void {
  scheduled = false;
  while (idle.length > 0 && waiting.length >= Math.max(1, inFlight)) {
    const batch = waiting;
    waiting = [];
    void write(batch);
  }
}

async function write(batch: readonly Waiting[]): Promise<void> {
  const client = idle.pop();
  if (client === undefined) throw new Error('There is no connection.');
  inFlight += batch.length;
  const outcome = await client
    .query({
      ...WRITE,
      values: [
        site,
        arrayLiteral(batch.map(({ url }) => url)),
        arrayLiteral(batch.map(({ hash }) => hash)),
        arrayLiteral(batch.map(({ reporter }) => reporter)),
      ],
    })
    .then(
      () => null,
      (error: unknown) => ({ error }),
    );
  idle.push(client);
  inFlight -= batch.length;
  start();
  for (const { written, failed } of batch) {
    if (outcome === null) written();
    else failed(outcome.error);
  }
}

const app = fastify();
app.post<{ Body: Report }>(
  '/v1/reports',
  { schema: { body: REPORT_SCHEMA } },
  ({ body: { image, reporter } }, reply) => {
    const hash = createHmac('sha256', 'a key of the site').update(reporter.account).digest().subarray(0, 16);
    waiting.push({
      url: image.url,
      hash: imageHash(site, { kind: 'url', key: image.url }),
      reporter: hash,
      written: () =>
        void reply.code(201).send({
          receipt: hash.toString('base64url'),
          outcome: 'recorded',
          message: 'Thank you.',
          image: { blocked: false },
        }),
      failed: (error) => void reply.code(500).send({ error: String(error) }),
    });
    if (scheduled) return;
    scheduled = true;
    setImmediate(start);
  },
);
app.get('/health/ready', () => ({ ok: true }));
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit());
