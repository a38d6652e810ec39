import type {
  Absorb,
  Actor,
  CastVote,
  CastVotes,
  Command,
  Decide,
  UndoDecision,
} from '../../src/core/command.js';
import type { Verdict } from '../../src/core/verdict.js';
import { decide } from '../../src/core/decide.js';
import {
  type Block,
  type CaseHold,
  type CaseState,
  type ImageState,
  NEW_IMAGE,
} from '../../src/core/image-state.js';
import type { Reason } from '../../src/core/reasons.js';
import { reasonSet, type Tally } from '../../src/core/tally.js';
import { changeRule, DEFAULT_THRESHOLD_RULE, type RuleChange } from '../../src/core/threshold-rule.js';

/** Examples for the tables of the rules: the defaults (K = 5), with what a case changes. */

export const SITE: Actor = { kind: 'site', id: null };
export const NOW = 1_000_000_000;
export const HOUR = 3_600_000;

export const aRule = (change: RuleChange = {}): { version: number; rule: typeof DEFAULT_THRESHOLD_RULE } => ({
  version: 7,
  rule: changeRule(DEFAULT_THRESHOLD_RULE, change),
});

export const anImage = (parts: Partial<ImageState> = {}): ImageState => ({
  ...NEW_IMAGE,
  reviewState: parts.case?.status ?? 'none',
  since: parts.blocks === undefined || parts.blocks.length === 0 ? null : NOW - HOUR,
  ...parts,
});

export const aBlock = (source: Block['source'], parts: Partial<Block> = {}): Block => ({
  source,
  ref: source === 'publisher' ? '' : '1',
  reason: 'violence',
  note: null,
  since: NOW - HOUR,
  ruleVersion: source === 'threshold' ? 7 : null,
  evidence:
    source === 'threshold'
      ? { crossedBy: 'total', needed: 5, reporters: 5, tally: { violence: 5 }, leftOut: {} }
      : null,
  ...parts,
});

export const aCase = (parts: Partial<CaseState> = {}): CaseState => ({
  id: 'case-1',
  round: 1,
  status: 'open',
  overdueFor: null,
  liftedAt: null,
  held: false,
  hold: null,
  severe: false,
  flags: [],
  priority: 0,
  openedAt: NOW,
  waitingSince: NOW,
  version: 1,
  outcome: null,
  lease: null,
  ...parts,
});

export const A_HOLD: CaseHold = {
  by: 'breaker',
  since: NOW - HOUR,
  needed: 5,
  reporters: 5,
  blocksInHour: 20,
  limit: 20,
};

/** New votes, one by one. */
export const votes = (count: number, ...reasons: readonly Reason[]): CastVote[] =>
  Array.from({ length: count }, () => ({ from: null, to: reasonSet(reasons), mayBlockAlone: false }));

export const cast = (
  cast: readonly CastVote[],
  siteSevereBudget = 0,
  parts: Partial<CastVotes> = {},
): CastVotes => ({
  type: 'cast-votes',
  votes: cast,
  uncounted: [],
  heard: null,
  breaker: null,
  linked: false,
  siteSevereBudget,
  ...parts,
});

/** A decision on case-1 as it stands in `aCase`. */
export const aDecision = (parts: Partial<Decide> = {}): Decide => ({
  type: 'decide',
  decisionId: 'dec-1',
  action: 'keep',
  policy: null,
  staffId: 'staff-1',
  lead: false,
  seen: { caseId: 'case-1', version: 1, leaseToken: null },
  bulk: false,
  contentVersion: null,
  ...parts,
});

/** Another image becomes part of one; `tally`: the votes of both. */
export const aMerge = (other: ImageState, tally: Tally = {}): Absorb => ({
  type: 'absorb',
  otherId: 'image-2',
  other,
  tally,
  heard: null,
  leftOut: {},
});

export const anUndo = (verdict: Accepted, of: Decide, parts: Partial<UndoDecision> = {}): UndoDecision => {
  if (verdict.delta === null) throw new Error('there was nothing to decide');
  return {
    type: 'undo-decision',
    decisionId: of.decisionId,
    action: of.action,
    delta: verdict.delta,
    decidedBy: of.staffId,
    staffId: of.staffId,
    lead: false,
    latest: true,
    newerCase: false,
    spokenSince: false,
    contentVersion: null,
    endedSources: [],
    heard: null,
    ...parts,
  };
};

export type Accepted = Extract<Verdict, { ok: true }>;

/** What the rules say, when they must not refuse. */
export function accepted(state: ImageState, command: Command, rule = aRule(), now = NOW): Accepted {
  const verdict = decide(state, command, SITE, rule, now);
  if (!verdict.ok) throw new Error(`refused: ${verdict.refusal}`);
  return verdict;
}

/** Why the rules refuse. */
export function refusal(state: ImageState, command: Command): string | null {
  const verdict = decide(state, command, SITE, aRule(), NOW);
  return verdict.ok ? null : verdict.refusal;
}

/** The class of the case in the queue: 1 at the threshold, 3 appealed, 10 held, 100 severe, or their sum. */
export const queueClass = (state: ImageState): number =>
  Math.floor((state.case?.priority ?? NaN) / 10_000_000);

/** The sources of the blocks that stand. */
export const sources = ({ blocks }: ImageState): string[] => blocks.map(({ source }) => source);
export const types = ({ events }: Accepted): string[] => events.map(({ type }) => type);
/** The sources of the blocks that gave way, as the log says it. */
export const liftedBy = ({ events }: Accepted): unknown[] =>
  events
    .flatMap(({ data }) => (data['lifted'] as { source: string }[] | undefined) ?? [])
    .map(({ source }) => source);
