import type { Actor, NewContent } from '../command.js';
import type { Verdict } from '../verdict.js';
import {
  awaitsDecision,
  type Block,
  type CaseFlag,
  type CaseState,
  type ImageState,
  isAppealed,
  isBlockedBy,
  withoutAppeal,
  withoutOutranked,
} from '../image-state.js';
import { NONE_LEFT_OUT } from '../left-out.js';
import { SEVERE_REASON } from '../reasons.js';
import { type Draft, settle, turn, unchanged } from '../settle.js';
import { EMPTY_TALLY } from '../tally.js';
import type { VersionedRule } from '../threshold-rule.js';
import { caseOpened, newCase, placeInQueue } from './apply-rule.js';

/** A second change within so many milliseconds looks like somebody who tries what gets through (docs/rules.md, rule 14). */
const RESTLESS = 30 * 24 * 60 * 60 * 1000;

/**
 * Other bytes are a new thing to judge: a new round, and what blocked the old ones goes with them, save the publisher's
 * own block, which is the image's. They stay blocked until a person looks where nobody announced them and a moderator had
 * blocked, or where it is the second change within a month. Bytes that are back are blocked again by what blocked them.
 * Whoever would have looked at the old bytes is asked to look at these.
 */
export function newContent(
  state: ImageState,
  command: NewContent,
  actor: Actor,
  rule: VersionedRule,
  now: number,
): Verdict {
  if (state.content === command.version) return unchanged(state);
  if (state.content === null) return unchanged({ ...state, content: command.version });
  const stays = staysBlocked(state, command, now);
  const blocks = withoutOutranked(blocksAfter(state, command, stays, now), state.protected);
  const fresh: ImageState = {
    ...state,
    blocks,
    round: state.round + 1,
    tally: EMPTY_TALLY,
    leftOut: NONE_LEFT_OUT,
    keptAt: command.returning?.keptAt ?? null,
    content: command.version,
    contentChangedAt: now,
  };
  const superseded = awaitsDecision(state.case)
    ? turn(withoutAppeal(state.case), { status: 'closed', outcome: 'superseded', held: false })
    : null;
  const flag: CaseFlag = command.returning === null ? 'bytes-replaced' : 'bytes-returned';
  const opens = needsALook(state, fresh, stays, command.returning?.judged === true);
  const next = opens
    ? placeInQueue({ ...fresh, case: caseOfNewBytes(fresh, state, flag, now) }, rule, now)
    : { ...fresh, case: null, reviewState: superseded === null ? state.reviewState : ('closed' as const) };
  const drafts: Draft[] = [
    {
      type: 'content.changed',
      data: { from: state.content, to: command.version, announced: command.announced, staysBlocked: stays },
    },
    ...(superseded === null
      ? []
      : [
          {
            type: 'case.resolved' as const,
            caseId: superseded.id,
            data: { action: 'superseded', round: superseded.round },
          },
        ]),
    ...(opens ? [caseOpened(next, rule)] : []),
  ];
  return {
    ...settle(state, { next, drafts, actor, now }),
    delta: null,
    severeSpentBy: null,
    ...(superseded === null ? {} : { superseded }),
  };
}

/** Whose blocks hold although the bytes are others: see `newContent`. Nothing severe is freed by a swap (rule 6). */
function staysBlocked(state: ImageState, { announced }: NewContent, now: number): boolean {
  if (!state.blocks.some(ofTheBytes)) return false;
  if (isSevere(state)) return true;
  if (isBlockedBy('moderator', state.blocks) && !announced) return true;
  return state.contentChangedAt !== null && now - state.contentChangedAt < RESTLESS;
}

/**
 * What blocks the bytes from now on. Where a person judged those that are back, the moderator's block of them is one of these
 * bytes again: it speaks of what is there now, not of what was there before (human-word.ts).
 */
function blocksAfter(
  state: ImageState,
  { returning }: NewContent,
  stays: boolean,
  now: number,
): readonly Block[] {
  const standing = stays ? state.blocks : state.blocks.filter((block) => !ofTheBytes(block));
  const back = (returning?.blocks ?? []).map((block) =>
    returning?.judged === true && block.source === 'moderator' ? { ...block, since: now } : block,
  );
  const isSame = (a: Block, b: Block): boolean =>
    a.source === b.source && (a.source === 'threshold' || a.ref === b.ref);
  const judgedAgain = (block: Block): Block =>
    back.find((other) => other.source === 'moderator' && isSame(block, other)) ?? block;
  return [
    ...standing.map(judgedAgain),
    ...back.filter((block) => !standing.some((other) => isSame(block, other))),
  ];
}

/** A publisher's block is the image's, whatever its bytes. */
const ofTheBytes = ({ source }: Block): boolean => source !== 'publisher';

/** Called severe, and a person has not looked yet, or has said so: no swap frees it (rule 6). */
const isSevere = ({ case: moderationCase, blocks }: ImageState): boolean =>
  (awaitsDecision(moderationCase) && moderationCase.severe) ||
  blocks.some((block) => ofTheBytes(block) && block.reason === SEVERE_REASON);

/**
 * Does a person have to look at the new bytes? Where the old ones were blocked or awaited a decision, and where a rule
 * blocks these (invariant 5). Not where a moderator has blocked these very bytes already.
 */
function needsALook(before: ImageState, after: ImageState, stays: boolean, judged: boolean): boolean {
  if (judged && isBlockedBy('moderator', after.blocks)) return isSevere(before);
  if (stays || after.blocks.some(ofTheBytes)) return true;
  return awaitsDecision(before.case) || before.blocks.some(ofTheBytes);
}

/**
 * Leads keep what was with them; the severe reason stays urgent until a person has looked; who waited for a look at the old
 * bytes has waited since then, or whoever swaps them again and again would never be looked at. An appeal goes on where the
 * new ones are blocked, too.
 */
function caseOfNewBytes(fresh: ImageState, before: ImageState, flag: CaseFlag, now: number): CaseState {
  const awaited = awaitsDecision(before.case) ? before.case : null;
  const appealed = awaited !== null && isAppealed(awaited) && fresh.blocks.some(ofTheBytes);
  return {
    ...newCase(fresh.round, now),
    status: awaited?.status ?? 'open',
    severe: isSevere(before),
    waitingSince: awaited?.waitingSince ?? now,
    flags: appealed ? [flag, 'appealed'] : [flag],
  };
}
