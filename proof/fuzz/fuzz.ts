import { Agent } from 'node:http';
import { readFileSync } from 'node:fs';
import { type ApiDocument, Contract } from '../../test/setup/contract.js';
import { runCommand } from '../../test/setup/process.js';
import { Seeded } from '../../test/setup/seeded.js';
import { Checks, promisedBy } from './checks.js';
import { type Drawn, Requests, withMutations } from './draw-request.js';
import { Harvest } from './harvest.js';
import { RAW_CASES, sendRaw, wrongRaw } from './raw-cases.js';
import { curlOf, type FuzzAnswer, type FuzzRequest } from './request.js';
import { SchemaValues } from './schema-values.js';
import { send } from './send.js';
import { TargetPool } from './target-pool.js';
import { Tally } from './tally.js';
import { World } from './world.js';

export interface Settings {
  readonly requests: number;
  readonly seed: number;
  /** At once. */
  readonly connections: number;
  /** Ends the run early, and in order. */
  readonly signal?: AbortSignal;
}

/** What went wrong, ready to be read. */
export interface Outcome {
  readonly failures: readonly string[];
  readonly sent: number;
  readonly table: readonly string[];
}

/** Requests after which the world is put right. */
const WORLD_LASTS = 400;

/** As many failures say what there is to say. */
const MOST_FAILURES = 20;

/** From so many requests on, every route must have done what was asked for at least once. */
const LONG_RUN = 20_000;

/** Megabytes that the service may hold in the end: it starts with some 150. */
const MOST_MEMORY = 700;

/** Who is cut off in the middle of a body that is too large may get no answer: it was on its way while the body was, too. */
const LARGE_BODY = 256 << 10;

/** Sends generated requests to a service of its own, and holds every answer against the contract. */
export class Fuzz {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly tally = new Tally();
  private readonly failures: string[] = [];
  private readonly known = new Map<string, number>();
  private readonly targets: TargetPool;
  private next = 0;
  private refreshing: Promise<void> | undefined;

  private constructor(
    private readonly world: World,
    private readonly contract: Contract,
    private readonly requests: Requests,
    private readonly checks: Checks,
    private readonly harvest: Harvest,
    private readonly settings: Settings,
    private readonly say: (line: string) => void,
  ) {
    this.targets = new TargetPool((caller) => this.world.targets(caller));
  }

  static async run(settings: Settings, say: (line: string) => void): Promise<Outcome> {
    const world = await World.open();
    try {
      const { port } = world.service;
      const agent = new Agent();
      const get = (url: string) => send({ route: '', method: 'GET', url, headers: {} }, port, agent);
      const document = JSON.parse((await get('/v1/openapi.json')).text) as ApiDocument;
      const contract = new Contract(document);
      const checks = new Checks(contract, promisedBy(await get('/health/live')));
      const harvest = new Harvest();
      const requests = new Requests(contract, new SchemaValues(document), harvest, {
        person: (stage) => world.people.at(stage),
        pictures: world.pictures,
      });
      return await new Fuzz(world, contract, requests, checks, harvest, settings, say).all();
    } finally {
      await world.close();
    }
  }

  private async all(): Promise<Outcome> {
    const every = setInterval(
      () => this.say(`${this.next} of ${this.settings.requests}, ${this.failures.length} wrong`),
      10_000,
    );
    try {
      await this.raw();
      await Promise.all(Array.from({ length: this.settings.connections }, () => this.sendOneAfterAnother()));
    } finally {
      clearInterval(every);
      this.agent.destroy();
    }
    await this.afterwards();
    return { failures: this.failures, sent: this.next + RAW_CASES.length, table: this.tally.table() };
  }

  private async sendOneAfterAnother(): Promise<void> {
    const { requests, signal } = this.settings;
    while (this.next < requests && this.failures.length < MOST_FAILURES && signal?.aborted !== true) {
      const index = this.next;
      this.next += 1;
      if (index % WORLD_LASTS === WORLD_LASTS - 1)
        this.refreshing ??= this.world.refresh().finally(() => (this.refreshing = undefined));
      await this.refreshing;
      await this.one(index);
    }
  }

