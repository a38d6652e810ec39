import type { ThresholdRule } from '../../../core/threshold-rule.js';
import { t } from '../i18n.js';
import { type Sentence, wordsOfSentence } from '../sentence.js';
import { ruleSentences } from './rule-sentences.js';

interface RuleTextProps {
  readonly rule: ThresholdRule;
  /** Which version this is; null: a draft. */
  readonly version: number | null;
}

/** A rule in plain sentences. */
export function RuleText({ rule, version }: RuleTextProps) {
  const { inForce, later } = ruleSentences(rule);
  return (
    <section class="rule-text card stack" aria-labelledby="rule-text">
      <h2 id="rule-text">{version === null ? t('rules.draft') : t('rules.inForce', { version })}</h2>
      <Sentences of={inForce} />
      <h3>{t('rules.later')}</h3>
      <Sentences of={later} isSoft />
    </section>
  );
}

interface SentencesProps {
  readonly of: readonly Sentence[];
  readonly isSoft?: boolean;
}

export const Sentences = ({ of, isSoft = false }: SentencesProps) => (
  <ul class={isSoft ? 'sentences soft' : 'sentences'}>
    {of.map((sentence) => {
      const words = wordsOfSentence(sentence, t);
      return <li key={words}>{words}</li>;
    })}
  </ul>
);
