import { visibilityOf } from '../core/image-state.js';
import { nextDecisionIds } from '../database/statements/cases/decisions.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { locateReports } from './ballots.js';
import { countVotes } from './count-votes.js';
import type { ImageCommand, Outcome } from './image-command.js';
import { seeVerdicts } from './judge-reporters.js';
import { loadStates } from './load-states.js';
import { type LocatedImages, locateImages } from './locate-images.js';
import { saveStates } from './save-states.js';
import { stageFetches } from './stage-fetches.js';
import { refused, type Taken, takeCommand, takeDecision } from './take-command.js';
import { takeVotes } from './take-votes.js';
import { withdrawLeftBehind } from './withdraw-left-behind.js';
import { type WorkingImage, workingOn } from './working-image.js';

/** What one transaction did. `changes` must be applied to the block index once it has committed. */
export interface Moderated {
  readonly outcomes: readonly Outcome[];
  readonly changes: readonly VisibilityChange[];
}

export interface ModerateOptions {
  /** The time instead of the database's clock, the rules' too: for a day that is made up (demonstration). */
  readonly at?: Date | null;
  /** Whether to have the bytes looked at of what is reported for the first time, or blocked. */
  readonly fetch?: boolean;
}

/** Commands that say something of reports, or take it back. */
const JUDGES: ReadonlySet<ImageCommand['type']> = new Set(['decide', 'undo']);

/**
 * The neck: everything that changes an image's state passes here, many commands at once. A handful of statements
 * whatever their number. Lock order: images by id, cases, verdicts, the severe budget, new images by key, the log
 * (ARCHITECTURE.md). Reports on an image count together, before the other commands on it.
 *
 * @param tx an indexed transaction
 */
export async function moderateImages(
  tx: Tx,
  commands: readonly ImageCommand[],
  { at = null, fetch = false }: ModerateOptions = {},
): Promise<Moderated> {
  const located = await locateImages(tx, commands, at);
  const { imageIds, made, rules } = located;
  const reports = locateReports(commands, imageIds, located.rows);
  const [images, counted] = await Promise.all([
    loadStates(tx, located),
    countVotes(tx, reports, (id) => made.has(id), located, located),
  ]);
  const working = new Map<string, WorkingImage>();
  for (const [id, image] of images) working.set(id, workingOn(image, located.shown.get(id)));
  const found = commands.map((command, index) => ({ command, image: working.get(imageIds[index] ?? '') }));

  await takeVotes(tx, counted.changes, working, rules);
  if (fetch && reports.length > 0) await stageFetches(tx, working, reports, counted.changes);
  if (commands.some(({ type }) => JUDGES.has(type))) await seeVerdicts(tx, [...working.values()]);
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
  const changes = await saveStates(tx, [...working.values()], { at, caseIds: located.caseIds, fetch });
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

/** What a command gets that found no image, two, or one that has become part of another. */
async function takeAbsence(
  tx: Tx,
  command: ImageCommand,
  { ambiguous, merged }: LocatedImages,
): Promise<Outcome> {
  if (ambiguous.has(command)) return refused('two-images', null);
  const left = 'imageId' in command.target ? merged.get(command.target.imageId) : undefined;
  if (left === undefined) return refused('unknown-image', null);
  const isLeftBehind = command.type === 'withdraw' && command.round !== left.round;
  return isLeftBehind ? withdrawLeftBehind(tx, command, left) : refused('merged', null);
}
