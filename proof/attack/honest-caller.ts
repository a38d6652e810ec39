import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Target } from './target.js';

/** Milliseconds between requests. */
const EVERY = 50;

/** Milliseconds after which whoever asks gives up. */
const PATIENCE = 5_000;

/** How honest callers fared. */
export interface Fared {
  readonly asked: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Asks for a state and reports, each time over a new connection, as readers come, until it is told to stop. */
export class HonestCaller {
  private stopped = false;
  private readonly took: number[] = [];
  private failed = 0;
  private readonly asking: Promise<void>;

  constructor(private readonly target: Target) {
    this.asking = this.ask();
  }

  async stop(): Promise<Fared> {
    this.stopped = true;
    await this.asking;
    const sorted = this.took.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity);
    return { asked: this.took.length + this.failed, failed: this.failed, p50: at(0.5), p99: at(0.99) };
  }

  private async ask(): Promise<void> {
    const picture = `${this.target.origin}/demo/pictures/2.webp`;
    for (let n = 0; !this.stopped; n += 1) {
      const began = performance.now();
      const isReport = n % 10 === 0;
      const answered = await fetch(
        isReport
          ? `${this.target.origin}/v1/reports`
          : `${this.target.origin}/v1/images/state?url=${encodeURIComponent(picture)}`,
        {
          signal: AbortSignal.timeout(PATIENCE),
          headers: {
            connection: 'close',
            authorization: `Bearer ${this.target.keys.secretKey}`,
            'content-type': 'application/json',
          },
          ...(isReport ? { method: 'POST', body: reportOf(picture) } : {}),
        },
      ).then(
        async (answer) => (await answer.text()) !== '' && answer.ok,
        () => false,
      );
      if (answered) this.took.push(performance.now() - began);
      else this.failed += 1;
      await pause(EVERY);
    }
  }
}

const reportOf = (url: string): string =>
  JSON.stringify({ image: { url }, reason: 'violence', reporter: { account: randomUUID() } });
