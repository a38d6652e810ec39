import type { AddressRules } from '../core/address-rules.js';
import { addressRulesTag } from '../database/address-rules-tag.js';
import { forgetReaddressing } from '../database/statements/images/readdress-images.js';
import type { Tx } from '../database/tx.js';
import { stage } from '../jobs/stage.js';

export const READDRESS_IMAGES = 'readdress-images';

/** Which images are to be looked at, and by which rules: others have a job of their own. */
export interface ReaddressJob {
  readonly site: string;
  readonly rules: string;
}

/** Stages what follows from new address rules of a site, in the transaction that sets them. Locks the site's row. */
export function stageReaddressing(tx: Tx, siteId: string, rules: AddressRules): void {
  const payload: ReaddressJob = { site: siteId, rules: addressRulesTag(rules) };
  forgetReaddressing(tx, siteId);
  stage(tx, [{ kind: READDRESS_IMAGES, payload }]);
}
