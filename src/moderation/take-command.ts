import type { Actor, Command } from '../core/command.js';
import type { Refusal, Verdict } from '../core/verdict.js';
import { RULE } from '../core/commands/apply-rule.js';
import { tallyOf } from '../core/hear-votes.js';
import { applyVotes, reporters } from '../core/tally.js';
import { MOST_PER_HOUR } from '../core/views.js';
import { withdrawVotes } from '../database/statements/votes/cast-votes.js';
import { loadDecisionToUndo, markDecisionUndone } from '../database/statements/cases/decisions.js';
import { findEndedSources } from '../database/statements/content/find-content.js';
import type { Tx } from '../database/tx.js';
import { SITE } from './absorb-image.js';
import { openBreakers } from './breakers.js';
import { findVote } from './find-vote.js';
import type {
  AppealImage,
  DecideImage,
  ImageCommand,
  LookAgainAtImage,
  MatchImage,
  Outcome,
  OverdueImage,
  PublishImage,
  ReleaseImage,
  ReportImage,
  TellImageViews,
  UndoImageDecision,
  WithdrawReport,
} from './image-command.js';
import { isUrgent } from './is-severe.js';
import { takeBackVerdicts } from './judge-reporters.js';
import { withCase } from './load-states.js';
import { mayCross, recount } from './recount.js';
import { hasTimeLeft } from './stage-overdue.js';
import { apply, note, READER, type WorkingImage } from './working-image.js';

/** What a command on an image came to: `outcome` where that is settled, null where it follows from the image's state. */
export interface Taken {
  readonly outcome: Outcome | null;
  readonly decisionId: string | null;
  readonly recorded?: boolean;
}

/** The outcome of a command that the rules refuse. */
export const refused = (
  refusal: Extract<Outcome, { ok: false }>['refusal'],
  image: WorkingImage | null,
): Outcome => ({
  ok: false,
  refusal,
  imageId: image?.loaded.row.id ?? null,
  case: image?.state.case ?? null,
});

const DONE: Taken = { outcome: null, decisionId: null };

const taken = (image: WorkingImage, verdict: Verdict): Taken =>
  verdict.ok ? DONE : { outcome: refused(verdict.refusal satisfies Refusal, image), decisionId: null };

/** One command on one image, after the reports of its batch. Decisions, which bring an id, are `takeDecision`'s. */
export function takeCommand(
  tx: Tx,
  command: Exclude<ImageCommand, ReportImage | DecideImage>,
  image: WorkingImage,
): Promise<Taken> {
  switch (command.type) {
    case 'withdraw':
      return takeWithdrawal(tx, command, image);
    case 'undo':
      return takeUndo(tx, command, image);
    case 'publisher-block':
    case 'publisher-unblock':
    case 'protect':
    case 'unprotect':
      return Promise.resolve(takePublication(command, image));
    case 'appeal':
    case 'withdraw-appeal':
      return takeAppeal(tx, command, image);
    case 'tell-views':
      return Promise.resolve(takeViews(command, image));
    case 'match':
    case 'release':
      return Promise.resolve(takeMatch(command, image));
    case 'overdue':
      return takeOverdue(tx, command, image);
    case 'look-again':
      return takeLook(tx, command, image);
  }
}

async function takeWithdrawal(tx: Tx, command: WithdrawReport, image: WorkingImage): Promise<Taken> {
  const { siteId, id, round } = image.loaded.row;
  const vote = await findVote(tx, {
    siteId,
    imageId: id,
    round: command.round,
    reporter: command.reporter,
  });
  if (vote === undefined) return { outcome: refused('unknown-vote', image), decisionId: null };
  if (vote.withdrawnAt !== null) return DONE;
  withdrawVotes(tx, [vote]);
  const change = { from: vote.leftOut === null ? vote.reasons : null, to: null };
  // The votes of an ended round count nowhere any more.
  if (command.round === round) image.tally = applyVotes(image.tally, [change]);
  const verdict = apply(image, image.state, READER, {
    type: 'withdraw-vote',
    vote: change,
    leftOut: vote.leftOut,
    round: command.round,
    castAt: vote.at.getTime(),
  });
  return taken(image, verdict);
}

/** A moderator's decision, under the id that it will be stored with. */
export function takeDecision(decisionId: string, command: DecideImage, image: WorkingImage): Taken {
  const before = image.state;
  const actor: Actor = { kind: 'staff', id: command.staffId };
  const verdict = apply(image, before, actor, { ...command, type: 'decide', decisionId }, decisionId);
  if (!verdict.ok || verdict.delta === null) return taken(image, verdict);
  const caseId = verdict.delta.caseStatus === null ? null : (before.case?.id ?? null);
  image.decisions.push({
    command,
    decisionId,
    caseId,
    firstRound: caseId === null ? before.round : (before.case?.round ?? before.round),
    round: before.round,
    content: before.content,
    delta: verdict.delta,
  });
  return { outcome: null, decisionId };
}

