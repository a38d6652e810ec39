import { refused } from '../core/errors.js';
import type { Membership } from '../database/entities/membership.entity.js';
import { openLeads } from '../database/statements/sites/open-leads.js';
import type { ManagedTx } from '../database/tx.js';

/** Who changes members. */
export interface Changer {
  readonly staffId: string;
  readonly admin: boolean;
}

/**
 * Refuses to take the last lead from a site, unless an admin does: who is left could neither decide escalated cases
 * nor add anybody. Whose account was closed leads nobody. The site must be locked, or two leads could go at once.
 *
 * @throws VigieError CONFLICT
 */
export async function keepALead(tx: ManagedTx, leaving: Membership, byAdmin: boolean): Promise<void> {
  if (byAdmin || leaving.role !== 'lead') return;
  const leads = await openLeads(tx, leaving.siteId);
  if (leads.length !== 1 || leads[0] !== leaving.staffId) return;
  const detail = "This is the site's last lead: make somebody else a lead first.";
  throw refused('CONFLICT', 'last-lead', detail);
}
