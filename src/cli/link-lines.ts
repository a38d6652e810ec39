import { linkAnswer } from '../accounts/link-answer.js';
import type { MadeLink } from '../accounts/make-link.js';
import type { VigieConfig } from '../config/load-config.js';
import type { Cli } from './cli.js';

/** A link, as JSON. */
export const linkResult = linkAnswer;

/** A link, for people. */
export const linkLines = ({ url, expiresAt, mailed }: MadeLink, forWhom: string): string[] => [
  forWhom,
  `  ${url}`,
  `It works once, until ${expiresAt.toISOString()}. It is shown this once: hand it over now, to nobody else.`,
  ...(mailed ? ['They get another by mail; whichever is used first spends both.'] : []),
];

/** Says where links lead as long as nobody has said where people reach Vigie. */
export function warnOfAddress(cli: Cli, { hasPublicUrl, publicUrl }: VigieConfig): void {
  if (hasPublicUrl) return;
  cli.tell(
    `PUBLIC_URL is not set: the link leads to ${publicUrl}. Set it to the address under which people reach Vigie.`,
  );
}
