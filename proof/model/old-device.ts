import { DeviceTokens } from '../../src/access/readers/device-token.js';
import { Sealed } from '../../src/access/sealing/sealed.js';
import { SECRET } from '../../test/setup/process.js';

const sealed = new Sealed(Buffer.from(SECRET));
const devices = new DeviceTokens(sealed);
const A_WEEK = 7 * 24 * 3600;

/**
 * The token of a device like another, made long before: when it was made the token says, which no passing of time changes.
 *
 * @param site as the API names it @throws Error where it is no device of that site
 */
export function oldDevice(site: string, token: string): string {
  const siteId = sealed.databaseId('sit', site);
  const device = siteId === null ? null : devices.openDevice(siteId, token);
  if (siteId === null || device === null) throw new Error('This is no device of that site.');
  return devices.mintDevice(siteId, device.network, device.issuedAt - A_WEEK);
}
