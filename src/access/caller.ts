import type { AddressRules } from '../core/address-rules.js';
import type { Locale, Reason } from '../core/reasons.js';
import type { MembershipRole } from '../database/entities/membership.entity.js';

/** What of a site's settings a request needs. */
export interface SiteSettings {
  /** The database's, never shown. */
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly origins: readonly string[];
  /** In force: where the site names none, those that follow from its origins. */
  readonly imageHosts: readonly string[];
  /** Which addresses are one picture; an object without any rule where the site has none. */
  readonly addressRules: AddressRules;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly reasons: readonly Reason[];
  /** Whether near pictures of what a person blocked are suggested to moderators, or blocked, too. */
  readonly nearMatches: 'suggest' | 'block';
  /** What the newsroom must do when somebody gives the severe reason; null: the site has written nothing. */
  readonly severeInstructions: string | null;
  /** Whether the rule in force blocks by itself. A change of the rule reaches whoever holds settings, as all others do. */
  readonly automatic: boolean;
}

/** A site, by one of its keys. */
export interface SiteCaller {
  readonly kind: 'publishable' | 'secret';
  readonly site: SiteSettings;
}

/** A member of staff, by a personal access token or a session. */
export interface StaffCaller {
  readonly kind: 'staff';
  readonly staffId: string;
  readonly email: string;
  /** Everything, on all sites. */
  readonly admin: boolean;
  /** May open what is sealed, with a token that says so, or a session; nothing that a role gives. */
  readonly legal: boolean;
  readonly scopes: readonly string[];
  /** By the site's database id. */
  readonly roles: ReadonlyMap<string, MembershipRole>;
  /** By which token they came; undefined: by a session. */
  readonly tokenId?: string;
  /** By which session they came; undefined: by a token. */
  readonly sessionId?: string;
}

export type Caller = SiteCaller | StaffCaller;

/** What somebody is on a site; each includes the one before. */
export type StaffRole = MembershipRole | 'admin';

const RANKS: Record<StaffRole, number> = { moderator: 1, lead: 2, admin: 3 };

/** What the caller is on a site, or null when they have nothing to do with it. */
export const roleOn = (caller: StaffCaller, siteId: string): StaffRole | null =>
  caller.admin ? 'admin' : (caller.roles.get(siteId) ?? null);

/** Whether this request may open what is sealed: the person may, and the token says so. */
export const mayOpenSealed = ({ legal, scopes }: StaffCaller): boolean => legal && scopes.includes('legal');

/** Whether a role includes another. */
export const includesRole = (role: StaffRole, wanted: StaffRole): boolean => RANKS[role] >= RANKS[wanted];
