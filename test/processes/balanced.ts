import { setTimeout as pause } from 'node:timers/promises';
import type { Asked, ProcessAnswer, ServiceProcess } from '../setup/process.js';

/** Milliseconds between two looks at whether a process is ready, as in config/haproxy.cfg; one failed look is enough there, too. */
const LOOK_EVERY = 1_000;
/** As often a request is sent again that found nobody, or was refused with 503. */
const RETRIES = 3;

/**
 * Asks some processes of the service in turn, as a balancer does: those that say that they are ready, and another one where
 * nobody answers or the answer is 503.
 */
export class Balanced implements Asked {
  /** Requests that nobody answered, each as a sentence. */
  readonly failed: string[] = [];
  /** How often another process was asked, since the first one was not there or stopped. */
  redispatched = 0;
  private readonly members = new Map<ServiceProcess, { ready: boolean }>();
  private next = 0;
  private ended = false;
  private readonly looking: Promise<void>;

  constructor(services: readonly ServiceProcess[]) {
    for (const service of services) this.add(service);
    this.looking = this.look();
  }

  add(service: ServiceProcess): void {
    this.members.set(service, { ready: true });
  }

  /** It is given nothing any more, once it is known to be gone. */
  remove(service: ServiceProcess): void {
    this.members.delete(service);
  }

  /** The next one in turn that is ready. */
  get one(): ServiceProcess {
    return this.beside(new Set());
  }

  /** The next one that is not among these, where there is one: of three tries in turn all may be one's who is gone. */
  private beside(asked: ReadonlySet<ServiceProcess>): ServiceProcess {
    const all = [...this.members];
    const ready = all.filter(([, { ready }]) => ready);
    const others = [ready, all].map((some) => some.filter(([service]) => !asked.has(service)));
    const some = [...others, ready, all].find(({ length }) => length > 0) ?? [];
    const [service] = some[this.next++ % some.length] ?? [];
    if (service === undefined) throw new Error('nobody to ask');
    return service;
  }

  async ask(...question: Parameters<ServiceProcess['ask']>): Promise<ProcessAnswer> {
    let last = '';
    const asked = new Set<ServiceProcess>();
    for (let times = 0; times <= RETRIES; times += 1) {
      const service = this.beside(asked);
      asked.add(service);
      try {
        const answer = await service.ask(...question);
        if (answer.status !== 503) return times === 0 ? answer : { ...answer, repeated: true };
        last = JSON.stringify(answer.body);
      } catch (error) {
        last = String(error);
      }
      this.redispatched += 1;
    }
    this.failed.push(`${question[0]} ${question[1]}: ${last}`);
    return { status: 503, body: {} };
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.ended) {
      await Promise.all(
        [...this.members].map(async ([service, member]) => {
          const answer = await service.ask('GET', '/health/ready').catch(() => null);
          member.ready = answer?.status === 200;
        }),
      );
      await pause(LOOK_EVERY);
    }
  }
}
