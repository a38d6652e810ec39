import type { BreakerRoom } from '../command.js';
import type { HeardVote, HeardVotes } from '../hear-votes.js';
import { type CaseHold, type CaseState, type ImageState, isBlockedBy } from '../image-state.js';
import { reasonsOf, reporters, type Tally } from '../tally.js';
import {
  type Crossing,
  crossing,
  factorNow,
  leastReporters,
  severeCrossing,
  severeReporters,
} from '../threshold.js';
import type { ThresholdRule, VersionedRule } from '../threshold-rule.js';
import { FULL_WEIGHT } from '../weights.js';

/** What the rule hears of an image besides its state. */
export interface Heard {
  /** The votes that count, one by one; null: nothing can cross, or they are uncapped and weigh 1. */
  readonly heard: HeardVotes | null;
  /** Null: the breaker does not ask. */
  readonly breaker?: BreakerRoom | null;
  /** A single severe vote may block, its budgets are left. */
  readonly alone?: boolean;
  /** Somebody newly gave the severe reason whose vote is not counted. */
  readonly severe?: boolean;
  /** What is new was recorded by another system before the window. */
  readonly old?: boolean | undefined;
  /** Whose counted votes stand in the whole round; left out: the state's tally is that of the whole round. */
  readonly spoken?: number | undefined;
}

/** What the rule says of an image: it is to be blocked, or to be held, where it would have been blocked but for that. */
export type Judgement =
  | { readonly verdict: 'block'; readonly crossing: Crossing; readonly setAside: number }
  | { readonly verdict: 'hold'; readonly hold: CaseHold };

/** May a rule block this image now? Protection, a standing rule's or moderator's block, and the site's switch say no. */
const mayBlock = (state: ImageState, rule: VersionedRule): boolean =>
  rule.rule.autoBlock &&
  !state.protected &&
  !isBlockedBy('threshold', state.blocks) &&
  !isBlockedBy('moderator', state.blocks);

/**
 * What the rule says of the image now; null: nothing. Votes that look coordinated are discounted: when the rest crosses, it
 * blocks (docs/rules.md, rule 4). The severe reason is never held; it blocks at two reporters on two wide networks, or alone
 * when `alone`, but never again on its own once these bytes were kept (rule 6).
 */
export function judgeVotes(
  state: ImageState,
  rule: VersionedRule,
  now: number,
  { heard, breaker = null, alone = false }: Heard,
): Judgement | null {
  if (!mayBlock(state, rule)) return null;
  const factor = factorNow(rule.rule, state.keptAt, now);
  if (heard === null && areTooFew(state.tally, rule.rule, factor)) return null;
  const { votes, findings } = heard ?? unheard(state.tally);
  const all = crossing(votes, rule.rule, factor);
  const rest = votes.filter(({ setAside }) => !setAside);
  const setAside = votes.length - rest.length;
  const trusted = setAside === 0 ? all : crossing(rest, rule.rule, factor);
  if (trusted !== null && (breaker === null || breaker.left > 0))
    return { verdict: 'block', crossing: trusted, setAside };
  const severe = state.keptAt === null ? severeCrossing(votes, rule.rule, alone ? 1 : 2) : null;
  if (severe !== null) return { verdict: 'block', crossing: severe, setAside: 0 };
  if (all === null) return null;
  const { needed, reporters } = all;
  const held = { since: heldSince(state.case) ?? now, needed, reporters, ruleVersion: rule.version };
  return trusted === null || breaker === null
    ? { verdict: 'hold', hold: { by: 'signals', ...held, setAside, findings } }
    : {
        verdict: 'hold',
        hold: { by: 'breaker', ...held, blocksInHour: breaker.blocksInHour, limit: breaker.limit },
      };
}

/** Since when the case is held, or would be but for the leads. One that begins again, after a protection, is another hold. */
const heldSince = (waiting: CaseState | null): number | null =>
  waiting?.held === true || waiting?.status === 'escalated' ? (waiting.hold?.since ?? null) : null;

/** Can these votes reach no K, whatever they weigh? So it is with nearly all reports, whose votes need not be looked at one by one. */
const areTooFew = (tally: Tally, rule: ThresholdRule, factor: number): boolean =>
  reporters(tally) < leastReporters(rule, factor) && severeReporters(tally) === 0;

/** Votes of which nothing but their reasons is known. */
const unheard = (tally: Tally): HeardVotes => ({
  votes: Object.entries(tally).flatMap(([key, count]) => {
    const vote: HeardVote = { reasons: reasonsOf(key), networks: null, weight: FULL_WEIGHT, setAside: false };
    return Array.from({ length: count }, () => vote);
  }),
  findings: [],
});
