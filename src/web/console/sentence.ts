import type { TextKey, Values } from './i18n.js';

/** A text of the console with its values, some of which are texts themselves: for what is worked out without a page. */
export interface Sentence {
  readonly key: TextKey;
  readonly values?: Readonly<Record<string, string | number | Sentence>>;
}

/** The words of a sentence. @param t as i18n.ts has it */
export function wordsOfSentence(
  { key, values = {} }: Sentence,
  t: (key: TextKey, values: Values) => string,
): string {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? wordsOfSentence(value, t) : value,
  ]);
  return t(key, Object.fromEntries(said) as Values);
}
