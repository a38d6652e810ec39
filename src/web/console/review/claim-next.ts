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

/** How many of the escalated are looked at for one that nobody holds. */
const LOOKED_AT = 50;

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
    return (await ask.post<CaseView | undefined>('/v1/cases/claim', wish)) ?? null;
  }
  const { items } = await ask.get<CasePage>('/v1/cases', {
    status: 'escalated',
    site,
    reason,
    limit: LOOKED_AT,
  });
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

/** Leases this case. @throws Problem 409 when somebody holds it or it is closed */
export const takeCase = (ask: Asking, id: string): Promise<CaseView> =>
  ask.put<CaseView>(`/v1/cases/${id}/lease`, {});
