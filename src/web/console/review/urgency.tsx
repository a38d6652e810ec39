import type { UrgencyView } from '../../../contract/urgency.js';
import { formatNumber, t } from '../i18n.js';

/** How much harm waiting may do: why this case comes before others (docs/priority.md). */
export const Urgency = ({ of }: { readonly of: UrgencyView }) => (
  <p class="hint">
    {t('review.urgency', {
      harm: formatNumber(of.expectedHarm, { maximumFractionDigits: 1 }),
      reports: formatNumber(of.reportsPerHour, { maximumFractionDigits: 1 }),
      views: of.viewsPerHour === null ? 'unknown' : formatNumber(of.viewsPerHour),
    })}
  </p>
);
