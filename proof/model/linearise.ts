import type { Answer, Asked } from './asked.js';
import { keyOf } from './rules/key.js';
import { copyOf, type Model } from './rules/state.js';
import { take } from './rules/take.js';
import { Differences } from './differences.js';
import { Step, type View } from './step.js';

/** A request with its answer. */
export interface Exchange {
  readonly asked: Asked;
  readonly answer: Answer;
}

export interface Explained {
  /** States in which the model may be by now; none: no order explains the answers. */
  readonly models: Model[];
  /** Of the first of them. */
  readonly reached: readonly string[];
  /** Of the order that came furthest, where none explains all. */
  readonly differences: readonly string[];
}

/** A view that was not true yet, and whose it is. */
interface Open {
  readonly of: string;
  readonly view: View;
}

/** More states than these need not be told apart: what is observed next leaves one, or few. */
const MOST_STATES = 64;

/**
 * Looks for orders in which the model, asked one after the other, gives these answers: requests that were under way at the
 * same time may have taken effect in any. What an answer says of a state may be true after a later one only, since those
 * that arrive together may be committed together.
 */
export function explain(models: readonly Model[], exchanges: readonly Exchange[]): Explained {
  const found = new Map<string, { model: Model; reached: readonly string[] }>();
  let furthest = -1;
  let differences: readonly string[] = [];

  const visited = new Set<string>();
  const search = (
    model: Model,
    left: readonly Exchange[],
    open: readonly Open[],
    reached: readonly string[],
  ): void => {
    if (found.size >= MOST_STATES) return;
    const depth = exchanges.length - left.length;
    const still = open.filter(({ view }) => said(view, model).length > 0);
    if (left.length === 0) {
      if (still.length === 0) {
        const key = keyOf(model);
        if (!found.has(key)) found.set(key, { model, reached });
        return;
      }
      if (depth > furthest) {
        furthest = depth;
        differences = still.flatMap(({ view }) => said(view, model));
      }
      return;
    }
    if (depth > 0 && left.length > 1) {
      const place = [left.map((one) => exchanges.indexOf(one)), still.map(({ of }) => of), keyOf(model)].join(
        ' ',
      );
      if (visited.has(place)) return;
      visited.add(place);
    }
    for (const next of left) {
      const others = left.filter((one) => one !== next);
      const besides = exchanges.filter((one) => one !== next).map(({ asked }) => asked);
      for (let way = 0, ways = 1; way < ways; way += 1) {
        const step = new Step(copyOf(model), besides, way);
        take(step, next.asked, next.answer);
        ways = Math.max(ways, step.ways);
        if (step.differences.found.length > 0) {
          if (depth > furthest) {
            furthest = depth;
            differences = step.differences.found;
          }
          continue;
        }
        const views = step.views.map((view, n) => ({ of: `${exchanges.indexOf(next)}.${n}`, view }));
        search(step.model, others, [...still, ...views], [...reached, ...step.reached]);
      }
    }
  };
  for (const model of models) search({ ...model, moment: model.moment + 1 }, exchanges, [], []);
  const all = [...found.values()];
  return {
    models: all.map(({ model }) => model),
    reached: all[0]?.reached ?? [],
    differences: all.length > 0 ? [] : differences,
  };
}

function said(view: View, model: Model): string[] {
  const differences = new Differences();
  view(model, differences);
  return differences.found;
}
