import type { ImageRef } from '../../contract/image-ref.js';
import { build } from './build.js';
import { hideImage, showImage } from './hide-image.js';
import type { Options } from './options.js';
import { HOST, setStyles, shadowHost } from './shadow-host.js';
import type { Spoken } from './texts.js';

/** The button on an image and, while it is blocked, what stands in its place. It follows the image in the document. */
export interface Overlay {
  ref: ImageRef;
  /** Puts it behind its image, where it was taken away from there or never was. */
  attach(): void;
  /**
   * @param yours whether this reader has reported the image
   * @param news whether something became of that which they have not been shown
   */
  show(spoken: Spoken, blocked: boolean, yours: boolean, news: boolean): void;
  /** Reads where it must be, and gives what writes it, if anything: so many are read before the first is written. */
  measure(): (() => void) | undefined;
  focus(): void;
  remove(): void;
}

/** A click on these is theirs, so a button stands behind them, never inside. */
const NOT_INSIDE = 'a,button,label,summary,picture,[role=button],[role=link]';

/** In the order of CSS, and in which direction is inside. */
const SIDES = [
  ['top', 1],
  ['right', -1],
  ['bottom', -1],
  ['left', 1],
] as const;

export function overlayOf(
  image: HTMLImageElement,
  ref: ImageRef,
  { position, minSize }: Options,
  open: () => void,
): Overlay {
  const button = build('button', { hidden: '' }, build('span'));
  const cover = build('p', { class: 'cover' });
  button.addEventListener('click', open);
  // A hidden image takes no clicks: its link gets them, with the keys that were held.
  cover.addEventListener('click', (event) =>
    image.closest('a')?.dispatchEvent(new MouseEvent('click', event)),
  );
  // At its static position: so it moves with the image, whatever moves the page.
  const host = shadowHost(
    {
      'z-index': '1',
      'pointer-events': 'none',
      'container-type': 'size',
      // Hidden with what the page hides, as the image is.
      visibility: 'inherit',
    },
    cover,
    button,
  );
  /** What cuts off the image and not its overlay, which lies in a containing block farther out. */
  let clippers: Element[] = [];
  let width = 0;
  let height = 0;
  let x = 0;
  let y = 0;
  let hasButton = true;

  function showButton(): void {
    const smaller = Math.min(width, height);
    button.hidden = !hasButton || !smaller || smaller < minSize;
  }

  return {
    ref,

    attach() {
      let before: Element = image;
      for (let at: Element | null = image; at; at = at.parentElement) if (at.matches(NOT_INSIDE)) before = at;
      // Several images of one link have theirs behind it, in their order.
      while (before !== host && before.nextElementSibling?.localName === HOST)
        before = before.nextElementSibling;
      if (before === host) return;
      before.after(host);
      clippers = [];
      const end = host.offsetParent ?? document.body;
      for (let at = host.parentElement; at && at !== end; at = at.parentElement) {
        if (getComputedStyle(at).overflow !== 'visible') clippers.push(at);
      }
    },

    show({ texts, locale, dir }, blocked, yours, news) {
      const name = yours ? texts.yours : texts.report;
      button.className = `flag ${position}${yours ? ' yours' : ''}${news ? ' news' : ''}`;
      button.title = name;
      button.ariaLabel = [name, news && texts.news, image.alt.slice(0, 100)].filter(Boolean).join(', ');
      cover.textContent = texts.blocked;
      button.lang = cover.lang = locale;
      cover.dir = dir;
      cover.hidden = !blocked;
      // What is blocked for all needs no report, but its reader's own can be followed.
      hasButton = !blocked || yours;
      showButton();
      if (blocked) hideImage(image, texts.blocked);
      else showImage(image);
    },

    measure() {
      const box = image.getBoundingClientRect();
      const now = host.getBoundingClientRect();
      // Far from the window it stays as it is where it lies on its image: a page of hundreds of images scrolls as one of few.
      if (
        (box.top > 2 * innerHeight || box.bottom < -innerHeight) &&
        SIDES.every(([side]) => Math.abs(now[side] - box[side]) < 1)
      )
        return;
      const { direction, borderRadius } = getComputedStyle(image);
      const edges = clippers.map((clipper) => clipper.getBoundingClientRect());
      const cut = SIDES.map(([side, sign]) =>
        Math.max(0, ...edges.map((edge) => (edge[side] - box[side]) * sign)),
      );
      // Of what the page shows larger or smaller than it lays it out. Layout is in whole pixels here.
      const scaled = box.width / image.offsetWidth || 1;
      const scale = Math.abs(scaled - 1) < 0.02 ? 1 : scaled;
      return () => {
        width = box.width / scale;
        height = box.height / scale;
        x += (box.left - now.left) / scale;
        y += (box.top - now.top) / scale;
        setStyles(host, {
          width: `${width}px`,
          height: `${height}px`,
          // To the page it has no size: else it would be moved by that, where lines run to the left or things are centred.
          margin: `0 ${-width}px ${-height}px 0`,
          transform: `translate(${x}px,${y}px)`,
          'border-radius': borderRadius,
          direction,
          'clip-path': clippers[0] ? `inset(${cut.join('px ')}px)` : 'none',
        });
        showButton();
      };
    },

    focus() {
      button.focus();
    },

    remove() {
      host.remove();
      showImage(image);
    },
  };
}
