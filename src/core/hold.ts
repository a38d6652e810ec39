import type { VoteFacts } from './hear-votes.js';
import type { ThresholdRule } from './threshold-rule.js';

/** What makes votes look coordinated. None of them acts alone: a vote is set aside where two fire. */
export const HOLD_SIGNALS = ['burst', 'newcomers', 'same-comment', 'cohort'] as const;
export type HoldSignal = (typeof HOLD_SIGNALS)[number];

/** What is usual on a site, from the blocks that people upheld there. */
export interface SiteBaseline {
  /** Automatic blocks in an hour that were not reversed. */
  readonly blocksPerHour: number;
  /** From how many upheld blocks the next two are known. */
  readonly upheld: number;
  /** From the first to the K-th vote, in seconds: one upheld block in ten was faster. Null: too few were upheld. */
  readonly spanSeconds: number | null;
  /** The share of newcomers among their votes: nine in ten had no more. Null as above. */
  readonly newcomerShare: number | null;
}

/** A signal that fired, and on how many votes; `figures` are what it saw and what it was compared with. */
export interface HoldFinding {
  readonly signal: HoldSignal;
  readonly votes: number;
  readonly figures: Readonly<Record<string, number>>;
}

type Found = { readonly finding: HoldFinding; readonly marked: readonly VoteFacts[] };

/** Signals that a vote needs to be set aside. */
const AGREEING = 2;
/** Where too few blocks were upheld to know better: five honest readers of a story that everybody reads take some minutes. */
const USUAL_SPAN_SECONDS = 600;
/** A reporter is a newcomer for so many minutes. */
export const NEWCOMER_MINUTES = 60;

/** Which of these votes are set aside, and what was seen (docs/rules.md, rule 4). */
export function lookForHolds(
  votes: readonly VoteFacts[],
  rule: ThresholdRule,
  baseline: SiteBaseline | null,
): { readonly setAside: ReadonlySet<VoteFacts>; readonly findings: readonly HoldFinding[] } {
  const found = [
    burst(votes, rule, baseline),
    newcomers(votes, rule, baseline),
    sameComment(votes, rule),
    cohort(votes, rule),
  ].filter((signal) => signal !== null);
  const signals = new Map<VoteFacts, number>();
  for (const { marked } of found) {
    for (const vote of marked) signals.set(vote, (signals.get(vote) ?? 0) + 1);
  }
  return {
    setAside: new Set([...signals].filter(([, count]) => count >= AGREEING).map(([vote]) => vote)),
    findings: found.map(({ finding }) => finding),
  };
}

/** K votes came `holdBounds.burst` times faster than is usual where people upheld the block. */
function burst(
  votes: readonly VoteFacts[],
  { reporters: k, holdBounds }: ThresholdRule,
  baseline: SiteBaseline | null,
): Found | null {
  const usual = baseline?.spanSeconds ?? USUAL_SPAN_SECONDS;
  const within = (usual * 1_000) / holdBounds.burst;
  const inTime = [...votes].sort((a, b) => a.castAt - b.castAt);
  const marked = new Set<VoteFacts>();
  let fastest = Infinity;
  inTime.forEach(({ castAt }, last) => {
    const first = inTime[last - k + 1];
    if (first === undefined || castAt - first.castAt > within) return;
    fastest = Math.min(fastest, castAt - first.castAt);
    for (const vote of inTime.slice(last - k + 1, last + 1)) marked.add(vote);
  });
  return fired('burst', [...marked], { seconds: Math.round(fastest / 1_000), usualSeconds: usual });
}

/** The share of newcomers is above what is usual on this site by `holdBounds.newcomers`. */
function newcomers(
  votes: readonly VoteFacts[],
  { reporters: k, holdBounds }: ThresholdRule,
  baseline: SiteBaseline | null,
): Found | null {
  const usual = baseline?.newcomerShare ?? null;
  const known = votes.filter(({ ageMinutes }) => ageMinutes !== null);
  if (usual === null || known.length < k) return null;
  const marked = known.filter(({ ageMinutes }) => (ageMinutes ?? 0) < NEWCOMER_MINUTES);
  const share = marked.length / known.length;
  return share > usual + holdBounds.newcomers
    ? fired('newcomers', marked, { share, usualShare: usual })
    : null;
}

/** `holdBounds.sameComment` or more wrote the same words. */
function sameComment(votes: readonly VoteFacts[], { holdBounds }: ThresholdRule): Found | null {
  const writers = new Map<string, Set<VoteFacts>>();
  for (const vote of votes) {
    for (const words of vote.comments.map(wordsOf)) {
      if (words.length >= LEAST_WORDS) writers.set(words, (writers.get(words) ?? new Set()).add(vote));
    }
  }
  const groups = [...writers.values()].filter(({ size }) => size >= holdBounds.sameComment);
  return fired('same-comment', [...new Set(groups.flatMap((group) => [...group]))], { texts: groups.length });
}

/** Shorter ones ("fake", "shame on you") are written alike by people who never met. In letters and digits. */
const LEAST_WORDS = 15;

/** What of a comment is compared with others; null: it is too short. */
export const comparableWords = (comment: string): string | null => {
  const words = wordsOf(comment);
  return words.length >= LEAST_WORDS ? words : null;
};

/** Letters and digits alone, so that a full stop or a capital makes no other comment. */
const wordsOf = (comment: string): string =>
  comment
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** `holdBounds.cohort` or more were dismissed by one and the same earlier decision. */
function cohort(votes: readonly VoteFacts[], { holdBounds }: ThresholdRule): Found | null {
  const dismissed = new Map<string, VoteFacts[]>();
  for (const vote of votes) {
    for (const { decision, valid } of vote.verdicts) {
      if (!valid) dismissed.set(decision, [...(dismissed.get(decision) ?? []), vote]);
    }
  }
  const groups = [...dismissed.values()].filter(({ length }) => length >= holdBounds.cohort);
  return fired('cohort', [...new Set(groups.flat())], { decisions: groups.length });
}

const fired = (
  signal: HoldSignal,
  marked: readonly VoteFacts[],
  figures: Readonly<Record<string, number>>,
): Found | null =>
  marked.length === 0 ? null : { finding: { signal, votes: marked.length, figures }, marked };
