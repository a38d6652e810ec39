import type { Dispatcher } from '../../src/jobs/dispatcher.js';
import type { JobHandler } from '../../src/jobs/job-handler.js';
import { stage } from '../../src/jobs/stage.js';
import { until } from '../setup/until.js';
import { byDatabase, DONE, Gate, handler, JobRoom } from './job-room.js';

let room: JobRoom;

beforeAll(async () => {
  room = await JobRoom.open();
});
afterEach(() => room.clear());
afterAll(() => room.close());

describe('a staged job', () => {
  it('is nothing when its transaction is rolled back', async () => {
    const ran: unknown[] = [];
    const dispatcher = room.dispatcher([handler('a', (payload) => (ran.push(payload), DONE))]);
    const broken = room.db.inTransaction((tx) => {
      stage(tx, [{ kind: 'a', payload: 1 }]);
      return Promise.reject(new Error('no'));
    });
    await expect(broken).rejects.toThrow('no');
    expect(await dispatcher.runOnce()).toEqual({});
    expect(ran).toEqual([]);
    expect(await room.rows()).toEqual([]);
  });

  it('is done once its transaction commits, with its payload, and tells so', async () => {
    const ran: unknown[] = [];
    const dispatcher = room.dispatcher([
      handler('a', (payload, { jobId, attempt }) => (ran.push([payload, jobId, attempt]), DONE)),
    ]);
    await room.stage({ kind: 'a', payload: { image: '7', odd: 'é"\\' } });
    expect(await dispatcher.runOnce()).toEqual({ done: 1 });
    expect(ran).toEqual([[{ image: '7', odd: 'é"\\' }, '1', 1]]);
    expect(await room.row()).toMatchObject({ outcome: 'done', attempts: 1, locked_until: null });
    expect(await dispatcher.runOnce()).toEqual({});
  });

  it('is done at once by a process that only waits to be rung', async () => {
    let ran = 0;
    room.running([handler('a', () => ((ran += 1), DONE))], { pollMilliseconds: 60_000 });
    // The doorbell rings everybody when it has connected: from then on it hears.
    await until(async () => {
      const listening: unknown[] = await room.dataSource.query(
        `select from pg_stat_activity where datname = current_database() and application_name = 'vigie doorbell' and query like 'listen%'`,
      );
      return listening.length > 0;
    });
    await room.stage({ kind: 'a', payload: 1 });
    await until(() => ran === 1);
  });

  it('is done once by whoever does what is due, however lately it was staged', async () => {
    const dispatcher = room.dispatcher([handler('a', () => DONE)]);
    for (let n = 0; n < 40; n += 1) {
      await room.stage({ kind: 'a', payload: n });
      expect(await dispatcher.runOnce()).toEqual({ done: 1 });
    }
  });

  it('is done without a ring, by polling', async () => {
    let ran = 0;
    room.running([handler('a', () => ((ran += 1), DONE))], { pollMilliseconds: 20 });
    await room.dataSource.query(`insert into job (kind, lane, payload) values ('a', 'a', '1')`);
    await until(() => ran === 1);
  });

  it('is not done before its time, unless what will be due is asked for', async () => {
    const dispatcher = room.dispatcher([handler('a', () => DONE)]);
    const runAt = new Date(Date.now() + 3_600_000);
    await room.stage({ kind: 'a', payload: 1, runAt });
    expect(await dispatcher.runOnce()).toEqual({});
    expect(await dispatcher.runOnce(runAt)).toEqual({ done: 1 });
  });

  it('of a kind that this process does not know is left for others, in the same lane too', async () => {
    const old = room.dispatcher([handler('a', () => DONE)]);
    await room.stage(
      { kind: 'newer', lane: 'one', payload: 1 },
      { kind: 'newer', lane: 'one', payload: 2 },
      { kind: 'a', lane: 'one', payload: 3 },
    );
    expect(await old.runOnce()).toEqual({ done: 1 });
    const [first] = await room.rows();
    expect(first).toMatchObject({ attempts: 0, failures: 0, outcome: null });
    const newer = room.dispatcher([handler('newer', () => DONE)]);
    expect(await newer.runOnce()).toEqual({ done: 2 });
  });
});

