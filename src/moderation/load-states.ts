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

/** The images by id; those that have become part of others; and one time for all: every vote is cast at it. */
export interface LoadedImages {
  readonly images: ReadonlyMap<string, LoadedImage>;
  readonly merged: ReadonlySet<string>;
  readonly now: Date;
}

/**
 * Locks images in id order and reads their states, in statements after the locking one: what is read beside a lock
 * that was waited for is older than the lock.
 *
 * @param wanted `byKey`: looked up by a key just now; `deciding`: a decision or an undo will touch its case
 * @param at the time instead of the database's
 * @throws RetryTransaction when an image that was looked up by a key was merged into another since
 */
export async function loadStates(
  tx: Tx,
  wanted: readonly WantedImage[],
  at: Date | null,
): Promise<LoadedImages> {
  const locked = await lockImages(
    tx,
    wanted.map(({ siteId }) => siteId),
    wanted.map(({ imageId }) => imageId),
  );
  const byKey = new Set(wanted.filter((image) => image.byKey).map(({ imageId }) => imageId));
  if (locked.some(({ id, mergedInto, shadowed }) => shadowed || (mergedInto !== null && byKey.has(id)))) {
    throw new RetryTransaction('an image was merged into another');
  }
  const rows = locked.filter(({ mergedInto }) => mergedInto === null);
  const deciding = new Set(wanted.filter((image) => image.deciding).map(({ imageId }) => imageId));
  const toDecide = rows.filter(({ id }) => deciding.has(id));
  if (toDecide.length > 0) await lockCases(tx, toDecide);
  const rules = new Map(
    (await loadRules(tx, [...new Set(rows.map(({ siteId }) => siteId))])).map((rule) => [rule.siteId, rule]),
  );
  const reviewed = rows.filter(({ reviewState }) => reviewState !== 'none');
  const blocked = rows.filter(({ blocked: isBlocked }) => isBlocked);
  const cases = groupByImage(reviewed.length > 0 ? await loadCases(tx, reviewed) : []);
  const blocks = groupByImage(blocked.length > 0 ? await loadBlocks(tx, blocked) : []);
  const [clock] = rules.values();
  const now = at ?? clock?.now ?? new Date(0);
  const images = rows.map((row): [string, LoadedImage] => {
    const rule = rules.get(row.siteId);
    if (rule === undefined) throw new Error(`site ${row.siteId} has no threshold rule`);
    const state = stateOf(row, blocks.get(row.id) ?? [], cases.get(row.id) ?? []);
    return [row.id, { row, state, rule, now: now.getTime() }];
  });
  const merged = locked.filter(({ mergedInto }) => mergedInto !== null).map(({ id }) => id);
  return { images: new Map(images), merged: new Set(merged), now };
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
