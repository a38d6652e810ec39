import { VigieError } from '../core/errors.js';

/** Lets a few work at once. Others wait in a line, and whom it has no place for is refused. */
export class Turns {
  private working = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longestLine: number,
  ) {}

  /** @throws VigieError UNAVAILABLE when as many wait as may; and what `work` throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.working < this.atOnce) this.working += 1;
    else await this.wait();
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place: somebody who comes at this moment can't get in between.
      const next = this.line.shift();
      if (next === undefined) this.working -= 1;
      else next();
    }
  }

  private wait(): Promise<void> {
    if (this.line.length >= this.longestLine) {
      throw new VigieError(
        'UNAVAILABLE',
        'Too many ask for this at once. Send the request again in a second.',
      );
    }
    return new Promise((resolve) => this.line.push(resolve));
  }
}
