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

/**
 * Locks images in id order and reads their states, in statements after the locking one: what is read beside a lock
 * that was waited for is older than the lock.
 *
 * @param deciding the images whose cases a decision or an undo will touch
 * @throws RetryTransaction when an image was merged into another since it was looked up
 */
export async function loadStates(
  tx: Tx,
  wanted: readonly { siteId: string; imageId: string }[],
  deciding: ReadonlySet<string>,
  at: Date | null,
): Promise<Map<string, LoadedImage>> {
  const rows = await lockImages(
    tx,
    wanted.map(({ siteId }) => siteId),
    wanted.map(({ imageId }) => imageId),
  );
  if (rows.some(({ mergedInto, shadowed }) => mergedInto !== null || shadowed)) {
    throw new RetryTransaction('an image was merged into another');
  }
  const toDecide = rows.filter(({ id }) => deciding.has(id));
  if (toDecide.length > 0) await lockCases(tx, toDecide);
  const rules = new Map(
    (await loadRules(tx, [...new Set(rows.map(({ siteId }) => siteId))])).map((rule) => [rule.siteId, rule]),
  );
  const reviewed = rows.filter(({ reviewState }) => reviewState !== 'none');
  const blocked = rows.filter(({ blocked: isBlocked }) => isBlocked);
  const cases = groupByImage(reviewed.length > 0 ? await loadCases(tx, reviewed) : []);
  const blocks = groupByImage(blocked.length > 0 ? await loadBlocks(tx, blocked) : []);
  return new Map(
    rows.map((row) => {
      const rule = rules.get(row.siteId);
      if (rule === undefined) throw new Error(`site ${row.siteId} has no threshold rule`);
      const state = stateOf(row, blocks.get(row.id) ?? [], cases.get(row.id) ?? []);
      return [row.id, { row, state, rule, now: (at ?? rule.now).getTime() }];
    }),
  );
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
