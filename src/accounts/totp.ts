import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 4226, section 4: a secret of 160 bits is recommended, and what every app takes. */
const SECRET_BYTES = 20;

/** What apps understand without being told otherwise (RFC 6238): SHA-1, six digits, half a minute. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Steps that a code may be early or late: telephones' clocks are not ours (RFC 6238, section 5.2). */
const WINDOW = 1;

/** Shown in the app above the address. */
const ISSUER = 'Vigie';

/** Of ten digits that an Arabic keyboard types in the place of ours, the first; of Persian and Urdu ones. */
const ZEROS = [0x0660, 0x06f0];

export const makeTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret as it is typed. */
export const inBase32 = (secret: Buffer): string => secretOf(secret).base32;

/** What is drawn as a QR code. */
export const totpUri = (secret: Buffer, email: string): string =>
  new TOTP({ ...SETTINGS, issuer: ISSUER, label: email, secret: secretOf(secret) }).toString();

/**
 * Of which time step a code is; null: of none that is near.
 *
 * @param seconds since 1970
 */
export function totpStep(secret: Buffer, code: string, seconds: number): number | null {
  const token = inOurDigits(code).replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = seconds * 1_000;
  const totp = new TOTP({ ...SETTINGS, secret: secretOf(secret) });
  const delta = totp.validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(seconds / SETTINGS.period) + delta;
}

const secretOf = (secret: Buffer): Secret => new Secret({ buffer: Uint8Array.from(secret).buffer });

const inOurDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.findLast((zero) => zero <= code) ?? code));
  });
