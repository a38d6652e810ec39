import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Doorbell } from './listen.js';
import { WakeUp } from './wake-up.js';

/** What is looked at, and how often. */
export interface Watched {
  /** True: there is more, look again at once. What it throws is told once an outage, and tried again. */
  look(): Promise<boolean>;
  /** Of the doorbell. */
  readonly channel: string;
  /** Without a ring it is looked at so often, in ms. */
  readonly pollMilliseconds: number;
  /** Rings within this time, in ms, are answered by one look. */
  readonly breath: number;
  /** A sentence for the log when looking fails, and one for when it goes well again. */
  readonly fails: (reason: string) => string;
  readonly goesOn: string;
}

/** Looks at something in the database at every ring of a doorbell, and every so often without one, until it is stopped. */
export class Watch {
  private readonly wakeUp = new WakeUp();
  private running: Promise<void> | null = null;
  private failing = false;
  /** No look begins any more; a long one should end soon. */
  stopped = false;

  constructor(
    private readonly logger: Logger,
    private readonly watched: Watched,
  ) {}

  get isRunning(): boolean {
    return this.running !== null;
  }

  /** Looks from now on; the first time at once. */
  run(doorbell: Doorbell): void {
    if (this.running !== null || this.stopped) return;
    const off = doorbell.on(this.watched.channel, () => this.ring());
    this.running = this.loop().finally(off);
  }

  /** As the doorbell does, within this process. */
  ring(): void {
    this.wakeUp.ring();
  }

  /** Resolves when the last look is over: the database is not asked again. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp.ring();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { breath, pollMilliseconds } = this.watched;
    while (!this.stopped) {
      this.wakeUp.clear();
      if (await this.look()) continue;
      await pause(breath);
      if (!this.stopped) await this.wakeUp.rung(pollMilliseconds);
    }
  }

  private async look(): Promise<boolean> {
    try {
      const more = await this.watched.look();
      if (this.failing) this.logger.log(this.watched.goesOn);
      this.failing = false;
      return more;
    } catch (error) {
      // Once per outage: the next look comes in a moment, and an hour of them would bury everything else.
      if (!this.failing) {
        this.logger.warn(this.watched.fails(error instanceof Error ? error.message : String(error)));
      }
      this.failing = true;
      return false;
    }
  }
}