describe('what a handler says', () => {
  it('again: the job runs again when the handler said, and that is no failure', async () => {
    const at = byDatabase(Date.now() + 60_000);
    const dispatcher = room.dispatcher([
      handler('a', (_, { attempt }) => (attempt < 15 ? { again: at, why: 'Not yet.' } : DONE), {
        maxAttempts: 2,
      }),
    ]);
    await room.stage({ kind: 'a', payload: 1 });
    expect(await dispatcher.runOnce()).toEqual({ again: 1 });
    expect(await room.row()).toMatchObject({
      run_at: at,
      failures: 0,
      error: 'Not yet.',
      locked_until: null,
    });
    for (let attempt = 2; attempt < 15; attempt += 1) {
      expect(await dispatcher.runOnce(at)).toEqual({ again: 1 });
    }
    expect(await dispatcher.runOnce(at)).toEqual({ done: 1 });
  });

  it('in so many seconds: by the database’s clock', async () => {
    const run = (seconds: number) => () => ({ inSeconds: seconds, why: 'Not yet.' });
    const dispatcher = room.dispatcher([handler('a', run(500)), handler('no-number', run(Number.NaN))]);
    await room.stage({ kind: 'a', payload: 1 });
    expect(await dispatcher.runOnce()).toEqual({ again: 1 });
    const [row] = await room.rows();
    expect(Number(row?.run_at) - Date.now()).toBeGreaterThan(490_000);
    expect(Number(row?.run_at) - Date.now()).toBeLessThan(510_000);
    await room.stage({ kind: 'no-number', payload: 1 });
    expect(await dispatcher.runOnce()).toEqual({ failed: 1 });
  });

  it('an error: tried again later each time, then dead, with the error', async () => {
    const dispatcher = room.dispatcher([
      handler(
        'a',
        (_, { attempt }) => Promise.reject(new Error(`No luck\0 ${attempt} ${'x'.repeat(3_000)}`)),
        {
          maxAttempts: 3,
        },
      ),
    ]);
    await room.stage({ kind: 'a', payload: 1 });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const before = Date.now();
      expect(await dispatcher.runOnce(new Date(before + 86_400_000))).toEqual({ failed: 1 });
      waits.push((await room.row()).run_at.getTime() - before);
    }
    expect(waits[0]).toBeGreaterThan(2_000);
    expect(waits[0]).toBeLessThan(6_000);
    expect(waits[1]).toBeGreaterThan(7_000);
    expect(waits[1]).toBeLessThan(16_000);
    expect(await dispatcher.runOnce()).toEqual({});
    expect(await dispatcher.runOnce(new Date(Date.now() + 86_400_000))).toEqual({ dead: 1 });
    const row = await room.row();
    expect(row).toMatchObject({ outcome: 'dead', attempts: 3, failures: 3 });
    expect(row.error).toMatch(/^No luck 3 x+$/);
    expect(row.error).toHaveLength(2_000);
  });

  it('something thrown before there is a promise, or a time that is none: a failure like any other', async () => {
    const dispatcher = room.dispatcher([
      {
        kind: 'throws',
        run: () => {
          throw new TypeError('at once');
        },
      },
      handler('no-time', () => ({ again: byDatabase(Number.NaN), why: '?' })),
    ]);
    await room.stage({ kind: 'throws', payload: 1 }, { kind: 'no-time', payload: 1 });
    expect(await dispatcher.runOnce()).toEqual({ failed: 2 });
    expect((await room.rows()).map(({ error }) => error)).toEqual([
      'at once',
      'The handler gave no time to be run again at: Invalid Date',
    ]);
  });

  it('a time at which no job can be run: a failure of that one, and of none whose end is written with it', async () => {
    const dispatcher = room.dispatcher([
      handler('long-ago', () => ({ again: byDatabase(Date.UTC(-1, 0)), why: '?' })),
      handler('before-1970', () => ({ again: byDatabase(-1), why: '?' })),
      handler('a', () => DONE),
    ]);
    await room.stage(
      // The first end is written alone, the others meanwhile wait for each other.
      ...['a', 'a', 'long-ago', 'before-1970', 'a'].map((kind) => ({ kind, payload: 1 })),
    );
    expect(await dispatcher.runOnce()).toEqual({ failed: 2, done: 3 });
    for (const { outcome, error } of (await room.rows()).slice(2, 4)) {
      expect(outcome).toBeNull();
      expect(error).toMatch(/^The handler gave no time to be run again at: /);
    }
  });

  it('nothing, for longer than it may take: it is aborted and has failed', async () => {
    const gate = new Gate();
    const dispatcher = room.dispatcher([
      handler('a', (_, { signal }) => gate.pass(signal).then(() => DONE), { maxSeconds: 0.05 }),
    ]);
    await room.stage({ kind: 'a', payload: 1 });
    expect(await dispatcher.runOnce()).toEqual({ failed: 1 });
    expect((await room.row()).error).toBe('Took longer than 0.05 seconds.');
  });
});

