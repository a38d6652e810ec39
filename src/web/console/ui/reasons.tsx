import { formatNumber, tOr } from '../i18n.js';
import './reasons.css';

/** Reasons with how many gave each, the commonest first. */
export const Reasons = ({ reasons }: { readonly reasons: Readonly<Record<string, number>> }) => (
  <span class="reasons">
    {Object.entries(reasons).map(([reason, count]) => (
      <span key={reason} class={reason === 'child_abuse' ? 'badge bad' : 'badge'}>
        {tOr(`reason.${reason}`, reason)} {formatNumber(count)}
      </span>
    ))}
  </span>
);
