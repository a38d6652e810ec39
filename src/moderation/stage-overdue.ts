import { hasLaterLook } from '../database/statements/content/later-look.js';
import type { Tx } from '../database/tx.js';
import { type NewJob, stage } from '../jobs/stage.js';
import type { WorkingImage } from './working-image.js';

/** Looks whether a rule's block, or a hold, has been reviewed in time. */
export const CASE_OVERDUE = 'case-overdue';

/** Which one, told by when it began. */
export interface OverdueJob {
  readonly site: string;
  readonly image: string;
  readonly cause: 'block' | 'hold';
  /** In ms since 1970. */
  readonly since: number;
  /** Of a block: whether the rule that was in force when it was set lifts what is overdue. */
  readonly mayLift: boolean;
}

const HOUR = 3_600_000;
/** A hold is overdue after so many hours (docs/rules.md, rule 4). */
const HOLD_HOURS = 1;

/**
 * In the transaction in which a rule blocks an image, or a case begins to be held: has somebody look when the time for its
 * review is over, by the rule in force now. A block that comes back, with an undo or with old bytes, has that time anew.
 */
export const stageOverdue = (tx: Tx, images: readonly WorkingImage[]): void =>
  stage(
    tx,
    images.flatMap((image) => [...dueBlock(image), ...dueHold(image)]),
  );

function dueBlock(image: WorkingImage): NewJob<OverdueJob>[] {
  const { loaded, state } = image;
  const block = state.blocks.find(({ source }) => source === 'threshold');
  const stood = loaded.state.blocks.some(
    ({ source, since }) => source === 'threshold' && since === block?.since,
  );
  if (block === undefined || stood) return [];
  const { reviewWithinHours, onOverdue } = loaded.rule.rule;
  // One that comes back under another rule than its own is not lifted: nobody said so when it was set (rule 16).
  const mayLift = onOverdue === 'unblock' && block.ruleVersion === loaded.rule.version;
  return [job(image, 'block', block.since, loaded.now + reviewWithinHours * HOUR, mayLift)];
}

function dueHold(image: WorkingImage): NewJob<OverdueJob>[] {
  const { loaded, state } = image;
  const hold = state.case?.held === true ? state.case.hold : null;
  const { case: before } = loaded.state;
  if (hold === null || (before?.held === true && before.hold?.since === hold.since)) return [];
  return [job(image, 'hold', hold.since, loaded.now + HOLD_HOURS * HOUR, false)];
}

/** Is a look at this block, or hold, yet to come? To be asked with the image's lock. */
export const hasTimeLeft = (
  tx: Tx,
  { loaded: { row } }: WorkingImage,
  cause: OverdueJob['cause'],
  since: number,
): Promise<boolean> => hasLaterLook(tx, CASE_OVERDUE, laneOf(row.siteId), { image: row.id, cause, since });

const laneOf = (siteId: string): string => `overdue ${siteId}`;

const job = (
  { loaded: { row } }: WorkingImage,
  cause: OverdueJob['cause'],
  since: number,
  due: number,
  mayLift: boolean,
): NewJob<OverdueJob> => ({
  kind: CASE_OVERDUE,
  lane: laneOf(row.siteId),
  payload: { site: row.siteId, image: row.id, cause, since, mayLift },
  runAt: new Date(due),
});
