import { NEW_IMAGE } from '../core/image-state.js';
import { RetryTransaction } from '../database/postgres-errors.js';
import { drawIds, type NewImage } from '../database/statements/images/insert-images.js';
import { lockCases } from '../database/statements/images/load-image-details.js';
import { loadRules } from '../database/statements/sites/load-rules.js';
import { type ImageName, type ImageRow, lockImages } from '../database/statements/images/lock-images.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand, WantedKey } from './image-command.js';
import { accountsOfDevices, type DeviceAccounts } from './link-devices.js';
import type { LockedImages } from './load-states.js';
import { recordsOfReporters, type ReporterRecords } from './reporter-records.js';

/** The images of commands: those that are known are locked, those that are not have a number and are made at the end. */
export interface LocatedImages extends LockedImages {
  /** By command; null where no image is known and none may be made. */
  readonly imageIds: readonly (string | null)[];
  /** Commands that name one image by the names of two. */
  readonly ambiguous: ReadonlySet<ImageCommand>;
  /** Images that commands name by their row, and that have become part of others: as they were left behind. */
  readonly merged: ReadonlyMap<string, ImageRow>;
  /** Addresses as they were given that led to an image by the site's rules alone, by the image: nothing else knows them. */
  readonly shown: ReadonlyMap<string, readonly WantedKey[]>;
  /** Numbers for cases that may be opened. */
  readonly caseIds: readonly string[];
  /** Whose the devices are that report. */
  readonly accounts: DeviceAccounts;
  /** What is known of those who report. */
  readonly records: ReporterRecords;
}

/**
 * Finds the images that commands mean and locks them, in id order; then reads their sites' rules, the clock, and whose the
 * devices are that report, who is muted, and what is left of budgets. All in one flight: a rule or a time that is read beside a lock which was waited for would be
 * older than the lock.
 *
 * @param at the time instead of the database's
 * @throws RetryTransaction when an image that a key led to became part of another while its lock was waited for
 */
export async function locateImages(
  tx: Tx,
  commands: readonly ImageCommand[],
  at: Date | null,
): Promise<LocatedImages> {
  const names = new Map<string, ImageName>();
  const makeable = new Set<string>();
  for (const { siteId, target } of commands) {
    if ('imageId' in target) names.set(target.imageId, { siteId, imageId: target.imageId });
    else {
      for (const { hash } of target.keys) names.set(tag(hash), { siteId, hash });
      const make = target.keys.find((key) => key.make);
      if (make !== undefined) makeable.add(tag(make.hash));
    }
  }
  const tags = [...names.keys()];
  const locking = lockImages(tx, [...names.values()]);
  if (commands.some(isDecision)) await lockCasesOf(tx, commands, tags, locking);
  const [locked, rules, drawn, accounts, records] = await Promise.all([
    locking,
    loadRules(tx, [...new Set(commands.map(({ siteId }) => siteId))]),
    makeable.size > 0 ? drawIds(tx, makeable.size) : [],
    accountsOfDevices(tx, commands),
    recordsOfReporters(tx, commands),
  ]);
  const found = new Map(locked.map((row) => [tags[row.n - 1] ?? '', row]));
  if (
    locked.some(
      ({ n, mergedInto }) => mergedInto !== null && names.get(tags[n - 1] ?? '')?.hash !== undefined,
    )
  ) {
    throw new RetryTransaction('an image was merged into another');
  }
  const { rows, made, imageIds, ambiguous, shown } = place(commands, found, drawn);
  const [clock] = rules;
  return {
    imageIds,
    ambiguous,
    rows,
    made,
    accounts,
    records,
    shown,
    merged: new Map(locked.filter(({ mergedInto }) => mergedInto !== null).map((row) => [row.id, row])),
    caseIds: drawn.map(({ caseId }) => caseId),
    rules: new Map(rules.map((rule) => [rule.siteId, rule])),
    now: at ?? clock?.now ?? new Date(0),
  };
}

