import type { Tx } from '../../tx.js';
import { worksOn } from './works-on.js';

const take = {
  name: 'take-lease',
  // Not for an account that is closed beside it or taken from the site, as in claim-case. Somebody else may be taking or deciding it: the conditions are looked at again once their lock is gone.
  text: `
    update moderation_case
    set lease_holder = $3, lease_token = $4,
        lease_expires_at = clock_timestamp() + make_interval(secs => $5)
    where site_id = $1 and id = $2 and status = any ($6::text[])
      and exists (select from (select admin from staff where staff.id = $3 and disabled_at is null for share) holder
                   where ${worksOn('holder.admin', '$3', '$1')})
      and (lease_expires_at is null or lease_expires_at <= clock_timestamp())
    returning id`,
};

const renew = {
  name: 'renew-lease',
  // A lease that ran out and that nobody took can be renewed: it is still the case's.
  text: `
    update moderation_case
    set lease_expires_at = clock_timestamp() + make_interval(secs => $5)
    where site_id = $1 and id = $2 and lease_holder = $3 and lease_token = $4 and status <> 'closed'
    returning id`,
};

const release = {
  name: 'release-lease',
  text: `
    update moderation_case
    set lease_holder = null, lease_token = null, lease_expires_at = null
    where site_id = $1 and id = $2 and lease_holder = $3 and lease_token = $4`,
};

const skip = {
  name: 'skip-case',
  text: `
    insert into case_skip (site_id, case_id, staff_id, until)
    values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
    on conflict (case_id, staff_id) do update set until = excluded.until`,
};

/** A case, a person, and the SHA-256 of the lease's token. */
export interface LeaseKey {
  readonly siteId: string;
  readonly caseId: string;
  readonly staffId: string;
  readonly tokenHash: Buffer;
}

const keyOf = ({ siteId, caseId, staffId, tokenHash }: LeaseKey): unknown[] => [
  siteId,
  caseId,
  staffId,
  tokenHash,
];

/** Leases this case for some seconds, if it has one of these statuses and nobody holds it; says whether it did. */
export const takeLease = async (
  db: Pick<Tx, 'query'>,
  key: LeaseKey,
  seconds: number,
  statuses: readonly ('open' | 'escalated')[],
): Promise<boolean> => (await db.query(take, [...keyOf(key), seconds, statuses])).length > 0;

/** Lets the lease last so many seconds from now on, if it is still the case's; says whether it was. */
export const renewLease = async (db: Pick<Tx, 'query'>, key: LeaseKey, seconds: number): Promise<boolean> =>
  (await db.query(renew, [...keyOf(key), seconds])).length > 0;

/** Gives the case back if the lease is still the case's; else there is nothing to give back. */
export async function releaseLease(db: Pick<Tx, 'query'>, key: LeaseKey): Promise<void> {
  await db.query(release, keyOf(key));
}

/** Keeps a case from being offered to this person for some seconds. */
export async function skipCase(
  db: Pick<Tx, 'query'>,
  key: Omit<LeaseKey, 'tokenHash'>,
  seconds: number,
): Promise<void> {
  await db.query(skip, [key.siteId, key.caseId, key.staffId, seconds]);
}
