import type { NotedSecret } from './log-watch.js';

/** What the services of one test file logged. */
export interface KeptLog {
  readonly file: string;
  readonly text: string;
}

/** A secret that a log holds. */
export interface Leak {
  readonly kind: string;
  /** Whose services logged it. */
  readonly file: string;
  /** The line, without the secret. */
  readonly line: string;
}

/** So many characters of a secret are looked up at each place of a line; none but codes is shorter. */
const GRAM = 8;

/** Codes of a second factor are numbers, and looked up as that. */
const NUMBER = /(?<!\w)\d{6}(?!\w)/g;

/** What differs from one line to the next, and tells nobody anything. */
const PASSING = /"time":"[^"]*"|"ms":[\d.]+|"requestId":"[0-9a-f-]{36}"/g;

/** What our own messages give as an example, and tests sign in with. */
const EXAMPLES = /such as amina@example\.ma/g;

/** Every secret that a log holds, each once per kind and file. Millions of lines are few different ones. */
export function findLeaks(logs: readonly KeptLog[], secrets: readonly NotedSecret[]): Leak[] {
  const byBeginning = new Map<string, NotedSecret[]>();
  const codes = new Map<string, NotedSecret>();
  for (const secret of secrets) {
    if (secret.value.length < GRAM) {
      codes.set(secret.value, secret);
      continue;
    }
    const beginning = secret.value.slice(0, GRAM);
    const others = byBeginning.get(beginning);
    if (others === undefined) byBeginning.set(beginning, [secret]);
    else others.push(secret);
  }
  const leaks = new Map<string, Leak>();
  for (const { file, text } of logs) {
    for (const line of new Set(text.replace(PASSING, '').replace(EXAMPLES, '').split('\n'))) {
      // As it was before it was put into JSON.
      const plain = line.replace(/\\(["\\/])/g, '$1');
      for (const [number] of plain.matchAll(NUMBER)) {
        const { kind } = codes.get(number) ?? {};
        if (kind !== undefined)
          leaks.set(`${kind} ${file}`, { kind, file, line: plain.replaceAll(number, `[${kind}]`) });
      }
      for (let at = 0; at + GRAM <= plain.length; at += 1) {
        for (const { kind, value } of byBeginning.get(plain.slice(at, at + GRAM)) ?? []) {
          if (!stands(plain, at, value)) continue;
          leaks.set(`${kind} ${file}`, { kind, file, line: plain.replaceAll(value, `[${kind}]`) });
        }
      }
    }
  }
  return [...leaks.values()];
}

/** Not as the beginning or the end of a longer word or number: 10.0.0.10 is not 10.0.0.1. */
function stands(line: string, at: number, value: string): boolean {
  if (!line.startsWith(value, at)) return false;
  const isWord = (index: number): boolean => /\w/.test(line[index] ?? ' ');
  return !(isWord(at - 1) && isWord(at)) && !(isWord(at + value.length) && isWord(at + value.length - 1));
}