const tag = (hash: Buffer): string => hash.toString('latin1');

const isDecision = ({ type }: ImageCommand): boolean => type === 'decide' || type === 'undo';

/** A decision locks its image's cases too, so that nobody claims one between our look at its lease and our commit. */
async function lockCasesOf(
  tx: Tx,
  commands: readonly ImageCommand[],
  tags: readonly string[],
  locking: ReturnType<typeof lockImages>,
): Promise<void> {
  const deciding = new Set(
    commands.filter(isDecision).flatMap(({ target }) => {
      return 'imageId' in target ? target.imageId : target.keys.map(({ hash }) => tag(hash));
    }),
  );
  const rows = (await locking).filter(({ n }) => deciding.has(tags[n - 1] ?? ''));
  if (rows.length > 0) {
    lockCases(
      tx,
      rows.map(({ siteId, id }) => ({ siteId, imageId: id })),
    );
  }
}

/** Says of each command which image it means, and gives those that are not in the table yet the drawn numbers. */
function place(
  commands: readonly ImageCommand[],
  found: ReadonlyMap<string, ImageRow>,
  drawn: readonly { readonly imageId: string }[],
): Pick<LocatedImages, 'rows' | 'made' | 'imageIds' | 'ambiguous' | 'shown'> {
  const rows = new Map<string, ImageRow>();
  for (const row of found.values()) if (row.mergedInto === null) rows.set(row.id, row);
  const made = new Map<string, NewImage>();
  const madeOf = new Map<string, string>();
  const shown = new Map<string, WantedKey[]>();
  const noteShown = (id: string, { make, asShown }: WantedKey): void => {
    if (!make || asShown == null || found.has(tag(asShown.hash))) return;
    const known = shown.get(id) ?? [];
    if (!known.some(({ hash }) => hash.equals(asShown.hash))) shown.set(id, [...known, asShown]);
  };
  const ambiguous = new Set<ImageCommand>();
  const idOf = ({ hash }: WantedKey): string | undefined => found.get(tag(hash))?.id ?? madeOf.get(tag(hash));
  const imageIds = commands.map((command): string | null => {
    const { siteId, target } = command;
    if ('imageId' in target) return target.imageId;
    for (const wanted of target.keys) {
      const id = idOf(wanted);
      if (id === undefined) continue;
      const other = target.alsoNamed?.map(idOf).find((known) => known !== undefined);
      if (other !== undefined && other !== id) {
        ambiguous.add(command);
        return null;
      }
      noteShown(id, wanted);
      return id;
    }
    const key = target.keys.find(({ make }) => make);
    const id = drawn[made.size]?.imageId;
    if (key === undefined || id === undefined) return null;
    madeOf.set(tag(key.hash), id);
    made.set(id, newImage(siteId, key));
    rows.set(id, newRow(siteId, id, key));
    noteShown(id, key);
    return id;
  });
  return { rows: [...rows.values()], made, imageIds, ambiguous, shown };
}

const newImage = (siteId: string, { kind, key, hash, shown }: WantedKey): NewImage => ({
  siteId,
  keyKind: kind,
  key,
  hash,
  url: kind === 'url' ? key : null,
  ...(shown === undefined ? {} : { shown }),
});

const newRow = (siteId: string, id: string, { kind, hash }: WantedKey): ImageRow => ({
  siteId,
  id,
  keyKind: kind,
  keyHash: hash,
  round: NEW_IMAGE.round,
  keptAt: null,
  tally: NEW_IMAGE.tally,
  leftOut: NEW_IMAGE.leftOut,
  reviewState: NEW_IMAGE.reviewState,
  protected: NEW_IMAGE.protected,
  blocked: false,
  version: NEW_IMAGE.version,
  since: null,
  content: NEW_IMAGE.content,
  contentChangedAt: null,
  mergedInto: null,
});
