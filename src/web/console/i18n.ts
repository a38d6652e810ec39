import { computed, effect, signal } from '@preact/signals';
import { IntlMessageFormat } from 'intl-messageformat';
import { arabicLocale } from './arabic-locale.js';
import type { Texts } from './languages/en.js';
import { type PartName, PARTS, type TextKey } from './languages/parts.js';
import { oneOf, preference } from './preferences.js';

export type { TextKey } from './languages/parts.js';

export type Language = 'en' | 'fr' | 'ar' | 'es';
export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

/** Each in its own language; `locale` is what numbers and times are written by. */
export const LANGUAGES: Readonly<Record<Language, { name: string; dir: 'ltr' | 'rtl'; locale: string }>> = {
  fr: { name: 'Français', dir: 'ltr', locale: 'fr' },
  ar: { name: 'العربية', dir: 'rtl', locale: arabicLocale(navigator.languages) },
  es: { name: 'Español', dir: 'ltr', locale: 'es' },
  en: { name: 'English', dir: 'ltr', locale: 'en-GB' },
};

const isLanguage = oneOf('en', 'fr', 'ar', 'es');

const LOADERS: Readonly<Record<Language, () => Promise<{ default: Texts }>>> = {
  en: () => import('./languages/en.js'),
  fr: () => import('./languages/fr.js'),
  ar: () => import('./languages/ar.js'),
  es: () => import('./languages/es.js'),
};

/** The language that was chosen, else the first of the browser's that we speak. */
export const language = preference<Language>('language', firstOfBrowser(), isLanguage);

interface Spoken {
  readonly language: Language;
  readonly texts: Readonly<Record<string, string>>;
  readonly formats: Map<TextKey, IntlMessageFormat>;
}

/** What is on the page: changes when a language has been loaded, never between. */
const spoken = signal<Spoken | null>(null);

export const isSpoken = computed(() => spoken.value !== null);
/** Whether the first language did not come: there is nothing to say anything with yet. */
export const isSilent = signal(false);
export const locale = computed(() => LANGUAGES[spoken.value?.language ?? 'en'].locale);

/** Those whose texts are on the page, beside those that every page has. */
const parts = new Set<PartName>();
let turn = 0;
let latest: Promise<void> = Promise.resolve();

effect(() => {
  void speak(language.value);
});

/** Loads what is said in a language. What is on the page changes when all of it is there, and nothing newer is wanted. */
function speak(wanted: Language): Promise<void> {
  const mine = (turn += 1);
  const loads = [LOADERS[wanted](), ...[...parts].map((name) => PARTS[name][wanted]())];
  latest = Promise.all<{ default: object }>(loads).then((loaded) => {
    if (mine !== turn) return latest;
    document.documentElement.lang = wanted;
    document.documentElement.dir = LANGUAGES[wanted].dir;
    const texts = Object.assign({}, ...loaded.map((one) => one.default)) as Readonly<Record<string, string>>;
    spoken.value = { language: wanted, texts, formats: new Map() };
    isSilent.value = false;
    return undefined;
  });
  const loading = latest;
  // What did not come is not waited for by those who need nothing of it.
  loading.catch(() => {
    if (latest === loading) latest = Promise.resolve();
    if (spoken.peek() === null) isSilent.value = true;
  });
  return loading;
}

/** Asks for the first language once more. @throws Error where it does not come */
export const speakAgain = (): Promise<void> => speak(language.peek());

/** Speaks another language. False: it did not come, and the one before stays the chosen one. */
export async function chooseLanguage(wanted: Language): Promise<boolean> {
  language.value = wanted;
  // Asked for by the effect above, at once.
  const speaking = latest;
  try {
    await speaking;
    return true;
  } catch {
    const before = spoken.peek()?.language ?? wanted;
    // Another one has been chosen meanwhile, or this one came by another way.
    if (language.peek() !== wanted || before === wanted) return true;
    language.value = before;
    return false;
  }
}

/** Loads the texts of parts of the console; from then on they are spoken in every language that is chosen. */
export async function loadTexts(names: readonly PartName[]): Promise<void> {
  const missing = names.filter((name) => !parts.has(name));
  if (missing.length === 0) return latest;
  for (const name of missing) parts.add(name);
  try {
    await speak(language.peek());
  } catch (error) {
    for (const name of missing) parts.delete(name);
    throw error;
  }
}

/** Loads texts ahead, and says nothing of them. */
export const preloadTexts = (names: readonly PartName[]): Promise<unknown> =>
  Promise.all(names.map((name) => PARTS[name][language.peek()]()));

/** A text in the language of the page, with its values (ICU MessageFormat). Reading it in a component subscribes to the language. */
export function t(key: TextKey, values?: Values): string {
  const now = spoken.value;
  if (now === null) return '';
  const text = now.texts[key] ?? '';
  if (values === undefined && !text.includes('{')) return text;
  let format = now.formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(text, LANGUAGES[now.language].locale, undefined, { ignoreTag: true });
    now.formats.set(key, format);
  }
  return String(format.format(values));
}

/** A text that may be missing, such as the name of a state that a newer service has: then what the service called it. */
export function tOr(key: string, otherwise: string, values?: Values): string {
  const texts = spoken.value?.texts ?? {};
  return Object.hasOwn(texts, key) ? t(key as TextKey, values) : otherwise;
}

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale.value, options).format(value);

/** A time as people write it; by the site's time zone where one is given. */
export const formatTime = (
  time: string | Date,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string => new Intl.DateTimeFormat(locale.value, options).format(new Date(time));

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago, or until, such as "5 minutes ago". */
export function formatAgo(time: string | Date, now: number): string {
  const seconds = (new Date(time).getTime() - now) / 1_000;
  const format = (unit: Intl.RelativeTimeFormatUnit, size: number): string => {
    // "Yesterday" is a day of the calendar: of what was 47 hours ago it is the wrong one.
    const numeric = unit === 'day' ? 'always' : 'auto';
    return new Intl.RelativeTimeFormat(locale.value, { numeric }).format(Math.trunc(seconds / size), unit);
  };
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step === undefined ? format('second', 1) : format(...step);
}

function firstOfBrowser(): Language {
  for (const tag of navigator.languages) {
    const [name] = tag.toLowerCase().split('-');
    if (isLanguage(name)) return name;
  }
  return 'en';
}
