import { REASONS } from '../../../core/reasons.js';
import { t, type TextKey } from '../i18n.js';
import { ORDERS, queryOf, type QueueFilter, STATUSES, usualOrder } from './filter.js';

interface FiltersProps {
  readonly filter: QueueFilter;
  /** Whether what was escalated may be listed. */
  readonly isLead: boolean;
  readonly to: (query: ReturnType<typeof queryOf>) => string;
  readonly onChange: (filter: QueueFilter) => void;
}

/** Which cases, and in which order: each a link or a choice, and all of it in the address. */
export function Filters({ filter, isLead, to, onChange }: FiltersProps) {
  return (
    <div class="queue-filters">
      <nav aria-label={t('queue.status')} class="tabs">
        {STATUSES.filter((status) => status !== 'escalated' || isLead).map((status) => (
          <a
            key={status}
            href={to(queryOf({ ...filter, status, order: usualOrder(status) }))}
            aria-current={status === filter.status ? 'page' : undefined}
          >
            {t(`queue.status.${status}`)}
          </a>
        ))}
      </nav>
      <label class="roomy-choice">
        <span>{t('queue.reason')}</span>
        <select
          value={filter.reason ?? ''}
          onChange={({ currentTarget }) => {
            // Keys are for the list again, not for this choice.
            currentTarget.blur();
            const { value } = currentTarget;
            onChange({ ...filter, reason: REASONS.find((reason) => reason === value) ?? null });
          }}
        >
          <option value="">{t('queue.reasonAll')}</option>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reason.${reason}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="roomy-choice">
        <span>{t('queue.order')}</span>
        <select
          value={filter.order}
          onChange={({ currentTarget }) => {
            currentTarget.blur();
            const { value } = currentTarget;
            onChange({ ...filter, order: ORDERS.find((order) => order === value) ?? filter.order });
          }}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`queue.order.${order}` satisfies TextKey)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
