import type { Answer } from './asked.js';
import { at, type Differences } from './differences.js';
import { isMuted } from './rules/mutes.js';
import { imageNamed } from './rules/images.js';
import type { Model } from './rules/state.js';
import { weightOf } from './rules/weights.js';
import type { World } from './world.js';

/** Who reported in a case, as a lead is told. */
export interface SaidReaders {
  readonly caseRound: number;
  readonly answer: Answer;
  /** The case itself. */
  readonly of: Answer;
}

/** @param histories of images, as moderators see them */
export async function lookAtReaders(
  world: World,
  histories: ReadonlyMap<string, Answer>,
  process: number,
): Promise<Map<string, SaidReaders>> {
  const found = await Promise.all(
    [...histories].map(async ([name, { body }]) => {
      const cases = (body['cases'] ?? []) as { id: string; round: number }[];
      const [last] = [...cases].sort((a, b) => b.round - a.round);
      if (last === undefined) return [];
      const read = (path: string): Promise<Answer> =>
        world.send(`/v1/cases/${last.id}${path}`, world.tokenOf('lead'), undefined, process);
      const [of, answer] = await Promise.all([read(''), read('/reports?limit=100')]);
      return [[name, { caseRound: last.round, answer, of }] as const];
    }),
  );
  return new Map(found.flat());
}

/** Whether each vote counts, and if not why; what its reader's votes weigh today, and whether they are muted. */
export function compareReaders(
  differences: Differences,
  model: Model,
  name: string,
  { caseRound, answer }: SaidReaders,
): void {
  const items = (answer.body['items'] ?? []) as { readonly round: number }[];
  const rounds = new Set([caseRound, ...items.map(({ round }) => round)]);
  const votes = (imageNamed(model, name)?.votes ?? []).filter(({ round }) => rounds.has(round));
  const told = votes.map((vote) => ({
    who: vote.who,
    round: vote.round,
    reasons: [...vote.reasons].sort(),
    counted: vote.leftOut === null && !vote.withdrawn,
    leftOut: vote.leftOut,
    withdrawn: vote.withdrawn,
    weight: weightOf(model, vote) / 1000,
    muted: isMuted(model, vote.who),
  }));
  const said = items.map((item) => ({
    who: at(item, 'notes', 0, 'page', 'title'),
    round: item.round,
    reasons: [...(at(item, 'reasons') as string[])].sort(),
    counted: at(item, 'counted'),
    leftOut: at(item, 'leftOut'),
    withdrawn: at(item, 'withdrawn'),
    weight: at(item, 'weight'),
    muted: at(item, 'muted'),
  }));
  const inOrder = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).sort();
  const [theirs, ours] = [inOrder(said), inOrder(told)];
  const without = (all: readonly string[], those: readonly string[]): string[] =>
    all.filter((one) => !those.includes(one));
  differences.same(`readers of ${name}`, without(theirs, ours), without(ours, theirs));
}
