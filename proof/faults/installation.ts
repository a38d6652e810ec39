import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '../../src/database/migrate.js';
import { DataDir } from '../../test/setup/data-dir.js';
import { freePort } from '../../test/setup/free-port.js';
import { type Exit, SECRET, ServiceProcess } from '../../test/setup/process.js';
import { Proxy } from '../../test/setup/proxy.js';
import { TestRedis } from '../../test/setup/redis.js';
import type { Seeded } from '../../test/setup/seeded.js';
import { until } from '../../test/setup/until.js';
import { OwnPostgres } from './own-postgres.js';
import { PictureHost } from './picture-host.js';
import type { Fault } from './plan.js';
import { makeSites, type Site } from './sites.js';

/** Milliseconds in which everything is well again after whatever happened; beyond it nobody waits. */
const WELL_WITHIN = 90_000;

/** The processes of the service: one of the API does background work, too, so that there is some when the worker is gone. */
const SEATS = [
  { name: 'api-1', role: 'api' },
  { name: 'api-2', role: 'all' },
  { name: 'worker', role: 'worker' },
] as const;

/** A place where a process of the service runs; whenever it ended, another one is started, as a service manager does. */
class Seat {
  service: ServiceProcess | null = null;
  /** What all that sat here have logged. */
  log = '';
  private closing = false;
  private expected: 'killed' | 'ended' | null = null;
  private work: Promise<void>;

  constructor(
    readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
    /** Hears sentences. */
    private readonly wrong: (sentence: string) => void,
  ) {
    this.work = this.keep();
  }

  get ready(): boolean {
    return this.isReady;
  }
  private isReady = false;

  /** SIGKILL, or SIGTERM; a process that is just starting is hit, too. */
  end(how: 'killed' | 'ended'): void {
    const { service } = this;
    if (service === null || service.over) return;
    // Told to end a second time it would leave at once, which is no gentle end.
    if (this.expected !== null && how === 'ended') return;
    this.expected = how;
    this.isReady = false;
    service.kill(how === 'killed' ? 'SIGKILL' : 'SIGTERM');
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.service?.kill(signal);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.service?.kill('SIGCONT');
    this.service?.kill('SIGTERM');
    await this.work;
  }

  private async keep(): Promise<void> {
    while (!this.closing) {
      const service = await ServiceProcess.spawn(this.env);
      this.service = service;
      const wasReady = await this.untilReady(service);
      const exit = await service.exited;
      this.isReady = false;
      this.log += service.out + service.err;
      this.judge(exit, wasReady, service);
      this.expected = null;
      // What can not start is tried again in a moment.
      if (!wasReady) await pause(100);
    }
  }

  private async untilReady(service: ServiceProcess): Promise<boolean> {
    try {
      await service.ready();
      this.isReady = this.expected === null;
      return true;
    } catch {
      if (!service.over) service.kill('SIGKILL');
      return false;
    }
  }

  private judge({ code, signal }: Exit, wasReady: boolean, { err }: ServiceProcess): void {
    if (this.closing || this.expected === 'killed') return;
    const how = signal ?? `code ${code}`;
    const last = err.slice(-1_000);
    if (this.expected === 'ended') {
      if (wasReady && code !== 0)
        this.wrong(`${this.name} was to end gently, and ended with ${how}: ${last}`);
    } else if (wasReady) this.wrong(`${this.name} ended by itself with ${how}: ${last}`);
  }
}

/** Everything that runs: Postgres, Redis, the service's processes, and proxies on the ways between them. */
export class Installation {
  private readonly hits = new Map<Fault['target'], Promise<void>>();

  private constructor(
    readonly postgres: OwnPostgres,
    private readonly redis: TestRedis,
    private readonly ways: {
      readonly postgres: Proxy;
      readonly redis: Proxy;
      readonly api: readonly Proxy[];
    },
    readonly seats: readonly Seat[],
    readonly sites: readonly [Site, Site],
    private readonly pictures: readonly PictureHost[],
    /** Of all processes. */
    private readonly data: DataDir,
    private readonly seeded: Seeded,
  ) {}

  /**
   * @param seeded for the draws of faults that have some
   * @param wrong hears what no process may do, in sentences
   */
  static async start(seeded: Seeded, wrong: (sentence: string) => void): Promise<Installation> {
    const ending: (() => Promise<unknown>)[] = [];
    try {
      const postgres = await OwnPostgres.start();
      ending.push(() => postgres.close());
      await migrate(postgres.url);
      const pictures = [await PictureHost.open(0), await PictureHost.open(1)] as const;
      ending.push(() => Promise.all(pictures.map((host) => host.close())));
      const data = new DataDir();
      ending.push(() => Promise.resolve(data.remove()));
      const sites = await makeSites(postgres.url, [pictures[0].url, pictures[1].url]);
      const redis = await TestRedis.start();
      ending.push(() => redis.close());
      const toPostgres = await Proxy.before(postgres.url);
      ending.push(() => toPostgres.close());
      const toRedis = await Proxy.before(redis.url);
      ending.push(() => toRedis.close());
      const env = {
        DATABASE_URL: toPostgres.url,
        REDIS_URL: toRedis.url,
        VIGIE_SECRET: SECRET,
        OUTBOUND_ALLOW: '127.0.0.0/8',
        TRUST_PROXY: '1',
        FETCH_IMAGES: 'on',
        DATA_DIR: data.folder,
        LOG_LEVEL: 'info',
      };
      const seats: Seat[] = [];
      ending.push(() => Promise.all(seats.map((seat) => seat.close())));
      const ports: number[] = [];
      for (const { name, role } of SEATS) {
        // Its port stays the same from one process to the next.
        const port = await portApartFrom(ports);
        ports.push(port);
        seats.push(new Seat(name, { ...env, ROLE: role, PORT: String(port) }, wrong));
      }
      const api = await Promise.all(
        ports.slice(0, 2).map((port) => Proxy.before(`http://127.0.0.1:${port}`)),
      );
      const ways = { postgres: toPostgres, redis: toRedis, api };
      const installation = new Installation(postgres, redis, ways, seats, sites, pictures, data, seeded);
      await installation.well();
      return installation;
    } catch (error) {
      for (const end of ending.reverse()) await end();
      throw error;
    }
  }

