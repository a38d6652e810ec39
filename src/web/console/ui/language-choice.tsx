import { useState } from 'preact/hooks';
import { chooseLanguage, type Language, LANGUAGES, t } from '../i18n.js';

interface LanguageChoice {
  readonly choose: (wanted: Language) => void;
  /** The one that was chosen last and did not come. */
  readonly missing: Language | null;
}

/** The choice of a language. */
export function useLanguageChoice(): LanguageChoice {
  const [missing, setMissing] = useState<Language | null>(null);
  const choose = (wanted: Language): void => {
    setMissing(null);
    void chooseLanguage(wanted).then((isSpoken) => setMissing(isSpoken ? null : wanted));
  };
  return { choose, missing };
}

/** Says that a language that was chosen did not come, and what to do. */
export const LanguageMissing = ({ of }: { readonly of: Language | null }) =>
  of === null ? null : (
    <p class="notice bad" role="alert">
      {t('language.missing', { language: LANGUAGES[of].name })}
    </p>
  );
