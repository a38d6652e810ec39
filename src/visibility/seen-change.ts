import type { Visibility } from '../core/image-state.js';
import type { NamedImageRow } from '../database/statements/images/named-image.js';

/** How a site knows an image: by its id, its address, and all addresses bound to it. At least one of `url` and `id`. */
export interface NamedImage {
  readonly url?: string;
  readonly id?: string;
  readonly addresses: readonly string[];
}

/** What is seen of an image changed, as its site is told. `seq`: its place in the log. */
export interface SeenChange {
  readonly seq: number;
  readonly siteId: string;
  readonly image: NamedImage;
  readonly visibility: Visibility;
  readonly at: Date;
}

/** How many addresses they hold together: of an image there may be any number. */
export const addressesOf = (changes: readonly SeenChange[]): number =>
  changes.reduce((sum, { image }) => sum + image.addresses.length, 0);

/**
 * Names nothing but keys under which the image's state can be asked: an address that was bound to another image since
 * must not be told as one of this.
 */
export function namedImage({ keyKind, key, url, urls }: NamedImageRow): NamedImage {
  if (keyKind === 'url') return { url: key, addresses: urls };
  const shown = url !== null && urls.includes(url) ? url : urls[0];
  return { ...(shown === undefined ? {} : { url: shown }), id: key, addresses: urls };
}

type ChangeRow = Pick<SeenChange, 'siteId' | 'visibility' | 'at'> & NamedImageRow & { readonly seq: string };

/** A line of the log as its site is told. */
export const seenChange = ({ seq, siteId, visibility, at, ...image }: ChangeRow): SeenChange => ({
  seq: Number(seq),
  siteId,
  image: namedImage(image),
  visibility,
  at,
});
