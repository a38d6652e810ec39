import type { AddressRules } from '../core/address-rules.js';
import { canonicalAddress } from '../core/canonical-address.js';
import { imageHash } from '../database/image-hash.js';
import { isUniqueViolation, RetryTransaction } from '../database/postgres-errors.js';
import { type Binding, findBindings, insertAddresses } from '../database/statements/images/bind-addresses.js';
import { reserveImages } from '../database/statements/images/insert-images.js';
import {
  type ImageNames,
  type KeyOfImage,
  loadImageKeys,
  readdressImageRow,
} from '../database/statements/images/readdress-images.js';
import { deleteImages } from '../database/statements/images/save-images.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { absorbImage, SITE } from './absorb-image.js';
import { bindingOf, sameBindings } from './bind-id.js';
import { boundEvent } from './bound-event.js';
import { loadStates } from './load-states.js';
import { lockImagesAndCases } from './lock-images-and-cases.js';
import type { Address } from './part-address.js';
import { saveStates } from './save-states.js';
import { workingOn } from './working-image.js';

/** What became of an image: nothing; it has another address, or further ones; it is one with another now. */
export type Readdressed = 'kept' | 'moved' | 'joined';

const KEPT = { outcome: 'kept', changes: [] } as const;

/** The addresses that an image should have by the rules, and has not. */
export function missingAddresses(names: ImageNames, rules: AddressRules): string[] {
  const given = names.keyKind === 'url' ? [names.key, ...names.urls] : names.urls;
  const wanted = given.flatMap((url) => {
    const canonical = canonicalAddress(url, rules);
    return canonical.ok ? [canonical.url] : [];
  });
  return [...new Set(wanted)].filter((url) => !given.includes(url));
}

/**
 * Gives an image the addresses that the rules of its site make of its own (docs/adr/0016). One that is known by its address
 * takes the new one as its key; where another image has it already, the two become one, as when the site binds an address
 * (docs/adr/0004). Its old address goes on leading to it. Of two that the site knows by ids of its own, both stay.
 *
 * @param tx an indexed transaction, which is run again where another one got in its way
 * @returns what became of it; `changes` must be applied to the block index once the transaction has committed
 */
export async function readdressImage(
  tx: Tx,
  siteId: string,
  names: ImageNames,
  rules: AddressRules,
): Promise<{ readonly outcome: Readdressed; readonly changes: readonly VisibilityChange[] }> {
  const addressed = (url: string): Address => ({ url, hash: imageHash(siteId, { kind: 'url', key: url }) });
  const wanted = missingAddresses(names, rules).map(addressed);
  const [main] = names.keyKind === 'url' ? wanted : [];
  const ownHash = imageHash(siteId, { kind: names.keyKind, key: names.key });
  const hashes = [ownHash, ...wanted.map(({ hash }) => hash)];
  const before = await findBindings(tx, hashes);
  // Somebody bound it, or joined it, since it was read.
  if (wanted.length === 0 || leadsTo(before, ownHash) !== names.id) return KEPT;
  const owners = wanted.flatMap(({ hash }) => leadsTo(before, hash) ?? []);
  const involved = [...new Set([names.id, ...owners])];
  // Images before new keys, as everywhere.
  const locked = await lockImagesAndCases(tx, siteId, involved);
  const keys = await loadImageKeys(tx, siteId, involved);
  const mainOwner = main === undefined ? null : leadsTo(before, main.hash);
  const survivor = survivorOf(keys, names.id, mainOwner);
  // What the site knows by another id of its own stays apart.
  const absorbed = keys.filter(({ id, keyKind }) => id !== survivor.id && keyKind === 'url');
  const isOurs = ({ hash }: Address): boolean => {
    const owner = leadsTo(before, hash);
    return owner === null || absorbed.some(({ id }) => id === owner);
  };
  const takesMain = main !== undefined && mainOwner === null && survivor.id === names.id;
  const bound = [
    ...wanted.filter((address) => isOurs(address) && !(takesMain && address === main)),
    ...absorbed.map(({ key, hash }) => ({ url: key, hash })),
    ...(takesMain ? [{ url: names.key, hash: ownHash }] : []),
  ];
  const addresses = [...new Map(bound.map((address) => [address.url, address])).values()];
  if (addresses.length === 0) return KEPT;
  // A report that makes an image of such an address at this moment waits for us, and then finds it bound.
  const free = addresses.filter(({ hash }) => leadsTo(before, hash) === null);
  const reserved = free.length === 0 ? [] : await reserveImages(tx, free.map(newImage(siteId)));
  const reservedIds = reserved.map(({ imageId }) => imageId);
  if (!sameBindings(before, await findBindings(tx, hashes), reservedIds))
    throw new RetryTransaction('an address was bound, or an image made of it, meanwhile');

  const loaded = await loadStates(tx, locked);
  const image = loaded.get(survivor.id);
  if (image === undefined) throw new RetryTransaction('the image went away while it was readdressed');
  const working = workingOn(image);
  if (takesMain) await takeAddress(tx, siteId, names.id, main);
  for (const { id } of absorbed) {
    const other = loaded.get(id);
    if (other !== undefined) await absorbImage(tx, working, other, SITE);
  }
  await insertAddresses(tx, siteId, survivor.id, addresses, 'rules');
  if (reservedIds.length > 0) {
    await deleteImages(
      tx,
      reservedIds.map((imageId) => ({ siteId, imageId })),
    );
  }
  working.events.push({
    ...boundEvent(
      addresses.map(({ url }) => url),
      working.state,
    ),
    decisionId: null,
  });
  const keyHash = takesMain ? main.hash : image.row.keyHash;
  const changes = await saveStates(
    tx,
    [{ ...working, loaded: { ...image, row: { ...image.row, keyHash } } }],
    {
      at: null,
      caseIds: [],
    },
  );
  return { outcome: absorbed.length > 0 ? 'joined' : 'moved', changes };
}

/** An address wins over an image of that key: it was bound. */
function leadsTo(bindings: readonly Binding[], hash: Buffer): string | null {
  const binding = bindingOf(bindings, hash);
  return binding?.boundTo ?? binding?.ownImage ?? null;
}

/**
 * Which of the images lives on: the one that the site knows by an id; else the one that has the address already; else the
 * one that is readdressed.
 */
function survivorOf(keys: readonly KeyOfImage[], imageId: string, mainOwner: string | null): KeyOfImage {
  const known = (id: string | null): KeyOfImage | undefined => keys.find((key) => key.id === id);
  const byId = [known(imageId), known(mainOwner), ...keys].find((key) => key?.keyKind === 'id');
  const survivor = byId ?? known(mainOwner) ?? known(imageId);
  if (survivor === undefined) throw new RetryTransaction('the image went away while it was readdressed');
  return survivor;
}

const newImage =
  (siteId: string) =>
  ({ url, hash }: Address) => ({ siteId, keyKind: 'url' as const, key: url, hash, url });

async function takeAddress(tx: Tx, siteId: string, imageId: string, { url, hash }: Address): Promise<void> {
  try {
    await readdressImageRow(tx, siteId, imageId, url, hash);
  } catch (error) {
    // Somebody made an image of this address since we looked.
    throw isUniqueViolation(error) ? new RetryTransaction('the address was taken meanwhile') : error;
  }
}
