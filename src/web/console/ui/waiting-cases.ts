import type { EventView } from '../../../contract/events.js';

/** After which a case awaits somebody, or not any more. */
const AWAITS: Readonly<Record<string, boolean>> = {
  'case.opened': true,
  'case.held': true,
  'case.escalated': true,
  'case.overdue': true,
  'decision.undone': true,
  'case.resolved': false,
};

/** The cases that await somebody, as far as these events tell. @param events the latest first */
export function waitingCases(events: readonly Pick<EventView, 'type' | 'case'>[]): ReadonlySet<string> {
  const waits = new Map<string, boolean>();
  for (const { type, case: id } of events) {
    const awaits = AWAITS[type];
    if (id !== null && awaits !== undefined && !waits.has(id)) waits.set(id, awaits);
  }
  return new Set([...waits].filter(([, awaits]) => awaits).map(([id]) => id));
}
