import { includesRole, type StaffCaller, type StaffRole } from './caller.js';

/** What a personal access token may be used for; never more than its owner's roles allow. */
export const SCOPES = [
  'review',
  'images',
  'settings:read',
  'rules',
  'members',
  'accounts',
  'webhooks',
  'keys',
  'sites',
  'jobs',
  'tokens',
  'legal',
] as const;

export type Scope = (typeof SCOPES)[number];

interface ScopeRule {
  /** In words, for people. */
  readonly allows: string;
  /** The least role, on some site, whose holder may have it. */
  readonly role: StaffRole;
  /** Only for those to whom the operator gave the `legal` permission, whatever their role. */
  readonly legal?: true;
}

export const SCOPE_RULES: Readonly<Record<Scope, ScopeRule>> = {
  review: {
    allows: 'read the queue, the log and statistics; lease, decide, undo; for leads: mute readers',
    role: 'moderator',
  },
  images: { allows: 'ask for states; block and protect images by hand', role: 'moderator' },
  'settings:read': { allows: 'read sites, members and threshold rules', role: 'moderator' },
  rules: { allows: 'change and replay threshold rules', role: 'lead' },
  members: { allows: 'add, change and remove members of a site', role: 'lead' },
  accounts: { allows: 'see and change all accounts, and make links for new passwords', role: 'admin' },
  webhooks: { allows: 'list, make, change, test and remove webhook endpoints', role: 'lead' },
  keys: { allows: "list, make and revoke a site's keys", role: 'admin' },
  sites: { allows: 'make and change sites', role: 'admin' },
  jobs: { allows: 'see background jobs, and let dead ones run again', role: 'admin' },
  tokens: { allows: "list, make and revoke one's own tokens", role: 'moderator' },
  legal: { allows: 'open and delete sealed snapshots', role: 'moderator', legal: true },
};

/** What a token gets when nobody says otherwise: the daily work, nothing that hands out power. */
export const DEFAULT_SCOPES: readonly Scope[] = ['review', 'images', 'settings:read'];

export const isScope = (value: unknown): value is Scope =>
  typeof value === 'string' && (SCOPES as readonly string[]).includes(value);

/** All that somebody with this role may put into a token of theirs. @param legal have they that permission, too? */
export const scopesOf = (role: StaffRole, legal = false): Scope[] =>
  SCOPES.filter((scope) => {
    const rule = SCOPE_RULES[scope];
    return includesRole(role, rule.role) && (legal || rule.legal !== true);
  });

/** The highest role that somebody has, on whatever site; null: none. */
export function highestRole({ admin, roles }: Pick<StaffCaller, 'admin' | 'roles'>): StaffRole | null {
  if (admin) return 'admin';
  const held = [...roles.values()];
  return held.includes('lead') ? 'lead' : (held[0] ?? null);
}
