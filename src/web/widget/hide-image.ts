import { setStyles } from './shadow-host.js';

/**
 * On an image that is hidden, and on a link that was named by its image alone and is named by us meanwhile. A page that
 * Turbo keeps for later keeps it with them.
 */
const HIDDEN = 'data-vigie-blocked';

/** Whether an image was hidden when its page was put aside: nobody may see it before the service was asked. */
export const wasHidden = (image: Element): boolean => image.hasAttribute(HIDDEN);

/**
 * Hides an image without taking its place from it.
 *
 * @param name of a link that has no other content
 */
export function hideImage(image: HTMLImageElement, name: string): void {
  image.setAttribute(HIDDEN, '');
  // Each time it is set, the page is looked at again.
  if (image.style.getPropertyPriority('visibility')) return;
  setStyles(image, { visibility: 'hidden' });
  const link = image.closest('a');
  if (link && !link.textContent.trim() && !link.hasAttribute('aria-label')) {
    link.setAttribute('aria-label', name);
    link.setAttribute(HIDDEN, '');
  }
}

export function showImage(image: HTMLImageElement): void {
  if (!wasHidden(image)) return;
  image.removeAttribute(HIDDEN);
  image.style.removeProperty('visibility');
  const link = image.closest(`a[${HIDDEN}]`);
  link?.removeAttribute(HIDDEN);
  link?.removeAttribute('aria-label');
}
