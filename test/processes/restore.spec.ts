import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createClient, type VigieClient } from '../../src/client/index.js';
import { DataDir } from '../setup/data-dir.js';
import { freePort } from '../setup/free-port.js';
import { type Keys, makeSite, runCommand, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Receiver } from '../setup/receiver.js';
import { until } from '../setup/until.js';

/**
 * A backup beside a running service, the loss of everything, and a restore into a new cluster: what sites and receivers see.
 *
 *  1. a service with blocks, a site that follows, and a receiver that does not answer; its backup
 *  2. what happens after it and is lost: a block, which the site has heard of, and its message
 *  3. a new cluster; the same address: cursors answer 410, the site resyncs, the receiver gets what it had not got
 */

jest.setTimeout(300_000);

const photo = (name: string): string => `https://cdn.example.ma/${name}.jpg`;

let folder: string;
let backup: string;
let first: DataDir;
let second: DataDir;
let receiver: Receiver;
let client: VigieClient | undefined;
let keys: Keys;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-'));
  backup = path.join(folder, 'monday.backup');
  first = new DataDir();
  second = new DataDir();
  receiver = await Receiver.open();
  env = {
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    VIGIE_SECRET: SECRET,
    OUTBOUND_ALLOW: '127.0.0.0/8',
    FETCH_IMAGES: 'off',
  };
});
afterAll(async () => {
  await client?.close();
  await stopProcesses();
  await receiver.close();
  first.remove();
  second.remove();
  rmSync(folder, { recursive: true, force: true });
});

const block = async (service: ServiceProcess, name: string): Promise<void> => {
  const { status } = await service.ask('PUT', '/v1/images/block', keys.secretKey, {
    image: { url: photo(name) },
    reason: 'privacy',
  });
  expect(status).toBe(200);
};
const changes = (service: ServiceProcess, cursor = '') =>
  service.ask(
    'GET',
    `/v1/changes${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
    keys.secretKey,
  );

it('restores into a new cluster: cursors answer 410, sites resync, no message is lost or taken for another', async () => {
  const before = await ServiceProcess.start({ ...env, DATA_DIR: first.folder });
  keys = await makeSite(first.databaseUrl);
  const endpoint = { url: receiver.url(), events: ['image.blocked'] };
  expect((await before.ask('POST', '/v1/webhook-endpoints', keys.secretKey, endpoint)).status).toBe(201);
  await block(before, 'kept');
  await receiver.got(1);
  receiver.answers(500);
  await block(before, 'awaited');
  await receiver.got(2);
  for (let n = 0; n < 5; n += 1)
    expect((await before.report(keys.secretKey, { url: photo('reported') }, `reader ${n}`)).status).toBe(201);
  client = createClient({ baseUrl: `http://127.0.0.1:${before.port}`, key: keys.secretKey });
  const site = client;
  await site.start();
  expect(site.isBlocked(photo('kept'))).toBe(true);

  const made = await runCommand({ ...env, DATA_DIR: first.folder }, 'backup', backup);
  expect(made).toMatchObject({ file: backup, bytes: statSync(backup).size });
  expect(statSync(backup).mode & 0o077).toBe(0);

  receiver.answers(204);
  await block(before, 'lost');
  await until(() => site.isBlocked(photo('lost')));
  await until(() => receiver.received.some(({ text }) => text.includes('/lost.jpg')));
  const cursor = String((await changes(before)).body['cursor']);
  expect((await before.stop()).code).toBe(0);

  const restored = await runCommand({ ...env, DATA_DIR: second.folder }, 'restore', backup);
  expect(restored).toMatchObject({ tables: made['tables'] });
  const seen = receiver.received.length;
  const after = await ServiceProcess.start({ ...env, DATA_DIR: second.folder });

  const refused = await changes(after, cursor);
  expect(refused).toMatchObject({ status: 410, body: { type: '/problems/cursor-expired' } });
  // The site followed, and knew a block that nobody knows any more.
  await until(() => !site.isBlocked(photo('lost')), undefined, 120_000);
  for (const name of ['kept', 'awaited', 'reported'])
    expect({ name, isBlocked: site.isBlocked(photo(name)) }).toEqual({ name, isBlocked: true });
  expect(await runCommand({ ...env, DATA_DIR: second.folder }, 'reconcile')).toMatchObject({ ok: true });

  // Readers are who they were: the same one has reported already.
  const again = await after.report(keys.secretKey, { url: photo('reported') }, 'reader 1');
  expect(again).toMatchObject({ status: 200, body: { outcome: 'already_reported' } });

  await block(after, 'new');
  await until(() => site.isBlocked(photo('new')));
  await until(() => receiver.received.slice(seen).some(({ text }) => text.includes('/new.jpg')));
  const idsOf = (name: string): Set<string | undefined> =>
    new Set(
      receiver.received
        .filter(({ text }) => text.includes(`/${name}.jpg`))
        .map(({ headers }) => headers['webhook-id']),
    );
  // What was under way keeps its number: whoever got it before knows it again.
  expect(idsOf('awaited').size).toBe(1);
  // What comes after the restore has a number that no receiver has seen.
  for (const id of idsOf('new')) expect(idsOf('lost')).not.toContain(id);
  // The one that had arrived is not sent again.
  expect(receiver.received.slice(seen).filter(({ text }) => text.includes('/kept.jpg'))).toEqual([]);
  const retried = await after.ask('GET', '/v1/webhook-endpoints', keys.secretKey);
  const [{ id } = { id: '' }] = retried.body['items'] as { id: string }[];
  const { body } = await after.ask('GET', `/v1/webhook-endpoints/${id}/messages`, keys.secretKey);
  const statuses = (body['items'] as { status: string }[]).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'failed')).toEqual([]);
  await after.stop();
});

