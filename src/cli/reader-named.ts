import type { SiteSettings } from '../access/caller.js';
import { DeviceTokens } from '../access/readers/device-token.js';
import { Networks } from '../access/readers/networks.js';
import { Reporters } from '../access/readers/reporter.js';
import { LONGEST_ACCOUNT } from '../access/readers/reporter-claim.js';
import { hasLength } from '../contract/text-length.js';
import { VigieError } from '../core/errors.js';
import type { OpenDatabase } from './open-database.js';

/** How a command names a reader. */
export interface ReaderOptions {
  readonly site: string;
  /** The site's own name of the account. */
  readonly account?: string;
  /** A device token, as a browser keeps it. */
  readonly device?: string;
}

/**
 * The hash of a reader by account or device.
 *
 * @throws VigieError INVALID unless exactly one is named, for what is no account's name, and for a token that is not of this site
 */
export function readerNamed(
  { secret, sealed }: Pick<OpenDatabase, 'secret' | 'sealed'>,
  site: SiteSettings,
  { account, device }: ReaderOptions,
): Buffer {
  if ((account === undefined) === (device === undefined))
    throw new VigieError('INVALID', 'Name the reader by either --account or --device.');
  // As of a variable of the shell that is not set: nobody has this name, and whoever was meant would not be forgotten.
  if (account !== undefined && !hasLength(account, 1, LONGEST_ACCOUNT))
    throw new VigieError('INVALID', `--account: Must be a text of 1 to ${LONGEST_ACCOUNT} characters.`);
  const reporters = new Reporters(secret, sealed, new DeviceTokens(sealed), new Networks(secret));
  try {
    return reporters.pseudonymOf(site, { account, device });
  } catch (error) {
    if (device === undefined || !(error instanceof VigieError)) throw error;
    // What the door says is for who may ask for a new one.
    throw new VigieError('INVALID', NO_DEVICE);
  }
}

const NO_DEVICE =
  '--device: This is not a device token of this site: take what their browser keeps there under "vigie:device".';
