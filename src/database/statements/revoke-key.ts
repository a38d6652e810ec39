import type { Tx } from '../tx.js';

const statement = {
  name: 'revoke-key',
  text: `
    update api_key
    set revoked_at = coalesce(revoked_at, clock_timestamp())
    where id = $1 and (site_id = $2 or staff_id = $3)
    returning id`,
};

/** Revokes a site's key, or a member of staff's token; once revoked, it keeps its time. No row: it is not theirs. */
export const revokeKeyRow = (
  tx: Tx,
  keyId: string,
  owner: { readonly siteId: string } | { readonly staffId: string },
): Promise<{ id: string }[]> =>
  tx.query(statement, [
    keyId,
    'siteId' in owner ? owner.siteId : null,
    'staffId' in owner ? owner.staffId : null,
  ]);
