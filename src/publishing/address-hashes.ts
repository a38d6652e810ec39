import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addressRulesTag } from '../database/address-rules-tag.js';
import { addressKey, type AddressedSite, keysOf } from '../moderation/wanted-key.js';
import type { Entry } from '../visibility/block-index.js';

/** What was last said of an address, for as long as it is true. */
export interface LastTold {
  entry: Entry | null;
  full: boolean;
  /** JSON; null: nothing was said yet. */
  text: string | null;
}

/** Addresses kept, at some 400 bytes each, and 300 for what was said of them. */
const LIMIT = 20_000;

/** Characters of an address that is kept; longer ones than pictures have would let one site take forty megabytes. */
const LONGEST = 512;

/**
 * Under which hashes an address is looked for. Pages name the same pictures again and again, and making an address canonical
 * and hashing it is most of what a question for a hundred of them costs: measured, 0.57 ms of CPU each time, 0.14 where they
 * were asked before. Of pictures that are asked once and never again it makes 0.75 ms.
 */
@Injectable()
export class AddressHashes {
  private readonly known = new LRUCache<string, readonly Buffer[]>({ max: LIMIT });
  private readonly told = new WeakMap<readonly Buffer[], LastTold>();
  /** Asked once of late. Keeping them at once would cost those that are never asked again 0.1 ms more for each hundred. */
  private readonly askedOnce = new Set<string>();

  /**
   * In the order in which they are asked: by the site's rules, then as it was given.
   *
   * @param pointer to the address in the request
   * @throws VigieError INVALID when it is no address of an image
   */
  of(site: AddressedSite, url: string, pointer: string): readonly Buffer[] {
    if (url.length > LONGEST) return hashesOf(site, url, pointer);
    const question = `${site.id} ${addressRulesTag(site.addressRules)} ${url}`;
    const known = this.known.get(question);
    if (known !== undefined) return known;
    const hashes = hashesOf(site, url, pointer);
    if (!this.askedOnce.delete(question)) {
      if (this.askedOnce.size >= LIMIT) this.askedOnce.clear();
      this.askedOnce.add(question);
      return hashes;
    }
    // Copies of their own: a small buffer would keep the 8 KB of which it was cut in memory.
    const kept = hashes.map((hash) => Buffer.alloc(hash.length, hash));
    this.known.set(question, kept);
    this.told.set(kept, { entry: null, full: false, text: null });
    return kept;
  }

  /** Where what is said of an address is kept, by the hashes that it was given here; undefined where it is not. */
  lastTold(hashes: readonly Buffer[]): LastTold | undefined {
    return this.told.get(hashes);
  }
}

const hashesOf = (site: AddressedSite, url: string, pointer: string): Buffer[] =>
  keysOf(addressKey(site, url, pointer, false)).map(({ hash }) => hash);
