import type { Problem } from '../api.js';
import { tOr } from '../i18n.js';
import { wrongField } from '../ui/service-said.js';

/** What is wrong with a field of a site by its pointer, in the language of the page; the service says it in English. */
export const problemsOf =
  (problem: Problem | null) =>
  (pointer: string): string | undefined => {
    const otherwise = wrongField(problem, pointer);
    if (otherwise === undefined) return undefined;
    const name = pointer.replace('/addressRules', '').split('/')[1] ?? '';
    return tOr(`sites.wrong.${name}`, otherwise);
  };
