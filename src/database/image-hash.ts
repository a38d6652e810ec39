import { createHash } from 'node:crypto';
import type { ImageKey } from '../core/image-key.js';

/**
 * 128 bits that stand for a site's image key: the first half of SHA-256 over site, kind and key. Long enough that no
 * two keys of a billion share it (probability below 10^-20), so it serves as the key itself, in tables and in memory.
 */
export function imageHash(siteId: string, { kind, key }: ImageKey): Buffer {
  return createHash('sha256').update(`${siteId}\0${kind}\0${key}`).digest().subarray(0, 16);
}
