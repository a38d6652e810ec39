import type { EvidenceView } from '../../../contract/images.js';
import { t, tOr } from '../i18n.js';
import { Ago } from './ago.js';
import './evidence.css';
import { evidenceSentence } from './evidence-sentence.js';
import { Reasons } from './reasons.js';

/** Why a rule blocked, frozen at that moment: in a sentence, with the reasons and what was needed. */
export function Evidence({ evidence }: { readonly evidence: EvidenceView }) {
  return (
    <div class="evidence">
      <p>
        {evidenceSentence(evidence, { t, tOr })} {evidence.standing ? null : t('evidence.after')}
      </p>
      <p class="evidence-small">
        <Reasons reasons={evidence.reasons} />
        <span>
          {t('evidence.needed', { count: evidence.needed })} · <Ago at={evidence.at} />
        </span>
      </p>
    </div>
  );
}
