import fc from 'fast-check';
import { BlockedSet, MOST_UNBLOCKED } from '../../src/client/blocked-set.js';
import type { ImageChange } from '../../src/client/image-change.js';
import { KeyHash } from '../../src/client/key-hash.js';
import { readState, writeState } from '../../src/client/saved-state.js';

const SERVICE = 'https://vigie.example.ma';
const url = (n: number): string => `https://cdn.example.ma/photos/2026/11/${(n * 2654435761) >>> 0}-${n}.jpg`;
const change = (n: number, version: number, blocked = true): ImageChange => ({
  image: { url: url(n), addresses: [] },
  blocked,
  version,
  ...(blocked ? { reason: 'spam' } : {}),
});
const reloaded = (set: BlockedSet): BlockedSet =>
  readState(
    writeState({ set, cursor: 'c', asOf: null, confirmedAt: 1, rules: { tag: null, rules: {} } }, SERVICE),
    SERVICE,
  ).set;

describe('the blocked set', () => {
  it('answers as a map of versions does, after any changes, and after it was saved and loaded', () => {
    const steps = fc.array(
      fc.record({
        n: fc.nat(60),
        version: fc.integer({ min: 1, max: 9 }),
        blocked: fc.boolean(),
        asks: fc.nat(60),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const set = new BlockedSet();
        const model = new Map<number, { version: number; blocked: boolean }>();
        // One `expect` at the end: one for each of so many questions would take longer than they do.
        const wrong: unknown[] = [];
        const compare = (what: string, n: number, got: unknown, expected: unknown): void => {
          if (got !== expected) wrong.push({ what, n, got, expected });
        };
        for (const { n, version, blocked, asks } of list) {
          const news = version > (model.get(n)?.version ?? 0);
          compare('fold', n, set.fold(change(n, version, blocked)), news);
          if (news) model.set(n, { version, blocked });
          const isBlocked = model.get(asks)?.blocked ?? false;
          compare('hasUrl', asks, set.hasUrl(url(asks)), isBlocked);
          compare('hasUrl with a fragment', asks, set.hasUrl(`${url(asks)}#x`), isBlocked);
        }
        for (const each of [set, reloaded(set)]) {
          expect(each.size).toBe([...model.values()].filter(({ blocked }) => blocked).length);
          for (let n = 0; n <= 60; n += 1) {
            const known = model.get(n);
            const version = known?.blocked === true ? known.version : undefined;
            compare('byUrl', n, each.byUrl(url(n))?.version, version);
            compare('fold of what is known', n, each.fold(change(n, known?.version ?? 0)), false);
          }
        }
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('holds 100,000 images in at most 40 bytes each, while it grows and while it shrinks', () => {
    const set = new BlockedSet();
    for (let n = 0; n < 100_000; n += 1) {
      set.fold(change(n, 1));
      if (n > 10_000 && n % 1000 === 0) expect(set.bytes / set.size).toBeLessThanOrEqual(40);
    }
    for (let n = 0; n < 100_000; n += 1) if (!set.hasUrl(url(n))) throw new Error(`${n} is missing`);
    for (let n = 100_000; n < 200_000; n += 1) if (set.hasUrl(url(n))) throw new Error(`${n} is not blocked`);
    expect(reloaded(set).hasUrl(url(77_777))).toBe(true);
    for (let n = 0; n < 90_000; n += 1) {
      set.fold(change(n, 2, false));
      if (n < 85_000 && n % 1000 === 0) expect(set.bytes / set.size).toBeLessThanOrEqual(40);
    }
    expect(set.size).toBe(10_000);
    for (let n = 90_000; n < 100_000; n += 1) if (!set.hasUrl(url(n))) throw new Error(`${n} is missing`);
    expect(set.parts.unblocked.size).toBe(MOST_UNBLOCKED);
  });

  it('keeps the start of a spell when its reason changes', () => {
    const set = new BlockedSet();
    set.fold({ ...change(1, 1), at: '2026-11-23T10:00:00.900Z' });
    set.fold({ ...change(1, 2), reason: 'hate', at: '2026-11-24T10:00:00Z' });
    expect(set.byUrl(url(1))).toEqual({ reason: 'hate', version: 2, since: '2026-11-23T10:00:00Z' });
  });

  it('tells ids from addresses, and ids in any script', () => {
    const set = new BlockedSet();
    const ids = ['1', 'صورة-١', 'photo é', '\u0000', 'a\u0000', 'x'.repeat(512), url(1)];
    for (const id of ids)
      expect(set.fold({ image: { id, addresses: [] }, blocked: true, version: 1 })).toBe(true);
    for (const id of ids) expect(set.hasId(id)).toBe(true);
    expect(set.size).toBe(ids.length);
    expect(set.hasUrl(url(1))).toBe(false);
    expect(
      ['', 'a', '\u0000\u0000', 'x'.repeat(511), 'x'.repeat(513)].map((id) => set.hasId(id)),
    ).not.toContain(true);
  });

  it('forgets nothing to a memo: ever the same and ever new addresses are answered alike', () => {
    const set = new BlockedSet();
    for (let n = 0; n < 100; n += 1) set.fold(change(n, 1));
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 40_000; n += 1) if (set.hasUrl(url(n)) !== n < 100) throw new Error(`${n}`);
      for (let n = 0; n < 100; n += 1) expect(set.hasUrl(url(n))).toBe(true);
    }
    set.fold(change(5, 2, false));
    expect(set.hasUrl(url(5))).toBe(false);
  });
});

describe('the hash of a key', () => {
  it('is another one for every client, and the same for the same seed', () => {
    const [one, other] = [new KeyHash(), new KeyHash()];
    const again = new KeyHash(one.seed);
    for (const hash of [one, other, again]) expect(hash.url(url(1))).toBe(true);
    expect(again.words).toEqual(one.words);
    expect(other.words).not.toEqual(one.words);
    expect(() => new KeyHash(new Uint8Array(3))).toThrow(RangeError);
  });

  it('differs for texts that differ', () => {
    const hash = new KeyHash();
    const text = fc.stringMatching(/^[!-~]{1,30}$/);
    fc.assert(
      fc.property(text, text, (one, other) => {
        hash.id(one);
        const first = hash.words.join();
        hash.id(other);
        expect(hash.words.join() === first).toBe(one === other);
        hash.id(`${one}é`);
        expect(hash.words.join()).not.toBe(first);
      }),
    );
  });
});
