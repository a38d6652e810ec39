import type { SiteSettings } from '../access/caller.js';
import type { Sealed } from '../access/sealing/sealed.js';
import type { KeyAnswer } from '../contract/keys.js';
import type { MemberAnswer } from '../contract/members.js';
import type { SiteAnswer } from '../contract/sites.js';
import type { TokenAnswer } from '../contract/tokens.js';
import type { ApiKey } from '../database/entities/api-key.entity.js';
import type { Member } from './add-member.js';

/** A site as it is shown. */
export const siteAnswer = (
  sealed: Sealed,
  {
    id,
    slug,
    name,
    origins,
    imageHosts,
    addressRules,
    locale,
    timeZone,
    reasons,
    nearMatches,
    severeInstructions,
  }: Omit<SiteSettings, 'automatic'>,
): SiteAnswer => ({
  id: sealed.id('sit', id),
  slug,
  name,
  origins,
  imageHosts,
  addressRules,
  locale,
  timeZone,
  reasons,
  nearMatches,
  severeInstructions,
});

/** A site's key as it is shown; `emails` of those who made keys, by id. */
export const keyAnswer = (sealed: Sealed, row: ApiKey, emails: ReadonlyMap<string, string>): KeyAnswer => ({
  id: sealed.id('key', row.id),
  kind: row.kind === 'publishable' ? 'publishable' : 'secret',
  name: row.name,
  hint: row.hint,
  createdAt: row.createdAt.toISOString(),
  createdBy: emails.get(row.createdBy ?? '') ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** A personal access token as it is shown. */
export const tokenAnswer = (sealed: Sealed, row: ApiKey): TokenAnswer => ({
  id: sealed.id('key', row.id),
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  createdAt: row.createdAt.toISOString(),
  expiresAt: (row.expiresAt ?? row.createdAt).toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** A member as they are shown. */
export const memberAnswer = (sealed: Sealed, { staff, membership, invited }: Member): MemberAnswer => ({
  id: sealed.id('stf', staff.id),
  email: staff.email,
  role: membership.role,
  invited,
  addedAt: membership.createdAt.toISOString(),
});
