import { isIP } from 'node:net';
import { hasLength } from '../../contract/text-length.js';
import { invalid } from '../../core/errors.js';
import type { SiteCaller } from '../caller.js';

/** Characters of the site's own name of an account. */
export const LONGEST_ACCOUNT = 255;

/** Who a report says it is from. */
export interface ReporterClaim {
  readonly device?: string;
  /** A JWT signed by the site; with a device, this one counts. */
  readonly token?: string;
  /** The site's own name for the account; for its secret key alone. */
  readonly account?: string;
  /** Where the reader is, by IP address; for the secret key alone, whose caller is a server of the site. */
  readonly address?: string;
}

/** May this caller name an account, and is it one? @throws VigieError INVALID */
export function checkAccount(
  caller: Pick<SiteCaller, 'kind'>,
  account: string,
  other: string | undefined,
): void {
  const refuse = (detail: string) => invalid('/reporter/account', detail);
  if (caller.kind !== 'secret') {
    throw refuse(
      'Only the secret key may name an account; with a publishable key send a "token" the site signed.',
    );
  }
  if (other !== undefined) throw refuse('Name the account alone, without "device" or "token".');
  if (!hasLength(account, 1, LONGEST_ACCOUNT)) {
    throw refuse(`Must be a text of 1 to ${LONGEST_ACCOUNT} characters.`);
  }
}

/** May this caller say where a reader is, and is it an address? @throws VigieError INVALID */
export function checkAddress(caller: Pick<SiteCaller, 'kind'>, address: string): void {
  const refuse = (detail: string) => invalid('/reporter/address', detail);
  if (caller.kind !== 'secret') {
    throw refuse(
      'Only the secret key may say where a reader is; with a publishable key the reader asks directly.',
    );
  }
  // A zone ("fe80::1%eth0") means something on one machine only.
  if (isIP(address) === 0 || address.includes('%')) {
    throw refuse("Must be the reader's IP address, such as 203.0.113.9 or 2001:db8::1.");
  }
}
