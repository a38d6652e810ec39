import type { Problem } from '../api.js';
import { tOr } from '../i18n.js';

/** What is wrong with a field of a site by its pointer, in the language of the page; the service says it in English. */
export const problemsOf =
  (problem: Problem | null) =>
  (pointer: string): string | undefined => {
    const detail = problem?.of(pointer);
    if (detail === undefined) return undefined;
    const name = pointer.replace('/addressRules', '').split('/')[1] ?? '';
    return tOr(`sites.wrong.${name}`, detail);
  };
