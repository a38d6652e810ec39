import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, TextKey } from '../../../src/web/console/i18n.js';
import type { Speech } from '../../../src/web/console/ui/speech.js';
import { allTexts } from './all-texts.js';

export { SPOKEN } from './all-texts.js';

/** The console's texts as it says them, without its page. */
export function speak(language: Language): Speech {
  const texts: Readonly<Record<string, string>> = allTexts(language);
  const t: Speech['t'] = (key, values) =>
    String(
      new IntlMessageFormat(texts[key] ?? '', language === 'ar' ? 'ar-u-nu-latn' : language, undefined, {
        ignoreTag: true,
      }).format(values),
    );
  return {
    t,
    tOr: (key, otherwise, values) => (Object.hasOwn(texts, key) ? t(key as TextKey, values) : otherwise),
  };
}
