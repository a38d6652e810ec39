import type { CaseState, ImageState } from '../core/image-state.js';
import { visibilityOf } from '../core/image-state.js';
import { appendEvents, type NewEvent } from '../database/statements/log/append-events.js';
import { insertDecisions } from '../database/statements/cases/decisions.js';
import { loadAddressHashes } from '../database/statements/images/image-addresses.js';
import { type ImageViews, saveViews } from '../database/statements/images/image-views.js';
import { drawIds, type InsertedImage, insertImages } from '../database/statements/images/insert-images.js';
import { deleteBlocks, type ImageBlock, upsertBlocks } from '../database/statements/images/save-blocks.js';
import {
  type ImageCase,
  insertCases,
  savePriorities,
  updateCases,
} from '../database/statements/cases/save-cases.js';
import { saveImages, type SavedImage, saveTallies } from '../database/statements/images/save-images.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { askForLooks } from './ask-for-looks.js';
import { bindShown, reserveShown } from './bind-shown.js';
import { saveVerdicts } from './judge-reporters.js';
import { keepHumanWords } from './keep-human-words.js';
import { stageBlocked } from './stage-blocked.js';
import { stageOverdue } from './stage-overdue.js';
import type { WorkingImage } from './working-image.js';

/**
 * What is saved when: `at` instead of the database's clock; numbers that were drawn for cases; whether to have the bytes
 * looked at of what is blocked (default: no).
 */
export interface Saving {
  readonly at: Date | null;
  readonly caseIds: readonly string[];
  readonly fetch?: boolean;
}

/**
 * Writes what changed, the log last: the commit is sent with it. Waits for nothing on the way once it has locked what
 * others make, new images and the log above all, so that this is locked for no longer than Postgres itself takes. Addresses
 * that a site's rules changed are the exception (bind-shown.ts). Returns what every block index must learn, numbered by the
 * log.
 */
export async function saveStates(
  tx: Tx,
  images: readonly WorkingImage[],
  { at, caseIds, fetch = false }: Saving,
): Promise<readonly VisibilityChange[]> {
  // It may have to ask for addresses, and does so before anything is locked for good.
  if (fetch) await stageBlocked(tx, images);
  const opened = images.filter(({ state }) => state.case?.id === null);
  if (opened.length > 0) await numberCases(tx, opened, caseIds);
  const reserved = await reserveShown(tx, images);
  makeImages(tx, images);
  bindShown(tx, reserved);
  saveRows(tx, images);
  saveAllBlocks(tx, images);
  saveAllCases(tx, images, new Set(opened), at);
  saveAllViews(tx, images);
  saveAllDecisions(tx, images);
  await saveVerdicts(tx, images, at);
  keepHumanWords(tx, images);
  askForLooks(tx, images);
  stageOverdue(tx, images);
  const events = images.flatMap((image) => image.events.map((event) => ({ image, event })));
  if (events.length === 0) return [];
  const seen = events.filter(({ event }) => event.visibility !== null).map(({ image }) => image);
  const hashing = hashesOf(tx, [...new Set(seen)]);
  const appending = appendEvents(
    tx,
    events.map(({ image, event }): NewEvent => ({
      siteId: image.loaded.row.siteId,
      imageId: event.ofSite === true ? null : image.loaded.row.id,
      caseId: event.caseId === undefined ? (image.state.case?.id ?? null) : event.caseId,
      decisionId: event.decisionId,
      type: event.type,
      actor: event.actor,
      ruleVersion: event.ruleVersion,
      data: event.data,
      visibility: event.visibility,
    })),
    at,
  );
  const [seqs, hashes] = await Promise.all([appending, hashing]);
  return events.flatMap(({ image, event }, index): VisibilityChange[] => {
    const { siteId, id } = image.loaded.row;
    if (event.visibility === null) return [];
    return [
      { seq: Number(seqs[index]?.seq), siteId, hashes: hashes.get(id) ?? [], visibility: event.visibility },
    ];
  });
}

/** Gives cases that are opened their numbers. */
async function numberCases(tx: Tx, opened: readonly WorkingImage[], drawn: readonly string[]): Promise<void> {
  const missing = opened.length - drawn.length;
  const ids = missing > 0 ? [...drawn, ...(await drawIds(tx, missing)).map(({ caseId }) => caseId)] : drawn;
  opened.forEach((image, index) => {
    const { state } = image;
    if (state.case !== null) image.state = { ...state, case: { ...state.case, id: ids[index] ?? null } };
  });
}

function makeImages(tx: Tx, images: readonly WorkingImage[]): void {
  const made: InsertedImage[] = [];
  for (const { loaded, state, tally } of images) {
    if (loaded.made === null) continue;
    const { siteId, keyKind, key, hash, url } = loaded.made;
    const { reviewState, leftOut } = state;
    made.push({ siteId, keyKind, key, hash, url, id: loaded.row.id, tally, leftOut, reviewState });
  }
  if (made.length > 0) insertImages(tx, made);
}

function saveRows(tx: Tx, images: readonly WorkingImage[]): void {
  const votes: Parameters<typeof saveTallies>[1][number][] = [];
  const rows: SavedImage[] = [];
  for (const { loaded, state, tally } of images) {
    const { siteId, id } = loaded.row;
    // What is made here was inserted with its votes and its review state.
    const { reviewState } = loaded.made === null ? loaded.state : state;
    const leftOut = state.leftOut === loaded.state.leftOut ? null : state.leftOut;
    if (rowChanged({ ...loaded.state, reviewState }, state)) rows.push(rowOf(siteId, id, state, tally));
    else if (loaded.made === null && (tally !== loaded.row.tally || leftOut !== null))
      votes.push({ siteId, imageId: id, tally, leftOut });
  }
  if (votes.length > 0) saveTallies(tx, votes);
  if (rows.length > 0) saveImages(tx, rows);
}

