/** What a token may be used for, with the least role of those who may give it: as src/access/scopes.ts has them. */
export const SCOPES = [
  ['review', 'moderator'],
  ['images', 'moderator'],
  ['settings:read', 'moderator'],
  ['rules', 'lead'],
  ['members', 'lead'],
  ['accounts', 'admin'],
  ['webhooks', 'lead'],
  ['keys', 'admin'],
  ['sites', 'admin'],
  ['jobs', 'admin'],
  ['tokens', 'moderator'],
  ['legal', 'moderator'],
] as const;

export type Scope = (typeof SCOPES)[number][0];
