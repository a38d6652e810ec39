import { Inject, Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { SiteOf } from '../access/sites/site-of.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { CaseView } from '../contract/cases.js';
import type { ClaimRequest } from '../contract/leases.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import { claimCase } from '../database/statements/cases/claim-case.js';
import {
  type LeaseKey,
  releaseLease,
  renewLease,
  skipCase,
  takeLease,
} from '../database/statements/cases/lease-case.js';
import { type DecisionRow, readDecisionsOnCases } from '../database/statements/cases/read-decisions.js';
import { readCases } from '../database/statements/cases/read-cases.js';
import { escalated, FindCase, isLead } from './find-case.js';
import { leaseTokenHash, makeLeaseToken } from './lease-token.js';
import { Views } from './views.js';

/**
 * For how long `claim` does not offer a case to somebody who put it aside, in seconds: long enough to work through what
 * else there is and for a colleague to take it, short enough that it comes back within the shift if nobody does.
 * Until then it is not offered at all, not even when nothing else waits: who skipped the last case is done.
 */
const SKIP_SECONDS = 3600;

const LEASE_OVER = 'This lease is over. Claim the case again.';

/**
 * Leases: exclusive, expiring holds on cases, by the database's clock. Nothing is taken out of the queue by a lease, so
 * one that is abandoned only runs out.
 */
@Injectable()
export class LeaseCase {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly cases: FindCase,
    private readonly views: Views,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  /** Leases the next open case by priority; null when there is none. Escalated ones are taken by name. */
  async claim(caller: StaffCaller, request: ClaimRequest): Promise<CaseView | null> {
    const siteIds = await this.siteOf.sitesFor(caller, request.site ?? undefined, 'moderator');
    for (;;) {
      const { token, hash } = makeLeaseToken();
      const id = await this.database.inIndexedTransaction((tx) =>
        claimCase(tx, {
          siteIds,
          staffId: caller.staffId,
          reason: request.reason ?? null,
          tokenHash: hash,
          seconds: this.config.leaseSeconds,
        }),
      );
      if (id === undefined) return null;
      const row = await this.read(id);
      // Between the two statements its holder may have decided it from another window: then the next one is wanted.
      if (row.lease !== null) return this.views.case(row, caller, token);
    }
  }

  /**
   * Leases this case.
   * @throws VigieError NOT_FOUND; FORBIDDEN for an escalated case; CASE_CONFLICT when it is closed, with who decided it
   *   and what, or anybody, even the caller in another window, holds it
   */
  async take(caller: StaffCaller, id: string): Promise<CaseView> {
    const row = await this.cases.findToShow(caller, id);
    const { token, hash } = makeLeaseToken();
    const statuses = isLead(caller, row.siteId) ? (['open', 'escalated'] as const) : (['open'] as const);
    const key = this.keyOf(caller, row, hash);
    const taken = await takeLease(this.database, key, this.config.leaseSeconds, statuses);
    if (!taken) throw await this.notTaken(caller, await this.cases.find(caller, id));
    return this.leased(caller, row.id, token);
  }

  /** Prolongs a lease. @throws VigieError as `take` does; CASE_CONFLICT when the lease is no longer the case's */
  async renew(caller: StaffCaller, id: string, token: string): Promise<CaseView> {
    const row = await this.cases.findToShow(caller, id);
    const key = this.keyOf(caller, row, leaseTokenHash(token));
    const renewed = await renewLease(this.database, key, this.config.leaseSeconds);
    if (!renewed) throw await this.notTaken(caller, await this.cases.find(caller, id));
    return this.leased(caller, row.id, token);
  }

  /** Gives a case back; a lease that is over already is no error. `skip`: it is not offered to the caller again soon. */
  async release(caller: StaffCaller, id: string, token: string, skip: boolean): Promise<void> {
    const row = await this.cases.find(caller, id);
    const key = this.keyOf(caller, row, leaseTokenHash(token));
    // First, so that the case is never offered between the two.
    if (skip) await skipCase(this.database, key, SKIP_SECONDS);
    await releaseLease(this.database, key);
  }

  private keyOf({ staffId }: StaffCaller, { siteId, id }: ReviewedCaseRow, tokenHash: Buffer): LeaseKey {
    return { siteId, caseId: id, staffId, tokenHash };
  }

  private async leased(caller: StaffCaller, id: string, token: string): Promise<CaseView> {
    const row = await this.read(id);
    // Between the two statements its holder may have decided it from another window.
    if (row.lease === null)
      throw new VigieError('CASE_CONFLICT', LEASE_OVER, [], { case: this.views.case(row, caller) });
    return this.views.case(row, caller, token);
  }

  private async read(id: string): Promise<ReviewedCaseRow> {
    const [row] = await readCases(this.database, [id]);
    if (row === undefined) throw new Error('a case that was just leased is gone');
    return row;
  }

  private async latestOn({ id: caseId, version }: ReviewedCaseRow): Promise<DecisionRow | undefined> {
    const [decided] = await readDecisionsOnCases(this.database, [{ caseId, version }]);
    return decided?.latest;
  }

  private async notTaken(caller: StaffCaller, row: ReviewedCaseRow): Promise<VigieError> {
    if (row.status === 'escalated' && !isLead(caller, row.siteId)) return escalated();
    const { lease, ...moderationCase } = this.views.case(row, caller);
    const detail =
      row.status === 'closed'
        ? 'This case is closed. Claim the next one.'
        : lease === null
          ? LEASE_OVER
          : row.lease?.holderId === caller.staffId
            ? 'You hold this case already, in another window. Go on there, or give it back there.'
            : 'Somebody else holds this case. Wait until the lease ends, or claim another one.';
    return new VigieError('CASE_CONFLICT', detail, [], {
      case: { ...moderationCase, lease },
      ...(lease === null ? {} : { holder: lease.holder, expiresAt: lease.expiresAt }),
      ...this.views.decided(row.status === 'closed' ? await this.latestOn(row) : undefined),
    });
  }
}
