import { wasHidden } from './hide-image.js';
import { ADDRESSES } from './page-image.js';
import { HOST } from './shadow-host.js';

/** Milliseconds in which changes of the page are put together. */
const TOGETHER = 60;

/** An element that is not of ours, or is where the page took it away. */
const isThePages = (node: Node): node is Element =>
  node instanceof Element && (node.localName !== HOST || !node.parentElement);

/** Work that is asked for many times and done once, when `later` says. */
export function onceInAWhile(later: (work: () => void) => unknown, work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    later(() => {
      asked = false;
      work();
    });
  };
}

/**
 * @param changed called after images may have come, gone, or become others, however the page does that
 * @param isUrgent whether it must be called before the page is painted again, as for a part of it that is added or changed
 * @param moved called after they may have moved, or have got another size
 */
export function watchPage(
  changed: () => void,
  isUrgent: (part: Element) => boolean,
  moved: () => void,
): void {
  const changedSoon = onceInAWhile((work) => setTimeout(work, TOGETHER), changed);
  new MutationObserver((records) => {
    for (const { attributeName, target, addedNodes, removedNodes } of records) {
      // Of styles only those count that could show what is hidden.
      if (attributeName === 'style' && !wasHidden(target as Element)) continue;
      const parts = attributeName ? [target as Element] : [...addedNodes, ...removedNodes].filter(isThePages);
      if (parts[0]) (parts.some(isUrgent) ? changed : changedSoon)();
      // Our own elements, and texts: a clock that ticks need not be looked through for images.
      else moved();
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: [...ADDRESSES, 'srcset', 'lang', 'alt', 'style', 'data-vigie', 'data-vigie-url'],
  });
  for (const type of ['scroll', 'load', 'transitionend', 'toggle']) {
    document.addEventListener(type, moved, { capture: true, passive: true });
  }
  addEventListener('resize', moved);
}
