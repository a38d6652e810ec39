import { hash } from 'node:crypto';
import type { ImageKey } from '../core/image-key.js';

/**
 * 128 bits that stand for a site's image key: the first half of SHA-256 over site, kind and key. Long enough that no
 * two keys of a billion share it (probability below 10^-20), so it serves as the key itself, in tables and in memory.
 */
export function imageHash(siteId: string, { kind, key }: ImageKey): Buffer {
  // By way of a text: a third of the time of a Hash object and a Buffer of its own (1.0 against 3.0 us).
  return Buffer.from(hash('sha256', `${siteId}\0${kind}\0${key}`, 'hex').slice(0, 32), 'hex');
}
