import type { Problem } from '../api.js';
import type { Language } from '../i18n.js';
import type { Speech } from './speech.js';

/** What a refusal says to a person. */
export interface ProblemWords {
  readonly text: string;
  /** The service's own words, in English, where ours are general; null: ours say it all. */
  readonly said: string | null;
}

/** Refusals that say by `why` exactly what is the matter. */
const WHY = {
  'has-password': 'problem.hasPassword',
  'last-lead': 'problem.lastLead',
  'second-factor-required': 'problem.secondFactorRequired',
  'set-up-over': 'problem.setUpOver',
  'too-much-to-play': 'problem.tooMuchToPlay',
} as const;

/** Kinds of which there are many: our words say less than the service's. */
const GENERAL: ReadonlySet<string> = new Set(['conflict', 'invalid']);

/** What a refusal says in a language: the service's own words in English, else ours, with its own behind them. */
export function problemWords(problem: Problem, language: Language, { t, tOr }: Speech): ProblemWords {
  const { status, type, message, body } = problem;
  if (status === 0) return { text: t('common.offline'), said: null };
  const why = body['why'];
  if (typeof why === 'string' && Object.hasOwn(WHY, why)) {
    const email = body['email'];
    return {
      text: t(WHY[why as keyof typeof WHY], { email: typeof email === 'string' ? email : '' }),
      said: null,
    };
  }
  const failed = t('common.failed');
  if (language === 'en') return { text: message === '' ? failed : message, said: null };
  const [, kind = ''] = /^\/problems\/([\w-]+)$/.exec(type) ?? [];
  const text = tOr(`problem.${kind}`, failed);
  const isGeneral = text === failed || GENERAL.has(kind);
  return { text, said: isGeneral && message !== '' ? message : null };
}

/** What is wrong with a field: as the service says it in English, else that something is. */
export function fieldWords(
  problem: Problem | null | undefined,
  pointer: string,
  language: Language,
  { t }: Pick<Speech, 't'>,
): string | undefined {
  const detail = problem?.of(pointer);
  return detail === undefined || language === 'en' ? detail : t('problem.invalid');
}
