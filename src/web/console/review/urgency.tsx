import type { UrgencyView } from '../../../contract/urgency.js';
import { formatNumber, t } from '../i18n.js';
import { urgencyLevel } from './urgency-level.js';

/** How urgent it is, in a word: why this case comes before others (docs/priority.md); the figure behind it on pointing at it. */
export const Urgency = ({ of }: { readonly of: UrgencyView }) => (
  <p
    class="hint"
    title={t('review.urgencyFigure', { harm: formatNumber(of.expectedHarm, { maximumFractionDigits: 0 }) })}
  >
    {t('review.urgency', {
      level: urgencyLevel(of.expectedHarm),
      reports: formatNumber(of.reportsPerHour, { maximumFractionDigits: 1 }),
      seen: of.viewsPerHour === null ? 'unknown' : 'known',
      views: of.viewsPerHour ?? 0,
    })}
  </p>
);
