import { type HeardVotes, hearVotes } from '../hear-votes.js';
import type { SiteBaseline } from '../hold-finding.js';
import type { LeftOut, LeftOutCause } from '../left-out.js';
import { type Tally, tallyKey } from '../tally.js';
import { windowStart } from '../threshold.js';
import type { ThresholdRule } from '../threshold-rule.js';
import type { VoteFacts } from '../vote-facts.js';
import type { Admission } from './admission.js';
import type { Past } from './past.js';
import { NONE, reasonsOfBits, REPORTER_KINDS } from './past-votes.js';
import { networkName } from './taken-places.js';

const HOUR = 3_600_000;

/** The votes of an image's round that count now under a rule, one by one as it hears them. */
export function hearRound(
  past: Past,
  admission: Admission,
  image: number,
  rule: ThresholdRule,
  baseline: SiteBaseline | null,
  now: number,
  awaitedFrom: (image: number) => number | null,
): HeardVotes {
  const since = windowStart(rule, now);
  const facts: VoteFacts[] = [];
  for (let index = past.latestIn(image); index !== NONE; index = past.beforeIn(index)) {
    if ((past.votes.at[index] ?? 0) <= since) break;
    if (past.votes.isWithdrawn[index] === 0 && admission.isCounted(index)) {
      const undecided = rule.hold ? undecidedBefore(past, index, now, awaitedFrom) : NOTHING;
      facts.push({ ...factsOf(past, index), undecided });
    }
  }
  return hearVotes(facts, rule, baseline, now);
}

/** The votes of the whole round that stand, whenever they were cast: those that count, and the others. */
export function standingVotes(
  past: Past,
  admission: Admission,
  image: number,
): { readonly tally: Tally; readonly leftOut: LeftOut } {
  const counts: Record<string, number> = {};
  const leftOut: Partial<Record<LeftOutCause, number>> = {};
  for (let index = past.latestIn(image); index !== NONE; index = past.beforeIn(index)) {
    if (past.votes.isWithdrawn[index] !== 0) continue;
    const cause = admission.causeOf(index);
    if (cause !== null) leftOut[cause] = (leftOut[cause] ?? 0) + 1;
    else {
      const key = tallyKey(reasonsOfBits(past.votes.reasons[index] ?? 0));
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return { tally: counts, leftOut };
}

/** Other images that the reporter of a vote voted on earlier, in the last seven days, and that nobody has decided on. */
function undecidedBefore(
  past: Past,
  index: number,
  now: number,
  awaitedFrom: (image: number) => number | null,
): readonly string[] {
  const { votes } = past;
  const found = new Set<string>();
  for (
    let other = votes.latestBy[votes.reporter[index] ?? NONE] ?? NONE;
    other !== NONE;
    other = votes.beforeBySame[other] ?? NONE
  ) {
    const at = votes.at[other] ?? 0;
    if (at <= now - SEVEN_DAYS) break;
    const image = votes.image[other] ?? NONE;
    if (at === now || image === votes.image[index] || votes.isWithdrawn[other] === 1) continue;
    if ((votes.round[other] ?? 0) >= (awaitedFrom(image) ?? Infinity)) found.add(String(image));
  }
  return [...found];
}

const SEVEN_DAYS = 7 * 24 * HOUR;
const NOTHING: readonly string[] = [];

function factsOf(past: Past, index: number): Omit<VoteFacts, 'undecided'> {
  const { kind, reasons, narrow, wide, at, ageMinutes, words, furtherWords, reporter } = past.votes;
  const own = narrow[index] ?? NONE;
  const age = ageMinutes[index] ?? NONE;
  const written = words[index] ?? 0;
  return {
    kind: REPORTER_KINDS[kind[index] ?? 0] ?? 'device',
    reasons: reasonsOfBits(reasons[index] ?? 0),
    networks: own === NONE ? null : { narrow: networkName(own), wide: networkName(wide[index] ?? NONE) },
    castAt: at[index] ?? 0,
    ageMinutes: age === NONE ? null : age,
    comments: written === 0 ? NO_COMMENTS : [written, ...(furtherWords.get(index) ?? [])].map(asComment),
    verdicts: past.verdictsOn(reporter[index] ?? NONE),
  };
}

const NO_COMMENTS: readonly string[] = [];

/** Stands for words that are long enough to be compared: the same for the same, and as long as any that are. */
const asComment = (words: number): string => `words${String(words).padStart(16, '0')}`;
