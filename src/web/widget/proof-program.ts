/** A challenge of the service, in the form of ALTCHA (v1). */
export interface Challenge {
  readonly algorithm: string;
  /** SHA-256 of the salt and the number behind it, in hexadecimal. */
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

type Eight = [number, number, number, number, number, number, number, number];

/** Tries so many numbers from one on: the one that solves the challenge, or -1. */
export type Search = (from: number, count: number) => number;

/**
 * SHA-256 (FIPS 180-4), and the search for the number of a challenge. It is written for this one use: what comes before
 * the digits is hashed once. The browser's own `crypto.subtle` needs https, and for so short texts is ten times slower,
 * since each call is asynchronous.
 *
 * The text of this function is also the program of a worker: it must use nothing from outside.
 */
export function proofProgram(): (challenge: string, salt: string) => Search {
  const K = new Int32Array(64);
  const START = new Int32Array(8);
  // The first 32 bits of the fractional parts of the cube and square roots of the first primes (FIPS 180-4, 4.2.2, 5.3.3).
  for (let n = 2, count = 0; count < 64; n += 1) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor += 1;
    if (divisor * divisor <= n) continue;
    if (count < 8) START[count] = (n ** (1 / 2) % 1) * 2 ** 32;
    K[count] = (n ** (1 / 3) % 1) * 2 ** 32;
    count += 1;
  }
  const W = new Int32Array(64);
  const at = (words: Int32Array, index: number): number => words[index] as number;

  const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

  /** Mixes the block of 64 bytes at an offset into the state. */
  function mix(state: Int32Array, bytes: Uint8Array, offset: number): void {
    const block = new DataView(bytes.buffer, bytes.byteOffset + offset);
    for (let t = 0; t < 64; t += 1) {
      if (t < 16) W[t] = block.getInt32(t * 4);
      else {
        const x = at(W, t - 15);
        const y = at(W, t - 2);
        W[t] =
          at(W, t - 16) +
          (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
          at(W, t - 7) +
          (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
    for (let t = 0; t < 64; t += 1) {
      const one =
        (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + at(K, t) + at(W, t)) | 0;
      const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = at(state, index) + word));
  }

  function mixAll(state: Int32Array, bytes: Uint8Array): void {
    for (let offset = 0; offset < bytes.length; offset += 64) mix(state, bytes, offset);
  }

  /** What is left of a text of `length` bytes, with the padding that ends it. */
  function pad(rest: Uint8Array, length: number): Uint8Array {
    const padded = new Uint8Array((((rest.length + 8) >> 6) + 1) << 6);
    padded.set(rest);
    padded[rest.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, length / 2 ** 29);
    view.setUint32(padded.length - 4, length << 3);
    return padded;
  }

  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

  return (challenge, salt) => {
    const wanted = new Int32Array(8).map((_, index) =>
      parseInt(challenge.slice(index * 8, index * 8 + 8), 16),
    );
    const prefix = encode(salt);
    const begun = START.slice();
    const whole = prefix.length & ~63;
    mixAll(begun, prefix.subarray(0, whole));
    const rest = prefix.length - whole;
    const state = new Int32Array(8);
    let digits = 0;
    let block: Uint8Array = new Uint8Array();
    return (from, count) => {
      for (let number = from; number < from + count; number += 1) {
        const text = String(number);
        // As long as the number grows no digit, only its digits change.
        if (text.length !== digits) {
          digits = text.length;
          block = pad(encode(salt + text).subarray(whole), prefix.length + digits);
        } else {
          for (let i = 0; i < digits; i += 1) block[rest + i] = text.charCodeAt(i);
        }
        state.set(begun);
        mixAll(state, block);
        if (state[0] === wanted[0] && state.every((word, index) => word === wanted[index])) return number;
      }
      return -1;
    };
  };
}
