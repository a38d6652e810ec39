import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { REASONS } from '../../src/core/reasons.js';
import type { Entry } from '../../src/visibility/entry.js';
import { HashTable } from '../../src/visibility/hash-table.js';

const { imul } = Math;

const numbered = (n: number): Buffer => createHash('sha256').update(String(n)).digest().subarray(0, 16);
const entry = (version: number): Entry => ({
  reason: 'spam',
  since: version * 1000,
  version,
  reviewed: false,
});

/** Like `numbered`, but a million of them in no time: always the same buffer, its words well mixed (murmur3's end). */
function scatter(): (n: number) => Buffer {
  const key = Buffer.alloc(16);
  return (n) => {
    for (let word = 0; word < 4; word += 1) {
      let mixed = n * 4 + word + 1;
      mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
      mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
      key.writeInt32LE(mixed ^ (mixed >>> 16), word * 4);
    }
    return key;
  };
}

const entries = fc.record<Entry>(
  {
    reason: fc.constantFrom(...REASONS),
    since: fc.nat(4_294_967_295).map((seconds) => seconds * 1000),
    version: fc.nat(4_294_967_295),
    reviewed: fc.boolean(),
  },
  { noNullPrototype: true },
);

/** Keys that share their first words, among them the very first and the very last, so that runs form and overflow. */
const crowdedKeys = fc
  .tuple(
    fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1),
    fc.constantFrom(0, 7, 2 ** 32 - 1),
    fc.nat(60),
  )
  .map(([first, second, last]) => {
    const key = Buffer.alloc(16, 0xff);
    key.writeUInt32LE(first, 0);
    key.writeUInt32LE(second, 4);
    key.writeUInt8(last === 60 ? 0xff : last, 15);
    return key;
  });

const operations = (keys: fc.Arbitrary<Buffer>, most: number) =>
  fc.array(
    fc.oneof(fc.record({ key: keys, entry: entries }), fc.record({ key: keys, entry: fc.constant(null) })),
    {
      maxLength: most,
      size: 'max',
    },
  );

function agreesWithMap(table: HashTable, steps: readonly { key: Buffer; entry: Entry | null }[]): void {
  const model = new Map<string, Entry>();
  // One `expect` at the end: one for each of so many steps would take longer than they do.
  const wrong: unknown[] = [];
  const compare = (key: Buffer, expected: Entry | null): void => {
    const got = table.get(key);
    if (!isDeepStrictEqual(got, expected)) wrong.push({ key: key.toString('hex'), got, expected });
  };
  for (const { key, entry } of steps) {
    if (entry === null) {
      table.delete(key);
      model.delete(key.toString('hex'));
    } else {
      table.set(key, entry);
      model.set(key.toString('hex'), entry);
    }
    compare(key, entry);
  }
  expect(table.size).toBe(model.size);
  for (const { key } of steps) compare(key, model.get(key.toString('hex')) ?? null);
  expect(wrong).toEqual([]);
}

describe('the hash table', () => {
  it('answers as a map does, whatever is set and deleted', () => {
    const keys = fc.nat(400).map(numbered);
    fc.assert(
      fc.property(operations(keys, 800), (steps) => agreesWithMap(new HashTable(), steps)),
      { numRuns: 30 },
    );
  });

  it('tells crowded keys apart, at both ends of the table and at the marks of free slots', () => {
    fc.assert(
      fc.property(
        operations(crowdedKeys, 800),
        fc.constantFrom<[number, number]>([1, 0], [1, 1]),
        (steps, mix) => agreesWithMap(new HashTable(mix), steps),
      ),
      { numRuns: 30 },
    );
  });

  it('holds more keys behind its last home slot than there is room for by default', () => {
    const table = new HashTable([1, 0]);
    const keys = Array.from({ length: 1_000 }, (_, n) => {
      const key = Buffer.alloc(16, 0xff);
      key.writeUInt32LE(n, 8);
      return key;
    });
    keys.forEach((key, n) => table.set(key, entry(n)));
    keys.forEach((key, n) => expect(table.get(key)).toEqual(entry(n)));
    for (const key of keys.slice(0, 990)) table.delete(key);
    keys.forEach((key, n) => expect(table.get(key)).toEqual(n < 990 ? null : entry(n)));
  });

  it('costs at most 40 bytes an entry at every size from 10,000 to 1,000,000, growing and shrinking', () => {
    const table = new HashTable();
    const value = entry(1);
    let most = 0;
    // Every 64th step is enough: sizes move by 1%, bytes by steps of 15%.
    const note = (n: number): void => {
      if (n % 64 === 0 && table.size >= 10_000) most = Math.max(most, table.bytes / table.size);
    };
    const scattered = scatter();
    for (let n = 0; n < 1_000_000; n += 1) {
      table.set(scattered(n), value);
      note(n);
    }
    expect(table.size).toBe(1_000_000);
    let wrong = 0;
    for (let n = 0; n < 1_100_000; n += 1)
      if ((table.get(scattered(n)) !== null) !== n < 1_000_000) wrong += 1;
    expect(wrong).toBe(0);
    for (let n = 0; n < 1_000_000; n += 1) {
      table.delete(scattered(n));
      note(n);
    }
    expect(most).toBeLessThanOrEqual(40);
    expect(table.size).toBe(0);
    expect(table.bytes).toBeLessThan(40_000);
  });

  it('refuses what is no hash of 16 bytes', () => {
    const table = new HashTable();
    expect(() => table.get(Buffer.alloc(15))).toThrow(RangeError);
    expect(() => table.set(Buffer.alloc(32), entry(1))).toThrow(RangeError);
  });

  it('keeps whole seconds of the time, rounded down', () => {
    const table = new HashTable();
    table.set(numbered(1), { ...entry(1), since: 1_700_000_000_999 });
    expect(table.get(numbered(1))?.since).toBe(1_700_000_000_000);
  });

  it('keeps a block whose reason a newer process wrote', () => {
    const table = new HashTable();
    table.set(numbered(1), { ...entry(1), reason: 'deepfake' as Entry['reason'], reviewed: true });
    expect(table.get(numbered(1))).toEqual({ ...entry(1), reason: 'other', reviewed: true });
  });
});
