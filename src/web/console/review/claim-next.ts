import type { CasePage, CaseView } from '../../../contract/cases.js';
import { type api, Problem } from '../api.js';

/** What the service is asked by: `api` in the console. */
export type Asking = Pick<typeof api, 'get' | 'post' | 'put' | 'remove'>;

/** Which cases somebody wants to work on. */
export interface Wish {
  /** A slug; null: all sites of theirs. */
  readonly site: string | null;
  /** Only cases in which a reader gave this reason; null: all. */
  readonly reason: string | null;
  /** Those that were escalated to the leads, in the place of the others. */
  readonly escalated: boolean;
}

/** What of a wish is left on another site: its own reasons only, and the escalated cases for its leads. */
export const wishOn = (
  wish: Wish,
  { site, reasons, isLead }: { site: string | null; reasons: readonly string[]; isLead: boolean },
): Wish => ({
  site,
  reason: wish.reason !== null && reasons.includes(wish.reason) ? wish.reason : null,
  escalated: wish.escalated && isLead,
});

/** How many cases are looked at for one that nobody holds. */
const LOOKED_AT = 50;
const BY_ITSELF = { isBackground: true };

/**
 * Leases the next case by priority; null when nothing waits.
 *
 * @param aside ids of escalated cases that are not wanted now: the service offers those by name only, so it keeps no list
 * @throws Problem
 */
export async function claimNext(
  ask: Asking,
  { site, reason, escalated }: Wish,
  aside: ReadonlySet<string>,
): Promise<CaseView | null> {
  if (!escalated) {
    const wish = { ...(site === null ? {} : { site }), ...(reason === null ? {} : { reason }) };
    // Asked by the page; whoever did something since is at work all the same.
    return (await ask.post<CaseView | undefined>('/v1/cases/claim', wish, {}, BY_ITSELF)) ?? null;
  }
  const asked = { status: 'escalated', site, reason, limit: LOOKED_AT };
  const { items } = await ask.get<CasePage>('/v1/cases', asked, BY_ITSELF);
  for (const { id, lease } of items) {
    if (lease !== null || aside.has(id)) continue;
    try {
      return await takeCase(ask, id);
    } catch (error) {
      // Somebody was faster: the next one, then.
      if (!(error instanceof Problem && error.status === 409)) throw error;
    }
  }
  return null;
}

/** Whether a case waits, without leasing it: who is not there is given none. @throws Problem */
export async function isOneWaiting(
  ask: Asking,
  { site, reason, escalated }: Wish,
  aside: ReadonlySet<string>,
): Promise<boolean> {
  const { items } = await ask.get<CasePage>(
    '/v1/cases',
    { status: escalated ? 'escalated' : 'open', site, reason, limit: LOOKED_AT },
    BY_ITSELF,
  );
  return items.some(({ id, lease }) => lease === null && !aside.has(id));
}

/** Leases this case. @throws Problem 409 when somebody holds it or it is closed */
export const takeCase = (ask: Asking, id: string): Promise<CaseView> =>
  ask.put<CaseView>(`/v1/cases/${id}/lease`, {});
