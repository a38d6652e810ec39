import type { Overdue } from '../command.js';
import type { Verdict } from '../verdict.js';
import { awaitsDecision, type Block, type CaseState, type ImageState, saidOfLifted } from '../image-state.js';
import { SEVERE_REASON } from '../reasons.js';
import { settle, unchanged } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { raiseInQueue, RULE } from './apply-rule.js';

/**
 * A rule's block, or a hold, that still awaits a decision when one was due (docs/rules.md, rule 13): told once. A block is
 * lifted where the rule under which it was set said so and the one in force still does, and the case stays open: from then on
 * only votes that are cast later block again. A block for the severe reason stays, whatever the rule says.
 */
export function overdue(state: ImageState, command: Overdue, rule: VersionedRule, now: number): Verdict {
  const { case: awaiting } = state;
  if (!awaitsDecision(awaiting) || awaiting.overdueFor === command.since) return unchanged(state);
  const told: CaseState = { ...awaiting, overdueFor: command.since };
  if (command.cause === 'hold') {
    const { hold } = awaiting;
    if (!awaiting.held || hold?.since !== command.since) return unchanged(state);
    return change(state, { ...state, case: told }, rule, now, { held: true, by: hold.by, since: hold.since });
  }
  const block = state.blocks.find(({ source, since }) => source === 'threshold' && since === command.since);
  if (block === undefined) return unchanged(state);
  const lifts = command.mayLift && rule.rule.onOverdue === 'unblock' && !isSevere(awaiting, block);
  const next: ImageState = lifts
    ? { ...state, blocks: state.blocks.filter((other) => other !== block), case: { ...told, liftedAt: now } }
    : { ...state, case: told };
  const lifted = saidOfLifted(state.blocks, next.blocks);
  return change(state, next, rule, now, { held: false, since: block.since, lifted });
}

const isSevere = (awaiting: CaseState, { reason }: Block): boolean =>
  awaiting.severe || reason === SEVERE_REASON;

function change(
  before: ImageState,
  next: ImageState,
  rule: VersionedRule,
  now: number,
  data: Readonly<Record<string, unknown>>,
): Verdict {
  const settled = settle(before, {
    next: raiseInQueue(next, rule, now),
    drafts: [{ type: 'case.overdue', ruleVersion: rule.version, data }],
    actor: RULE,
    now,
  });
  return { ...settled, delta: null, severeSpentBy: null };
}
