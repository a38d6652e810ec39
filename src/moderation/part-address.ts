import type { CoreEvent } from '../core/verdict.js';
import { RULE } from '../core/commands/apply-rule.js';
import { type ImageState, NEW_IMAGE, visibilityOf } from '../core/image-state.js';
import { EMPTY_TALLY } from '../core/tally.js';
import { RetryTransaction } from '../database/postgres-errors.js';
import { deleteAddress, rekeyToOtherAddress } from '../database/statements/images/bind-addresses.js';
import { reserveImages } from '../database/statements/images/insert-images.js';
import { insertCopiedContent } from '../database/statements/content/move-content.js';
import type { Tx } from '../database/tx.js';
import type { LoadedImage } from './load-states.js';
import { type WorkingImage, workingOn } from './working-image.js';

/** A canonical address and its key's hash. */
export interface Address {
  readonly url: string;
  readonly hash: Buffer;
}

/**
 * An address leaves an image of which only its bytes made it part (docs/adr/0018), because others are there now. It becomes
 * an image of its own, which begins as a copy: the rules then judge its new bytes as those of any image that is swapped,
 * from the blocks that hid this address. Votes, case and decisions stay with the image that it leaves.
 *
 * @param changedAt when other bytes last came to this address, whatever happened at the others
 * @returns the new image, whose state is the copy
 */
export async function partAddress(
  tx: Tx,
  left: WorkingImage,
  address: Address,
  changedAt: Date | null,
): Promise<WorkingImage> {
  const { row, rule, baseline, now } = left.loaded;
  const { siteId, id } = row;
  if (row.keyHash.equals(address.hash)) rekeyToOtherAddress(tx, siteId, id);
  else deleteAddress(tx, address.hash);
  const { url, hash } = address;
  const [made] = await reserveImages(tx, [{ siteId, keyKind: 'url', key: url, hash, url }]);
  if (made === undefined)
    throw new RetryTransaction('an image was made of an address that was to leave its image');
  await insertCopiedContent(tx, siteId, id, made.imageId);
  const loaded: LoadedImage = {
    row: { ...row, id: made.imageId, keyKind: 'url', keyHash: hash, tally: EMPTY_TALLY, reviewState: 'none' },
    made: null,
    state: NEW_IMAGE,
    rule,
    baseline,
    now,
  };
  left.events.push({ ...parted(url, null), decisionId: null });
  const copy = { ...left.state, contentChangedAt: changedAt?.getTime() ?? null };
  return { ...workingOn(loaded), state: copy, tally: EMPTY_TALLY };
}

/** The line of the log on either image; with what is seen from then on where the address is now an image of its own. */
export const parted = (url: string, seen: ImageState | null): CoreEvent => ({
  type: 'address.parted',
  actor: RULE,
  ruleVersion: null,
  data: { urls: [url] },
  // Who knows it under the image that it left must learn of it, even if that was never blocked under this one.
  visibility: seen === null || seen.version === 0 ? null : visibilityOf(seen),
});
