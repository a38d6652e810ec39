import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import icon from '../icon.svg';
import { LANGUAGES, language, type Language, t } from '../i18n.js';
import { LanguageMissing, useLanguageChoice } from '../ui/language-choice.js';

interface FrontProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** What is around the way in: the name, one thing to do, and the language. */
export function Front({ title, children }: FrontProps) {
  useEffect(() => {
    document.title = `${title} – Vigie`;
  }, [title]);
  return (
    <div class="front">
      <main class="front-card" id="main">
        <header>
          <img src={icon} alt="" width="36" height="36" />
          <h1>{title}</h1>
        </header>
        {children}
      </main>
      <footer>
        <LanguageChoice />
      </footer>
    </div>
  );
}

/** Each in its own language: who is in the wrong one can read the name of theirs. */
function LanguageChoice() {
  const { choose, missing } = useLanguageChoice();
  return (
    <>
      <LanguageMissing of={missing} />
      <div class="languages" role="group" aria-label={t('signIn.language')}>
        {Object.entries(LANGUAGES).map(([code, { name }]) => (
          <button
            key={code}
            type="button"
            class="button quiet"
            lang={code}
            aria-pressed={language.value === code}
            onClick={() => choose(code as Language)}
          >
            {name}
          </button>
        ))}
      </div>
    </>
  );
}
