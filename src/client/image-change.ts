/** How an image is asked for: by an address, by the site's own id, or by both. */
export interface ImageQuestion {
  readonly url?: string | undefined;
  readonly id?: string | undefined;
}

/** The image of a change: its key (the id where the site gives one, else the address) and its other addresses. */
export interface ChangedImage {
  readonly url?: string;
  readonly id?: string;
  readonly addresses: readonly string[];
}

/** What is seen of an image, as the block list and the feed say it. */
export interface ImageChange {
  readonly image: ChangedImage;
  readonly blocked: boolean;
  /** Why: `violence`, `privacy` and so on. Of blocked images only. */
  readonly reason?: string;
  /** Rises with every change of the image: what is not above a known one is old. */
  readonly version: number;
  /** When it was blocked or changed, RFC 3339. */
  readonly at?: string;
}

/**
 * Reads a line of `GET /v1/blocklist` or a change of `GET /v1/changes`. Fields that it does not know are left alone.
 *
 * @returns null when it is no change: then the sender is not Vigie, or newer than this library can read
 */
export function readChange(value: unknown): ImageChange | null {
  if (!isObject(value) || !isObject(value['image'])) return null;
  const { image, blocked, version } = value;
  const { url, id, addresses } = image;
  if (typeof blocked !== 'boolean' || !isVersion(version)) return null;
  const known = {
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof id === 'string' ? { id } : {}),
    addresses: Array.isArray(addresses) ? addresses.filter((address) => typeof address === 'string') : [],
  };
  if (known.url === undefined && known.id === undefined && known.addresses.length === 0) return null;
  const at = value['since'] ?? value['at'];
  return {
    image: known,
    blocked,
    version,
    ...(blocked && typeof value['reason'] === 'string' ? { reason: value['reason'] } : {}),
    ...(typeof at === 'string' ? { at } : {}),
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isVersion = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