  private async one(index: number): Promise<void> {
    // Each has a seed of its own: which comes when does not change what it is.
    const random = new Seeded(this.settings.seed * 1_000_003 + index);
    const drawn = await this.requests.draw(
      random,
      (caller) => this.targets.of(caller),
      (caller, method) => this.world.headersOf(caller, method),
    );
    const request = withMutations(drawn.base, drawn.mutations);
    const { answer, wrong } = await this.ask(request);
    this.tally.count(request.route, answer?.status ?? 'none');
    if (answer !== undefined) this.harvest.note(request, answer);
    if (wrong.length === 0) return;
    const sign = `${request.route}: ${wrong.join('; ').replace(/[\d"].*/, '')}`;
    const seen = this.known.get(sign) ?? 0;
    this.known.set(sign, seen + 1);
    // The same again, of the same route, says no more.
    if (seen === 0) this.failures.push(await this.tell(index, drawn, wrong));
  }

  private async ask(request: FuzzRequest): Promise<{ answer?: FuzzAnswer; wrong: string[] }> {
    try {
      const answer = await send(request, this.world.service.port, this.agent);
      return { answer, wrong: this.checks.of(request, answer) };
    } catch (error) {
      if ((request.body?.length ?? 0) > LARGE_BODY && !this.world.service.over) return { wrong: [] };
      return { wrong: [error instanceof Error ? error.message : String(error)] };
    }
  }

  /** The failure, with as few of its mutations as still fail. */
  private async tell(index: number, drawn: Drawn, wrong: readonly string[]): Promise<string> {
    let mutations = drawn.mutations;
    let told = wrong;
    for (const one of drawn.mutations) {
      const fewer = mutations.filter((other) => other !== one);
      const again = await this.ask(withMutations(drawn.base, fewer));
      if (again.wrong.length === 0) continue;
      mutations = fewer;
      told = again.wrong;
    }
    const names = mutations.map(({ mutation }) => mutation.name).join(', ') || 'as it is';
    return [
      `request ${index} of seed ${this.settings.seed} (${drawn.base.route}, by ${drawn.caller}, ${names}):`,
      ...told.map((what) => `  ${what}`),
      `  ${curlOf(withMutations(drawn.base, mutations), this.world.service.port)}`,
    ].join('\n');
  }

  private async raw(): Promise<void> {
    for (const [name, bytes] of RAW_CASES) {
      const wrong = await sendRaw(bytes, this.world.service.port).then(wrongRaw, (error: Error) => [
        error.message,
      ]);
      if (wrong.length > 0) this.failures.push(`${name}, on a connection of its own: ${wrong.join('; ')}`);
    }
  }

  /** The service is alive, ready and no larger than it should be, its data right, its log without what nobody expected. */
  private async afterwards(): Promise<void> {
    const { service, env } = this.world;
    const fail = (what: string): void => void this.failures.push(`afterwards: ${what}`);
    if (service.over) fail('the process has ended');
    else {
      const ready = await service.ask('GET', '/health/ready');
      if (ready.status !== 200) fail(`/health/ready answers ${ready.status}`);
      const memory = residentMegabytes(service.pid);
      this.say(`The service holds ${memory} MB.`);
      if (memory > MOST_MEMORY) fail(`the service holds ${memory} MB`);
    }
    const unexpected = `${service.out}\n${service.err}`
      .split('\n')
      .filter((line) => /"level":"(?:error|fatal)"|unhandled|uncaught|Warning:/i.test(line));
    for (const line of unexpected.slice(0, 5)) fail(`the log says ${line.slice(0, 1_000)}`);
    const { ok } = await runCommand(env, 'reconcile').catch((error: Error) => ({ ok: error.message }));
    if (ok !== true) fail(`reconcile: ${String(ok)}`);
    if (this.next < LONG_RUN) return;
    const routes = this.contract.operations.map(({ method, route }) => `${method} ${route}`);
    for (const route of this.tally.neverDone(routes)) fail(`${route} never did what was asked for`);
  }
}

const residentMegabytes = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
