import type { Block, CaseState, ImageState } from '../core/image-state.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import {
  type BlockRow,
  type CaseRow,
  loadBlocks,
  loadCase,
  loadCases,
  lockCases,
} from '../database/statements/load-image-details.js';
import { loadRules } from '../database/statements/load-rules.js';
import { type ImageRow, lockImages } from '../database/statements/lock-images.js';
import { RetryTransaction } from '../database/postgres-errors.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand } from './image-command.js';

/** An image as it stands, locked: its row, what the rules need to know of it, and its site's rule. */
export interface LoadedImage {
  readonly row: ImageRow;
  readonly state: ImageState;
  readonly rule: VersionedRule;
  /** The database's time after all locks, in ms. */
  readonly now: number;
}

/** An image to be locked and read. */
export interface WantedImage {
  readonly siteId: string;
  readonly imageId: string;
  readonly byKey: boolean;
  readonly deciding: boolean;
}

/** The images of the commands, each once. */
export function wantedImages(
  commands: readonly ImageCommand[],
  imageIds: readonly (string | null)[],
): readonly WantedImage[] {
  const wanted = new Map<string, WantedImage>();
  commands.forEach(({ type, siteId, target }, index) => {
    const imageId = imageIds[index];
    if (imageId === null || imageId === undefined) return;
    const before = wanted.get(imageId);
    const byKey = 'keys' in target || before?.byKey === true;
    const deciding = type === 'decide' || type === 'undo' || before?.deciding === true;
    wanted.set(imageId, { siteId, imageId, byKey, deciding });
  });
  return [...wanted.values()];
}

/** Images that are locked; those that have become part of others; and one time for all: every vote is cast at it. */
export interface LockedImages {
  readonly rows: readonly ImageRow[];
  readonly rules: ReadonlyMap<string, VersionedRule>;
  readonly merged: ReadonlySet<string>;
  readonly now: Date;
}

/**
 * Locks images in id order, and reads their rows, their sites' rules and the clock.
 *
 * @param wanted `byKey`: looked up by a key just now; `deciding`: a decision or an undo will touch its case
 * @param at the time instead of the database's
 * @throws RetryTransaction when an image that was looked up by a key was merged into another since
 */
export async function lockStates(
  tx: Tx,
  wanted: readonly WantedImage[],
  at: Date | null,
): Promise<LockedImages> {
  const locking = lockImages(
    tx,
    wanted.map(({ siteId }) => siteId),
    wanted.map(({ imageId }) => imageId),
  );
  const toDecide = wanted.filter(({ deciding }) => deciding);
  if (toDecide.length > 0) lockCases(tx, toDecide);
  // Sent behind the locks, and so read after them: what is read beside a lock that was waited for is older than it.
  const [locked, loadedRules] = await Promise.all([
    locking,
    loadRules(tx, [...new Set(wanted.map(({ siteId }) => siteId))]),
  ]);
  const byKey = new Set(wanted.filter((image) => image.byKey).map(({ imageId }) => imageId));
  if (locked.some(({ id, mergedInto, shadowed }) => shadowed || (mergedInto !== null && byKey.has(id)))) {
    throw new RetryTransaction('an image was merged into another');
  }
  const [clock] = loadedRules;
  return {
    rows: locked.filter(({ mergedInto }) => mergedInto === null),
    rules: new Map(loadedRules.map((rule) => [rule.siteId, rule])),
    merged: new Set(locked.filter(({ mergedInto }) => mergedInto !== null).map(({ id }) => id)),
    now: at ?? clock?.now ?? new Date(0),
  };
}

/** The states of locked images, by id. */
export async function loadStates(
  tx: Tx,
  { rows, rules, now }: LockedImages,
): Promise<Map<string, LoadedImage>> {
  const reviewed = rows.filter(({ reviewState }) => reviewState !== 'none');
  const blocked = rows.filter(({ blocked: isBlocked }) => isBlocked);
  const [cases, blocks] = await Promise.all([
    reviewed.length > 0 ? loadCases(tx, reviewed).then(groupByImage) : null,
    blocked.length > 0 ? loadBlocks(tx, blocked).then(groupByImage) : null,
  ]);
  const images = rows.map((row): [string, LoadedImage] => {
    const rule = rules.get(row.siteId);
    if (rule === undefined) throw new Error(`site ${row.siteId} has no threshold rule`);
    const state = stateOf(row, blocks?.get(row.id) ?? [], cases?.get(row.id) ?? []);
    return [row.id, { row, state, rule, now: now.getTime() }];
  });
  return new Map(images);
}

/** The case of a decision that is to be undone, in place of the one that the image's state names. */
export async function withCase(tx: Tx, image: LoadedImage, caseId: string | null): Promise<LoadedImage> {
  if (caseId === null) return image;
  const [row] = await loadCase(tx, [image.row], caseId);
  return row === undefined ? image : { ...image, state: { ...image.state, case: caseOf(row) } };
}

function stateOf(row: ImageRow, blocks: readonly BlockRow[], cases: readonly CaseRow[]): ImageState {
  const current =
    cases.find(({ status }) => status !== 'closed') ?? cases.find(({ round }) => round === row.round);
  return {
    blocks: blocks.map(blockOf),
    reviewState: row.reviewState,
    round: row.round,
    tally: row.tally,
    protected: row.protected,
    keptAt: row.keptAt?.getTime() ?? null,
    version: row.version,
    since: row.since?.getTime() ?? null,
    case: current === undefined ? null : caseOf(current),
  };
}

const blockOf = ({ source, ref, reason, note, since, ruleVersion, evidence }: BlockRow): Block => ({
  source,
  ref,
  reason,
  note,
  since: since.getTime(),
  ruleVersion,
  evidence,
});

const caseOf = (row: CaseRow): CaseState => ({
  id: row.id,
  round: row.round,
  status: row.status,
  held: row.held,
  severe: row.severe,
  flags: row.flags,
  priority: row.priority,
  version: row.version,
  outcome: row.outcome,
  lease:
    row.leaseHolder === null || row.leaseToken === null
      ? null
      : { holder: row.leaseHolder, token: row.leaseToken, live: row.leaseLive },
});

function groupByImage<Row extends { imageId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.imageId);
    if (group === undefined) groups.set(row.imageId, [row]);
    else group.push(row);
  }
  return groups;
}
