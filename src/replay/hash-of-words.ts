const { imul } = Math;

/**
 * 53 bits that stand for a text, never 0: two that differ have the same once in nine thousand million million. Two 32-bit FNV-1a
 * hashes of different beginnings (http://www.isthe.com/chongo/tech/comp/fnv), finished as MurmurHash3 is.
 */
export function hashOfWords(words: string): number {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let index = 0; index < words.length; index += 1) {
    const unit = words.charCodeAt(index);
    a = imul(a ^ unit, 0x01000193);
    b = imul(b ^ unit, 0x85ebca6b);
  }
  return (finished(a) & 0x1f_ffff) * 2 ** 32 + finished(b) || 1;
}

function finished(hash: number): number {
  let mixed = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