const said = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it went well',
    (error: { stderr: string }) => error.stderr,
  );
const ANOTHER = 'another secret that is as long as the first one';

it('says what is wrong with a database that is not empty, and a file that is not whole', async () => {
  const third = new DataDir();
  try {
    expect(await said(runCommand({ ...env, DATA_DIR: second.folder }, 'restore', backup))).toMatch(
      /There is something in this database/,
    );
    const half = path.join(folder, 'half.backup');
    const bytes = readFileSync(backup);
    writeFileSync(half, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect(await said(runCommand({ ...env, DATA_DIR: third.folder }, 'restore', half))).toMatch(/not whole/);
    // Nothing of it is in: the whole one can be restored there.
    expect(await runCommand({ ...env, DATA_DIR: third.folder }, 'restore', backup)).toHaveProperty('tables');
    expect(await said(runCommand({ ...env, DATA_DIR: third.folder }, 'backup', backup))).toMatch(
      /is there already/,
    );
    expect(
      await said(runCommand({ ...env, DATA_DIR: third.folder }, 'restore', path.join(folder, 'none'))),
    ).toMatch(/there is no such file/);
  } finally {
    third.remove();
  }
});

it('refuses another secret, and none, before anything is written; the right one then restores there', async () => {
  const fourth = new DataDir();
  const without = { ...env, NODE_ENV: 'test', DATA_DIR: fourth.folder, VIGIE_SECRET: undefined };
  const written = ['postgres', 'secret'].map((name) => path.join(fourth.folder, name));
  try {
    for (const other of [{ ...without, VIGIE_SECRET: ANOTHER }, without]) {
      expect(await said(runCommand(other, 'restore', backup))).toMatch(/^This backup .* another secret/);
      expect(written.filter((file) => existsSync(file))).toEqual([]);
    }
    writeFileSync(path.join(fourth.folder, 'secret'), `${SECRET}\n`);
    expect(await runCommand(without, 'restore', backup)).toHaveProperty('tables');
  } finally {
    fourth.remove();
  }
});

it('refuses another secret, and none, where the backup is of a version that did not say which it was', async () => {
  const fifth = new DataDir();
  const without = { ...env, NODE_ENV: 'test', DATA_DIR: fifth.folder, VIGIE_SECRET: undefined };
  const secret = path.join(fifth.folder, 'secret');
  try {
    const old = path.join(folder, 'old.backup');
    writeFileSync(old, ofOlderVersion(readFileSync(backup)));
    for (const other of [{ ...without, VIGIE_SECRET: ANOTHER }, without]) {
      expect(await said(runCommand(other, 'restore', old))).toMatch(/^This backup .* nothing of it is in/);
      expect(existsSync(secret)).toBe(false);
    }
    writeFileSync(secret, `${SECRET}\n`);
    expect(await runCommand(without, 'restore', old)).toHaveProperty('tables');
  } finally {
    fifth.remove();
  }
});

/** The same backup, whose head says nothing of the secret. */
function ofOlderVersion(packed: Buffer): Buffer {
  const all = gunzipSync(packed);
  const end = 4 + all.readUInt32BE(0);
  const head = JSON.parse(all.subarray(4, end).toString()) as Record<string, unknown>;
  const piece = Buffer.from(JSON.stringify({ ...head, secretCheck: undefined }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return gzipSync(Buffer.concat([length, piece, all.subarray(end)]));
}
