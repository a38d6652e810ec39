import { MAX_URL_LENGTH } from '../core/canonical-url.js';

const { imul } = Math;

/** A hash is four words of 32 bits. */
export const HASH_WORDS = 4;

/** The head, then one symbol per two characters of an address, or per character of an id (512 at most). */
const SYMBOLS = 1 + MAX_URL_LENGTH / 2;

/** Bytes of the random numbers that make one hash function. */
export const SEED_BYTES = SYMBOLS * HASH_WORDS * 4;

/** Kinds of texts that must not meet, in the head beside the length (at most 2^12). */
const URL_KIND = 0 << 12;
const ID_KIND = 1 << 12;
const WIDE_KIND = 2 << 12;

/** The site's own ids are no longer than this (API: `image.id`). */
const MAX_ID_LENGTH = 512;

/**
 * 128 bits for an image's address or id: four independent multilinear hashes, each the sum of symbols times random
 * numbers, modulo 2^32. Two different addresses, or ids in ASCII, meet in all four with a probability of at most 2^-76
 * over the choice of those numbers, whoever chose the texts (a symbol has 14 bits; of a difference d * 2^t with d odd
 * and t <= 13, at most 2^t of 2^32 multipliers undo it; 2^-19 for each word; ids in other scripts: 2^-17 and 2^-68). Among
 * a million entries that is one wrong answer in 10^16 questions. The numbers are drawn anew by every client, so nobody
 * can look for two pictures that meet. Source: D. Lemire and O. Kaser, "Strongly universal string hashing is fast"
 * (2014), https://arxiv.org/abs/1202.4961.
 *
 * SHA-256 would need `node:crypto` or waiting (Web Crypto), and ten times as long.
 */
export class KeyHash {
  /** The last hash made, as unsigned words: valid until the next call. */
  readonly words = new Uint32Array(HASH_WORDS);
  private readonly multipliers: Int32Array;

  /** @param seed SEED_BYTES random bytes; those of an earlier client give its hashes */
  constructor(readonly seed: Uint8Array = crypto.getRandomValues(new Uint8Array(SEED_BYTES))) {
    if (seed.length !== SEED_BYTES)
      throw new RangeError(`A seed has ${SEED_BYTES} bytes, not ${seed.length}.`);
    const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
    this.multipliers = Int32Array.from({ length: SEED_BYTES / 4 }, (_, at) => view.getInt32(at * 4, true));
  }

  /** @param url canonical. False when it is longer than any canonical address. */
  url(url: string): boolean {
    return url.length <= MAX_URL_LENGTH && this.pairs(url, URL_KIND);
  }

  /** False when it can not be an id: it is empty or too long. */
  id(id: string): boolean {
    if (id.length === 0 || id.length > MAX_ID_LENGTH) return false;
    return this.pairs(id, ID_KIND) || this.singles(id);
  }

  /** Two characters at a time. False when they are not all ASCII; canonical addresses are. */
  private pairs(text: string, kind: number): boolean {
    const { multipliers: m, words } = this;
    const { length } = text;
    const head = length | kind;
    let a = imul(m[0] ?? 0, head);
    let b = imul(m[1] ?? 0, head);
    let c = imul(m[2] ?? 0, head);
    let d = imul(m[3] ?? 0, head);
    let seen = 0;
    let at = HASH_WORDS;
    const even = length & ~1;
    for (let index = 0; index < even; index += 2) {
      const first = text.charCodeAt(index);
      const second = text.charCodeAt(index + 1);
      seen |= first | second;
      const symbol = first | (second << 7);
      a = (a + imul(m[at] ?? 0, symbol)) | 0;
      b = (b + imul(m[at + 1] ?? 0, symbol)) | 0;
      c = (c + imul(m[at + 2] ?? 0, symbol)) | 0;
      d = (d + imul(m[at + 3] ?? 0, symbol)) | 0;
      at += HASH_WORDS;
    }
    if (even < length) {
      const symbol = text.charCodeAt(even);
      seen |= symbol;
      a = (a + imul(m[at] ?? 0, symbol)) | 0;
      b = (b + imul(m[at + 1] ?? 0, symbol)) | 0;
      c = (c + imul(m[at + 2] ?? 0, symbol)) | 0;
      d = (d + imul(m[at + 3] ?? 0, symbol)) | 0;
    }
    if (seen > 0x7f) return false;
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
    return true;
  }

  private singles(text: string): boolean {
    const head = text.length | WIDE_KIND;
    for (let word = 0; word < HASH_WORDS; word += 1) {
      let sum = imul(this.multipliers[word] ?? 0, head);
      for (let index = 0; index < text.length; index += 1) {
        const multiplier = this.multipliers[(index + 1) * HASH_WORDS + word] ?? 0;
        sum = (sum + imul(multiplier, text.charCodeAt(index))) | 0;
      }
      this.words[word] = sum;
    }
    return true;
  }
}
