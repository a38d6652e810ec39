const OF_A_REGION = /^ar-([a-z]{2}|\d{3})(?![^-])/i;

/**
 * What numbers and times in Arabic are written by: the region of the browser's own Arabic, where it names one (November is نونبر in
 * Morocco, تشرين الثاني in Syria), and Latin digits, as the Maghreb's press has them.
 *
 * @param languages as the browser prefers them
 */
export function arabicLocale(languages: readonly string[]): string {
  const [own = 'ar'] = languages.flatMap((tag) => OF_A_REGION.exec(tag)?.[0] ?? []);
  return new Intl.Locale(own, { numberingSystem: 'latn' }).toString();
}
