/** A text as it is compared: without case, accents, vowel signs and the letters that Arabic writes in two ways. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ـ', '')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .toLowerCase()
    .trim();

/**
 * How well names fit what was typed: 0 one begins with it, 1 a word of one does, 2 it is somewhere in one. Null: not at all.
 *
 * @param names of one thing, in several languages
 */
export function fit(typed: string, names: readonly string[]): number | null {
  const wanted = fold(typed);
  if (wanted === '') return 0;
  const folded = names.map(fold);
  if (folded.some((name) => name.startsWith(wanted))) return 0;
  const words = wanted.split(/\s+/);
  const begins = (name: string, word: string): boolean =>
    ` ${name.replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${word}`);
  if (folded.some((name) => words.every((word) => begins(name, word)))) return 1;
  return folded.some((name) => words.every((word) => name.includes(word))) ? 2 : null;
}

/** Whether what was typed names an image: an address, or an id of ours. */
export const namesImage = (typed: string): boolean => /^(https?:\/\/\S+|img_\w+)$/i.test(typed.trim());
