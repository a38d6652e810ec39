import { findImages } from '../database/statements/find-images.js';
import { insertImages, type NewImage } from '../database/statements/insert-images.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand, WantedKey } from './image-command.js';

/** The image that each command means, null where none is known and none may be made. Makes what is missing. */
export async function locateImages(tx: Tx, commands: readonly ImageCommand[]): Promise<(string | null)[]> {
  const wanted = new Map<string, WantedKey>();
  for (const { target } of commands) {
    if ('imageId' in target) continue;
    for (const key of target.keys) wanted.set(tag(key), key);
  }
  const known = await find(tx, [...wanted.values()]);
  const missing = new Map<string, NewImage>();
  for (const { siteId, target } of commands) {
    if ('imageId' in target || target.keys.some((key) => known.has(tag(key)))) continue;
    const key = target.keys.find(({ make }) => make);
    if (key !== undefined) missing.set(tag(key), newImage(siteId, key));
  }
  if (missing.size > 0) {
    const made = await insertImages(tx, [...missing.values()]);
    for (const { hash, imageId } of made) known.set(hash.toString('latin1'), imageId);
    // Somebody else made the same image at the same time and has committed: theirs is the image.
    const lost = [...missing].filter(([hash]) => !known.has(hash));
    const theirs = await find(
      tx,
      lost.flatMap(([hash]) => wanted.get(hash) ?? []),
    );
    for (const [hash, imageId] of theirs) known.set(hash, imageId);
  }
  return commands.map(({ target }) => {
    if ('imageId' in target) return target.imageId;
    const key = target.keys.find((candidate) => known.has(tag(candidate)));
    return key === undefined ? null : (known.get(tag(key)) ?? null);
  });
}

const tag = ({ hash }: WantedKey): string => hash.toString('latin1');

const newImage = (siteId: string, { kind, key, hash }: WantedKey): NewImage => ({
  siteId,
  keyKind: kind,
  key,
  hash,
  url: kind === 'url' ? key : null,
});

async function find(tx: Tx, wanted: readonly WantedKey[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  if (wanted.length === 0) return known;
  const rows = await findImages(
    tx,
    wanted.map(({ hash }) => hash),
  );
  for (const { n, imageId } of rows) {
    const key = wanted[n - 1];
    if (key !== undefined) known.set(tag(key), imageId);
  }
  return known;
}
