import type { Decide, Delta } from '../command.js';
import type { EventType, Refusal, Verdict } from '../verdict.js';
import {
  awaitsDecision,
  type Block,
  type CaseState,
  type ImageState,
  isAppealed,
  withoutAppeal,
} from '../image-state.js';
import { NONE_LEFT_OUT } from '../left-out.js';
import { settle, turn, unchanged } from '../settle.js';
import { EMPTY_TALLY } from '../tally.js';

/** A person decides: a human outranks the rule (docs/rules.md, rule 10). */
export function decideCase(state: ImageState, command: Decide, now: number): Verdict {
  const refusal = refusalOf(state, command);
  if (refusal !== null) return { ok: false, refusal };
  const decided = awaitsDecision(state.case) ? state.case : null;
  if (decided === null && alreadySo(state, command)) return unchanged(state);
  const outcome = OUTCOMES[command.action](state, command, now);
  const next = decided === null ? outcome : { ...outcome, case: caseAfter(decided, command) };
  const delta: Delta = {
    removed: state.blocks.filter((block) => !next.blocks.includes(block)),
    added: next.blocks.filter((block) => !state.blocks.includes(block)),
    keptAt: state.keptAt,
    caseStatus: decided?.status ?? null,
    ...(decided === null ? {} : { held: decided.held }),
    ...(decided !== null && isAppealed(decided) && command.action !== 'escalate' ? { appealed: true } : {}),
  };
  const settled = settle(state, {
    next,
    drafts: [
      {
        type: decided === null ? 'decision.made' : EVENTS[command.action],
        data: { action: command.action, policy: command.policy ?? undefined, round: state.round },
      },
    ],
    actor: { kind: 'staff', id: command.staffId },
    now,
  });
  return { ...settled, delta, severeSpentBy: null };
}

const EVENTS: Record<Decide['action'], EventType> = {
  block: 'case.resolved',
  keep: 'case.resolved',
  escalate: 'case.escalated',
};

/** A person has looked again: that ends an appeal. The leads still have to. */
const caseAfter = (decided: CaseState, { action }: Decide): CaseState =>
  action === 'escalate'
    ? turn(decided, { status: 'escalated', held: false })
    : turn(withoutAppeal(decided), { status: 'closed', outcome: action, held: false });

const OUTCOMES: Record<Decide['action'], (state: ImageState, command: Decide, now: number) => ImageState> = {
  block: (state, command, now) => ({
    ...state,
    blocks: [...state.blocks.filter(({ source }) => source === 'publisher'), moderatorBlock(command, now)],
  }),
  // Ends the round; its number never comes back, and its votes never count again.
  keep: (state, _command, now) => ({
    ...state,
    blocks: state.blocks.filter(({ source }) => source === 'publisher'),
    round: state.round + 1,
    tally: EMPTY_TALLY,
    leftOut: NONE_LEFT_OUT,
    keptAt: now,
  }),
  escalate: (state) => state,
};

const moderatorBlock = (command: Decide, now: number): Block => ({
  source: 'moderator',
  ref: command.decisionId,
  reason: command.policy ?? 'other',
  note: null,
  since: now,
  ruleVersion: null,
  evidence: null,
});

/** Staff may say of an image what already holds, when no case waits for the answer; then there is nothing to escalate. */
function alreadySo(state: ImageState, command: Decide): boolean {
  const own = state.blocks.filter(({ source }) => source !== 'publisher');
  switch (command.action) {
    case 'block':
      return own.length === 1 && own[0]?.source === 'moderator' && own[0].reason === command.policy;
    case 'keep':
      return own.length === 0;
    case 'escalate':
      return true;
  }
}

/** Two moderators can not both win (invariant 8): version and lease token fence the case. */
function refusalOf({ case: moderationCase, content }: ImageState, command: Decide): Refusal | null {
  const { seen, contentVersion } = command;
  // Whoever looked at other bytes decided on another picture. Bytes that nobody had looked at are no others.
  const isStale = contentVersion !== null && content !== null && contentVersion !== content;
  if (!awaitsDecision(moderationCase))
    return seen !== null ? 'case-closed' : isStale ? 'content-changed' : null;
  const { status, id, version, severe, lease } = moderationCase;
  if (seen !== null && id !== seen.caseId) return 'case-closed';
  // Before any question of rank: whoever lost a race is told what happened meanwhile.
  if (seen !== null && version !== seen.version) return 'case-changed';
  if (isStale) return 'content-changed';
  if (status === 'escalated' && !command.lead) return 'needs-lead';
  if (command.bulk && severe) return 'severe-in-bulk';
  if (command.action === 'escalate' && status === 'escalated') return 'case-escalated';
  if (seen === null) return null;
  // A token must be the case's own, even a run-out one: whoever took the case since holds another. And it must be this
  // person's: a page that was opened by one and asks by the cookie of another decides for neither.
  if (seen.leaseToken !== null) {
    const isOwn = lease?.token === seen.leaseToken && lease.holder === command.staffId;
    return isOwn ? null : 'case-leased';
  }
  return lease !== null && lease.live && lease.holder !== command.staffId ? 'case-leased' : null;
}
