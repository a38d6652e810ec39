import type { ImageRef } from '../../contract/image-ref.js';
import { keyOf, nameImage } from '../widget/page-image.js';

/** An image of the page that the panel is about. */
export interface Picture {
  readonly element: HTMLImageElement;
  readonly ref: ImageRef;
  /** As the widget keys its receipts. */
  readonly key: string;
}

/** The images that readers may report, named before any of them is blocked. */
export function picturesOfPage(): readonly Picture[] {
  return [...document.querySelectorAll<HTMLImageElement>('img[data-vigie]')].flatMap((element) => {
    const ref = nameImage(element);
    return ref === null ? [] : [{ element, ref, key: keyOf(ref) }];
  });
}

/** The picture nearest to the middle of what is seen; of two equally near ones the first. Undefined without pictures. */
export function pictureInView(pictures: readonly Picture[]): Picture | undefined {
  const middle = window.innerHeight / 2;
  let nearest: Picture | undefined;
  let least = Infinity;
  for (const picture of pictures) {
    const { top, bottom } = picture.element.getBoundingClientRect();
    const distance =
      top <= middle && middle <= bottom ? 0 : Math.min(Math.abs(top - middle), Math.abs(bottom - middle));
    if (distance < least) [nearest, least] = [picture, distance];
  }
  return nearest;
}
