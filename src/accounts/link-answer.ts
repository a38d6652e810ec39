import type { LinkAnswer } from '../contract/links.js';
import type { MadeLink } from './make-link.js';

/** A link as it is shown to whoever made it. */
export const linkAnswer = ({ url, expiresAt, mailed }: MadeLink): LinkAnswer => ({
  url,
  expiresAt: expiresAt.toISOString(),
  mailed,
});
