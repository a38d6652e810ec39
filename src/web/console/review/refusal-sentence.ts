import { t } from '../i18n.js';
import { session } from '../session.js';
import { wordsOf } from '../ui/service-said.js';
import type { Refusal } from './refusal.js';
import { nameOf } from './work.js';

/** An address among words of the other direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** Why a case that was asked for by name can not be had: nobody has decided anything of it here. */
export function whyNotHad(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'decided':
    case 'superseded':
    case 'merged':
      return t('review.notHad.closed', { outcome: refusal.case?.outcome ?? 'none' });
    case 'escalated':
    case 'gone':
      return t('review.notHad.gone');
    case 'failed':
      return t('review.notHad.failed', { sentence: saidOf(refusal) });
    default:
      return sentenceOf(refusal);
  }
}

/** Why a case that is in front can not be decided any more: nothing of it was sent. */
export function whyLost(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'escalated':
    case 'gone':
      return whyNotHad(refusal);
    default:
      return sentenceOf(refusal);
  }
}

/** Of what an earlier version of the page wrote down nothing is known. */
const saidOf = ({ problem }: Refusal): string => (problem == null ? t('common.failed') : wordsOf(problem));

/** Why it was refused, and who was faster, in a sentence. */
export function sentenceOf(refusal: Refusal): string {
  const { kind, who, decision } = refusal;
  if (kind === 'failed') return t('review.refused.failed', { sentence: saidOf(refusal) });
  if (kind === 'leased' && who?.id === session.value?.staff.id) return t('review.refused.leasedByYou');
  const somebody = who === null ? t('review.somebody') : isolated(who.email);
  if ((kind === 'decided' || kind === 'changed') && decision !== null) {
    return t(`review.refused.${kind}`, { who: somebody, decision: nameOf(decision) });
  }
  if (kind === 'decided' || kind === 'changed') return t('review.refused.closed', { who: somebody });
  return t(`review.refused.${kind}`, { who: somebody });
}
