import type { Block } from '../image-state.js';
import type { DecisionFact } from './fact.js';

/** What became of a round of an image under one rule. Times in ms since 1970. */
export interface Outcome {
  readonly image: number;
  readonly round: number;
  /** When its first vote was cast. */
  readonly firstAt: number;
  /** When the rule blocked it first; null: it did not. */
  blockedAt: number | null;
  /** When the rule held it first. */
  heldAt: number | null;
  /** What people said of it in the end. */
  decided: DecisionFact['action'] | null;
}

export type OutcomeKind = 'blocked' | 'held' | 'none';

export const outcomeKind = (outcome: Outcome | undefined): OutcomeKind => {
  if (outcome === undefined) return 'none';
  return outcome.blockedAt !== null ? 'blocked' : outcome.heldAt !== null ? 'held' : 'none';
};

/** What became of all rounds under one rule, as far as anything did. */
export class Outcomes {
  /** By `roundKey`. */
  readonly byRound = new Map<string, Outcome>();
  /** By `roundKey`: when people blocked a round that the rule had not blocked. */
  readonly missed = new Map<string, number>();

  /** The outcome of a round, made where there is none yet. */
  ofRound(image: number, round: number, firstAt: number): Outcome {
    const key = roundKey(image, round);
    const known = this.byRound.get(key);
    if (known !== undefined) return known;
    const outcome: Outcome = { image, round, firstAt, blockedAt: null, heldAt: null, decided: null };
    this.byRound.set(key, outcome);
    return outcome;
  }

  /**
   * People decided. What is taken back later says nothing. A block that came back with an undone keep is of an older round, and
   * is what they looked at, too.
   *
   * @param standing the image's blocks when they did
   * @param reported whether anybody voted in the round
   */
  judge(
    { image, round, action, at, undone }: DecisionFact,
    standing: readonly Block[],
    reported: boolean,
  ): void {
    if (undone) return;
    const byRule = standing.filter(({ source }) => source === 'threshold').map(({ ref }) => Number(ref));
    const looked = [round, ...byRule].flatMap((one) => this.byRound.get(roundKey(image, one)) ?? []);
    for (const outcome of looked) outcome.decided = action;
    const wasBlocked = byRule.length > 0 || looked.some(({ blockedAt }) => blockedAt !== null);
    if (action === 'block' && reported && !wasBlocked) this.missed.set(roundKey(image, round), at);
  }
}

/** One round of one image. */
const roundKey = (image: number, round: number): string => `${image}/${round}`;
