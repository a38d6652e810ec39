import type { AddressRules } from '../core/address-rules.js';
import { BlockedSet } from './blocked-set.js';
import { BlockTable } from './block-table.js';
import { KeyHash, SEED_BYTES } from './key-hash.js';

/** What a client knows, and how to go on from there. */
export interface State {
  readonly set: BlockedSet;
  readonly cursor: string;
  /** What the service said last of how fresh it was, RFC 3339; null when it did not yet. */
  readonly asOf: string | null;
  /** When that was heard here, in ms since 1970. */
  readonly confirmedAt: number;
  readonly rules: KnownRules;
}

/** The site's address rules, and by which tag the service calls them; null when it said none yet. */
export interface KnownRules {
  readonly tag: string | null;
  readonly rules: AddressRules;
}

export const NO_RULES: KnownRules = { tag: null, rules: {} };

/** "VIGI" as a word; read back in the other byte order it is another one, so that foreign files are refused. */
const MAGIC = 0x56494749;
const FORMAT = 1;
const HEADER_WORDS = 8;

interface Meta {
  readonly service: string;
  readonly cursor: string;
  readonly asOf: string | null;
  readonly confirmedAt: number;
  readonly reasons: string[];
  readonly unblocked: [string, number][];
  readonly capacity: number;
  readonly tail: number;
  readonly filled: number;
  /** Not in what older versions saved. */
  readonly rules?: KnownRules;
}

/**
 * A state as bytes: header of eight words (magic, format, lengths, checksum), then JSON, seed, slots and marks, each
 * filled up to whole words. Copies memory as it is: some 20 ms for a million images.
 *
 * @param service address of the service, so that nobody takes over the state of another one
 */
export function writeState({ set, cursor, asOf, confirmedAt, rules }: State, service: string): Uint8Array {
  const { hash, table, reasons, unblocked } = set.parts;
  const { words, marks, ...numbers } = table.layout;
  const meta: Meta = {
    service,
    cursor,
    asOf,
    confirmedAt,
    rules,
    reasons,
    unblocked: [...unblocked],
    ...numbers,
  };
  const json = new TextEncoder().encode(JSON.stringify(meta));
  const seedAt = HEADER_WORDS * 4 + padded(json.length);
  const wordsAt = seedAt + SEED_BYTES;
  const marksAt = wordsAt + words.byteLength;
  const bytes = new Uint8Array(marksAt + padded(marks.length));
  bytes.set(json, HEADER_WORDS * 4);
  bytes.set(hash.seed, seedAt);
  bytes.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), wordsAt);
  bytes.set(marks, marksAt);
  const head = new Uint32Array(bytes.buffer, 0, HEADER_WORDS);
  head.set([MAGIC, FORMAT, json.length, words.length, marks.length, 0]);
  head.set(checksum(bytes), 6);
  return bytes;
}

/**
 * @throws RangeError with a sentence when the bytes are no saved state, not a whole one, of another format or of another
 *   service
 */
export function readState(saved: Uint8Array, service: string): State {
  if (saved.length < HEADER_WORDS * 4 || saved.length % 4 !== 0)
    throw new RangeError('It is not a whole saved state.');
  // Not `slice`: of a Buffer that is no copy.
  const bytes = new Uint8Array(saved);
  const [magic, format, jsonLength = 0, wordsLength = 0, marksLength = 0, , first, second] = new Uint32Array(
    bytes.buffer,
    0,
    HEADER_WORDS,
  );
  if (magic !== MAGIC)
    throw new RangeError('It is not a saved state of this library, or of another kind of machine.');
  if (format !== FORMAT)
    throw new RangeError(`It has format ${format}; this version of the library reads ${FORMAT}.`);
  const [one, other] = checksum(bytes);
  if (one !== first || other !== second)
    throw new RangeError('Its checksum is wrong: it was damaged, or cut off.');

  const seedAt = HEADER_WORDS * 4 + padded(jsonLength);
  const wordsAt = seedAt + SEED_BYTES;
  const marksAt = wordsAt + wordsLength * 4;
  if (bytes.length !== marksAt + padded(marksLength)) throw new RangeError('Its lengths do not add up.');
  const json = bytes.subarray(HEADER_WORDS * 4, HEADER_WORDS * 4 + jsonLength);
  const meta = JSON.parse(new TextDecoder().decode(json)) as Meta;
  if (meta.service !== service) throw new RangeError(`It is a state of ${meta.service}, not of ${service}.`);
  // Copies, so that the arrays hold no more memory than they need.
  const table = BlockTable.of({
    words: new Uint32Array(bytes.slice(wordsAt, marksAt).buffer),
    marks: bytes.slice(marksAt, marksAt + marksLength),
    capacity: meta.capacity,
    tail: meta.tail,
    filled: meta.filled,
  });
  const set = new BlockedSet(
    new KeyHash(bytes.slice(seedAt, wordsAt)),
    table,
    meta.reasons,
    new Map(meta.unblocked),
  );
  const { cursor, asOf, confirmedAt, rules = NO_RULES } = meta;
  return { set, cursor, asOf, confirmedAt, rules };
}

const padded = (length: number): number => (length + 3) & ~3;

/** Two words over all but themselves. Against damage, not against forgery: whoever writes the file is trusted. */
function checksum(bytes: Uint8Array): [number, number] {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let a = words.length;
  let b = 0x2545f491;
  for (let index = 0; index < words.length; index += 1) {
    if (index === 6 || index === 7) continue;
    const word = words[index] ?? 0;
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b + word, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}
