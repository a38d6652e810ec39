/** Why a reader reports. The order breaks ties where two reasons are equally common. */
export const REASONS = [
  'child_abuse',
  'violence',
  'nudity',
  'hate',
  'harassment',
  'privacy',
  'misinformation',
  'copyright',
  'spam',
  'other',
] as const;

export type Reason = (typeof REASONS)[number];

/** The reason that must not wait for a second reader (docs/rules.md, rule 6). */
export const SEVERE_REASON = 'child_abuse' satisfies Reason;

export const isReason = (value: unknown): value is Reason =>
  typeof value === 'string' && (REASONS as readonly string[]).includes(value);

/** A content rule that a decision cites; by default a site's policies are named as the reasons are. */
export type Policy = Reason;

/** Languages in which readers are answered. */
export const LOCALES = ['fr', 'ar', 'es', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
