import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { checkNode } from '../../src/cli/doctor/check-machine.js';
import { runCommand, startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let service: Server;
let folder: string;
let port: string;
let ready: { status: number; body: string };

beforeAll(async () => {
  cli = await startCli();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-doctor-'));
  service = createServer((request, response) => {
    response.writeHead(request.url === '/health/ready' ? ready.status : 404).end(ready.body);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  port = String((service.address() as AddressInfo).port);
});
beforeEach(() => {
  ready = { status: 200, body: '{"status":"up","checks":{"postgres":"up"}}' };
});
afterAll(async () => {
  await new Promise((resolve) => service.close(resolve));
  rmSync(folder, { recursive: true, force: true });
  await cli.stop();
});

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

async function examine(
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; checks: Record<string, Check> }> {
  const { code, json } = await cli.run('doctor --json', { PORT: port, DATA_DIR: folder, ...env });
  const checks = json['checks'] as Check[];
  return { code, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

describe('doctor', () => {
  it('finds everything in order', async () => {
    await cli.run('site list');
    const { code, checks } = await examine();
    expect(code).toBe(0);
    expect(Object.keys(checks)).toEqual([
      'node',
      'settings',
      'secret',
      'disk',
      'postgres',
      'durability',
      'clock',
      'migrations',
      'installation',
      'jobs',
      'service',
    ]);
    // The disk of whoever runs this may be nearly full.
    const rest = Object.values(checks).filter(({ name }) => name !== 'disk');
    expect(rest.filter(({ status }) => status !== 'ok')).toEqual([]);
    const lines = (await cli.run('doctor', { PORT: port, DATA_DIR: folder })).out;
    expect(lines.find((line) => line.includes('postgres'))).toMatch(/^ok\s+postgres\s+Postgres \d+/);
  });

  it('names every setting that is wrong', async () => {
    const { code, json } = await cli.run('doctor --json', { PORT: 'x', LEASE_SECONDS: '0' });
    expect(code).toBe(1);
    const wrong = (json['checks'] as Check[]).filter(({ status }) => status === 'failed');
    expect(wrong.map(({ name }) => name)).toEqual(['settings', 'settings']);
  });

  it('says when the secret is not the one of the database, or Postgres is away', async () => {
    await cli.run('site list');
    const other = await examine({ VIGIE_SECRET: 'another secret of more than 32 bytes' });
    expect(other).toMatchObject({ code: 1, checks: { installation: { status: 'failed' } } });
    const away = await examine({ DATABASE_URL: 'postgres://127.0.0.1:1/vigie' });
    expect(away).toMatchObject({
      code: 1,
      checks: { postgres: { status: 'failed', detail: expect.stringContaining('DATABASE_URL') as string } },
    });
  });

  it.each([
    [200, '{"status":"degraded","checks":{"redis":"down"}}', 'warning', 0],
    [503, '{"checks":{"postgres":"down"}}', 'failed', 1],
    [200, '<html>', 'failed', 1],
    [404, '', 'failed', 1],
  ])('says how the service is: %i %s', async (status, body, expected, code) => {
    ready = { status, body };
    expect(await examine()).toMatchObject({ code, checks: { service: { status: expected } } });
  });

  it('takes a service that does not run for a warning', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const free = String((closed.address() as AddressInfo).port);
    await new Promise((resolve) => closed.close(resolve));
    expect(await examine({ PORT: free })).toMatchObject({
      code: 0,
      checks: { service: { status: 'warning' } },
    });
  });

  it('changes nothing in a database that was never started', async () => {
    const fresh = await startCli();
    const { json } = await runCommand('doctor --json', {
      DATABASE_URL: fresh.url,
      VIGIE_SECRET: 'whatever secret of more than 32 bytes',
      PORT: port,
    });
    expect((json['checks'] as Check[]).map(({ name }) => name)).not.toContain('installation');
    // The first who really starts decides about the secret.
    expect((await fresh.run('site list')).code).toBe(0);
    await fresh.stop();
  });

  it.each([
    ['20.19.0', 'ok'],
    ['20.20.1', 'ok'],
    ['24.0.0', 'ok'],
    ['20.18.9', 'failed'],
    ['18.30.0', 'failed'],
  ])('judges Node %s: %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });
});