describe('a claim', () => {
  it('behaviour 45: of a process that was killed runs out, and the job runs again elsewhere (invariant 10)', async () => {
    const gate = new Gate();
    const killed = room.dispatcher([handler('a', () => gate.pass().then(() => DONE))], {
      leaseSeconds: 3_600,
    });
    await room.stage({ kind: 'a', payload: 1 });
    const first = killed.runOnce();
    await until(() => gate.waiting === 1);
    const attempts: number[] = [];
    const other = room.dispatcher([handler('a', (_, { attempt }) => (attempts.push(attempt), DONE))]);
    expect(await other.runOnce()).toEqual({});
    // Nobody renews: for the others it is as dead as if it had been killed.
    await room.later('2 hours');
    expect(await other.runOnce()).toEqual({ done: 1 });
    expect(attempts).toEqual([2]);
    // It was not dead, only late: what it says of its attempt is not believed.
    gate.open();
    expect(await first).toEqual({ lost: 1 });
    expect(await room.row()).toMatchObject({ outcome: 'done', attempts: 2 });
  });

  it('of a job that ends its process each time counts as a failure, and at last the job is dead', async () => {
    const dispatcher = room.dispatcher([handler('a', () => DONE, { maxAttempts: 2 })]);
    await room.dataSource.query(
      `insert into job (kind, lane, payload, attempts, failures, locked_until)
       values ('a', 'a', '1', 2, 1, clock_timestamp() - interval '1 second')`,
    );
    expect(await dispatcher.runOnce()).toEqual({});
    expect(await room.row()).toMatchObject({ outcome: 'dead', failures: 2, locked_until: null });
    expect((await room.row()).error).toMatch(/process that ran it ended/);
  });

  it('is renewed as long as the job runs', async () => {
    const gate = new Gate();
    const dispatcher = room.running([handler('a', () => gate.pass().then(() => DONE))], {
      leaseSeconds: 0.5,
    });
    const other = room.dispatcher([handler('a', () => Promise.reject(new Error('not mine')))]);
    await room.stage({ kind: 'a', payload: 1 });
    await until(() => gate.waiting === 1);
    const { locked_until: first } = await room.row();
    await until(async () => {
      expect(await other.runOnce()).toEqual({});
      const { locked_until: now } = await room.row();
      return (now?.getTime() ?? 0) > (first?.getTime() ?? 0) + 1_000;
    });
    gate.open();
    await until(async () => (await room.row()).outcome === 'done');
    expect(await room.row()).toMatchObject({ attempts: 1 });
    await dispatcher.stop();
  });

  it('that another process took away is told to the handler', async () => {
    const gate = new Gate();
    const reasons: unknown[] = [];
    const run = async (signal: AbortSignal) => {
      await gate.pass(signal).catch((error: unknown) => reasons.push(error));
      return DONE;
    };
    const dispatcher = room.dispatcher([handler('a', (_, { signal }) => run(signal))], { leaseSeconds: 0.5 });
    await room.stage({ kind: 'a', payload: 1 });
    const once = dispatcher.runOnce();
    await until(() => gate.waiting === 1);
    await room.dataSource.query('update job set attempts = attempts + 1');
    expect(await once).toEqual({ lost: 1 });
    expect(reasons).toEqual([expect.objectContaining({ why: 'claim lost' })]);
  });

  describe('that ran out in a process that has taken the job again', () => {
    /** The first run waits at its gate whatever happens, the second until it is aborted, too. */
    const twice = (): { gates: [Gate, Gate]; runs: JobHandler } => {
      const gates: [Gate, Gate] = [new Gate(), new Gate()];
      const runs = handler('a', async (_, { attempt, signal }) => {
        await (attempt === 1 ? gates[0].pass() : gates[1].pass(signal));
        return DONE;
      });
      return { gates, runs };
    };
    /** What a sweep does once a claim has run out. */
    const runOut = () => room.dataSource.query('update job set locked_until = null');
    /** Both runs of one job, which wait at their gates. */
    const begun = async (dispatcher: Dispatcher, gates: readonly [Gate, Gate]) => {
      await room.stage({ kind: 'a', payload: 1 });
      const first = dispatcher.runOnce();
      await until(() => gates[0].waiting === 1);
      await runOut();
      const second = dispatcher.runOnce();
      await until(() => gates[1].waiting === 1);
      return [first, second] as const;
    };

    it('leaves the second run a run like any other when the first ends: a stop cuts it short', async () => {
      const { gates, runs } = twice();
      const dispatcher = room.dispatcher([runs]);
      const [first, second] = await begun(dispatcher, gates);
      gates[0].open();
      expect(await first).toEqual({ lost: 1 });
      await dispatcher.stop(0);
      expect(gates[1].waiting).toBe(0);
      expect(await room.row()).toMatchObject({ attempts: 2, outcome: null, locked_until: null });
      expect(await second).toEqual({ 'given back': 1 });
    });

    it('is told to the first run, and the claim of the second is renewed after that', async () => {
      const gate = new Gate();
      const reasons: unknown[] = [];
      const run = async (attempt: number, signal: AbortSignal) => {
        await gate.pass(signal).catch((error: unknown) => reasons.push([attempt, error]));
        return DONE;
      };
      const dispatcher = room.dispatcher([handler('a', (_, { attempt, signal }) => run(attempt, signal))], {
        leaseSeconds: 0.5,
      });
      await room.stage({ kind: 'a', payload: 1 });
      const first = dispatcher.runOnce();
      await until(() => gate.waiting === 1);
      await runOut();
      const second = dispatcher.runOnce();
      expect(await first).toEqual({ lost: 1 });
      expect(reasons).toEqual([[1, expect.objectContaining({ why: 'claim lost' })]]);
      const { locked_until: held } = await room.row();
      await until(async () => {
        const { locked_until: now } = await room.row();
        return (now?.getTime() ?? 0) > (held?.getTime() ?? 0) + 1_000;
      });
      gate.open();
      expect(await second).toEqual({ done: 1 });
    });

    it('counts both runs: of two places one is free when one of them ends', async () => {
      const { gates, runs } = twice();
      const other = new Gate();
      const dispatcher = room.dispatcher([runs, handler('b', () => other.pass().then(() => DONE))], {
        concurrency: 2,
      });
      const [first, second] = await begun(dispatcher, gates);
      gates[0].open();
      expect(await first).toEqual({ lost: 1 });
      await room.stage({ kind: 'b', payload: 1 }, { kind: 'b', payload: 2 });
      dispatcher.run(room.doorbell());
      await until(() => other.waiting > 0);
      // All that are taken at once begin at once.
      expect(other.waiting).toBe(1);
      other.open();
      gates[1].open();
      await until(async () => (await room.rows()).every(({ outcome }) => outcome === 'done'));
      await second;
    });
  });
});

