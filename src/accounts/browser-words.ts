/** The first that fits says which it is: the later ones are named in the earlier ones' texts, too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const UNKNOWN = 'A program';

/** A browser's name and system apart, to be said in other languages; null: not known. */
export interface BrowserParts {
  readonly name: string | null;
  readonly system: string | null;
}

/** @param words as `browserWords` says them */
export function browserParts(words: string): BrowserParts {
  const [name = '', system] = words.split(' on ');
  return { name: name === UNKNOWN || name === '' ? null : name, system: system ?? null };
}

/**
 * A browser in words, such as "Firefox on Linux", by which people tell their own sessions apart. Ours alone: what a request
 * says of itself may be anything, and is not kept.
 */
export function browserWords(userAgent: string | undefined): string {
  const said = (userAgent ?? '').slice(0, 500);
  const named = (list: typeof BROWSERS): string | undefined =>
    list.find(([pattern]) => pattern.test(said))?.[1];
  const browser = named(BROWSERS) ?? UNKNOWN;
  const system = named(SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
}
