import { DeviceTokens } from '../../src/access/device-token.js';
import { Sealed } from '../../src/access/sealed.js';

const devices = new DeviceTokens(new Sealed(Buffer.alloc(32, 1)));

describe('device tokens', () => {
  it('say which device and since when', () => {
    const opened = devices.openDevice(devices.mintDevice(1_795_000_000));
    expect(opened?.id).toHaveLength(16);
    expect(opened?.issuedAt).toBe(1_795_000_000);
  });

  it('are new each time, within the same second too', () => {
    const minted = Array.from({ length: 200 }, () => devices.mintDevice(1_795_000_000));
    expect(new Set(minted.map((token) => devices.openDevice(token)?.id.toString('hex'))).size).toBe(200);
  });

  it('of another installation are refused', () => {
    const others = new DeviceTokens(new Sealed(Buffer.alloc(32, 2)));
    expect(devices.openDevice(others.mintDevice())).toBeNull();
  });

  it('are refused when a character changed', () => {
    const token = devices.mintDevice();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(devices.openDevice(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  it('are refused when they are something else that we sealed', () => {
    const sealed = new Sealed(Buffer.alloc(32, 1));
    expect(devices.openDevice(sealed.id('case', '1').replace('case_', 'dev_'))).toBeNull();
    expect(devices.openDevice(`dev_${sealed.seal('device', Buffer.alloc(8))}`)).toBeNull();
  });

  it.each(['', 'dev_', 'dev_x', 'hello', '\0'])('%j is none', (text) => {
    expect(devices.openDevice(text)).toBeNull();
  });
});
