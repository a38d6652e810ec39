import { useEffect } from 'preact/hooks';

/**
 * Keeps the focus where it was when what has it is taken away, such as the row of what was just removed, or the button that
 * opened a dialog: browsers leave it nowhere, and who hears the page would begin again at its top.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    /** What has the focus, or gets it back when the dialog over the page is closed. */
    let last: Element | null = null;
    /** What stands in its place now. */
    let place: Element | null = null;
    const came = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || target.closest('dialog') !== null) return;
      last = target;
      place = null;
    };
    const went = ({ target, relatedTarget }: FocusEvent): void => {
      if (relatedTarget !== null) return;
      // What is taken away loses it, too; what stays was left by a press beside it.
      queueMicrotask(() => {
        if (target === last && last?.isConnected === true && isNowhere()) last = null;
      });
    };
    const changes = new MutationObserver((records) => {
      if (last?.isConnected === false) {
        place = inPlaceOf(last, records) ?? place;
        last = null;
      }
      if (place === null || !isNowhere() || document.querySelector('dialog[open]') !== null) return;
      if (place.isConnected) focusOn(place);
      place = null;
    });
    changes.observe(document.body, { childList: true, subtree: true });
    addEventListener('focusin', came);
    addEventListener('focusout', went);
    return () => {
      changes.disconnect();
      removeEventListener('focusin', came);
      removeEventListener('focusout', went);
    };
  }, []);
}

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** What stands now where something was taken out of the page: what follows there, else the last of what is before it. */
function inPlaceOf(gone: Element, records: readonly MutationRecord[]): Element | null {
  let [out, cut]: [Node, MutationRecord | undefined] = [gone, undefined];
  for (const record of records) {
    if (![...record.removedNodes].some((one) => one.contains(out))) continue;
    [out, cut] = [record.target, record];
  }
  if (cut === undefined) return null;
  const { target, previousSibling } = cut;
  if (!(target instanceof Element) || target.closest('#main') === null) return null;
  // There keys are for the case, and the focus follows the pictures.
  if (gone.closest('.review') !== null || target.closest('.review') !== null) return null;
  let before = previousSibling;
  while (before !== null && !(before instanceof Element && before.parentNode === target))
    before = before.previousSibling;
  const next = before === null ? target.firstElementChild : before.nextElementSibling;
  if (next !== null || before === null) return next ?? target;
  return (isList(before) ? before.lastElementChild : null) ?? before;
}

const isList = ({ tagName }: Element): boolean => /^(?:UL|OL)$/.test(tagName);

function focusOn(place: Element): void {
  if (!(place instanceof HTMLElement)) return;
  place.focus({ preventScroll: true });
  if (!isNowhere()) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
