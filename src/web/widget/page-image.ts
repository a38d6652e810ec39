import type { ImageRef } from '../../contract/image-ref.js';

/** As long as an address and an id may be. */
const LONGEST_URL = 2048;
const LONGEST_ID = 512;

/** Where an image's address stands: what lazy loaders will put into `src` goes before it. */
export const ADDRESSES = ['data-src', 'data-lazy-src', 'data-original', 'src'] as const;

/** How an image of the page is named; null when it has neither an id nor an address that a server could know. */
export function nameImage(image: HTMLImageElement): ImageRef | null {
  const id = said(image, 'data-vigie').slice(0, LONGEST_ID);
  const url = addressOf(image);
  return id || url ? { ...(id && { id }), ...(url && { url }) } : null;
}

/** The same for the same name. */
export const keyOf = (ref: ImageRef | null): string => `${ref?.id ?? ''} ${ref?.url ?? ''}`;

const said = (image: Element, attribute: string): string =>
  image.closest(`[${attribute}]`)?.getAttribute(attribute) ?? '';

/**
 * The address by which the site itself knows the image: what the page says of it, else what a lazy loader will put into
 * `src`, else `src`, of which `srcset` and `<picture>` show variants: were these asked for, the readers of one picture
 * would be counted apart by the width of their screens.
 */
function addressOf(image: HTMLImageElement): string {
  for (const address of [
    said(image, 'data-vigie-url'),
    ...ADDRESSES.map((attribute) => image.getAttribute(attribute)),
    image.currentSrc,
  ]) {
    if (!address || !URL.canParse(address, document.baseURI)) continue;
    const { href, protocol, username } = new URL(address, document.baseURI);
    const url = href.split('#')[0] ?? '';
    if (/^http/.test(protocol) && !username && url.length <= LONGEST_URL) return url;
  }
  return '';
}
