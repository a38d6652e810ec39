import type { Tx } from '../../tx.js';

const statement = {
  name: 'revoke-key',
  text: `
    with known as (
      select id, kind, hint, name, revoked_at is null as live
      from api_key
      where id = $1 and (site_id = $2 or staff_id = $3)
      for no key update
    )
    update api_key k
    set revoked_at = coalesce(k.revoked_at, clock_timestamp())
    from known
    where k.id = known.id
    returning known.kind, known.hint, known.name, known.live`,
};

/** A key that is revoked now. */
export interface RevokedKey {
  readonly kind: string;
  readonly hint: string;
  readonly name: string;
  /** Until now; false: it had been revoked before. */
  readonly live: boolean;
}

/** Revokes a site's key, or a member of staff's token; once revoked, it keeps its time. No row: it is not theirs. */
export const revokeKeyRow = (
  tx: Tx,
  keyId: string,
  owner: { readonly siteId: string } | { readonly staffId: string },
): Promise<RevokedKey[]> =>
  tx.query(statement, [
    keyId,
    'siteId' in owner ? owner.siteId : null,
    'staffId' in owner ? owner.staffId : null,
  ]);
