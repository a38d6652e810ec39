import {
  type DeviceAccount,
  loadDeviceAccounts,
  saveDeviceAccounts,
} from '../database/statements/readers/link-devices.js';
import { moveRecords } from '../database/statements/readers/move-records.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand, ReportImage } from './image-command.js';

/** Whose devices are, by site and device. */
export type DeviceAccounts = ReadonlyMap<string, DeviceAccount>;

const linkKey = (siteId: string, device: Buffer): string => `${siteId} ${device.toString('latin1')}`;

/** The device behind a report, whether it reports for itself or with its account. */
const deviceOf = ({ reporter }: ReportImage): Buffer | null =>
  reporter.kind === 'device' ? reporter.hash : reporter.device;

/** Which of the devices that report are known to be an account's. Asks nothing where no device reports. */
export async function accountsOfDevices(tx: Tx, commands: readonly ImageCommand[]): Promise<DeviceAccounts> {
  const devices = new Map<string, { siteId: string; device: Buffer }>();
  for (const command of commands) {
    const device = command.type === 'report' ? deviceOf(command) : null;
    if (device !== null) {
      devices.set(linkKey(command.siteId, device), { siteId: command.siteId, device });
    }
  }
  if (devices.size === 0) return new Map();
  const rows = await loadDeviceAccounts(tx, [...devices.values()]);
  return new Map(rows.map((row) => [linkKey(row.siteId, row.device), row]));
}

/**
 * Keeps what reports with both say, that a device and an account are one person; the latest word on a device holds, and
 * for all that arrived with it. Returns whose the devices are from now on.
 */
export function linkDevices(tx: Tx, reports: readonly ReportImage[], known: DeviceAccounts): DeviceAccounts {
  const said = new Map<string, DeviceAccount>();
  for (const { siteId, reporter } of reports) {
    const { device, hash: account } = reporter;
    if (device !== null) said.set(linkKey(siteId, device), { siteId, device, account });
  }
  const news = [...said].filter(([key, { account }]) => known.get(key)?.account.equals(account) !== true);
  if (news.length > 0) {
    const links = news.map(([key, link]) => ({ ...link, former: known.get(key)?.account ?? null }));
    saveDeviceAccounts(tx, links);
    moveRecords(tx, links);
  }
  return said.size === 0 ? known : new Map([...known, ...said]);
}

/** Who votes by a report: the account whose device reports alone, capped as the device is; else whoever reports. */
export function voterOf(
  { siteId, reporter }: ReportImage,
  accounts: DeviceAccounts,
): ReportImage['reporter'] {
  if (reporter.kind !== 'device') return reporter;
  const link = accounts.get(linkKey(siteId, reporter.hash));
  if (link === undefined) return reporter;
  return { ...reporter, hash: link.account, kind: 'account', device: reporter.hash };
}
