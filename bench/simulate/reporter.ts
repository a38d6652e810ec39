/** Somebody who reports, as far as a contender can tell. Times in ms since the beginning, and before it. */
export interface Reporter {
  readonly id: string;
  readonly kind: 'device' | 'account';
  /** The site vouches for the account: no network cap holds once it is a week old. */
  readonly verified: boolean;
  /** When the device was made, or the account. */
  readonly knownSince: number;
  /** /24 and /16, by name; the device was made in the same. */
  readonly narrow: string;
  readonly wide: string;
  /** What Discourse would have made of an account by how it is used, 0 to 4; a device is 0. */
  readonly trustLevel: number;
}

/** One report. */
export interface Report {
  readonly picture: number;
  readonly reporter: Reporter;
  readonly comment: string | null;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
