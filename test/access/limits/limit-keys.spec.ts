import { DeviceTokens } from '../../../src/access/readers/device-token.js';
import { LimitKeys } from '../../../src/access/limits/limit-keys.js';
import { Networks } from '../../../src/access/readers/networks.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';

const secret = Buffer.alloc(32, 1);
const devices = new DeviceTokens(new Sealed(secret));
const networks = new Networks(secret);
const keys = new LimitKeys(secret, devices, networks);
const mint = (siteId = '1') => devices.mintDevice(siteId, Buffer.alloc(8));
const body = (device: unknown) => ({ reporter: { device } });

describe('the key of a network', () => {
  it.each([
    ['the same /24', '203.0.113.1', '203.0.113.254', true],
    ['another /24', '203.0.113.1', '203.0.114.1', false],
    ['the same /56', '2001:db8:0:100::1', '2001:db8:0:1ff::1', true],
    ['another /56', '2001:db8:0:100::1', '2001:db8:0:200::1', false],
    ['IPv4 in the form of IPv6', '::ffff:203.0.113.9', '203.0.113.1', true],
    ['what is no address', 'nonsense', 'x'.repeat(70), true],
  ])('tells networks apart, and nothing else: %s', (_name, a, b, same) => {
    expect(keys.networksOf({ ip: a }).narrow === keys.networksOf({ ip: b }).narrow).toBe(same);
    expect(keys.networksOf({ ip: a }).narrow).toMatch(/^[\w-]{16}$/);
  });

  it.each([
    ['the same /16', '203.0.113.1', '203.0.9.1', true],
    ['another /16', '203.0.113.1', '203.1.113.1', false],
    ['the same /40', '2001:db8:100::1', '2001:db8:1ff:ff00::1', true],
    ['another /40', '2001:db8:100::1', '2001:db8:200::1', false],
  ])('tells wide networks apart: %s', (_name, a, b, same) => {
    expect(keys.networksOf({ ip: a }).wide === keys.networksOf({ ip: b }).wide).toBe(same);
    expect(keys.networksOf({ ip: a }).wide).toMatch(/^[\w-]{16}$/);
    expect(keys.networksOf({ ip: a }).wide).not.toBe(keys.networksOf({ ip: a }).narrow);
  });

  it('is another under another secret', () => {
    const other = new LimitKeys(Buffer.alloc(32, 2), devices, networks);
    const { narrow, wide } = keys.networksOf({ ip: '203.0.113.1' });
    expect(other.networksOf({ ip: '203.0.113.1' }).narrow).not.toBe(narrow);
    expect(other.networksOf({ ip: '203.0.113.1' }).wide).not.toBe(wide);
  });

  it('is forgotten with the address, which one place remembers for all that ask', () => {
    const sender = { ip: '203.0.113.1' };
    const place = networks.placeOf(sender);
    networks.networksOf('1', sender);
    keys.networksOf(sender);
    expect(networks.placeOf(sender)).toBe(place);
    const long = { ip: 'x'.repeat(70) };
    expect(networks.placeOf(long)).toEqual(networks.placeOf({ ip: 'nonsense' }));
  });

  it('is there for a connection that has no address any more', () => {
    expect(keys.networksOf({ ip: undefined }).narrow).toMatch(/^[\w-]{16}$/);
  });
});

describe('the key of a device', () => {
  it('is the same for each of its reports, another for each device, and tells nothing of it', () => {
    const token = mint();
    const key = keys.deviceOf('1', body(token));
    expect(key).toMatch(/^[\w-]{16}$/);
    expect(keys.deviceOf('1', { ...body(token), reason: 'spam' })).toBe(key);
    expect(keys.deviceOf('1', body(mint()))).not.toBe(key);
    expect(devices.openDevice('1', token)?.id.toString('base64url')).not.toContain(key);
  });

  it.each([
    ['no body', undefined],
    ['null', null],
    ['a list', []],
    ['no reporter', {}],
    ['a reporter that is a text', { reporter: 'dev_' }],
    ['no device', { reporter: {} }],
    ['a device that is no text', body(7)],
    ['a device that is made up', body('dev_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')],
    ['a device of another site', body(mint('2'))],
    ['a text longer than any token', body(`dev_${'a'.repeat(100_000)}`)],
  ])('is none where the body names no device of ours: %s', (_name, given) => {
    expect(keys.deviceOf('1', given)).toBeUndefined();
  });
});
