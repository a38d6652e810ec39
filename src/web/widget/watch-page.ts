import { wasHidden } from './hide-image.js';
import { ADDRESSES } from './page-image.js';
import { HOST } from './shadow-host.js';

/** Milliseconds in which changes of the page are put together. */
const TOGETHER = 60;

const isElement = (node: Node): node is Element => node instanceof Element;

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
 * @param moved called after they may have moved, or have got another size
 */
export function watchPage(changed: () => void, moved: () => void): void {
  const changedSoon = onceInAWhile((work) => setTimeout(work, TOGETHER), changed);
  new MutationObserver((records) => {
    for (const { type, attributeName, target, addedNodes, removedNodes } of records) {
      if (type === 'attributes') {
        // Of styles only those count that could show what is hidden.
        if (attributeName !== 'style' || wasHidden(target as Element)) changedSoon();
      } else if ([...addedNodes].some((node) => isElement(node) && node.localName !== HOST)) changedSoon();
      else if ([...removedNodes].some(isElement)) changedSoon();
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
