import { IntlMessageFormat } from 'intl-messageformat';
import ar from '../../../src/web/console/languages/ar.js';
import en, { type Texts } from '../../../src/web/console/languages/en.js';
import es from '../../../src/web/console/languages/es.js';
import fr from '../../../src/web/console/languages/fr.js';
import type { Speech } from '../../../src/web/console/ui/speech.js';

const TEXTS = { en, fr, ar, es } satisfies Record<string, Texts>;
export const SPOKEN = ['en', 'fr', 'ar', 'es'] as const;

/** The console's texts as it says them, without its page. */
export function speak(language: (typeof SPOKEN)[number]): Speech {
  const texts: Readonly<Record<string, string>> = TEXTS[language];
  const t: Speech['t'] = (key, values) =>
    String(
      new IntlMessageFormat(texts[key] ?? '', language === 'ar' ? 'ar-u-nu-latn' : language, undefined, {
        ignoreTag: true,
      }).format(values),
    );
  return {
    t,
    tOr: (key, otherwise, values) => (Object.hasOwn(texts, key) ? t(key as keyof Texts, values) : otherwise),
  };
}
