import type { FreshNames, KnownReader } from '../database/statements/readers/forget-readers.js';

/**
 * Random values for pseudonyms. Within one image equal ones stay equal, of those that are forgotten at once: a reader of two
 * rounds stays one reader of its case, a device's vote its account's, and two people of one network stay that. Nothing leads from
 * one image to another, nor back.
 *
 * @param random so many random bytes, of a generator that nobody can foresee
 */
export function freshNames(
  readers: readonly KnownReader[],
  random: (bytes: number) => Buffer,
): readonly FreshNames[] {
  const drawn = new Map<string, Buffer>();
  return readers.map((known) => {
    const draw = (old: Buffer): Buffer => {
      const key = `${known.siteId} ${known.imageId} ${old.toString('latin1')}`;
      let fresh = drawn.get(key);
      if (fresh === undefined) drawn.set(key, (fresh = random(old.length)));
      return fresh;
    };
    const drawUnlessNull = (old: Buffer | null): Buffer | null => (old === null ? null : draw(old));
    return {
      known,
      fresh: {
        reporter: draw(known.reporter),
        narrow: drawUnlessNull(known.narrow),
        wide: drawUnlessNull(known.wide),
        minted: drawUnlessNull(known.minted),
        linkedTo: drawUnlessNull(known.linkedTo),
      },
    };
  });
}