async function takeUndo(tx: Tx, command: UndoImageDecision, image: WorkingImage): Promise<Taken> {
  const { siteId, id } = image.loaded.row;
  const [decision] = await loadDecisionToUndo(tx, siteId, command.decisionId);
  if (decision === undefined || decision.imageId !== id) {
    return { outcome: refused('unknown-decision', image), decisionId: null };
  }
  if (decision.undoneAt !== null) return { outcome: null, decisionId: decision.id };
  const { state } = await withCase(tx, image.loaded, decision.caseId);
  // The rule looks again after an undo, so it must see the votes that count now.
  const heard = (await recount(tx, [image.loaded], decision.id)).get(id) ?? null;
  const actor: Actor = { kind: 'staff', id: command.staffId };
  const sources = decision.delta.removed.flatMap(({ source, ref }) => (source === 'match' ? ref : []));
  const endedSources = sources.length === 0 ? [] : await findEndedSources(tx, siteId, sources);
  const breakers = await openBreakers(tx, [image], { exactly: false });
  const verdict = apply(
    image,
    { ...state, tally: heard === null ? state.tally : tallyOf(heard.votes) },
    actor,
    {
      type: 'undo-decision',
      decisionId: decision.id,
      action: decision.action,
      delta: decision.delta,
      decidedBy: decision.staffId,
      staffId: command.staffId,
      lead: command.lead,
      latest: decision.latest,
      newerCase: decision.newerCase,
      contentVersion: decision.content,
      endedSources,
      heard,
      breaker: breakers.roomFor(image),
      spokenSince: decision.spokenSince,
      spoken: reporters(image.tally),
      severe: await isUrgent(tx, image.loaded),
    },
    decision.id,
  );
  if (!verdict.ok) return taken(image, verdict);
  breakers.looked(image, state);
  markDecisionUndone(tx, siteId, decision.id, command.staffId);
  await takeBackVerdicts(tx, image, decision.id);
  return { outcome: null, decisionId: decision.id, recorded: true };
}

function takePublication(command: PublishImage, image: WorkingImage): Taken {
  const coreCommand: Command =
    command.type === 'publisher-block'
      ? {
          type: command.type,
          reason: command.reason ?? 'other',
          note: command.note,
          ...(command.since === undefined ? {} : { since: command.since.getTime() }),
        }
      : { type: command.type };
  const verdict = apply(image, image.state, command.actor, coreCommand);
  const isNew = verdict.ok && verdict.events.length > 0;
  if (isNew && command.type === 'protect' && command.note !== null)
    note(image, 'protection.set', command.note);
  return { ...taken(image, verdict), recorded: isNew };
}

/**
 * Nobody has reviewed in time what a rule did: the rules alone say whether that is still so, and what follows. What came back
 * with an undo has its time anew: whoever asks when the first was over comes too early.
 */
async function takeOverdue(
  tx: Tx,
  { type, cause, since, mayLift }: OverdueImage,
  image: WorkingImage,
): Promise<Taken> {
  if (await hasTimeLeft(tx, image, cause, since.getTime())) return { ...DONE, recorded: false };
  const verdict = apply(image, image.state, RULE, { type, cause, since: since.getTime(), mayLift });
  return { ...taken(image, verdict), recorded: verdict.ok && verdict.events.length > 0 };
}

/** What was said while a closed case was nobody's is heard when it is open again: votes that are left out are in no tally. */
async function takeAppeal(tx: Tx, { type, note: text }: AppealImage, image: WorkingImage): Promise<Taken> {
  const command: Command = type === 'appeal' ? { type, severe: await isUrgent(tx, image.loaded) } : { type };
  const verdict = apply(image, image.state, SITE, command);
  const isNew = verdict.ok && verdict.events.length > 0;
  if (isNew && type === 'appeal' && text !== null) note(image, 'image.appealed', text);
  return { ...taken(image, verdict), recorded: isNew };
}

/** The views of several addresses of one image, which were told together, are views of it all. */
function takeViews({ type, perHour }: TellImageViews, image: WorkingImage): Taken {
  const { views } = image.state;
  const told = views === null || views === image.loaded.state.views ? 0 : views.perHour;
  const all = Math.min(MOST_PER_HOUR, told + perHour);
  return taken(image, apply(image, image.state, SITE, { type, perHour: all }));
}

/** A block that follows a person's elsewhere comes or goes: the rules alone say whether it may. */
function takeMatch(command: MatchImage | ReleaseImage, image: WorkingImage): Taken {
  const { source } = command;
  image.lookedAfter.add(source);
  const verdict = apply(
    image,
    image.state,
    RULE,
    command.type === 'match'
      ? { type: 'match-block', source, reason: command.reason }
      : { type: 'match-release', source },
  );
  return { ...taken(image, verdict), recorded: verdict.ok && verdict.events.length > 0 };
}

/** The rule hears the votes that count now, as at a crossing. */
async function takeLook(tx: Tx, { ruleVersion }: LookAgainAtImage, image: WorkingImage): Promise<Taken> {
  const { loaded, state } = image;
  const recounted = mayCross(loaded, image.tally) ? await recount(tx, [loaded]) : null;
  const heard = recounted?.get(loaded.row.id) ?? null;
  const tally = heard === null ? state.tally : tallyOf(heard.votes);
  const verdict = apply(image, { ...state, tally }, RULE, { type: 'look-again', ruleVersion, heard });
  return { ...taken(image, verdict), recorded: verdict.ok && verdict.events.length > 0 };
}