describe('several processes', () => {
  it('never run one attempt twice, and do everything', async () => {
    const ran = new Map<string, number>();
    const run = (payload: unknown, attempt: number) => {
      const key = `${String(payload)}-${attempt}`;
      ran.set(key, (ran.get(key) ?? 0) + 1);
      if (attempt === 1 && Number(payload) % 10 === 0) return { again: byDatabase(0), why: 'Once more.' };
      return DONE;
    };
    const handlers = [handler('a', (payload, { attempt }) => run(payload, attempt))];
    for (let process = 0; process < 3; process += 1) room.running(handlers);
    const jobs = Array.from({ length: 300 }, (_, n) => ({ kind: 'a', lane: `lane ${n % 7}`, payload: n }));
    await Promise.all([0, 1, 2].map((third) => room.stage(...jobs.filter((_, n) => n % 3 === third))));
    await until(async () => (await room.rows()).every(({ outcome }) => outcome === 'done'));
    expect(ran.size).toBe(330);
    expect([...ran.values()].filter((times) => times !== 1)).toEqual([]);
  });

  it('together run no more of a lane at once than allowed, and each no more than it may at all', async () => {
    const gate = new Gate();
    let others = 0;
    const handlers = [
      handler('slow', () => gate.pass().then(() => DONE)),
      handler('quick', () => ((others += 1), DONE)),
    ];
    const slow = Array.from({ length: 50 }, () => ({ kind: 'slow', lane: 'one', payload: 1 }));
    await room.stage(...slow);
    room.running(handlers, { perLane: 3, pollMilliseconds: 10 });
    room.running(handlers, { perLane: 3, pollMilliseconds: 10 });
    await until(() => gate.waiting === 3);
    // The slow lane delays nobody: a hundred jobs behind it are done while it stands still.
    await room.stage(
      ...Array.from({ length: 100 }, (_, n) => ({ kind: 'quick', lane: `q${n}`, payload: n })),
    );
    await until(() => others === 100);
    expect(gate.waiting).toBe(3);
    gate.open();
    await until(async () => (await room.rows()).every(({ outcome }) => outcome === 'done'));
  });

  it('gives each lane a place before any gets its second', async () => {
    const gate = new Gate();
    const lanes: unknown[] = [];
    const run = (payload: unknown) => (lanes.push(payload), gate.pass().then(() => DONE));
    await room.stage(
      ...Array.from({ length: 20 }, () => ({ kind: 'a', lane: 'old', payload: 'old' })),
      { kind: 'a', lane: 'b', payload: 'b' },
      { kind: 'a', lane: 'c', payload: 'c' },
    );
    room.running([handler('a', run)], { concurrency: 4 });
    await until(() => gate.waiting === 4);
    expect(lanes.sort()).toEqual(['b', 'c', 'old', 'old']);
    gate.open();
    await until(async () => (await room.rows()).every(({ outcome }) => outcome === 'done'));
  });
});

