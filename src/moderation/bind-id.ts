import { type ImageState, visibilityOf } from '../core/image-state.js';
import { imageHash } from '../database/image-hash.js';
import { isUniqueViolation, RetryTransaction } from '../database/postgres-errors.js';
import {
  type Binding,
  findBindings,
  insertAddresses,
  rekeyImage,
} from '../database/statements/images/bind-addresses.js';
import { findPlace } from '../database/statements/content/find-content.js';
import { reserveImages } from '../database/statements/images/insert-images.js';
import { lockImages } from '../database/statements/images/lock-images.js';
import { deleteImages } from '../database/statements/images/save-images.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { absorbImage, SITE } from './absorb-image.js';
import { boundEvent } from './bound-event.js';
import { type LoadedImage, loadStates } from './load-states.js';
import { lockImagesAndCases } from './lock-images-and-cases.js';
import { type Address, partAddress } from './part-address.js';
import { saveStates } from './save-states.js';
import { type WorkingImage, workingOn } from './working-image.js';

/** The image of the id, and what every block index must learn. */
export interface Bound {
  readonly imageId: string;
  readonly changes: readonly VisibilityChange[];
}

/**
 * Binds addresses to an id of the site, in one transaction, which is run again where another one got in its way. An address
 * that the site had bound elsewhere leaves behind what was seen there; one that only its bytes had made part of another
 * image was an image of its own by its site's word, and brings along what it would have taken with it (docs/adr/0018).
 */
export async function bindId(
  tx: Tx,
  siteId: string,
  id: string,
  addresses: readonly Address[],
): Promise<Bound> {
  const idHash = imageHash(siteId, { kind: 'id', key: id });
  const hashes = [idHash, ...addresses.map(({ hash }) => hash)];
  const before = await findBindings(tx, hashes);
  const target = bindingOf(before, idHash)?.ownImage ?? null;
  if (target !== null && addresses.every(({ hash }) => bindingOf(before, hash)?.boundTo === target))
    return { imageId: target, changes: [] };

  const own = ownImages(addresses, before);
  const previous = before.flatMap(({ boundTo }) => boundTo ?? []);
  // Images before new keys, as everywhere.
  const locked = await lockImagesAndCases(tx, siteId, [...new Set([target ?? [], own, previous].flat())]);
  const { made, reserved } = await reserve(tx, siteId, id, idHash, addresses, before);
  // Whoever held these locks or had these keys until now may have bound or made the same.
  const after = await findBindings(tx, hashes);
  if (!sameBindings(before, after, made === null ? reserved : [made, ...reserved]))
    throw new RetryTransaction('an address was bound, or an image made of it, meanwhile');
  const imageId = target ?? own[0] ?? made;
  if (imageId === null) throw new Error('an id was bound to no image');
  const ours = made === null ? [] : await lockImages(tx, [{ siteId, imageId: made }]);
  const loaded = await loadStates(tx, { ...locked, rows: [...locked.rows, ...ours] });
  const image = loaded.get(imageId);
  if (image === undefined) throw new RetryTransaction('the image went away while its address was bound');
  const working = workingOn(image);
  if (image.row.keyKind === 'url') await rekey(tx, siteId, imageId, id, idHash);
  const others = own.filter((other) => other !== imageId);
  const moved: string[] = [];
  for (const other of others) {
    const absorbed = loaded.get(other);
    if (absorbed !== undefined) moved.push(...(await absorbImage(tx, working, absorbed, SITE)));
  }
  const left = await takeFromBytes(
    tx,
    working,
    boundByBytes(addresses, before, [imageId, ...others]),
    loaded,
  );
  await insertAddresses(tx, siteId, imageId, addresses, 'site');
  if (reserved.length > 0) {
    await deleteImages(
      tx,
      reserved.map((created) => ({ siteId, imageId: created })),
    );
  }
  const movedFrom = previous.flatMap((owner) => (owner === imageId ? [] : (loaded.get(owner)?.state ?? [])));
  working.state = { ...working.state, version: versionAbove(working.state, movedFrom) };
  working.events.push({
    ...boundEvent([...addresses.map(({ url }) => url), ...moved], working.state),
    decisionId: null,
  });
  const keyed: WorkingImage = {
    ...working,
    loaded: { ...image, row: { ...image.row, keyHash: idHash } },
  };
  return { imageId, changes: await saveStates(tx, [keyed, ...left], { at: null, caseIds: [] }) };
}

