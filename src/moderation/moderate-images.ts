import type { Actor, Command, CoreEvent, Refusal, Verdict } from '../core/command.js';
import { decide } from '../core/decide.js';
import { type ImageState, visibilityOf } from '../core/image-state.js';
import { applyVotes, reasonsGiven, type Tally, type VoteChange, withoutNetworks } from '../core/tally.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { spendSevereBudget, withdrawVotes } from '../database/statements/cast-votes.js';
import { loadDecisionToUndo, markDecisionUndone, nextDecisionIds } from '../database/statements/decisions.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { locateReports } from './ballots.js';
import { type ChangedVote, countVotes } from './count-votes.js';
import { findVote } from './find-vote.js';
import type {
  DecideImage,
  ImageCommand,
  Outcome,
  PublishImage,
  ReportImage,
  UndoImageDecision,
  WithdrawReport,
} from './image-command.js';
import { type LoadedImage, loadStates, withCase } from './load-states.js';
import { type LocatedImages, locateImages } from './locate-images.js';
import { mayCross, recount, windowStart } from './recount.js';
import { saveStates } from './save-states.js';
import { severeBudgets } from './severe-budget.js';
import { withdrawLeftBehind } from './withdraw-left-behind.js';

/** A decision to be stored with what it took away and added. */
export interface TakenDecision {
  readonly command: DecideImage;
  readonly decisionId: string;
  readonly caseId: string | null;
  readonly round: number;
  readonly delta: NonNullable<Extract<Verdict, { ok: true }>['delta']>;
}

/** An image on its way through the neck. */
export interface WorkingImage {
  readonly loaded: LoadedImage;
  state: ImageState;
  /** Counted votes of the whole round, as kept on the image. */
  tally: Tally;
  readonly events: (CoreEvent & { readonly decisionId: string | null })[];
  readonly decisions: TakenDecision[];
}

/** What one transaction did. `changes` must be applied to the block index once it has committed. */
export interface Moderated {
  readonly outcomes: readonly Outcome[];
  readonly changes: readonly VisibilityChange[];
}

/**
 * The neck: everything that changes an image's state passes here, many commands at once. A handful of statements
 * whatever their number. Lock order: images by id, cases, the severe budget, new images by key, the log
 * (ARCHITECTURE.md). Reports on an image count together, before the other commands on it.
 *
 * @param tx an indexed transaction
 * @param at the time instead of the database's clock, the rules' too: for a day that is made up (demonstration)
 */
export async function moderateImages(
  tx: Tx,
  commands: readonly ImageCommand[],
  at: Date | null = null,
): Promise<Moderated> {
  const located = await locateImages(tx, commands, at);
  const { imageIds, made, accounts, rules } = located;
  const reports = locateReports(commands, imageIds, located.rows);
  const [images, counted] = await Promise.all([
    loadStates(tx, located),
    countVotes(tx, reports, (id) => made.has(id), accounts, located),
  ]);
  const working = new Map<string, WorkingImage>();
  for (const [id, image] of images) {
    working.set(id, { loaded: image, state: image.state, tally: image.row.tally, events: [], decisions: [] });
  }
  const found = commands.map((command, index) => ({ command, image: working.get(imageIds[index] ?? '') }));

  await takeVotes(tx, counted.changes, working, rules);
  const deciding = commands.filter(({ type }) => type === 'decide').length;
  const decisionIds = deciding > 0 ? await nextDecisionIds(tx, deciding) : [];
  const results: Taken[] = [];
  for (const { command, image } of found) {
    if (image === undefined)
      results.push({ outcome: await takeAbsence(tx, command, located), decisionId: null });
    else if (command.type === 'report') results.push({ outcome: null, decisionId: null });
    else if (command.type === 'decide')
      results.push(takeDecision(decisionIds.shift()?.id ?? '', command, image));
    else results.push(await takeCommand(tx, command, image));
  }
  const changes = await saveStates(tx, [...working.values()], { at, caseIds: located.caseIds });
  const outcomes = found.map(({ command, image }, index): Outcome => {
    const result = results[index];
    if (image === undefined || result?.outcome) return result?.outcome ?? refused('unknown-image', null);
    return {
      ok: true,
      imageId: image.loaded.row.id,
      round: image.loaded.row.round,
      visibility: visibilityOf(image.state),
      case: image.state.case,
      recorded: command.type === 'report' ? counted.recorded.has(command) : (result?.recorded ?? false),
      voter: command.type === 'report' ? (counted.voters.get(command) ?? command.reporter.hash) : null,
      decisionId: result?.decisionId ?? null,
    };
  });
  return { outcomes, changes };
}

/** What a command gets that found no image, or one that has become part of another. */
async function takeAbsence(tx: Tx, command: ImageCommand, { merged }: LocatedImages): Promise<Outcome> {
  const left = 'imageId' in command.target ? merged.get(command.target.imageId) : undefined;
  if (left === undefined) return refused('unknown-image', null);
  const isLeftBehind = command.type === 'withdraw' && command.round !== left.round;
  return isLeftBehind ? withdrawLeftBehind(tx, command, left) : refused('merged', null);
}

const refused = (
  refusal: Extract<Outcome, { ok: false }>['refusal'],
  image: WorkingImage | null,
): Outcome => ({
  ok: false,
  refusal,
  imageId: image?.loaded.row.id ?? null,
  case: image?.state.case ?? null,
});