  /** Of the proxies before the API's processes. */
  get apiPorts(): number[] {
    return this.ways.api.map(({ port }) => port);
  }

  /** Does the damage, to each target one after the other; resolves when it is over as far as it is ours. */
  suffer(fault: Fault): Promise<void> {
    const before = this.hits.get(fault.target) ?? Promise.resolve();
    const hit = before.then(() => this.hit(fault));
    this.hits.set(fault.target, hit);
    return hit;
  }

  private async hit({ target, kind, lasts }: Fault): Promise<void> {
    switch (target) {
      case 'api-1':
      case 'api-2':
      case 'worker':
        return this.hitSeat(target, kind, lasts);
      case 'postgres':
        return this.hitPostgres(kind, lasts);
      case 'redis':
        return this.hitRedis(kind, lasts);
      case 'way to postgres':
        return this.hitWay([this.ways.postgres], kind, lasts);
      case 'way to redis':
        return this.hitWay([this.ways.redis], kind, lasts);
      case 'way to api':
        return this.hitWay(this.ways.api, kind, lasts);
    }
  }

  /** Waits until every process says that it is ready. */
  async well(): Promise<void> {
    await until(
      () => this.seats.every(({ ready }) => ready),
      () =>
        this.seats
          .filter(({ ready }) => !ready)
          .map(({ name, service }) => `${name} to be ready; it said: ${service?.err.slice(-1_000)}`)
          .join('; '),
      WELL_WITHIN,
    );
  }

  /** Where copies of pictures are. */
  get snapshots(): string {
    return path.join(this.data.folder, 'snapshots');
  }

  /** All that the processes have logged. */
  get logs(): { readonly name: string; readonly text: string }[] {
    return this.seats.map(({ name, log, service }) => ({
      name,
      text: `${log}${service?.out ?? ''}${service?.err ?? ''}`,
    }));
  }

  async close(): Promise<void> {
    for (const way of [this.ways.postgres, this.ways.redis, ...this.ways.api]) way.heal();
    await Promise.all(this.seats.map((seat) => seat.close()));
    for (const way of [this.ways.postgres, this.ways.redis, ...this.ways.api]) await way.close();
    await this.redis.close();
    await this.postgres.close();
    for (const host of this.pictures) await host.close();
    this.data.remove();
  }

  private async hitSeat(name: string, kind: Fault['kind'], lasts: number): Promise<void> {
    const seat = this.seats.find((one) => one.name === name);
    if (seat === undefined) throw new Error(`no process ${name}`);
    if (kind === 'killed' || kind === 'ended') return seat.end(kind);
    seat.signal('SIGSTOP');
    await pause(lasts);
    seat.signal('SIGCONT');
  }

  private async hitPostgres(kind: Fault['kind'], lasts: number): Promise<void> {
    switch (kind) {
      case 'killed':
        return this.postgres.end('SIGKILL');
      case 'abandoned':
        return this.postgres.end('SIGQUIT');
      case 'ended':
        return this.postgres.end('SIGINT');
      case 'crashed':
        return this.postgres.crash(this.seeded);
      default:
        await this.postgres.stop();
        await pause(lasts);
        return this.postgres.goOn();
    }
  }

  private async hitRedis(kind: Fault['kind'], lasts: number): Promise<void> {
    if (kind === 'stopped') {
      this.redis.freeze();
      await pause(lasts);
      return this.redis.thaw();
    }
    await this.redis.down(kind === 'killed' ? 'SIGKILL' : 'SIGTERM');
    await pause(lasts);
    await this.redis.up();
  }

  private async hitWay(ways: readonly Proxy[], kind: Fault['kind'], lasts: number): Promise<void> {
    const side = this.seeded.below(2) === 0 ? 'client' : 'server';
    const delay = 20 + this.seeded.below(180);
    for (const way of ways) {
      if (kind === 'reset') way.reset();
      else if (kind === 'half-closed') way.halfClose(side);
      else if (kind === 'lost') way.lose();
      else if (kind === 'cut') way.cut();
      else if (kind === 'slowed') way.slow(delay);
      else way.silent();
    }
    await pause(lasts);
    for (const way of ways) way.heal();
  }
}

async function portApartFrom(taken: readonly number[]): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (!taken.includes(port)) return port;
  }
}
