import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Keys, makeSite, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { RECEIVER_CERTIFICATE } from '../setup/receiver-certificate.js';
import { Receiver, verified } from '../setup/receiver.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

/** Longer than the claim of a process that was killed holds its jobs. */
const RECOVERED_WITHIN_MS = 120_000;

jest.setTimeout(240_000);

let database: TestDatabase;
let client: pg.Client;
let receiver: Receiver;
let keys: Keys;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  database = await createTestDatabase();
  keys = await makeSite(database.url);
  receiver = await Receiver.openSecure();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-'));
  const certificate = path.join(folder, 'receiver.pem');
  writeFileSync(certificate, RECEIVER_CERTIFICATE);
  env = {
    DATABASE_URL: database.url,
    VIGIE_SECRET: SECRET,
    OUTBOUND_ALLOW: '127.0.0.0/8',
    NODE_EXTRA_CA_CERTS: certificate,
  };
});
afterAll(async () => {
  await stopProcesses();
  await receiver.close();
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const block = (service: ServiceProcess, name: string) =>
  service.ask('PUT', '/v1/images/block', keys.secretKey, {
    image: { url: `https://cdn.example.ma/${name}.jpg` },
    reason: 'spam',
  });

const count = async (statement: string): Promise<number> =>
  Number((await client.query<{ n: string }>(statement)).rows[0]?.n);

const messages = (): Promise<number> => count('select count(*) as n from webhook_message');
const undelivered = (): Promise<number> =>
  count(`select count(*) as n
         from event e
         left join webhook_message m on m.event_seq = e.seq
         where e.type = 'image.blocked' and m.status is distinct from 'delivered'`);

test('behaviour 45: killed between commit and enqueue, and while delivering, every message is still delivered', async () => {
  const api = await ServiceProcess.start({ ...env, ROLE: 'api' });
  const made = await api.ask('POST', '/v1/webhook-endpoints', keys.secretKey, {
    url: receiver.url(),
    events: ['image.blocked'],
  });
  const secret = String(made.body['secret']);
  expect(made.status).toBe(201);

  // Committed, and nothing but the log knows of it.
  for (let n = 0; n < 20; n += 1) expect((await block(api, `before-${n}`)).status).toBe(200);
  api.kill('SIGKILL');
  await api.exited;
  expect(await messages()).toBe(0);

  // This one dies with a delivery under way, and others made and not begun.
  receiver.answers(() => undefined);
  const all = await ServiceProcess.start({ ...env, ROLE: 'all' });
  await Promise.all(Array.from({ length: 20 }, (_, n) => block(all, `during-${n}`)));
  await receiver.got(1);
  all.kill('SIGKILL');
  await all.exited;
  expect(await undelivered()).toBe(40);

  receiver.answers(204);
  const worker = await ServiceProcess.start({ ...env, ROLE: 'worker' });
  await until(
    async () => (await undelivered()) === 0,
    () => `every message to be delivered; the worker said ${worker.err}`,
    RECOVERED_WITHIN_MS,
  );

  expect(await messages()).toBe(40);
  const arrived = new Map<string, Set<unknown>>();
  for (const one of receiver.received) {
    expect(verified(one, secret)).toEqual(one.body);
    const { url } = one.body.data['image'] as { url: string };
    arrived.set(url, (arrived.get(url) ?? new Set()).add(one.headers['webhook-id']));
  }
  // Perhaps more than once, but always as the same message.
  expect([arrived.size, [...arrived.values()].every((ids) => ids.size === 1)]).toEqual([40, true]);
  expect(await worker.stop()).toEqual({ code: 0, signal: null });
});
