import { COMMON_PASSWORDS } from './common-passwords.js';

/** Words of which most long passwords are made that people choose, in the languages of the console, and ours. */
const WORDS = [
  ...[
    'password',
    'passwort',
    'passphrase',
    'passe',
    'motdepasse',
    'mdp',
    'contrasena',
    'contraseña',
    'clave',
  ],
  ...[
    'senha',
    'secret',
    'secreto',
    'admin',
    'administrator',
    'administrateur',
    'root',
    'user',
    'login',
    'guest',
  ],
  ...['default', 'temporary', 'temp', 'test', 'demo', 'changeme', 'change', 'master', 'welcome', 'bienvenue'],
  ...['bienvenido', 'bonjour', 'hello', 'letmein', 'iloveyou', 'jetaime', 'tequiero', 'sunshine', 'princess'],
  ...['football', 'monkey', 'dragon', 'superman', 'batman', 'soleil', 'vigie', 'moderator', 'moderation'],
  ...['newsroom', 'كلمة', 'المرور', 'كلمةالمرور', 'مرحبا'],
];

/** What lies side by side on keyboards, in alphabets and in numbers. */
const ROWS = [
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertzuiop', 'yxcvbnm'],
  ...['1234567890', '01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'ضصثقفغعهخحج', 'شسيبلاتنمك'],
  // Columns, and two rows by turns.
  ...['1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm', '1aqw2zsx3edc', '1q2w3e4r5t6y7u8i9o0p'],
  ...[
    'q1w2e3r4t5y6u7i8o9p0',
    '1a2z3e4r5t6y7u8i9o0p',
    '1a2s3d4f5g6h7j8k9l',
    'a1s2d3f4g5h6j7k8l9',
    'a1b2c3d4e5f6g7h8',
  ],
];

const BOTH_WAYS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];

/** What stands for a letter in "p@ssw0rd". */
const STAND_INS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' },
};

/** Fewer characters in a row are chance. */
const SHORTEST_RUN = 3;

/** Signs and digits that may stand around known pieces, such as a year and an exclamation mark. */
const MOST_BETWEEN = 8;

/** Whatever is typed of no more different characters is a pattern. */
const FEW = 3;

/** A pattern that is said again and again has no more characters. */
const LONGEST_PERIOD = 8;

/**
 * Whether a password is one of those that are tried first: well known, a pattern again and again, or nothing but well-known
 * words, rows of keys, digits and signs.
 *
 * @param own words that belong to the person, such as the parts of their address
 */
export function isKnown(password: string, own: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  if (COMMON_PASSWORDS.has(text) || new Set(text).size <= FEW || isRepeated(text)) return true;
  return isOfPieces(text, [...WORDS, ...own]);
}

function isRepeated(text: string): boolean {
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, text.length / 2); period += 1) {
    if (text.slice(period) === text.slice(0, -period)) return true;
  }
  return false;
}

/** Whether known pieces cover all letters, and all but a few of the other characters. */
function isOfPieces(text: string, words: readonly string[]): boolean {
  const plain = text.replaceAll(/./gsu, (sign) => STAND_INS[sign] ?? sign);
  // How many characters at least are in no known piece, of so many from the start.
  const between = Array<number>(text.length + 1).fill(Infinity);
  between[0] = 0;
  const reach = (end: number, count: number): void => {
    between[end] = Math.min(between[end] ?? Infinity, count);
  };
  for (let at = 0; at < text.length; at += 1) {
    const before = between[at] ?? Infinity;
    if (before === Infinity) continue;
    if (!/\p{L}/u.test(text.charAt(at))) reach(at + 1, before + 1);
    for (const word of words) {
      if (text.startsWith(word, at) || plain.startsWith(word, at)) reach(at + word.length, before);
    }
    for (let length = runAt(text, at); length >= SHORTEST_RUN; length -= 1) reach(at + length, before);
  }
  return (between[text.length] ?? Infinity) <= MOST_BETWEEN;
}

/** Of how many characters the longest run along a row is that begins there, or one character again and again. */
function runAt(text: string, at: number): number {
  let same = 1;
  while (text.charAt(at + same) === text.charAt(at)) same += 1;
  let longest = same;
  if (at + SHORTEST_RUN > text.length) return longest;
  for (const row of BOTH_WAYS) {
    const start = row.indexOf(text.slice(at, at + SHORTEST_RUN));
    if (start < 0) continue;
    let length = SHORTEST_RUN;
    while (at + length < text.length && row.charAt(start + length) === text.charAt(at + length)) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
