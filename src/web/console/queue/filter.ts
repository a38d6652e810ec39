import type { CaseOrder, ListedStatus } from '../../../contract/cases.js';
import type { Reason } from '../../../core/reasons.js';

export const STATUSES = ['open', 'held', 'escalated', 'closed'] as const satisfies readonly ListedStatus[];
export const ORDERS = ['priority', 'oldest', 'newest'] as const satisfies readonly CaseOrder[];

/** Which cases are listed, and how. */
export interface QueueFilter {
  readonly status: ListedStatus;
  readonly reason: Reason | null;
  readonly order: CaseOrder;
}

/** Closed cases have left the queue, and what matters there is what was decided last. */
export const usualOrder = (status: ListedStatus): CaseOrder => (status === 'closed' ? 'newest' : 'priority');

const oneOf = <T extends string>(value: string | undefined, values: readonly T[]): T | undefined =>
  values.find((one) => one === value);

/**
 * The filter that an address names. What it names and is unknown counts as not named, so that an old or a mistyped address
 * still shows cases.
 *
 * @param reasons those that there are
 */
export function filterOf(
  query: Readonly<Record<string, string | undefined>>,
  reasons: readonly Reason[],
): QueueFilter {
  const status = oneOf(query['status'], STATUSES) ?? 'open';
  return {
    status,
    reason: oneOf(query['reason'], reasons) ?? null,
    order: oneOf(query['order'], ORDERS) ?? usualOrder(status),
  };
}

/** What of a filter an address must name: `filterOf` gives the filter again. */
export const queryOf = ({ status, reason, order }: QueueFilter): Readonly<Record<string, string | null>> => ({
  status: status === 'open' ? null : status,
  reason,
  order: order === usualOrder(status) ? null : order,
});