/** Addresses that their bytes alone bind to another image than these, with that image. */
const boundByBytes = (
  addresses: readonly Address[],
  bindings: readonly Binding[],
  ours: readonly string[],
): { readonly address: Address; readonly owner: string }[] =>
  addresses.flatMap((address) => {
    const { boundTo = null, boundBy = null } = bindingOf(bindings, address.hash) ?? {};
    return boundTo === null || boundBy !== 'bytes' || ours.includes(boundTo)
      ? []
      : { address, owner: boundTo };
  });

/**
 * Addresses that bytes had joined part from their images, and become part of this one with what they take along.
 *
 * @returns the images that they leave
 */
async function takeFromBytes(
  tx: Tx,
  working: WorkingImage,
  bound: readonly { readonly address: Address; readonly owner: string }[],
  loaded: ReadonlyMap<string, LoadedImage>,
): Promise<readonly WorkingImage[]> {
  const left = new Map<string, WorkingImage>();
  for (const { address, owner } of bound) {
    const image = loaded.get(owner);
    if (image === undefined) continue;
    const leaving = left.get(owner) ?? workingOn(image);
    left.set(owner, leaving);
    const place = await findPlace(tx, address.hash);
    const parted = await partAddress(tx, leaving, address, place?.changedAt ?? null);
    await absorbImage(tx, working, { row: parted.loaded.row, state: parted.state }, SITE);
  }
  return [...left.values()];
}

export const bindingOf = (bindings: readonly Binding[], hash: Buffer): Binding | undefined =>
  bindings.find((binding) => binding.hash.equals(hash));

/** Whether nothing happened to the keys but what we did ourselves. `ours`: images that we made. */
export const sameBindings = (
  before: readonly Binding[],
  after: readonly Binding[],
  ours: readonly string[],
): boolean =>
  before.every(({ hash, boundTo, ownImage }) => {
    const now = bindingOf(after, hash);
    if (now?.boundTo !== boundTo) return false;
    return now.ownImage === ownImage || (ownImage === null && ours.includes(now.ownImage ?? ''));
  });

/**
 * Makes the keys that nobody has yet, so that a report which makes an image of the same address at this moment waits
 * for us. Those that stand for an address are taken away again at the end.
 */
async function reserve(
  tx: Tx,
  siteId: string,
  id: string,
  idHash: Buffer,
  addresses: readonly Address[],
  known: readonly Binding[],
): Promise<{ made: string | null; reserved: readonly string[] }> {
  const free = addresses.filter(({ hash }) => {
    const binding = bindingOf(known, hash);
    return binding?.boundTo == null && binding?.ownImage == null;
  });
  // An image that is known by one of these addresses takes the id; only without one is a new image made for it.
  const mustMake = known.every(({ ownImage, boundTo }) => ownImage === null || boundTo !== null);
  const rows = await reserveImages(tx, [
    ...(mustMake ? [{ siteId, keyKind: 'id' as const, key: id, hash: idHash, url: null }] : []),
    ...free.map(({ url, hash }) => ({ siteId, keyKind: 'url' as const, key: url, hash, url })),
  ]);
  return {
    made: rows.find(({ hash }) => hash.equals(idHash))?.imageId ?? null,
    reserved: rows.filter(({ hash }) => !hash.equals(idHash)).map(({ imageId }) => imageId),
  };
}

/** Images that are known by one of the addresses itself, oldest first. */
const ownImages = (addresses: readonly Address[], bindings: readonly Binding[]): string[] =>
  addresses
    .flatMap(({ hash }) => {
      const binding = bindingOf(bindings, hash);
      return binding?.boundTo === null ? (binding.ownImage ?? []) : [];
    })
    .sort((a, b) => Number(a) - Number(b));

async function rekey(tx: Tx, siteId: string, imageId: string, id: string, idHash: Buffer): Promise<void> {
  try {
    await rekeyImage(tx, siteId, imageId, id, idHash);
  } catch (error) {
    // Somebody made an image of this id since we looked.
    throw isUniqueViolation(error)
      ? new RetryTransaction('the id was taken while its address was bound')
      : error;
  }
}

/** Somebody may know the address under its former image: what they see next must be newer than what they saw. */
const versionAbove = (state: ImageState, former: readonly ImageState[]): number => {
  const reason = (image: ImageState): string | null => {
    const visibility = visibilityOf(image);
    return visibility.blocked ? visibility.reason : null;
  };
  const floors = former.map((other) => (reason(other) === reason(state) ? other.version : other.version + 1));
  return Math.max(state.version, ...floors);
};