const rowChanged = (was: ImageState, is: ImageState): boolean =>
  was.round !== is.round ||
  was.keptAt !== is.keptAt ||
  was.content !== is.content ||
  was.reviewState !== is.reviewState ||
  was.protected !== is.protected ||
  was.version !== is.version ||
  was.since !== is.since ||
  was.blocks !== is.blocks;

function rowOf(siteId: string, id: string, state: ImageState, tally: WorkingImage['tally']): SavedImage {
  const visibility = visibilityOf(state);
  return {
    site_id: siteId,
    id,
    round: state.round,
    kept_at: state.keptAt === null ? null : new Date(state.keptAt),
    tally,
    left_out: state.leftOut,
    review_state: state.reviewState,
    protected: state.protected,
    blocked: visibility.blocked,
    shown_reason: visibility.blocked ? visibility.reason : null,
    reviewed: visibility.blocked && visibility.reviewed,
    since: visibility.blocked ? new Date(visibility.since) : null,
    version: state.version,
    content: state.content,
    content_changed_at: state.contentChangedAt === null ? null : new Date(state.contentChangedAt),
  };
}

function saveAllBlocks(tx: Tx, images: readonly WorkingImage[]): void {
  const gone: ImageBlock[] = [];
  const saved: ImageBlock[] = [];
  for (const { loaded, state } of images) {
    const { siteId, id: imageId } = loaded.row;
    if (loaded.state.blocks === state.blocks) continue;
    for (const block of loaded.state.blocks) {
      const stays = state.blocks.some(({ source, ref }) => source === block.source && ref === block.ref);
      if (!stays) gone.push({ siteId, imageId, block });
    }
    for (const block of state.blocks) {
      if (!loaded.state.blocks.includes(block)) saved.push({ siteId, imageId, block });
    }
  }
  if (gone.length > 0) deleteBlocks(tx, gone);
  if (saved.length > 0) upsertBlocks(tx, saved);
}

function saveAllCases(
  tx: Tx,
  images: readonly WorkingImage[],
  isOpened: ReadonlySet<WorkingImage>,
  at: Date | null,
): void {
  const opened: ImageCase[] = [];
  const moved: ImageCase[] = [];
  const changed: ImageCase[] = [];
  for (const image of images) {
    const { loaded, state } = image;
    for (const moderationCase of image.superseded) {
      changed.push({ siteId: loaded.row.siteId, imageId: loaded.row.id, moderationCase });
    }
    if (state.case === null) continue;
    const entry = { siteId: loaded.row.siteId, imageId: loaded.row.id, moderationCase: state.case };
    const was = loaded.state.case;
    if (isOpened.has(image)) opened.push(entry);
    else if (was?.id !== state.case.id || !sameButPriority(was, state.case)) changed.push(entry);
    else if (was.priority !== state.case.priority) moved.push(entry);
  }
  if (moved.length > 0) savePriorities(tx, moved);
  if (changed.length > 0) updateCases(tx, changed);
  if (opened.length > 0) insertCases(tx, opened, at);
}

const sameButPriority = (was: CaseState, is: CaseState): boolean =>
  was.status === is.status &&
  was.version === is.version &&
  was.severe === is.severe &&
  was.held === is.held &&
  was.hold === is.hold &&
  was.overdueFor === is.overdueFor &&
  was.liftedAt === is.liftedAt &&
  was.flags.length === is.flags.length;

function saveAllViews(tx: Tx, images: readonly WorkingImage[]): void {
  const told = images.flatMap(({ loaded, state: { views } }): ImageViews[] =>
    views === null || views === loaded.state.views
      ? []
      : [{ siteId: loaded.row.siteId, imageId: loaded.row.id, views }],
  );
  if (told.length > 0) saveViews(tx, told);
}

function saveAllDecisions(tx: Tx, images: readonly WorkingImage[]): void {
  const decisions = images.flatMap(({ loaded, decisions: taken }) =>
    taken.map(({ command, decisionId, caseId, round, content, delta }) => ({
      site_id: loaded.row.siteId,
      id: decisionId,
      image_id: loaded.row.id,
      case_id: caseId,
      round,
      action: command.action,
      policy: command.policy,
      note: command.note,
      reports: command.reports,
      staff_id: command.staffId,
      case_version: command.seen?.version ?? null,
      lease_token: command.seen?.leaseToken ?? null,
      delta,
      content,
    })),
  );
  if (decisions.length > 0) insertDecisions(tx, decisions);
}

/** Everything by which an image can be asked for: its key, and the addresses bound to it. */
async function hashesOf(tx: Tx, images: readonly WorkingImage[]): Promise<ReadonlyMap<string, Buffer[]>> {
  const hashes = new Map(images.map(({ loaded }) => [loaded.row.id, [loaded.row.keyHash]]));
  if (images.length === 0) return hashes;
  const rows = await loadAddressHashes(
    tx,
    images.map(({ loaded }) => ({ siteId: loaded.row.siteId, imageId: loaded.row.id })),
  );
  for (const { imageId, hash } of rows) hashes.get(imageId)?.push(hash);
  return hashes;
}
