import type { Problem } from '../api.js';
import { language, t, tOr } from '../i18n.js';
import { fieldWords, problemWords, type SaidProblem } from './problem-words.js';

/** What a refusal says, in words for people. */
export const wordsOf = (problem: SaidProblem): string =>
  problemWords(problem, language.value, { t, tOr }).text;

/** What is wrong with a field, in the language of the page. */
export const wrongField = (problem: Problem | null | undefined, pointer: string): string | undefined =>
  fieldWords(problem, pointer, language.value, { t });

/** Behind our words the service's, where ours are general. They are English in every language. */
export function ServiceSaid({ problem }: { readonly problem: SaidProblem }) {
  const { said } = problemWords(problem, language.value, { t, tOr });
  return said === null ? null : (
    <details class="service-said">
      <summary>{t('problem.said')}</summary>
      <span lang="en" dir="ltr">
        {said}
      </span>
    </details>
  );
}
