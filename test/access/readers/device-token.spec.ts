import { DeviceTokens } from '../../../src/access/readers/device-token.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';

const devices = new DeviceTokens(new Sealed(Buffer.alloc(32, 1)));
const network = Buffer.from('a network');

const mint = (issuedAt?: number, by = devices): string =>
  by.mintDevice('1', network.subarray(0, 8), issuedAt);
const open = (token: string) => devices.openDevice('1', token);

describe('device tokens', () => {
  it('say which device, since when, and where it was minted', () => {
    const opened = open(mint(1_795_000_000));
    expect(opened?.id).toHaveLength(16);
    expect(opened?.issuedAt).toBe(1_795_000_000);
    expect(opened?.network.toString()).toBe('a networ');
  });

  it('are new each time, within the same second too', () => {
    const minted = Array.from({ length: 200 }, () => mint(1_795_000_000));
    expect(new Set(minted.map((token) => open(token)?.id.toString('hex'))).size).toBe(200);
  });

  it('of another site are refused', () => {
    expect(devices.openDevice('2', mint())).toBeNull();
  });

  it('are opened once for the limits and for the reporter, and for their own site alone', () => {
    const sealed = new Sealed(Buffer.alloc(32, 1));
    const unseal = jest.spyOn(sealed, 'open');
    const own = new DeviceTokens(sealed);
    const token = mint(undefined, own);
    expect(own.openDevice('1', token)).toEqual(own.openDevice('1', token));
    expect(unseal).toHaveBeenCalledTimes(1);
    expect(own.openDevice('2', token)).toBeNull();
  });

  it('of before networks were told are refused', () => {
    const sealed = new Sealed(Buffer.alloc(32, 1));
    expect(open(`dev_${sealed.seal('device', Buffer.alloc(20))}`)).toBeNull();
    expect(open(`dev_${sealed.seal('device of site 1', Buffer.alloc(20))}`)).toBeNull();
  });

  it('of another installation are refused', () => {
    const others = new DeviceTokens(new Sealed(Buffer.alloc(32, 2)));
    expect(open(mint(undefined, others))).toBeNull();
  });

  it('are refused when a character changed', () => {
    const token = mint();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(open(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  it('are refused when they are something else that we sealed', () => {
    const sealed = new Sealed(Buffer.alloc(32, 1));
    expect(open(sealed.id('case', '1').replace('case_', 'dev_'))).toBeNull();
    expect(open(`dev_${sealed.seal('device of site 1', Buffer.alloc(8))}`)).toBeNull();
  });

  it.each(['', 'dev_', 'dev_x', 'hello', '\0'])('%j is none', (text) => {
    expect(open(text)).toBeNull();
  });
});
