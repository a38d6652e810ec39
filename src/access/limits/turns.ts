import pLimit, { type LimitFunction } from 'p-limit';
import { VigieError } from '../../core/errors.js';

/** Lets a few work at once. Others wait in a line, and whom it has no place for is refused. */
export class Turns {
  private readonly line: LimitFunction;

  constructor(
    private readonly atOnce: number,
    private readonly longestLine: number,
  ) {
    this.line = pLimit(atOnce);
  }

  /** @throws VigieError UNAVAILABLE when as many wait as may; and what `work` throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const { activeCount, pendingCount } = this.line;
    if (activeCount + pendingCount >= this.atOnce + this.longestLine) {
      throw new VigieError(
        'UNAVAILABLE',
        'Too many ask for this at once. Send the request again in a second.',
      );
    }
    return this.line(work);
  }
}