describe('what a relay brings', () => {
  it('begins one by one where there is one place, however many have waited for it', async () => {
    const gates: Gate[] = [];
    let running = 0;
    let most = 0;
    const run = async () => {
      most = Math.max(most, (running += 1));
      const gate = new Gate();
      gates.push(gate);
      await gate.pass();
      running -= 1;
      return DONE;
    };
    const dispatcher = room.running([handler('a', run)], { concurrency: 1 });
    await room.dataSource.query(
      `insert into job (kind, lane, payload, relays, relayed_until)
       select 'a', 'a', '1', 1, clock_timestamp() + interval '1 hour' from generate_series(1, 4)`,
    );
    const accepted = (await room.rows()).map((row) => dispatcher.accept(row));
    for (let n = 0; n < 4; n += 1) {
      await until(() => gates.length > n);
      gates[n]?.open();
    }
    await Promise.all(accepted);
    expect(most).toBe(1);
    expect(await room.rows()).toMatchObject(Array(4).fill({ outcome: 'done', attempts: 1 }));
  });

  it('and still waits for its place when the process stops is given back', async () => {
    const gate = new Gate();
    const dispatcher = room.running([handler('a', (_, { signal }) => gate.pass(signal).then(() => DONE))], {
      concurrency: 1,
    });
    await room.dataSource.query(
      `insert into job (kind, lane, payload, relays, relayed_until)
       select 'a', 'a', '1', 1, clock_timestamp() + interval '1 hour' from generate_series(1, 3)`,
    );
    const accepted = (await room.rows()).map((row) => dispatcher.accept(row));
    await until(() => gate.waiting === 1);
    await dispatcher.stop(0);
    await Promise.all(accepted);
    const given = { outcome: null, relayed_until: null, locked_until: null, failures: 0 };
    expect(await room.rows()).toMatchObject([given, given, given]);
  });
});

describe('a stop', () => {
  it('waits for what is under way', async () => {
    const gate = new Gate();
    const dispatcher = room.running([handler('a', () => gate.pass().then(() => DONE))]);
    await room.stage({ kind: 'a', payload: 1 });
    await until(() => gate.waiting === 1);
    const stopped = dispatcher.stop();
    gate.open();
    await stopped;
    expect(await room.row()).toMatchObject({ outcome: 'done', attempts: 1 });
  });

  it('cuts short what takes too long, and gives it back: it runs at once elsewhere, and has not failed', async () => {
    const gate = new Gate();
    const dispatcher = room.running([handler('a', (_, { signal }) => gate.pass(signal).then(() => DONE))]);
    await room.stage({ kind: 'a', payload: 1 }, { kind: 'a', payload: 2 });
    await until(() => gate.waiting === 2);
    await dispatcher.stop(20);
    const given = { outcome: null, locked_until: null, failures: 0, attempts: 1 };
    expect(await room.rows()).toMatchObject([given, given]);
    const other = room.dispatcher([handler('a', () => DONE)]);
    expect(await other.runOnce()).toEqual({ done: 2 });
  });

  it('takes nothing more', async () => {
    let ran = 0;
    const dispatcher = room.running([handler('a', () => ((ran += 1), DONE))], { pollMilliseconds: 10 });
    await dispatcher.stop();
    await room.stage({ kind: 'a', payload: 1 });
    expect(await room.dispatcher([handler('a', () => DONE)]).runOnce()).toEqual({ done: 1 });
    expect(ran).toBe(0);
  });
});

describe('what is done', () => {
  it('goes after a while; what is dead stays', async () => {
    await room.dataSource.query(
      `insert into job (kind, lane, payload, outcome, finished_at)
       select 'a', 'a', '1'::jsonb, case when n % 2 = 0 then 'done' else 'dead' end, clock_timestamp() - n * interval '1 hour'
       from generate_series(1, 50) n
       union all
       select 'a', 'a', '1'::jsonb, 'done', clock_timestamp() - interval '25 hours' from generate_series(1, 5000) n`,
    );
    room.running([handler('a', () => DONE)], { keepDoneHours: 24, pollMilliseconds: 10 });
    // 11 have been done for less than a day, 25 are dead.
    await until(async () => (await room.rows()).length === 36);
  });
});
