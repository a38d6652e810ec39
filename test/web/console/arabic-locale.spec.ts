import { arabicLocale } from '../../../src/web/console/arabic-locale.js';

const november = (languages: readonly string[]): string =>
  new Intl.DateTimeFormat(arabicLocale(languages), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date('2026-11-27'),
  );

it.each([
  [['ar-MA', 'fr'], '27 نونبر 2026'],
  [['fr-FR', 'ar-ma'], '27 نونبر 2026'],
  [['ar', 'ar-DZ'], '27 نوفمبر 2026'],
  [['ar-EG'], '27 نوفمبر 2026'],
  [['ar-SY-u-nu-arab'], '27 تشرين الثاني 2026'],
  [['ar'], '27 نوفمبر 2026'],
  [['fr-MA', 'arn-CL'], '27 نوفمبر 2026'],
  [[], '27 نوفمبر 2026'],
])('names months as the Arabic of %j does, in Latin digits', (languages, expected) => {
  // Marks of direction and kinds of spaces are the platform's.
  expect(november(languages).replace(/[\u200e\u200f\u061c]/g, '')).toBe(expected);
});
