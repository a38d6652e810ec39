import { Global, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { JOB_KINDS } from '../../src/cli/job-kind-named.js';
import { loadConfig } from '../../src/config/load-config.js';
import { createApp } from '../../src/http/create-app.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { JOB_HANDLERS } from '../../src/jobs/job-handler.js';
import { JobHandlers } from '../../src/jobs/job-handlers.js';
import { Neck } from '../../src/moderation/neck.js';
import { Service } from '../setup/service.js';
import { until } from '../setup/until.js';
import { DONE, handler, JobRoom } from './job-room.js';

/** A port on which nobody listens. */
const NO_REDIS = 'redis://127.0.0.1:1';

const NOT_LOOKED_AT = {
  pdq: null,
  quality: null,
  indistinct: null,
  width: null,
  height: null,
  bytes: null,
  format: null,
  announced: false,
};

let room: JobRoom;

beforeAll(async () => {
  room = await JobRoom.open();
});
afterEach(() => room.clear());
afterAll(() => room.close());

async function inRole(
  role: string,
  env: NodeJS.ProcessEnv,
  work: (app: NestFastifyApplication, ran: unknown[]) => Promise<void>,
) {
  const ran: unknown[] = [];
  @Global()
  @Module({
    imports: [],
    providers: [{ provide: JOB_HANDLERS, useValue: [handler('a', (payload) => (ran.push(payload), DONE))] }],
  })
  class Room {}
  const secret = Buffer.from('a secret of the tests, long enough for anything');
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    ROLE: role,
    DATABASE_URL: room.url,
    VIGIE_SECRET: secret.toString(),
    ...env,
  });
  const service = AppModule.register({ config, databaseUrl: room.url, secret });
  const app = await createApp({ module: Room, imports: [service] }, config);
  try {
    await work(app, ran);
  } finally {
    await app.close();
  }
}

describe('jobs in the service', () => {
  it.each(['worker', 'all'])('are run with ROLE=%s', async (role) => {
    await inRole(role, {}, async (app, ran) => {
      await room.stage({ kind: 'a', payload: role });
      await until(() => ran.length === 1);
      const ready = await app.inject('/health/ready');
      expect(ready.json<{ checks: object }>().checks).not.toHaveProperty('redis');
    });
  });

  it.each(['worker', 'all'])('with ROLE=%s send what they find through the neck', async (role) => {
    await inRole(role, {}, async (app) => {
      const neck = app.get(Neck, { strict: false });
      const unknown = { siteId: '1', hash: Buffer.alloc(16), sha256: Buffer.alloc(32) };
      expect(await neck.see({ ...NOT_LOOKED_AT, ...unknown })).toEqual({ known: false });
      const ready = await app.inject('/health/ready');
      expect(ready.json<{ checks: object }>().checks).toHaveProperty(['block index']);
    });
  });

  it('are of the kinds that operators can name, and of no other', async () => {
    await inRole('worker', {}, (app) => {
      const { kinds } = JobHandlers.of(app.get(ModulesContainer));
      expect([...kinds].sort()).toEqual(['a', ...JOB_KINDS]);
      return Promise.resolve();
    });
  });

  it('wait with ROLE=api', async () => {
    await inRole('api', { REDIS_URL: NO_REDIS }, async (app, ran) => {
      await room.stage({ kind: 'a', payload: 1 });
      expect(() => app.get(Dispatcher)).toThrow();
      expect((await app.inject('/health/ready')).json()).toMatchObject({ status: 'up' });
      expect(ran).toEqual([]);
    });
    expect(await room.row()).toMatchObject({ attempts: 0, relays: 0 });
  });

  it.each(['worker', 'all'])(
    'are run with ROLE=%s and Redis down, which is degraded and ready',
    async (role) => {
      await inRole(role, { REDIS_URL: NO_REDIS }, async (app, ran) => {
        await room.stage({ kind: 'a', payload: 1 });
        await until(() => ran.length === 1);
        const ready = await app.inject('/health/ready');
        expect(ready.statusCode).toBe(200);
        expect(ready.json()).toMatchObject({
          status: 'degraded',
          checks: { postgres: 'up', redis: 'degraded' },
        });
      });
    },
  );

  it('do not keep reports and decisions waiting when Redis is down', async () => {
    const service = await Service.open({ REDIS_URL: NO_REDIS });
    try {
      const site = await service.site();
      const image = { url: 'https://cdn.example.ma/1.jpg' };
      expect((await service.reports(site, image, 5)).status).toBe(201);
      expect((await service.state(site, image)).body).toMatchObject({ blocked: true });
    } finally {
      await service.close();
    }
  });
});

describe('handlers', () => {
  it('are one for each kind', () => {
    const twice = [handler('a', () => DONE), handler('a', () => DONE)];
    expect(() => new JobHandlers(twice)).toThrow('Two handlers do jobs of kind "a"');
  });
});
