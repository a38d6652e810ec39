import type { AddressRules } from '../core/address-rules.js';
import { canonicalAddress } from '../core/canonical-address.js';
import { canonicalUrl } from '../core/canonical-url.js';
import { AnswerMemo } from './answer-memo.js';
import { BlockTable, MARKS } from './block-table.js';
import type { ChangedImage, ImageChange } from './image-change.js';
import { KeyHash } from './key-hash.js';

/** Versions of images that were unblocked, kept so that an older message does not block them again. */
export const MOST_UNBLOCKED = 10_000;

/** What is known of a blocked image. */
export interface Block {
  readonly reason?: string;
  readonly version: number;
  /** Start of the blocked spell, RFC 3339 in whole seconds. */
  readonly since?: string;
}

/**
 * The blocked images of a site, by all their ids and addresses, each with the version of what it says. Keys are hashes
 * (key-hash.ts): the addresses themselves are not kept.
 */
export class BlockedSet {
  private readonly memo = new AnswerMemo();
  /** Null: none, which is nearly always so. */
  private rules: AddressRules | null = null;

  constructor(
    private readonly hash = new KeyHash(),
    private readonly table = new BlockTable(),
    /** Number 0 stands for a reason that was not said. */
    private readonly reasons: string[] = [''],
    /** By the hash as text, the oldest first. */
    private readonly unblocked = new Map<string, number>(),
  ) {}

  /** Another one, still empty, with the same hashes and rules. */
  emptied(): BlockedSet {
    const set = new BlockedSet(this.hash);
    set.rules = this.rules;
    return set;
  }

  /** From now on addresses are looked up by these rules of the site. */
  useRules(rules: AddressRules): void {
    this.rules = Object.keys(rules).length === 0 ? null : rules;
    this.memo.forget();
  }

  /** Ids and addresses that are blocked: an image with an id and two addresses counts three times. */
  get size(): number {
    return this.table.size;
  }

  /** Bytes held by its entries, free slots included. */
  get bytes(): number {
    return this.table.bytes;
  }

  /** By an address in any spelling. False for what is no address of an image: nothing can block it. */
  hasUrl(url: string): boolean {
    const known = this.memo.find(url);
    if (known !== undefined) return known;
    const blocked = this.findUrl(url) >= 0;
    this.memo.keep(url, blocked);
    return blocked;
  }

  hasId(id: string): boolean {
    return this.hash.id(id) && this.table.find(this.hash.words) >= 0;
  }

  byUrl(url: string): Block | null {
    return this.block(this.findUrl(url));
  }

  byId(id: string): Block | null {
    return this.block(this.hash.id(id) ? this.table.find(this.hash.words) : -1);
  }

  /**
   * Takes in what is said of an image, for each of its keys whose version is below it: messages may come twice and in
   * any order. False when nothing of it was new.
   */
  fold({ image, blocked, reason, version, at }: ImageChange): boolean {
    let news = false;
    const since = blocked ? this.sinceOf(image, at) : 0;
    for (const hashed of this.keysOf(image)) {
      if (!hashed || version <= this.known()) continue;
      news = true;
      if (blocked) {
        this.table.set(this.hash.words, version, since, this.markOf(reason));
        if (this.unblocked.size > 0) this.unblocked.delete(this.name());
      } else {
        this.table.delete(this.hash.words);
        this.remember(version);
      }
    }
    if (news) this.memo.forget();
    return news;
  }

  /** For saved-state.ts: all there is. */
  get parts(): { hash: KeyHash; table: BlockTable; reasons: string[]; unblocked: Map<string, number> } {
    return { hash: this.hash, table: this.table, reasons: this.reasons, unblocked: this.unblocked };
  }

  /** After each step the hash is that of the next key; false: it has none. */
  private *keysOf({ url, id, addresses }: ChangedImage): Generator<boolean> {
    if (id !== undefined) yield this.hash.id(id);
    if (url !== undefined) yield this.hashUrl(url);
    for (const address of addresses) yield this.hashUrl(address);
  }

  /**
   * Where an address is in the table; -1 where it is not. By the site's rules, and then as it was given: of an image from
   * before the site had its rules that is its key until the service has readdressed it.
   */
  private findUrl(url: string): number {
    const { rules } = this;
    if (rules === null) return this.hashUrl(url) ? this.table.find(this.hash.words) : -1;
    const address = canonicalAddress(url, rules);
    if (!address.ok) return -1;
    const slot = this.findKey(address.url);
    return slot >= 0 || address.shown === address.url ? slot : this.findKey(address.shown);
  }

  /** @param key an address as the service knows it */
  private findKey(key: string): number {
    return this.hash.url(key) ? this.table.find(this.hash.words) : -1;
  }

  private hashUrl(url: string): boolean {
    const canonical = canonicalUrl(url);
    return canonical.ok && this.hash.url(canonical.url);
  }

  /** The version of the hashed key; 0 when it was never heard of. */
  private known(): number {
    const slot = this.table.find(this.hash.words);
    if (slot >= 0) return this.table.version(slot);
    return this.unblocked.size === 0 ? 0 : (this.unblocked.get(this.name()) ?? 0);
  }

  private block(slot: number): Block | null {
    if (slot < 0) return null;
    const reason = this.reasons[this.table.mark(slot)] ?? '';
    const since = this.table.since(slot);
    return {
      ...(reason === '' ? {} : { reason }),
      version: this.table.version(slot),
      ...(since === 0 ? {} : { since: `${new Date(since * 1000).toISOString().slice(0, 19)}Z` }),
    };
  }

  /** A change of the reason does not begin a new spell: what is known of any key of the image goes on. */
  private sinceOf(image: ChangedImage, at: string | undefined): number {
    for (const hashed of this.keysOf(image)) {
      const slot = hashed ? this.table.find(this.hash.words) : -1;
      if (slot >= 0 && this.table.since(slot) > 0) return this.table.since(slot);
    }
    const time = at === undefined ? NaN : Date.parse(at);
    return time > 0 ? Math.floor(time / 1000) : 0;
  }

  private markOf(reason = ''): number {
    const known = this.reasons.indexOf(reason);
    if (known >= 0) return known;
    return this.reasons.length < MARKS ? this.reasons.push(reason) - 1 : 0;
  }

  private remember(version: number): void {
    const name = this.name();
    this.unblocked.delete(name);
    this.unblocked.set(name, version);
    if (this.unblocked.size <= MOST_UNBLOCKED) return;
    const [oldest] = this.unblocked.keys();
    if (oldest !== undefined) this.unblocked.delete(oldest);
  }

  private name = (): string => this.hash.words.join();
}
