import { AddressHashes } from '../../src/publishing/address-hashes.js';
import { addressKey, keysOf } from '../../src/moderation/wanted-key.js';

const URL = 'https://cdn.example.ma/photos/1.jpg?w=300';
const plain = { id: '1', addressRules: {} };
const byRules = { id: '1', addressRules: { ignoreParameters: ['w'] } };
const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
const fresh = (site: typeof plain, url: string): string[] =>
  hex(keysOf(addressKey(site, url, '', false)).map(({ hash }) => hash));

describe('AddressHashes', () => {
  it('gives what the address gives by itself, the first time and later', () => {
    const addresses = new AddressHashes();
    for (let time = 0; time < 3; time += 1) {
      expect(hex(addresses.of(plain, URL, ''))).toEqual(fresh(plain, URL));
      expect(hex(addresses.of(byRules, URL, ''))).toEqual(fresh(byRules, URL));
    }
    expect(fresh(byRules, URL)).toHaveLength(2);
  });

  it('asks anew where the rules of the site, or the site, is another', () => {
    const addresses = new AddressHashes();
    const asked = [plain, byRules, { ...plain, id: '2' }].map((site) =>
      hex(addresses.of(site, URL, '')).join(),
    );
    expect(new Set(asked).size).toBe(3);
  });

  it('keeps no address that is refused, and says each time where it stands', () => {
    const addresses = new AddressHashes();
    for (const pointer of ['/images/0/url', '/images/7/url']) {
      expect(() => addresses.of(plain, 'no address', pointer)).toThrow(
        expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }) as Error,
      );
    }
  });

  it('answers for longer addresses than it keeps', () => {
    const long = `${URL}&x=${'y'.repeat(1000)}`;
    const addresses = new AddressHashes();
    expect(hex(addresses.of(byRules, long, ''))).toEqual(fresh(byRules, long));
  });

  it('has a place for what is told of an address that it keeps, and of no other', () => {
    const addresses = new AddressHashes();
    const first = addresses.of(plain, URL, '');
    const kept = addresses.of(plain, URL, '');
    expect(addresses.lastTold(first)).toBeUndefined();
    expect(addresses.lastTold(kept)).toEqual({ entry: null, full: false, text: null });
    expect(addresses.lastTold(addresses.of(plain, URL, ''))).toBe(addresses.lastTold(kept));
    expect(addresses.lastTold(addresses.of(byRules, URL, ''))).toBeUndefined();
  });
});