/** Lets the rules look once at each image of which votes changed. */
async function takeVotes(
  tx: Tx,
  changes: readonly ChangedVote[],
  working: ReadonlyMap<string, WorkingImage>,
  rules: ReadonlyMap<string, VersionedRule>,
): Promise<void> {
  const byImage = new Map<WorkingImage, ChangedVote[]>();
  for (const change of changes) {
    const image = working.get(change.imageId);
    if (image === undefined) continue;
    const votes = byImage.get(image);
    if (votes === undefined) byImage.set(image, [change]);
    else votes.push(change);
  }
  for (const [image, votes] of byImage) image.tally = applyVotes(image.tally, votes);
  const close = [...byImage.keys()].filter((image) => mayCross(image.loaded, image.tally));
  const recounted = await recount(
    tx,
    close.map(({ loaded }) => loaded),
  );
  const budgets = await severeBudgets(tx, changes, rules);
  const spent: ChangedVote[] = [];
  for (const [image, votes] of byImage) {
    const after = recounted.get(image.loaded.row.id);
    // What was said before the window neither blocks nor opens a case. A moderator sees it once there is one.
    const counting = votes.filter((vote) => isCounted(vote) && vote.castAt > windowStart(image.loaded));
    const before =
      after === undefined
        ? image.loaded.row.tally
        : applyVotes(withoutNetworks(after), counting.map(inverse));
    const verdict = apply(image, { ...image.state, tally: before }, READER, {
      type: 'cast-votes',
      votes: counting.map((vote) => ({ mayBlockAlone: budgets.mayBlockAlone(vote), ...vote })),
      uncounted: votes
        .filter(isUncounted)
        .map(({ leftOut, severeUncounted: severe }) => ({ ...leftOut, severe })),
      withNetworks: after ?? null,
      linked: votes.some(({ leftOut }) => leftOut.to === 'linked'),
      siteSevereBudget: budgets.leftFor(image.loaded.row.siteId),
    });
    const alone = verdict.ok && verdict.severeSpentBy !== null ? counting[verdict.severeSpentBy] : undefined;
    if (alone !== undefined) {
      budgets.spend(alone);
      spent.push(alone);
    }
  }
  if (spent.length > 0) spendSevereBudget(tx, spent);
}

const isCounted = ({ from, to }: ChangedVote): boolean => from !== null || to !== null;
const isUncounted = ({ leftOut, severeUncounted }: ChangedVote): boolean =>
  leftOut.from !== leftOut.to || severeUncounted;
const READER: Actor = { kind: 'reader', id: null };
const inverse = ({ from, to }: VoteChange): VoteChange => ({ from: to, to: from });

/** Lets the rules judge, and keeps what they say. */
function apply(
  image: WorkingImage,
  state: ImageState,
  actor: Actor,
  command: Command,
  decisionId: string | null = null,
): Verdict {
  const verdict = decide(state, command, actor, image.loaded.rule, image.loaded.now);
  if (verdict.ok) {
    image.state = verdict.next;
    image.events.push(...verdict.events.map((event) => ({ decisionId, ...event })));
    if (verdict.next.round !== state.round) image.tally = verdict.next.tally;
  }
  return verdict;
}

type Taken = { outcome: Outcome | null; decisionId: string | null; recorded?: boolean };
const DONE: Taken = { outcome: null, decisionId: null };

const taken = (image: WorkingImage, verdict: Verdict): Taken =>
  verdict.ok ? DONE : { outcome: refused(verdict.refusal satisfies Refusal, image), decisionId: null };

function takeCommand(
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

function takeDecision(decisionId: string, command: DecideImage, image: WorkingImage): Taken {
  const before = image.state;
  const actor: Actor = { kind: 'staff', id: command.staffId };
  const verdict = apply(image, before, actor, { ...command, type: 'decide', decisionId }, decisionId);
  if (!verdict.ok || verdict.delta === null) return taken(image, verdict);
  const caseId = verdict.delta.caseStatus === null ? null : (before.case?.id ?? null);
  image.decisions.push({ command, decisionId, caseId, round: before.round, delta: verdict.delta });
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
  const withNetworks = (await recount(tx, [image.loaded])).get(id) ?? state.tally;
  const actor: Actor = { kind: 'staff', id: command.staffId };
  const verdict = apply(
    image,
    { ...state, tally: withoutNetworks(withNetworks) },
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
      withNetworks,
      given: reasonsGiven(image.tally),
    },
    decision.id,
  );
  if (!verdict.ok) return taken(image, verdict);
  markDecisionUndone(tx, siteId, decision.id, command.staffId);
  return { outcome: null, decisionId: decision.id };
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
  if (command.type === 'protect' && command.note !== null) note(image, 'protection.set', command.note);
  return { ...taken(image, verdict), recorded: verdict.ok && verdict.events.length > 0 };
}

/** A person's words belong to the event that they explain. */
function note(image: WorkingImage, type: CoreEvent['type'], text: string): void {
  const at = image.events.findLastIndex((event) => event.type === type);
  const event = image.events[at];
  if (event !== undefined) image.events[at] = { ...event, data: { ...event.data, note: text } };
}
