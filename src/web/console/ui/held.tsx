import type { HoldView } from '../../../contract/holds.js';
import { t, tOr } from '../i18n.js';
import { Ago } from './ago.js';
import './evidence.css';
import { holdSentence } from './hold-sentence.js';

/** Why an image waits for a moderator that a rule would have blocked: in a sentence, with the figures. */
export const Held = ({ hold }: { readonly hold: HoldView }) => (
  <div class="evidence">
    <p>{holdSentence(hold, { t, tOr })}</p>
    <p class="evidence-small">
      <span>
        {t('hold.since')} <Ago at={hold.since} />
      </span>
    </p>
  </div>
);
