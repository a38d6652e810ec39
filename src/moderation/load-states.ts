import type { SiteBaseline } from '../core/hold-finding.js';
import type { Block, CaseState, ImageState } from '../core/image-state.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import {
  type BlockRow,
  type CaseRow,
  loadBlocks,
  loadCase,
  loadCases,
} from '../database/statements/images/load-image-details.js';
import { loadViews, type ViewsRow } from '../database/statements/images/image-views.js';
import type { NewImage } from '../database/statements/images/insert-images.js';
import type { ImageRow } from '../database/statements/images/lock-images.js';
import type { Tx } from '../database/tx.js';

/** An image as it stands, locked: its row, what the rules need to know of it, and its site's rule. */
export interface LoadedImage {
  readonly row: ImageRow;
  /** Null for one that is in the table already. */
  readonly made: NewImage | null;
  readonly state: ImageState;
  readonly rule: VersionedRule;
  /** What is usual on its site; null where too little is known. */
  readonly baseline: SiteBaseline | null;
  /** The database's time after all locks, in ms. */
  readonly now: number;
}

/** Images that are locked or made here; and one time for all: every vote is cast at it. */
export interface LockedImages {
  readonly rows: readonly ImageRow[];
  /** What those are to be made of that are not in the table yet, by id. */
  readonly made: ReadonlyMap<string, NewImage>;
  readonly rules: ReadonlyMap<string, VersionedRule & { readonly baseline: SiteBaseline | null }>;
  readonly now: Date;
}

/** The states of locked images, by id. */
export async function loadStates(
  tx: Tx,
  { rows, made, rules, now }: LockedImages,
): Promise<Map<string, LoadedImage>> {
  const reviewed = rows.filter(({ reviewState }) => reviewState !== 'none');
  const blocked = rows.filter(({ blocked: isBlocked }) => isBlocked);
  const known = made.size === 0 ? rows : rows.filter(({ id }) => !made.has(id));
  const [cases, blocks, views] = await Promise.all([
    reviewed.length > 0 ? loadCases(tx, reviewed).then(groupByImage) : null,
    blocked.length > 0 ? loadBlocks(tx, blocked).then(groupByImage) : null,
    known.length > 0 ? loadViews(tx, known).then(groupByImage) : null,
  ]);
  const images = rows.map((row): [string, LoadedImage] => {
    const rule = rules.get(row.siteId);
    if (rule === undefined) throw new Error(`site ${row.siteId} has no threshold rule`);
    const [told] = views?.get(row.id) ?? [];
    const state = stateOf(row, blocks?.get(row.id) ?? [], cases?.get(row.id) ?? [], told);
    return [
      row.id,
      { row, state, rule, baseline: rule.baseline, made: made.get(row.id) ?? null, now: now.getTime() },
    ];
  });
  return new Map(images);
}

/** The case of a decision that is to be undone, in place of the one that the image's state names. */
export async function withCase(tx: Tx, image: LoadedImage, caseId: string | null): Promise<LoadedImage> {
  if (caseId === null) return image;
  const [row] = await loadCase(tx, [image.row], caseId);
  return row === undefined ? image : { ...image, state: { ...image.state, case: caseOf(row) } };
}

function stateOf(
  row: ImageRow,
  blocks: readonly BlockRow[],
  cases: readonly CaseRow[],
  views: ViewsRow | undefined,
): ImageState {
  const current =
    cases.find(({ status }) => status !== 'closed') ?? cases.find(({ round }) => round === row.round);
  return {
    blocks: blocks.map(blockOf),
    reviewState: row.reviewState,
    round: row.round,
    tally: row.tally,
    leftOut: row.leftOut,
    protected: row.protected,
    keptAt: row.keptAt?.getTime() ?? null,
    content: row.content,
    contentChangedAt: row.contentChangedAt?.getTime() ?? null,
    views: views === undefined ? null : { perHour: views.perHour, at: views.at.getTime() },
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
  hold: row.hold,
  overdueFor: row.overdueFor?.getTime() ?? null,
  liftedAt: row.liftedAt?.getTime() ?? null,
  severe: row.severe,
  flags: row.flags,
  priority: row.priority,
  openedAt: row.openedAt.getTime(),
  waitingSince: (row.waitingSince ?? row.openedAt).getTime(),
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
