import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { Networks, prefixesOf } from '../../../src/access/readers/networks.js';

const networks = new Networks(Buffer.alloc(32, 1));
const of = (ip: string | undefined, site = '1') => networks.networksOf(site, { ip });

describe('the networks of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.0/24', '203.0.0.0/16'],
    ['255.255.255.255', '255.255.255.0/24', '255.255.0.0/16'],
    ['2001:db8:1234:5678:9abc::1', '2001:db8:1234:5600::/56', '2001:db8:1200::/40'],
    ['2001:DB8:1234:56FF::', '2001:db8:1234:5600::/56', '2001:db8:1200::/40'],
    ['::1', '0:0:0:0::/56', '0:0:0::/40'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56', 'fe80:0:0::/40'],
    ['fe80::1%br-lan.7', 'fe80:0:0:0::/56', 'fe80:0:0::/40'],
  ])('%s is in %s and %s', (address, narrow, wide) => {
    expect(prefixesOf(address)).toEqual({ narrow, wide });
  });

  it.each([
    ['IPv4-mapped', '::ffff:203.0.113.9'],
    ['IPv4-mapped, in hexadecimal', '::FFFF:cb00:7109'],
    ['translated by NAT64', '64:ff9b::203.0.113.9'],
    ['translated by a local NAT64', '64:ff9b:1::203.0.113.9'],
    ['translated by one of several local NAT64', '64:ff9b:1:fffe::203.0.113.9'],
    ['of 6to4', '2002:cb00:7109:abcd::1'],
    ['of Teredo', '2001:0:c633:6401:0:f227:34ff:8ef6'],
    ['with a port', '203.0.113.9:4711'],
    ['mapped, in brackets, with a port', '[::ffff:203.0.113.9]:4711'],
  ])('%s (%s) is that of the IPv4 address in it', (_name, address) => {
    expect(prefixesOf(address)).toEqual({ narrow: '203.0.113.0/24', wide: '203.0.0.0/16' });
  });

  it('is that of IPv6 behind a prefix of a local NAT64 that is shorter than /96', () => {
    // 203.0.113.9 behind a /48 and a /64.
    for (const address of ['64:ff9b:1:cb00:71:900::', '64:ff9b:1:0:cb:71:900:0']) {
      expect(prefixesOf(address).wide).toBe('64:ff9b:0::/40');
    }
  });

  it('is that of the address in brackets, with a port and without', () => {
    const expected = prefixesOf('2001:db8::1');
    expect(prefixesOf('[2001:db8::1]')).toEqual(expected);
    expect(prefixesOf('[2001:db8::1]:443')).toEqual(expected);
  });

  it('is the same for everything that is no address, so that nonsense makes no networks', () => {
    const nonsense = [
      undefined,
      '',
      'unknown',
      '_hidden',
      '1',
      '3405803785',
      '0xcb.0.113.9',
      '203.0.113.09',
      '203.0.113',
      '203.0.113.256',
      '1:2:3',
      'for=203.0.113.9',
      '<script>',
      'x'.repeat(100_000),
    ];
    const first = of('unknown');
    for (const ip of nonsense) expect(of(ip)).toEqual(first);
    expect(first.narrow).not.toEqual(first.wide);
  });
});

it('every address is in networks that are networks, the narrow one in the wide one', () => {
  const unreadable = prefixesOf('');
  const wellFormed = (cidr: string): boolean => isIP(cidr.split('/')[0] ?? '') !== 0;
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(address, fc.constantFrom('', '%eth0', '%a.b-c', '%1'), (bare, zone) => {
      const { narrow, wide } = prefixesOf(bare.includes(':') ? bare + zone : bare);
      expect(narrow).not.toBe(unreadable.narrow);
      expect([narrow, wellFormed(narrow), wellFormed(wide)]).toEqual([narrow, true, true]);
      expect(prefixesOf(narrow.split('/')[0] ?? '')).toEqual({ narrow, wide });
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(fc.string(), (text) => isIP(text) !== 0 || prefixesOf(text) === unreadable));
});

describe('the hashes of networks', () => {
  it('have 8 bytes, and are the same in every process', () => {
    const again = new Networks(Buffer.alloc(32, 1));
    const { narrow, wide } = of('203.0.113.9');
    expect([narrow.length, wide.length]).toEqual([8, 8]);
    expect(again.networksOf('1', { ip: '203.0.113.77' })).toEqual({ narrow, wide });
  });

  it('differ by site, secret, and network', () => {
    const others = new Networks(Buffer.alloc(32, 2));
    const all = [
      of('203.0.113.9'),
      of('203.0.113.9', '2'),
      of('203.0.114.9'),
      others.networksOf('1', { ip: '203.0.113.9' }),
    ];
    expect(new Set(all.map(({ narrow }) => narrow.toString('hex'))).size).toBe(4);
    expect(of('203.0.114.9').wide).toEqual(of('203.0.113.9').wide);
  });

  it('are no plain hash of the prefix', () => {
    const { narrow } = of('203.0.113.9');
    for (const text of ['203.0.113.0/24', 'network|203.0.113.0/24', '203.0.113.9']) {
      expect(createHash('sha256').update(text).digest().subarray(0, 8)).not.toEqual(narrow);
    }
  });

  it('stay right when more addresses are asked for than are remembered', () => {
    const first = of('10.0.0.1');
    for (let n = 0; n < 20_000; n += 1) of(`10.${n >> 8}.${n & 255}.1`);
    expect(of('10.0.0.1')).toEqual(first);
  });
});
