import type { Asked } from './asked.js';
import { Differences } from './differences.js';
import type { Model } from './rules/state.js';

/**
 * What an answer says of an image or a case is true at some moment after the request took effect: where others are under
 * way, perhaps only after one of them.
 */
export type View = (model: Model, differences: Differences) => void;

/** One request in the light of the model: what must be so in the answer, and what was reached by it. */
export class Step {
  readonly differences = new Differences();
  readonly views: View[] = [];
  readonly reached: string[] = [];

  /** How many ways there are to take it, as far as it was taken. */
  ways = 1;

  /** @param besides what was under way at the same time @param way which of its ways it takes, from 0 */
  constructor(
    readonly model: Model,
    readonly besides: readonly Asked[] = [],
    private readonly way = 0,
  ) {}

  /** What may go either way beside other requests. */
  oneOf<T>(first: T, ...others: readonly T[]): T {
    const all = [first, ...others];
    const chosen = all[Math.floor(this.way / this.ways) % all.length] ?? first;
    this.ways *= all.length;
    return chosen;
  }

  same(what: string, service: unknown, model: unknown): void {
    this.differences.same(what, service, model);
  }

  /** Once a problem is expected, nothing else in the answer is looked at. */
  problem(answer: { status: number; body: unknown }, status: number, type: string): void {
    this.same('status', answer.status, status);
    this.same('type of problem', (answer.body as { type?: unknown }).type, `/problems/${type}`);
  }

  view(view: View): void {
    this.views.push(view);
  }

  reach(what: string): void {
    this.reached.push(what);
  }
}
