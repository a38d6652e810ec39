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
  const { blocking, guarding, reviewing } = ruleSentences(rule);
  return (
    // What does not fit the window is read by the arrow keys, too.
    <section class="rule-text card stack" aria-labelledby="rule-text" tabIndex={0}>
      <h2 id="rule-text">{version === null ? t('rules.draft') : t('rules.inForce', { version })}</h2>
      <Sentences of={blocking} />
      {guarding.length === 0 ? null : (
        <>
          <h3>{t('rules.guarding')}</h3>
          <Sentences of={guarding} />
        </>
      )}
      <h3>{t('rules.group.review')}</h3>
      <Sentences of={reviewing} />
    </section>
  );
}

export const Sentences = ({ of }: { readonly of: readonly Sentence[] }) => (
  <ul class="sentences">
    {of.map((sentence) => {
      const words = wordsOfSentence(sentence, t);
      return <li key={words}>{words}</li>;
    })}
  </ul>
);
