import { includesRole, type StaffRole } from './caller.js';

/** What a personal access token may be used for; never more than its owner's roles allow. */
export const SCOPES = [
  'review',
  'images',
  'settings:read',
  'rules',
  'members',
  'webhooks',
  'keys',
  'sites',
  'tokens',
] as const;

export type Scope = (typeof SCOPES)[number];

interface ScopeRule {
  /** In words, for people. */
  readonly allows: string;
  /** The least role, on some site, whose holder may have it. */
  readonly role: StaffRole;
}

export const SCOPE_RULES: Readonly<Record<Scope, ScopeRule>> = {
  review: { allows: 'read the queue, the log and statistics; lease, decide, undo', role: 'moderator' },
  images: { allows: 'ask for states; block and protect images by hand', role: 'moderator' },
  'settings:read': { allows: 'read sites, members and threshold rules', role: 'moderator' },
  rules: { allows: 'change and replay threshold rules', role: 'lead' },
  members: { allows: 'add, change and remove members of a site', role: 'lead' },
  webhooks: { allows: 'list, make, change, test and remove webhook endpoints', role: 'lead' },
  keys: { allows: "list, make and revoke a site's keys", role: 'admin' },
  sites: { allows: 'make and change sites', role: 'admin' },
  tokens: { allows: "list, make and revoke one's own tokens", role: 'moderator' },
};

/** What a token gets when nobody says otherwise: the daily work, nothing that hands out power. */
export const DEFAULT_SCOPES: readonly Scope[] = ['review', 'images', 'settings:read'];

export const isScope = (value: unknown): value is Scope =>
  typeof value === 'string' && (SCOPES as readonly string[]).includes(value);

/** All that somebody with this role may put into a token of theirs. */
export const scopesOf = (role: StaffRole): Scope[] =>
  SCOPES.filter((scope) => includesRole(role, SCOPE_RULES[scope].role));
