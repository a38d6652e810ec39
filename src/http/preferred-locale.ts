import { type Locale, LOCALES } from '../core/reasons.js';

/** A longer `Accept-Language` is nobody's. */
const LONGEST = 500;

/** The first of our languages in the order of a person's preference (RFC 9110, section 12.5.4), else the one that is given. */
export function preferredLocale(acceptLanguage: string | undefined, otherwise: Locale): Locale {
  if (acceptLanguage === undefined || acceptLanguage.length > LONGEST) return otherwise;
  const ranges = acceptLanguage.split(',').map((part, position) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([0-9.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { language: range.split('-')[0], quality: quality === undefined ? 1 : Number(quality), position };
  });
  const wanted = ranges
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position)
    .flatMap(({ language }) =>
      language === '*' ? otherwise : (LOCALES.find((locale) => locale === language) ?? []),
    );
  return wanted[0] ?? otherwise;
}
