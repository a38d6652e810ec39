import { Sealed } from '../../src/access/sealing/sealed.js';
import { SnapshotAddresses, type SnapshotGrant } from '../../src/images/snapshot-addresses.js';

const addresses = new SnapshotAddresses(new Sealed(Buffer.alloc(32, 1)), 'https://vigie.example.ma');
const other = new SnapshotAddresses(new Sealed(Buffer.alloc(32, 2)), 'https://vigie.example.ma');
const NOW = Date.UTC(2026, 10, 26, 3, 0, 0);
const SECOND = 1_000;

const GRANT: SnapshotGrant = {
  siteId: '9007199254740993',
  imageId: '12',
  sha256: Buffer.alloc(32, 0xab),
  file: 'preview',
  staffId: '3',
  legal: false,
};
const tokenOf = (grant: SnapshotGrant, now = NOW): string =>
  addresses.make(grant, now).replace('https://vigie.example.ma/v1/snapshots/', '');

it('gives back what it was made of', () => {
  for (const grant of [GRANT, { ...GRANT, file: 'thumbnail', legal: true } as const]) {
    expect(addresses.open(tokenOf(grant), NOW)).toEqual({ ...grant, secondsLeft: 300 });
  }
});

it('is good for five minutes at most, and for four at least', () => {
  expect(addresses.open(tokenOf(GRANT), NOW + 299 * SECOND)?.secondsLeft).toBe(1);
  expect(addresses.open(tokenOf(GRANT), NOW + 300 * SECOND)?.secondsLeft).toBe(0);
  expect(addresses.open(tokenOf(GRANT, NOW + 59 * SECOND), NOW + 59 * SECOND)?.secondsLeft).toBe(241);
});

it('is the same within a minute, so that a browser loads a picture once', () => {
  expect(tokenOf(GRANT, NOW + 59 * SECOND)).toBe(tokenOf(GRANT));
  expect(tokenOf(GRANT, NOW + 60 * SECOND)).not.toBe(tokenOf(GRANT));
});

it('differs for every file, person and permission, and tells none of it', () => {
  const tokens = [
    GRANT,
    { ...GRANT, file: 'thumbnail' } as const,
    { ...GRANT, staffId: '4' },
    { ...GRANT, legal: true },
    { ...GRANT, imageId: '13' },
    { ...GRANT, siteId: '1' },
  ].map((grant) => tokenOf(grant));
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.every((token) => /^snp_[\w-]+$/.test(token))).toBe(true);
});

it('can not be made up, changed, or taken from another installation', () => {
  const token = tokenOf(GRANT);
  const changed = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const foreign = other.make(GRANT, NOW).split('/').at(-1) ?? '';
  for (const wrong of ['', 'snp_', 'snp_x', changed, token.slice(4), `${token}A`, foreign])
    expect(addresses.open(wrong, NOW)).toBeNull();
});
