import { linkAnswer } from '../accounts/link-answer.js';
import type { MadeLink } from '../accounts/make-link.js';

/** A link, as JSON. */
export const linkResult = linkAnswer;

/** A link, for people. */
export const linkLines = ({ url, expiresAt, mailed }: MadeLink, forWhom: string): string[] => [
  forWhom,
  `  ${url}`,
  `It works once, until ${expiresAt.toISOString()}. It is shown this once: hand it over now, to nobody else.`,
  ...(mailed ? ['They get another by mail; whichever is used first spends both.'] : []),
];
