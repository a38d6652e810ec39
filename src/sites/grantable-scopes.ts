import type { StaffCaller } from '../access/caller.js';
import { type Scope, scopesOf } from '../access/scopes.js';

/** The scopes that a caller may put into a token: those of their own token, as far as their roles still allow them. */
export function grantableScopes({ admin, legal, roles, scopes }: StaffCaller): Scope[] {
  const role = admin ? 'admin' : [...roles.values()].includes('lead') ? 'lead' : 'moderator';
  return scopesOf(role, legal).filter((scope) => scopes.includes(scope));
}
