import { Problem } from '../api.js';

/** How long one waits before it is sent again, in milliseconds: longer each time. */
const WAITS = [1_000, 2_000, 5_000, 10_000] as const;

/** Whether the answer of another moment may be another: nobody answered, the session is over, too much at once. */
export const isPassing = ({ status }: Problem): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;

/** What is asked again and again, until it is answered. */
export class Retries {
  private readonly waiting = new Set<{ readonly at: number; readonly go: () => void }>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** @param tell called as it begins to wait, and as it is asked again @throws Problem what was refused for good */
  async untilAnswered<T>(ask: () => Promise<T>, tell: (state: 'waiting' | 'sending') => void): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof Problem && isPassing(error))) throw error;
        tell('waiting');
        // Until somebody has signed in again.
        const wait = error.status === 401 ? Infinity : (WAITS[tries] ?? 10_000);
        await this.passed(this.now() + Math.max(wait, (error.retryAfter ?? 0) * 1_000));
        tell('sending');
      }
    }
  }

  private passed(at: number): Promise<void> {
    return new Promise((resolve) => {
      const one = {
        at,
        go: () => {
          this.waiting.delete(one);
          resolve();
        },
      };
      this.waiting.add(one);
    });
  }

  /** Asks what is due. @param everything also what waits for its time */
  tick(everything: boolean): void {
    for (const { at, go } of [...this.waiting]) if (everything || at <= this.now()) go();
  }

  /** Asks nothing again. */
  end(): void {
    this.waiting.clear();
  }
}
