import { mayOpenSealed, type StaffCaller } from '../access/caller.js';
import type { SnapshotView } from '../contract/contents.js';
import type { ReviewedImage } from '../contract/images.js';
import type { ListedImageRow } from '../database/statements/images/image-row.js';
import type { SnapshotAddresses } from './snapshot-addresses.js';

type Shown = Pick<ReviewedImage, 'snapshot' | 'notShown' | 'notShownBecause'>;

const NONE = { thumbnail: null, preview: null, width: null, height: null, takenAt: null };

/** What a member of staff is shown of an image: our copy, that there is one which is sealed, or why there is none. */
export class ShownSnapshots {
  /** @param fetching are images fetched at all? */
  constructor(
    private readonly addresses: SnapshotAddresses,
    private readonly fetching: boolean,
  ) {}

  of(image: ListedImageRow, caller: StaffCaller): Shown {
    const { siteId, id, url, snapshot } = image;
    const { sha256, width, height, takenAt, deleted, sealed, problem } = snapshot;
    if (deleted) return nothing('deleted', 'It was deleted for good.');
    if (sha256 !== null && takenAt !== null) {
      if (sealed && !mayOpenSealed(caller)) return { snapshot: { sealed, ...NONE } };
      const grant = {
        siteId,
        imageId: id,
        sha256: Buffer.from(sha256, 'hex'),
        staffId: caller.staffId,
        legal: mayOpenSealed(caller),
      };
      const shown: SnapshotView = {
        sealed,
        thumbnail: this.addresses.make({ ...grant, file: 'thumbnail' }),
        preview: this.addresses.make({ ...grant, file: 'preview' }),
        width,
        height,
        takenAt: new Date(takenAt).toISOString(),
      };
      return { snapshot: shown };
    }
    if (sealed) return nothing('severe', 'Somebody gave the severe reason: it is not fetched.');
    if (problem !== null) return nothing('failed', problem);
    if (!this.fetching) return nothing('failed', 'Fetching images is switched off here.');
    if (url === null) return nothing('failed', 'The site has told no address of it.');
    if (isOver(image))
      return nothing('expired', 'No copy of it is kept: it is not blocked, and awaits no decision.');
    return nothing('pending', 'It has not been looked at yet.');
  }
}

/** It was looked at, and nobody needs a copy of it now. */
const isOver = ({ snapshot, blocked, reviewState }: ListedImageRow): boolean =>
  snapshot.looked && !blocked && (reviewState === 'closed' || reviewState === 'none');

const nothing = (notShown: NonNullable<Shown['notShown']>, notShownBecause: string): Shown => ({
  snapshot: null,
  notShown,
  notShownBecause,
});
