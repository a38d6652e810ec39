import { effect } from '@preact/signals';
import { api } from '../api.js';
import { isInterrupted } from '../session.js';
import { Drafts, type Kept } from './drafts.js';
import { Outbox } from './outbox.js';

/** What outlives the review page: decisions on their way, and what was typed. */
export interface Workplace {
  readonly drafts: Drafts;
  readonly outbox: Outbox;
}

/** Of whoever is signed in; others who use this window see nothing of it. */
const keptOf = (staffId: string): Kept => ({
  getItem: (key) => sessionStorage.getItem(`${key}:${staffId}`),
  setItem: (key, value) => sessionStorage.setItem(`${key}:${staffId}`, value),
  removeItem: (key) => sessionStorage.removeItem(`${key}:${staffId}`),
});

/** Monotonic: nobody's clock that is set anew ends a lease. */
export const now = (): number => performance.now();

let place: (Workplace & { readonly staffId: string; readonly leave: () => void }) | null = null;

/** The workplace of a person, kept while they are signed in, whatever page they are on. */
export function workplaceOf(staffId: string): Workplace {
  if (place?.staffId === staffId) return place;
  place?.leave();
  const kept = keptOf(staffId);
  const drafts = new Drafts(kept);
  const outbox = new Outbox(api, now, drafts, kept);
  const timer = setInterval(() => outbox.tick(), 1_000);
  const sendNow = (): void => outbox.tick(true);
  const warn = (event: BeforeUnloadEvent): void => {
    if (outbox.isBusy.peek()) event.preventDefault();
  };
  addEventListener('online', sendNow);
  addEventListener('beforeunload', warn);
  const stop = effect(() => {
    if (!isInterrupted.value) sendNow();
  });
  const leave = (): void => {
    clearInterval(timer);
    removeEventListener('online', sendNow);
    removeEventListener('beforeunload', warn);
    stop();
  };
  place = { staffId, drafts, outbox, leave };
  return place;
}
