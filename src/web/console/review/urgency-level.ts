export type UrgencyLevel = 'low' | 'moderate' | 'high' | 'very high';

/**
 * The expected harm from which each begins: eight times the one before it, as much as 18 hours of waiting are worth in the queue
 * (docs/priority.md). One report of spam is low, one of violence moderate.
 */
const STEPS = [
  ['very high', 16_000],
  ['high', 2_000],
  ['moderate', 250],
] as const;

/** How urgent a case is, in a word. */
export const urgencyLevel = (expectedHarm: number): UrgencyLevel =>
  STEPS.find(([, from]) => expectedHarm >= from)?.[0] ?? 'low';
