import type { VoteFacts } from '../../src/core/vote-facts.js';
import { NOW } from './examples.js';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The vote of an account that nothing is known of, unless it is said. */
export const aVote = (parts: Partial<VoteFacts> = {}): VoteFacts => ({
  kind: 'account',
  reasons: ['violence'],
  networks: null,
  castAt: NOW,
  ageMinutes: null,
  comments: [],
  verdicts: [],
  undecided: [],
  ...parts,
});

/** So many votes, each from what `parts` says of it. */
export const someVotes = (count: number, parts: (n: number) => Partial<VoteFacts>): VoteFacts[] =>
  Array.from({ length: count }, (_, n) => aVote(parts(n)));

export const dismissed = (...decisions: readonly string[]) =>
  decisions.map((decision) => ({ decision, valid: false, at: NOW - DAY }));
export const upheld = (...decisions: readonly string[]) =>
  decisions.map((decision) => ({ decision, valid: true, at: NOW - DAY }));
