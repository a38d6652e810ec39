import type { VigieConfig } from '../../config/load-config.js';
import { failed, type Finding, ok, warning } from './finding.js';

/** Whether somebody said under which address people reach Vigie: links lead there, and nowhere else. */
export function checkAddress({
  hasPublicUrl,
  publicUrl,
  production,
}: Pick<VigieConfig, 'hasPublicUrl' | 'publicUrl' | 'production'>): Finding {
  if (hasPublicUrl) return ok('address', `Links lead to ${publicUrl}`);
  const detail = `PUBLIC_URL is missing, so that links lead to ${publicUrl}: set it to the address under which people reach Vigie.`;
  return production ? failed('address', detail) : warning('address', detail);
}
