import type { Tx } from '../../tx.js';

const setPasswordOf = {
  name: 'set-password',
  text: `update staff set password_hash = $2 where id = $1`,
};
const setAdminOf = { name: 'set-admin', text: `update staff set admin = $2 where id = $1` };
const setClosedOf = {
  name: 'set-closed',
  text: `update staff set disabled_at = case when $2::boolean then clock_timestamp() end where id = $1`,
};
const revokeTokensOf = {
  name: 'revoke-tokens-of-staff',
  text: `update api_key set revoked_at = clock_timestamp() where staff_id = $1 and revoked_at is null`,
};
const clearSecondFactorOf = {
  name: 'clear-second-factor',
  // Recovery codes go with it, and one that is being set up.
  text: `delete from second_factor where staff_id = $1 returning confirmed_at is not null as "inForce"`,
};

/** Stores what is kept of a new password. */
export const setPassword = (tx: Tx, staffId: string, passwordHash: string): void =>
  tx.send(setPasswordOf, [staffId, passwordHash]);

/** Makes somebody an admin, or no longer one. */
export const setAdmin = (tx: Tx, staffId: string, admin: boolean): void =>
  tx.send(setAdminOf, [staffId, admin]);

/** Closes an account, or opens it again. */
export const setClosed = (tx: Tx, staffId: string, closed: boolean): void =>
  tx.send(setClosedOf, [staffId, closed]);

/** Revokes all tokens of a person; how many there were. */
export const revokeAllTokens = (tx: Tx, staffId: string): Promise<number> =>
  tx.count(revokeTokensOf, [staffId]);

/** Removes a person's second factor with its recovery codes. False: there was none in force. */
export async function deleteSecondFactor(tx: Tx, staffId: string): Promise<boolean> {
  const [row] = await tx.query<{ inForce: boolean }>(clearSecondFactorOf, [staffId]);
  return row?.inForce === true;
}
