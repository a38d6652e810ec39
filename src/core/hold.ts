import type { HoldFinding, SiteBaseline } from './hold-finding.js';
import { burst, cohort, type Found, newcomers, prolific, sameComment } from './hold-signals.js';
import type { ThresholdRule } from './threshold-rule.js';
import type { VoteFacts } from './vote-facts.js';

/**
 * Signals that a vote needs to be set aside. Each has an innocent reading: readers of a story that everybody reads are fast, a
 * shared link brings people who are new, friends were wrong together once, some report whatever they see.
 */
const AGREEING = 2;

/**
 * Which of these votes are set aside, and what was seen (docs/rules.md, rule 4). How the bounds were chosen, and what they can
 * not do, is in docs/adr/0024.
 */
export function lookForHolds(
  votes: readonly VoteFacts[],
  rule: ThresholdRule,
  baseline: SiteBaseline | null,
): { readonly setAside: ReadonlySet<VoteFacts>; readonly findings: readonly HoldFinding[] } {
  const ofCrowd = fired(burst(votes, rule, baseline), newcomers(votes, rule, baseline));
  const ofPeople = fired(
    sameComment(votes, rule.holdBounds),
    cohort(votes, rule.holdBounds),
    prolific(votes, rule.holdBounds),
  );
  const findings = [...ofCrowd, ...ofPeople].map(({ finding }) => finding);
  const doubtful = setAsideBy([...ofCrowd, ...ofPeople]);
  const alone = marksOf(ofPeople);
  const certain = doubtful.filter((vote) => alone.has(vote));
  if (certain.length === 0) return { setAside: new Set(doubtful), findings };
  // Whoever is marked by what they did themselves makes no crowd of those beside them: junk would take honest votes with it.
  const gone = new Set(certain);
  const rest = votes.filter((vote) => !gone.has(vote));
  const ofRest = fired(burst(rest, rule, baseline), newcomers(rest, rule, baseline));
  const still = new Set(setAsideBy([...ofRest, ...ofPeople]));
  return { setAside: new Set(doubtful.filter((vote) => gone.has(vote) || still.has(vote))), findings };
}

const fired = (...signals: readonly (Found | null)[]): readonly Found[] =>
  signals.filter((signal) => signal !== null);

/** How many of these signals mark each vote. */
function marksOf(signals: readonly Found[]): ReadonlyMap<VoteFacts, number> {
  const marks = new Map<VoteFacts, number>();
  for (const { marked } of signals) for (const vote of marked) marks.set(vote, (marks.get(vote) ?? 0) + 1);
  return marks;
}

const setAsideBy = (signals: readonly Found[]): readonly VoteFacts[] =>
  [...marksOf(signals)].filter(([, count]) => count >= AGREEING).map(([vote]) => vote);
