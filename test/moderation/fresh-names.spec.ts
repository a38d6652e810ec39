import { randomBytes } from 'node:crypto';
import type { KnownReader } from '../../src/database/statements/readers/forget-readers.js';
import { freshNames } from '../../src/moderation/fresh-names.js';

const hash = (name: string, bytes = 16): Buffer => Buffer.from(name.padEnd(bytes, '.')).subarray(0, bytes);
const reader = (imageId: string, name: string, more: Partial<KnownReader> = {}): KnownReader => ({
  siteId: '1',
  imageId,
  round: 1,
  reporter: hash(name),
  narrow: hash('home', 8),
  wide: hash('isp', 8),
  minted: null,
  linkedTo: null,
  ...more,
});

describe('fresh names', () => {
  it('are of the same length, and nothing of what was', () => {
    const [{ fresh } = { fresh: reader('1', '') }] = freshNames([reader('1', 'ann')], randomBytes);
    expect([fresh.reporter.length, fresh.narrow?.length, fresh.wide?.length]).toEqual([16, 8, 8]);
    expect([fresh.minted, fresh.linkedTo]).toEqual([null, null]);
    expect(fresh.reporter).not.toEqual(hash('ann'));
    expect(fresh.narrow).not.toEqual(hash('home', 8));
  });

  it('keep equal within an image what is equal: rounds, networks, and whose a device is', () => {
    const [first, later, device, neighbour] = freshNames(
      [
        reader('1', 'ann'),
        reader('1', 'ann', { round: 2 }),
        reader('1', 'phone', { linkedTo: hash('ann') }),
        reader('1', 'ben', { narrow: hash('work', 8), minted: hash('home', 8) }),
      ],
      randomBytes,
    ).map(({ fresh }) => fresh);
    expect(later?.reporter).toEqual(first?.reporter);
    expect(device?.linkedTo).toEqual(first?.reporter);
    expect(device?.reporter).not.toEqual(first?.reporter);
    expect(device?.narrow).toEqual(first?.narrow);
    expect(neighbour?.minted).toEqual(first?.narrow);
    expect(neighbour?.narrow).not.toEqual(first?.narrow);
  });

  it('lead from no image to another, and from no site to another', () => {
    const fresh = freshNames(
      [reader('1', 'ann'), reader('2', 'ann'), { ...reader('1', 'ann'), siteId: '2' }],
      randomBytes,
    ).flatMap(({ fresh: { reporter, narrow } }) => [reporter.toString('hex'), narrow?.toString('hex')]);
    expect(new Set(fresh).size).toBe(6);
  });
});
