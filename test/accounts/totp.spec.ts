import { inBase32, makeTotpSecret, totpStep, totpUri } from '../../src/accounts/totp.js';

/** RFC 6238, appendix B, of whose eight digits an app shows the last six. */
const SECRET = Buffer.from('12345678901234567890');
const VECTORS: [number, string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

it('knows the codes of RFC 6238, and of which step they are', () => {
  for (const [seconds, code] of VECTORS) {
    expect(totpStep(SECRET, code, seconds)).toBe(Math.floor(seconds / 30));
  }
});

it('takes the code of the step before and of the one after, and no other', () => {
  const step = Math.floor(1111111111 / 30);
  const around = [-60, -30, 0, 30, 60].map((off) => totpStep(SECRET, '050471', 1111111111 + off));
  expect(around).toEqual([null, step, step, step, null]);
});

it('reads digits as they are typed, and nothing that is no code', () => {
  const read = (code: string) => totpStep(SECRET, code, 1111111111) !== null;
  expect(['050 471', ' 050471 ', '٠٥٠٤٧١', '۰۵۰۴۷۱'].map(read)).toEqual([true, true, true, true]);
  expect(['', '50471', '0050471', '050471x', '-50471', '5.0471'].map(read)).toEqual(Array(6).fill(false));
});

it('makes secrets of 160 bits, and says them as apps read them', () => {
  const secret = makeTotpSecret();
  expect(secret).toHaveLength(20);
  expect(secret.equals(makeTotpSecret())).toBe(false);
  expect(inBase32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(totpUri(SECRET, 'a+b:c@example.ma')).toBe(
    'otpauth://totp/Vigie:a%2Bb%3Ac%40example.ma?issuer=Vigie&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
      '&algorithm=SHA1&digits=6&period=30',
  );
});
