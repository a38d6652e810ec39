import { webcrypto } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { deriveKey } from '../../config/secret.js';
import { hasLength } from '../../contract/text-length.js';
import type { FieldError } from '../../core/errors.js';
import { refuseText } from '../../http/refuse-text.js';

/** How far ahead a token may expire, in seconds: a stolen one is of little use. */
const LONGEST = 600;

/** What a site's clock may be ahead of ours, in seconds, when it signs for the full ten minutes. */
const CLOCK_TOLERANCE = 5;

/** From this age on, in seconds, an account that its site has verified is no throw-away: seven days. */
const GROWN_UP = 7 * 86_400;

const LONGEST_TOKEN = 4_096;
const LONGEST_SUBJECT = 255;

/** A sentence that says what is wrong with a token. */
export interface BadToken {
  readonly problem: string;
}

/**
 * The secret with which a site signs its readers' tokens: text, of which the UTF-8 bytes are the HMAC key.
 * It follows from the installation's secret and the site, so nothing is stored.
 */
export const readerSigningSecret = (secret: Buffer, siteId: string): string =>
  deriveKey(secret, `site ${siteId}: reader tokens`).toString('base64url');

/** What a site says of the reader for whom it signed a token. */
export interface ReaderAccount {
  readonly account: string;
  /**
   * The site has verified that a person is behind the account, and it has been there for seven days or more; of an
   * account whose age it does not tell, it vouches for that too.
   */
  readonly vouchedFor: boolean;
  /** When the account was made, in seconds since 1970; null: the site does not tell. */
  readonly since: number | null;
}

/** The signing secret in the form in which verifying needs no preparation. */
export const importSigningSecret = (signingSecret: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('raw', Buffer.from(signingSecret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);

/**
 * The account for which a site signed a token (JWT, RFC 7519): HS256 and nothing else, `aud` the site, `sub` the
 * account, `exp` at most ten minutes ahead. `kid` is taken and not needed: a site has one signing secret. `verified`
 * (boolean) and `since` (when the account was made: NumericDate, or RFC 3339) may be left out.
 *
 * @param audiences any of which the token may name
 */
export async function readReaderToken(
  token: string,
  key: webcrypto.CryptoKey,
  audiences: readonly string[],
): Promise<ReaderAccount | BadToken> {
  if (token.length > LONGEST_TOKEN)
    return { problem: `The token is longer than ${LONGEST_TOKEN} characters.` };
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: [...audiences],
      requiredClaims: ['exp', 'sub'],
    }));
  } catch (error) {
    if (error instanceof errors.JOSEError) return { problem: explain(error) };
    throw error;
  }
  const { exp = Infinity, sub } = payload;
  if (exp > Date.now() / 1_000 + LONGEST + CLOCK_TOLERANCE) {
    return { problem: `The token's "exp" is more than ${LONGEST / 60} minutes ahead.` };
  }
  if (!hasLength(sub, 1, LONGEST_SUBJECT)) {
    return { problem: `The token's "sub" must be a text of 1 to ${LONGEST_SUBJECT} characters.` };
  }
  const wrong: FieldError[] = [];
  refuseText(sub, wrong);
  const [first] = wrong;
  return first === undefined
    ? accountOf(sub, payload)
    : { problem: `The token's "sub" is not valid. ${first.detail}` };
}

function accountOf(account: string, { verified = false, since }: JWTPayload): ReaderAccount | BadToken {
  if (typeof verified !== 'boolean') return { problem: `The token's "verified" must be true or false.` };
  const made = since === undefined ? -Infinity : secondsOf(since);
  if (made === null) {
    return {
      problem: `The token's "since" must be a time in seconds since 1970, or a text such as "2026-03-01T09:30:00Z".`,
    };
  }
  const age = Date.now() / 1_000 - made;
  if (age < -CLOCK_TOLERANCE) {
    return {
      problem: `The token's "since" is in the future. As a number, it counts seconds, not milliseconds.`,
    };
  }
  return {
    account,
    vouchedFor: verified && age >= GROWN_UP,
    since: since === undefined ? null : made,
  };
}

/** Date, time and zone (RFC 3339). */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

function secondsOf(time: unknown): number | null {
  if (typeof time === 'number') return Number.isFinite(time) && time >= 0 ? time : null;
  if (typeof time !== 'string' || !RFC_3339.test(time)) return null;
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1_000;
}

function explain(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Sign a new one for each report.';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token must be signed with HS256.';
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return "The token's signature is not one made with this site's reader signing secret.";
  }
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error);
  return 'The token is not a signed JWT in compact form.';
}

function explainClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token's "${claim}" is missing.`;
  if (claim === 'aud') return `The token's "aud" must be the site's slug or id.`;
  if (claim === 'nbf' && reason === 'check_failed')
    return 'The token is not valid yet: its "nbf" is in the future.';
  return `The token's "${claim}" is not valid.`;
}
