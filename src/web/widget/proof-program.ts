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
  // The first 32 bits of the fractional parts of the cube and square roots of the first primes (FIPS 180-4, 4.2.2, 5.3.3).
  const K = new Int32Array(64);
  const START = new Int32Array(64);
  for (let n = 2, count = 0; count < 64; n += 1) {
    let divisor = 2;
    while (n % divisor) divisor += 1;
    if (divisor < n) continue;
    START[count] = n ** (1 / 2) * 2 ** 32;
    K[count] = n ** (1 / 3) * 2 ** 32;
    count += 1;
  }
  const W = new Int32Array(64);
  const at = (words: Int32Array, index: number): number => words[index] as number;

  const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

  /** Mixes the blocks of 64 bytes from an offset to another into the state. */
  function mix(state: Int32Array, view: DataView, offset: number, end: number): void {
    for (; offset < end; offset += 64) {
      let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
      for (let t = 0; t < 64; t += 1) {
        if (t < 16) W[t] = view.getInt32(offset + t * 4);
        else {
          const x = at(W, t - 15);
          const y = at(W, t - 2);
          W[t] =
            at(W, t - 16) +
            (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
            at(W, t - 7) +
            (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
        }
        const one =
          (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + at(K, t) + at(W, t)) |
          0;
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
  }

  return (challenge, salt) => {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
    const prefix = encode(salt).length;
    const whole = prefix & ~63;
    const begun = new Int32Array(8);
    const state = new Int32Array(8);
    // 64 bits are enough to know it by: another number with these is not to be expected in 10^14 challenges.
    const [first, second] = [0, 8].map((index) => parseInt(challenge.slice(index, index + 8), 16) | 0);
    let digits = 0;
    let bytes = new Uint8Array();
    let view: DataView;
    return (from, count) => {
      for (let number = from; number < from + count; number += 1) {
        const text = String(number);
        // As long as the number grows no digit, only its digits change.
        if (text.length !== digits) {
          digits = text.length;
          const length = prefix + digits;
          bytes = new Uint8Array((length + 72) & ~63);
          bytes.set(encode(salt + text));
          bytes[length] = 0x80;
          view = new DataView(bytes.buffer);
          view.setUint32(bytes.length - 4, length << 3);
          begun.set(START.subarray(0, 8));
          mix(begun, view, 0, whole);
        }
        for (let i = 0; i < digits; i += 1) bytes[prefix + i] = text.charCodeAt(i);
        state.set(begun);
        mix(state, view, whole, bytes.length);
        if (state[0] === first && state[1] === second) return number;
      }
      return -1;
    };
  };
}
