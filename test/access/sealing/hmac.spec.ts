import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { HmacSha256 } from '../../../src/access/sealing/hmac.js';

describe('HmacSha256', () => {
  it('gives what node:crypto gives, for texts and bytes of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 3_000 }),
          fc.uint8Array({ maxLength: 9_000 }).map((bytes) => Buffer.from(bytes)),
        ),
        (key, message) => {
          const expected = createHmac('sha256', key).update(message).digest();
          expect(new HmacSha256(Buffer.from(key)).digest(message)).toEqual(expected);
        },
      ),
    );
  });

  it('keeps nothing of a longer message when a shorter one follows', () => {
    const key = Buffer.alloc(32, 7);
    const hmac = new HmacSha256(key);
    hmac.digest('a'.repeat(1_000));
    expect(hmac.digest('b')).toEqual(createHmac('sha256', key).update('b').digest());
  });

  it('refuses a key that would have to be hashed first', () => {
    expect(() => new HmacSha256(Buffer.alloc(65))).toThrow(RangeError);
  });
});
