import type { INestApplicationContext } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { JOB_HANDLERS, type JobHandler } from '../../src/jobs/job-handler.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { JobsModule } from '../../src/jobs/jobs.module.js';
import { RedisReadiness } from '../../src/jobs/redis-readiness.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { Proxy } from '../setup/proxy.js';
import { describeWithRedis, TestRedis } from '../setup/redis.js';
import { until } from '../setup/until.js';
import { DONE, Gate, handler, JobRoom } from './job-room.js';

describeWithRedis('own', 'jobs through Redis', () => {
  let room: JobRoom;
  let redis: TestRedis;
  const apps: INestApplicationContext[] = [];

  beforeAll(async () => {
    room = await JobRoom.open();
  });
  beforeEach(async () => {
    redis = await TestRedis.absent();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await redis.close();
    await room.clear();
  });
  afterAll(() => room.close());

  /** A process' worth of jobs, as the service has it. */
  async function aProcess(
    handlers: readonly JobHandler[],
    settings: object = {},
    stopped: () => void = () => undefined,
    url = redis.url,
  ): Promise<INestApplicationContext> {
    // As far from the root as Bull's own, and made before it: stopped right after it.
    @Module({ providers: [{ provide: 'STOPPED', useValue: { onApplicationShutdown: stopped } }] })
    class StoppedAfterBull {}
    @Global()
    @Module({
      imports: [StoppedAfterBull],
      providers: [{ provide: JOB_HANDLERS, useValue: handlers }],
    })
    class Rooms {}
    const config = loadConfig({ REDIS_URL: url });
    const jobs = { ...config.jobs, pollMilliseconds: 50, ...settings };
    const app = await Test.createTestingModule({
      imports: [
        Rooms,
        ConfigModule.register(config),
        DatabaseModule.register(room.url, config),
        JobsModule.register({ redisUrl: config.redisUrl, jobs }),
      ],
    }).compile();
    await app.init();
    apps.push(app);
    return app;
  }

  const readiness = (app: INestApplicationContext): Promise<string> => app.get(RedisReadiness).check();
  const allDone = async (): Promise<boolean> =>
    (await room.rows()).every(({ outcome }) => outcome === 'done');
  /** Until jobs go through Redis again: whoever found it away leaves it alone for a second. */
  const untilRelayed = (kind: string): Promise<void> =>
    until(async () => {
      await room.stage({ kind, lane: 'probe', payload: null });
      await until(allDone);
      return (await room.rows()).some(({ relays, attempts }) => relays === 1 && attempts === 1);
    });
  const some = (count: number, lane = (n: number) => `lane ${n % 9}`) =>
    Array.from({ length: count }, (_, n) => ({ kind: 'a', lane: lane(n), payload: n }));

  it('are handed out to all processes, run once each, and leave nothing behind', async () => {
    await redis.up();
    const ran: string[] = [];
    // A fast process could do all of them: each waits, with fewer than there are, until the other has one, too.
    const begun = new Set<string>();
    const both = new Gate();
    const by = (name: string) => [
      handler('probe', () => DONE),
      handler('a', async (payload) => {
        if (begun.add(name).size === 2) both.open();
        await both.pass();
        ran.push(`${name}${String(payload)}`);
        return DONE;
      }),
    ];
    const few = { concurrency: 8 };
    const [one] = await Promise.all([aProcess(by('x'), few), aProcess(by('y'), few)]);
    await until(async () => (await readiness(one)) === 'up');
    await untilRelayed('probe');
    await room.clear();
    await room.stage(...some(200));
    await until(allDone);
    expect(new Set(ran.map((name) => name.slice(1))).size).toBe(200);
    expect(ran).toHaveLength(200);
    expect(new Set(ran.map((name) => name[0]))).toEqual(new Set(['x', 'y']));
    const rows = await room.rows();
    expect(rows.filter(({ relays }) => relays > 0).length).toBeGreaterThan(0);
    // Of the jobs themselves; a few keys are the queue's own.
    await until(async () => (await redis.keys()) < 10);
  });

  it('run here while Redis is down at the start, and through it when it comes up', async () => {
    const app = await aProcess([handler('a', () => DONE)]);
    expect(await readiness(app)).toBe('degraded');
    await room.stage(...some(20));
    await until(allDone);
    expect((await room.rows()).filter(({ relays, outcome }) => relays > 0 && outcome !== 'done')).toEqual([]);
    await redis.up();
    await until(async () => (await readiness(app)) === 'up');
    await untilRelayed('a');
  });

  it('go on when Redis goes in the middle, and when it is back', async () => {
    await redis.up();
    const ran: unknown[] = [];
    const app = await aProcess([handler('a', (payload) => (ran.push(payload), DONE))], { relaySeconds: 1 });
    await room.stage(...some(300));
    await until(() => ran.length > 20);
    await redis.down();
    await room.stage(...some(50));
    await until(allDone);
    expect(await readiness(app)).toBe('degraded');
    await redis.up();
    await until(async () => (await readiness(app)) === 'up');
    await room.stage(...some(50));
    await until(allDone);
    expect(ran).toHaveLength(400);
  });

  describe('whose connections to Redis were lost and nobody told of it', () => {
    let way: Proxy;
    beforeEach(async () => {
      await redis.up();
      way = await Proxy.before(redis.url);
      await aProcess([handler('a', () => DONE)], {}, undefined, way.url);
      await untilRelayed('a');
    });
    afterEach(async () => {
      await Promise.all(apps.splice(0).map((app) => app.close()));
      await way.close();
    });

    it('go through it again', async () => {
      await room.clear();
      way.lose();
      await untilRelayed('a');
    });

    it('are not given to one of these, which Redis takes for alive', async () => {
      const [before] = await redis.clients('vigie-bclient');
      expect(before).toEqual(expect.any(String));
      way.lose();
      await until(async () => {
        const now = await redis.clients('vigie-bclient');
        return now.length === 1 && now[0] !== before;
      });
    });
  });

  it('behaviour 46: are done although Redis was emptied while they waited there', async () => {
    await redis.up();
    const gate = new Gate();
    const ran: unknown[] = [];
    const run = (payload: unknown) => gate.pass().then(() => (ran.push(payload), DONE));
    await aProcess([handler('a', run)], { concurrency: 4, relaySeconds: 2 });
    await room.stage(...some(40, (n) => `lane ${n}`));
    // Four run, as many wait in Redis, the rest in Postgres.
    await until(() => gate.waiting === 4);
    await until(async () => (await room.rows()).some(({ relayed_until: relayed }) => relayed !== null));
    await redis.flush();
    gate.open();
    await until(allDone);
    expect(ran.sort((a, b) => Number(a) - Number(b))).toEqual(some(40).map(({ payload }) => payload));
  });

  it('of one lane are no more at once than allowed, relayed and running together', async () => {
    await redis.up();
    const gate = new Gate();
    const handlers = [handler('a', () => gate.pass().then(() => DONE)), handler('quick', () => DONE)];
    await Promise.all([aProcess(handlers, { perLane: 3 }), aProcess(handlers, { perLane: 3 })]);
    await room.stage(...some(30, () => 'slow'));
    await until(() => gate.waiting === 3);
    await room.stage(...Array.from({ length: 50 }, (_, n) => ({ kind: 'quick', lane: `q${n}`, payload: n })));
    const left = async () => (await room.rows()).filter(({ outcome }) => outcome === null);
    await until(async () => (await left()).length === 30);
    expect(gate.waiting).toBe(3);
    expect(
      (await left()).filter(({ relayed_until, locked_until }) => relayed_until ?? locked_until),
    ).toHaveLength(3);
    gate.open();
    await until(allDone);
  });

  it('are given back by a process that stops, at once, and it ends although Redis does not answer', async () => {
    await redis.up();
    const gate = new Gate();
    const stopping = await aProcess([handler('a', (_, { signal }) => gate.pass(signal).then(() => DONE))], {
      concurrency: 1,
    });
    await room.stage(...some(1));
    await until(() => gate.waiting === 1);
    await redis.down();
    gate.open();
    await stopping.close();
    apps.splice(0);
    expect(await room.row()).toMatchObject({ outcome: 'done' });
  });

  it('keep no process from its end, be it that Bull waits for one of them for ever', async () => {
    await redis.up();
    const gate = new Gate();
    const ended = new Gate();
    const run = () => gate.pass().then(() => DONE);
    const stopping = await aProcess([handler('a', run)], { concurrency: 1 }, () => ended.open());
    await room.stage(...some(2, (n) => `lane ${n}`));
    await until(() => gate.waiting === 1);
    const relayed = async () => (await room.rows()).find((row) => row.relayed_until !== null);
    await until(async () => (await relayed()) !== undefined);
    const next = await relayed();
    const closed = await room.db.inTransaction(async (tx) => {
      // Whoever gives it back to Postgres waits for this.
      await tx.manager.query('select from job where id = $1 for update', [next?.id]);
      const stopped = stopping.get(Dispatcher).stop();
      gate.open();
      await stopped;
      await until(async () => (await room.dataSource.query<unknown[]>(LOCK_WAITS)).length > 0);
      const closed = stopping.close();
      await ended.pass();
      return { whole: closed };
    });
    await closed.whole;
    apps.splice(0);
  });
});
