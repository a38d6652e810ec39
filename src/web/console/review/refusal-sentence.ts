import { language, t } from '../i18n.js';
import { session } from '../session.js';
import type { Refusal } from './refusal.js';
import { nameOf } from './work.js';

/** An address among words of the other direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** Why it was refused, and who was faster, in a sentence. */
export function sentenceOf({ kind, who, decision, sentence }: Refusal): string {
  if (kind === 'failed') {
    const said = language.value === 'en' && sentence !== '' ? sentence : t('common.failed');
    return t('review.refused.failed', { sentence: said });
  }
  if (kind === 'leased' && who?.id === session.value?.staff.id) return t('review.refused.leasedByYou');
  const somebody = who === null ? t('review.somebody') : isolated(who.email);
  if ((kind === 'decided' || kind === 'changed') && decision !== null) {
    return t(`review.refused.${kind}`, { who: somebody, decision: nameOf(decision) });
  }
  if (kind === 'decided' || kind === 'changed') return t('review.refused.closed', { who: somebody });
  return t(`review.refused.${kind}`, { who: somebody });
}
