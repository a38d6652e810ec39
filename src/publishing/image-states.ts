import { Injectable } from '@nestjs/common';
import type { ImageRef } from '../contract/image-ref.js';
import type { ImageStateAnswer } from '../contract/publishing.js';
import { invalid, VigieError } from '../core/errors.js';
import { type AddressedSite, ownIdKey } from '../moderation/wanted-key.js';
import { Database } from '../database/database.js';
import { isConnectionLost } from '../database/postgres-errors.js';
import { readStates, type StateRow } from '../database/statements/images/read-states.js';
import { BlockIndex, type Entry, isSameEntry } from '../visibility/block-index.js';
import { AddressHashes } from './address-hashes.js';
import { AT_LEAST } from './at-least.js';
import { wholeSeconds } from './whole-seconds.js';

/** What the block index has under the keys of an image: null for a visible image, or one that nobody knows. */
export interface Found {
  /** In the order in which they are asked: the first that is blocked tells. */
  readonly hashes: readonly Buffer[];
  readonly entry: Entry | null;
}

/** States from memory: no query, whatever the number of images, unless the caller knows more than the memory. */
@Injectable()
export class ImageStates {
  constructor(
    private readonly index: BlockIndex,
    private readonly database: Database,
    private readonly addresses: AddressHashes,
  ) {}

  /**
   * What is known of images when the caller has seen this version of theirs: those of which the memory is behind are
   * looked for in Postgres, all with one query. A visible image has no version in memory.
   *
   * @param pointer to the images in the request; '': there is one, and it is the request
   * @throws VigieError as `find` does; UNAVAILABLE when Postgres is out of reach
   */
  async findAtLeast(
    site: AddressedSite,
    images: readonly ImageRef[],
    pointer: string,
    version: number,
  ): Promise<readonly Found[]> {
    const known = images.map((image, n) => this.find(site, image, pointer === '' ? '' : `${pointer}/${n}`));
    const behind = known.flatMap(({ hashes, entry }, n) =>
      (entry?.version ?? 0) >= version ? [] : hashes.map((hash) => ({ n, hash })),
    );
    if (behind.length === 0) return known;
    const rows = await this.ask(
      site.id,
      behind.map(({ hash }) => hash),
    );
    const newer = new Map<number, Entry | null>();
    // The first that is blocked, as in memory.
    behind.forEach(({ n }, place) => newer.set(n, newer.get(n) ?? entryOfRow(rows.get(place + 1))));
    return known.map((found, n) => {
      const entry = newer.get(n);
      return entry === undefined ? found : { hashes: found.hashes, entry };
    });
  }

  /**
   * What is told of an image, as JSON. Of a hundred images that were asked for before, writing the same texts again
   * was a sixth of the whole answer's time.
   *
   * @param full for secret keys and staff
   */
  textOf(image: ImageRef, { hashes, entry }: Found, full: boolean): string {
    const told = this.addresses.lastTold(hashes);
    if (told === undefined) return JSON.stringify(stateOf(image, entry, full));
    if (told.text === null || told.full !== full || !isSameEntry(told.entry, entry)) {
      Object.assign(told, { entry, full, text: JSON.stringify(stateOf(image, entry, full)) });
    }
    return told.text ?? '';
  }

  /**
   * The id goes first, then the address by the site's rules, then the address as it was given: the image is blocked when
   * any of them is, so that one which was blocked before the site had its rules is not shown again (docs/adr/0016).
   *
   * @throws VigieError INVALID when neither url nor id is given or the url is none; UNAVAILABLE before the index is
   *   loaded: "visible" would be a guess
   */
  find(site: AddressedSite, image: ImageRef, pointer: string): Found {
    if (!this.index.ready) {
      throw new VigieError(
        'UNAVAILABLE',
        'The blocked images are still being loaded. Ask again in a moment.',
      );
    }
    const hashes = this.hashesOf(site, image, pointer);
    return { hashes, entry: this.index.firstOf(hashes) };
  }

  private hashesOf(site: AddressedSite, { url, id }: ImageRef, pointer: string): readonly Buffer[] {
    if (url === undefined) {
      if (id === undefined) throw invalid(pointer, 'Name the image: "url" or "id".');
      return [ownIdKey(site.id, id, false).hash];
    }
    const byAddress = this.addresses.of(site, url, `${pointer}/url`);
    return id === undefined ? byAddress : [ownIdKey(site.id, id, false).hash, ...byAddress];
  }

  private async ask(siteId: string, hashes: readonly Buffer[]): Promise<ReadonlyMap<number, StateRow>> {
    try {
      const rows = await this.database.inIndexedTransaction((tx) => readStates(tx, siteId, hashes));
      return new Map(rows.map((row) => [row.n, row]));
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      throw new VigieError(
        'UNAVAILABLE',
        `The database is out of reach, and this process may not know that version yet. Without ${AT_LEAST} it answers what it knows.`,
      );
    }
  }
}

function entryOfRow(row: StateRow | undefined): Entry | null {
  if (row === undefined || row.reason === null || row.since === null) return null;
  const { reason, since, version, reviewed } = row;
  return { reason, since, version, reviewed };
}

/** The answer echoes the question, and says nothing of a visible image but that it is visible (behaviour 48). */
export function stateOf({ url, id }: ImageRef, entry: Entry | null, full: boolean): ImageStateAnswer {
  const image = { ...(url === undefined ? {} : { url }), ...(id === undefined ? {} : { id }) };
  if (entry === null) return { image, blocked: false };
  const { reason, since, version, reviewed } = entry;
  return { image, blocked: true, ...(full ? { reason, reviewed } : {}), since: wholeSeconds(since), version };
}
