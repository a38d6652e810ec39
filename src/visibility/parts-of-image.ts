import type { NamedImage } from './seen-change.js';

/**
 * How many addresses stand in one line: some two million characters at most. The client library takes no line of more than
 * four, nor did it ever; and a site may bind as many addresses to an image as it likes.
 */
export const MOST_ADDRESSES = 1_000;

/** An image as it is told line by line: nearly always the one line; each has its key, and further addresses. */
export function partsOfImage(image: NamedImage): readonly NamedImage[] {
  const { addresses } = image;
  if (addresses.length <= MOST_ADDRESSES) return [image];
  return Array.from({ length: Math.ceil(addresses.length / MOST_ADDRESSES) }, (_, part) => ({
    ...image,
    addresses: addresses.slice(part * MOST_ADDRESSES, (part + 1) * MOST_ADDRESSES),
  }));
}
