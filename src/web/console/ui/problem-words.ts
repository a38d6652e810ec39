import type { Problem } from '../api.js';
import type { Language } from '../i18n.js';
import type { Speech } from './speech.js';

/** What a refusal says to a person. */
export interface ProblemWords {
  readonly text: string;
  /** The service's own words, in English, where ours are general; null: ours say it all. */
  readonly said: string | null;
}

/** What is needed of a refusal to say it. It can be written down. */
export type SaidProblem = Pick<Problem, 'status' | 'type' | 'message' | 'body'>;

/** Kinds of which there are many: our words say less than the service's. */
const GENERAL: ReadonlySet<string> = new Set(['case-conflict', 'conflict', 'invalid']);

/**
 * What a refusal says in a language. Where it says by `why` exactly what is the matter, ours say it all; else the service's own
 * words in English, and ours with its own behind them in others.
 */
export function problemWords(problem: SaidProblem, language: Language, { t, tOr }: Speech): ProblemWords {
  const { status, type, message, body } = problem;
  if (status === 0) return { text: t('common.offline'), said: null };
  const { why, email = '', most = 0 } = body as { why?: string; email?: string; most?: number };
  const exactly = tOr(`problem.why.${why ?? ''}`, '', { email, most });
  if (exactly !== '') return { text: exactly, said: null };
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
