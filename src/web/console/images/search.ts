/** What somebody may have typed to find an image. */
export interface Sought {
  readonly by: 'image' | 'url' | 'id';
  readonly value: string;
}

const OUR_ID = /^img_[A-Za-z0-9_-]+$/;
const SCHEME = /^https?:\/\//i;
/** A host with a path after it, typed without its scheme. */
const HOST = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+\/\S/u;

/**
 * Understands an address, the site's own id, or the id that this service gives an image. What could be an address and has no
 * scheme counts as one of https.
 *
 * @returns null for nothing
 */
export function understand(text: string): Sought | null {
  const value = text.trim();
  if (value === '') return null;
  if (OUR_ID.test(value)) return { by: 'image', value };
  if (SCHEME.test(value)) return { by: 'url', value };
  if (value.startsWith('//')) return { by: 'url', value: `https:${value}` };
  return HOST.test(value) ? { by: 'url', value: `https://${value}` } : { by: 'id', value };
}

/** What an address of the page seeks; the first that it names. */
export function soughtIn(query: Readonly<Record<string, string | undefined>>): Sought | null {
  for (const by of ['url', 'id'] as const) {
    const value = query[by];
    if (value !== undefined && value !== '') return { by, value };
  }
  return null;
}
