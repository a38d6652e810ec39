import type { ReviewedImage } from '../../../contract/images.js';

/** How an image is named in requests: by the site's own id where it has one, else by its address. */
export const refOf = ({
  ownId,
  url,
}: Pick<ReviewedImage, 'ownId' | 'url'>): { id: string } | { url: string } =>
  ownId !== null ? { id: ownId } : { url: url ?? '' };
