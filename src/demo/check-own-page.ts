import type { SiteSettings } from '../access/caller.js';
import { VigieError } from '../core/errors.js';

/** Other sites' pages could otherwise press buttons with the browser of whoever runs a demonstration. */
export function checkOwnPage({ origins }: SiteSettings, origin: string | undefined): void {
  if (origin !== undefined && origins.includes(origin)) return;
  throw new VigieError('FORBIDDEN', "Only the demonstration's own pages may ask for this.");
}
