import { makeKey } from '../access/keys/api-keys.js';
import { isScope, type Scope } from '../access/scopes.js';
import { LONGEST_TOKEN_DAYS } from '../contract/tokens.js';
import { type FieldError, invalid, refused, VigieError } from '../core/errors.js';
import { ApiKey } from '../database/entities/api-key.entity.js';
import { insertToken } from '../database/statements/accounts/insert-token.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import type { ManagedTx } from '../database/tx.js';

/** A personal access token to be. */
export interface TokenRequest {
  readonly staffId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Until it ends, 1 to 90. */
  readonly days: number;
}

/** What whoever asks may give. */
export interface Grant {
  readonly scopes: readonly Scope[];
  /** The token that asks, if one does: the new one ends no later, or a token that leaked could renew itself for ever. */
  readonly tokenId?: string | null;
  /** Null: the operator. */
  readonly staffId: string | null;
}

/**
 * Makes a personal access token. Returns it too: nobody can read it again.
 *
 * @throws VigieError INVALID for a scope that is unknown or more than `grant` has, and for too many days; CONFLICT for a
 *   closed account; UNAUTHENTICATED when the token that asks was revoked meanwhile, or has ended
 */
export async function issueToken(
  tx: ManagedTx,
  { staffId, name, scopes, days }: TokenRequest,
  grant: Grant,
): Promise<{ readonly row: ApiKey; readonly token: string }> {
  const wanted = checkScopes(scopes, grant.scopes);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_TOKEN_DAYS) {
    throw invalid('/days', `Must be a whole number from 1 to ${LONGEST_TOKEN_DAYS}.`);
  }
  // A closing that comes beside it is waited for, or revokes this token, too; and so is the revoking of all tokens.
  const account = await lockStaff(tx, staffId);
  if (account?.closed !== false) throw refused('CONFLICT', 'account-closed', 'The account was closed.');
  const { key, hash, hint } = makeKey('staff');
  const made = {
    staffId,
    hash,
    hint,
    name: name.trim(),
    scopes: wanted,
    createdBy: grant.staffId,
    days,
    askedBy: grant.tokenId ?? null,
  };
  const [inserted] = await insertToken(tx, made);
  if (inserted === undefined)
    throw new VigieError('UNAUTHENTICATED', 'The token that asks was revoked meanwhile, or has ended.');
  const row = await tx.manager.findOneByOrFail(ApiKey, { id: inserted.id });
  const by = grant.staffId === null ? 'operator' : { staffId: grant.staffId };
  const data = { name: row.name, scopes: wanted, expiresAt: row.expiresAt?.toISOString() };
  await noteAccountEvent(tx, { type: 'token-made', staffId, by, data });
  return { row, token: key };
}

/** Nobody grants more than they have. */
function checkScopes(given: readonly unknown[], granted: readonly Scope[]): Scope[] {
  const wrong: FieldError[] = [];
  const may = granted.length > 0 ? `You may give ${granted.join(', ')}.` : 'You may give none.';
  const wanted = new Set<Scope>();
  given.forEach((scope, index) => {
    const pointer = `/scopes/${index}`;
    if (!isScope(scope)) wrong.push({ pointer, detail: `There is no such scope. ${may}` });
    else if (!granted.includes(scope)) wrong.push({ pointer, detail: `That is more than you have. ${may}` });
    else wanted.add(scope);
  });
  if (given.length === 0) wrong.push({ pointer: '/scopes', detail: `Name at least one scope. ${may}` });
  const [first] = wrong;
  if (first !== undefined) throw new VigieError('INVALID', first.detail, wrong);
  return [...wanted];
}
