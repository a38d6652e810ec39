import fc from 'fast-check';
import type { Visibility } from '../../src/core/image-state.js';
import { BlockIndex, type Entry, type VisibilityChange } from '../../src/visibility/block-index.js';
import { BlockIndexReadiness } from '../../src/visibility/block-index-readiness.js';
import { HashTable } from '../../src/visibility/hash-table.js';

const KEYS = [0, 1, 2, 3, 4, 5].map((n) => Buffer.alloc(16, n));
const key = (n: number): Buffer => KEYS[n] ?? Buffer.alloc(16, n);

/** The version tells the events of a test apart. */
const blocked = (seq: number): Visibility => ({
  blocked: true,
  version: seq,
  reason: 'spam',
  since: 1_000_000,
  reviewed: false,
});
const visible = (seq: number): Visibility => ({ blocked: false, version: seq });
const change = (seq: number, hashes: readonly number[], isBlocked = true): VisibilityChange => ({
  seq,
  siteId: '1',
  hashes: hashes.map(key),
  visibility: isBlocked ? blocked(seq) : visible(seq),
});

const entryAt = (seq: number): Entry => ({ reason: 'spam', since: 1_000_000, version: seq, reviewed: false });
const seen = (index: BlockIndex): (number | null)[] => KEYS.map((hash) => index.get(hash)?.version ?? null);

/** A log of changes in which images share no key, except that keys move from one image to another. */
const logs = fc
  .array(fc.record({ image: fc.nat(2), blocked: fc.boolean(), takes: fc.option(fc.nat(5), { nil: null }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((steps) => {
    const owner = [0, 0, 1, 1, 2, 2];
    return steps.map(({ image, blocked: isBlocked, takes }, at) => {
      if (takes !== null) owner[takes] = image;
      const hashes = owner.flatMap((its, hash) => (its === image ? [hash] : []));
      return change(at + 1, hashes, isBlocked);
    });
  });

/** Either the process is told of a commit of its own (`tell`), or the follower reads `read` more events. */
const schedules = (length: number) =>
  fc.array(
    fc.oneof(
      fc.record({ tell: fc.array(fc.nat(length - 1), { maxLength: 4 }) }),
      fc.record({ read: fc.integer({ min: 0, max: 6 }) }),
    ),
    { maxLength: 40 },
  );

const fold = (log: readonly VisibilityChange[]): (number | null)[] => {
  const index = new BlockIndex();
  index.follow(log, log.length);
  return seen(index);
};

describe('the block index', () => {
  it('behaviour 42: two overlapping batches, told in either order, before or after the follower, end the same', () => {
    const first = [change(1, [0]), change(2, [1])];
    const second = [change(3, [1], false), change(4, [0, 2])];
    const log = [...first, ...second];
    for (const batches of [
      [first, second],
      [second, first],
    ]) {
      for (const readAfter of [0, 1, 2]) {
        const index = new BlockIndex();
        batches.forEach((batch, at) => {
          if (at === readAfter) index.follow(log, 4);
          index.apply(batch);
        });
        expect(seen(index)).toEqual([4, null, 4, null, null, null]);
        if (readAfter === 2) index.follow(log, 4);
        expect(seen(index)).toEqual([4, null, 4, null, null, null]);
      }
    }
  });

  it('behaviour 42: any interleaving of own commits and the log equals the log, and no key ever goes back', () => {
    const runs = logs.chain((log) => fc.tuple(fc.constant(log), schedules(log.length)));
    fc.assert(
      fc.property(runs, ([log, schedule]) => {
        const index = new BlockIndex();
        const newest = KEYS.map(() => 0);
        let cursor = 0;
        const note = (changes: readonly VisibilityChange[]): void => {
          for (const { seq, hashes } of changes) {
            for (const hash of hashes) newest[hash[0] ?? 0] = Math.max(newest[hash[0] ?? 0] ?? 0, seq);
          }
        };
        const expected = (): (number | null)[] =>
          newest.map((seq) => (log[seq - 1]?.visibility.blocked ? seq : null));
        for (const step of [...schedule, { read: log.length }]) {
          if ('tell' in step) {
            const told = step.tell.flatMap((at) => log[at] ?? []);
            index.apply(told);
            note(told.filter(({ seq }) => seq > cursor));
          } else {
            const read = log.slice(cursor, cursor + step.read);
            cursor += read.length;
            index.follow(read, cursor);
            note(read);
          }
          expect(seen(index)).toEqual(expected());
        }
        expect(seen(index)).toEqual(fold(log));
      }),
      { numRuns: 500 },
    );
  });

  it('behaviour 42: a load in the middle neither loses an own commit nor puts an older state back', () => {
    const runs = logs.chain((log) => {
      const position = fc.nat(log.length);
      return fc.tuple(
        fc.constant(log),
        position,
        position,
        fc.array(fc.nat(log.length - 1), { maxLength: 6 }),
      );
    });
    fc.assert(
      fc.property(runs, ([log, read, snapshot, told]) => {
        const index = new BlockIndex();
        index.follow(log.slice(0, read), read);
        index.apply(told.flatMap((at) => log[at] ?? []));
        const table = new HashTable();
        fold(log.slice(0, snapshot)).forEach((seq, hash) => {
          if (seq !== null) table.set(key(hash), entryAt(seq));
        });
        const ahead = told.filter((at) => at >= Math.max(read, snapshot)).flatMap((at) => log[at] ?? []);
        index.replace(table, snapshot);
        const model = new BlockIndex();
        model.follow(log.slice(0, snapshot), snapshot);
        model.apply(ahead);
        if (snapshot >= read) expect(seen(index)).toEqual(seen(model));
        index.follow(log.slice(snapshot), log.length);
        expect(seen(index)).toEqual(fold(log));
      }),
      { numRuns: 500 },
    );
  });

  it('knows nothing and is not ready before it is loaded', async () => {
    const index = new BlockIndex();
    expect(index.ready).toBe(false);
    expect(index.get(key(1))).toBeNull();
    const readiness = new BlockIndexReadiness(index, { staleAfterSeconds: 30 }, () => 0);
    expect(readiness.name).toBe('block index');
    await expect(readiness.check()).resolves.toBe('down');
  });

  it('is ready until the log was not read for longer than allowed', async () => {
    const index = new BlockIndex();
    index.replace(new HashTable(), 7);
    index.lookedAt(new Date(100_000));
    const at = (now: number) => new BlockIndexReadiness(index, { staleAfterSeconds: 30 }, () => now).check();
    expect(index.asOf).toEqual(new Date(100_000));
    await expect(at(130_000)).resolves.toBe('up');
    await expect(at(130_001)).resolves.toBe('down');
  });

  it('lets a restored log, which is shorter, say what holds', () => {
    const index = new BlockIndex();
    index.follow([change(1, [0]), change(5, [1])], 5);
    index.apply([change(9, [2])]);
    index.goBackTo(1);
    expect(seen(index)).toEqual([1, 5, 9, null, null, null]);
    index.apply([change(2, [2], false)]);
    const table = new HashTable();
    table.set(key(0), entryAt(1));
    index.replace(table, 1);
    expect(seen(index)).toEqual([1, null, null, null, null, null]);
    index.follow([change(2, [2], false)], 2);
    expect(index.cursor).toBe(2);
  });
});
