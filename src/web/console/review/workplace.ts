import { effect } from '@preact/signals';
import { api, Problem } from '../api.js';
import { t } from '../i18n.js';
import { beforeSignOut, isAnothers, isInterrupted, session } from '../session.js';
import { confirm } from '../ui/confirm.js';
import type { Asking } from './claim-next.js';
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

let place: (Workplace & { readonly staffId: string }) | null = null;

/** The workplace of a person, kept while they are signed in, whatever page they are on. */
export function workplaceOf(staffId: string): Workplace {
  if (place?.staffId === staffId) return place;
  const kept = keptOf(staffId);
  const drafts = new Drafts(kept);
  const outbox = new Outbox(askingAs(staffId), now, drafts, kept);
  const timer = setInterval(() => outbox.tick(), 1_000);
  const sendNow = (): void => outbox.tick(true);
  const warn = (event: BeforeUnloadEvent): void => {
    if (outbox.isBusy.peek()) event.preventDefault();
  };
  addEventListener('online', sendNow);
  addEventListener('beforeunload', warn);
  const mine: typeof place = { staffId, drafts, outbox };
  const ends = [
    () => clearInterval(timer),
    () => removeEventListener('online', sendNow),
    () => removeEventListener('beforeunload', warn),
    () => outbox.end(),
    beforeSignOut(() => mayLeave(outbox)),
  ];
  const stop = effect(() => {
    if (session.value?.staff.id === staffId && !isAnothers.value) {
      if (!isInterrupted.value) sendNow();
      return;
    }
    for (const end of ends.splice(0)) end();
    if (place === mine) place = null;
  });
  ends.push(stop);
  place = mine;
  return mine;
}

/** The API for who decided: another person who signs in in this window sends nothing of theirs. */
function askingAs(staffId: string): Asking {
  const own =
    <Args extends readonly unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) =>
    (...args: Args): Promise<Answer> =>
      session.peek()?.staff.id === staffId ? ask(...args) : Promise.reject(new Problem({ status: 401 }));
  return { ...api, post: own(api.post) as Asking['post'] };
}

/** How long decisions that are on their way are waited for, in milliseconds, before one is asked about them. */
const ON_ITS_WAY = 2_000;

/** Asks who signs out about decisions that have not arrived: nobody else can send them. */
async function mayLeave(outbox: Outbox): Promise<boolean> {
  const until = now() + ON_ITS_WAY;
  while (outbox.items.peek().some(({ state }) => state === 'sending') && now() < until)
    await new Promise((go) => setTimeout(go, 50));
  const count = outbox.unsent.peek();
  if (count === 0) return true;
  return confirm({
    title: t('review.unsent', { count }),
    body: t('review.unsent.text'),
    cancel: t('review.unsent.wait'),
    action: t('review.unsent.leave'),
    isDangerous: true,
  });
}
