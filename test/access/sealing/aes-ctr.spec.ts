import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { AesCtr } from '../../../src/access/sealing/aes-ctr.js';

const key = Buffer.from(Array.from({ length: 32 }, (_, n) => n));
const aes = new AesCtr(key);

/** Counters that carry over some of their bytes, all of them too. */
const start = fc
  .tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 0, max: 16 }))
  .map(([bytes, full]) => Buffer.from(bytes).fill(0xff, 16 - full));
const payload = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

describe('AES in counter mode', () => {
  it('gives what node:crypto gives, whatever came before', () => {
    fc.assert(
      fc.property(start, payload, (first, bytes) => {
        const cipher = createCipheriv('aes-256-ctr', key, first);
        expect(aes.apply(first, bytes)).toEqual(Buffer.concat([cipher.update(bytes), cipher.final()]));
      }),
    );
  });

  it('undoes itself', () => {
    fc.assert(
      fc.property(start, payload, (first, bytes) => {
        expect(aes.apply(first, aes.apply(first, bytes))).toEqual(bytes);
      }),
    );
  });
});
