import type { ImageRef } from '../../contract/image-ref.js';
import type { ReasonsAnswer } from '../../contract/reasons.js';
import { openDialog } from './dialog.js';
import { wasHidden } from './hide-image.js';
import { showNotice } from './notice.js';
import type { Options } from './options.js';
import { type Overlay, overlayOf } from './overlay.js';
import { ownReport, ownReports } from './own-reports.js';
import { keyOf, nameImage } from './page-image.js';
import { pause } from './pause.js';
import { readerReports } from './reports.js';
import { askService, failureOf } from './service.js';
import { HOST } from './shadow-host.js';
import { watchStates } from './states.js';
import type { Locale } from '../../core/reasons.js';
import { localeOf, type Spoken, spokenIn } from './texts.js';
import { thisPage } from './this-page.js';
import { onceInAWhile, watchPage } from './watch-page.js';

/** Milliseconds in which the service must say what the site takes: its reader wants to report. */
const REASONS_PATIENCE = 2000;

const imagesIn = (part: Element): HTMLImageElement[] =>
  part instanceof HTMLImageElement ? [part] : [...part.querySelectorAll('img')];

/** The widget on one page, for as long as that is there. */
export function runWidget(options: Options): void {
  const overlays = new Map<HTMLImageElement, Overlay>();
  const ask = askService(options.service, options.key);
  const reports = readerReports(ask, () => spoken().locale, options.token);
  const states = watchStates(ask, images, render, () => void catchUp());
  const sizes = new ResizeObserver(() => placeSoon());
  const placeSoon = onceInAWhile(requestAnimationFrame, () => {
    const places = [...overlays.values()].map((overlay) => overlay.measure());
    for (const place of places) place?.();
  });
  /** Tells the dialog that was opened last. */
  let tellDialog: ReturnType<typeof openDialog> | undefined;
  /** What the page needs to know of its site. */
  let site: ReasonsAnswer | undefined;

  function images(): [string, ImageRef][] {
    return [...new Map([...overlays.values()].map(({ ref }) => [keyOf(ref), ref]))];
  }

  /** The page's `data-lang` decides, else its language, else the site's. */
  const pageLocale = (): Locale | undefined =>
    localeOf(options.lang) ?? localeOf(document.documentElement.lang);
  const spoken = (): Spoken => spokenIn(pageLocale() ?? site?.locale ?? 'en', site?.automatic);

  /** Asked once a page; undefined while the service is out of reach. */
  async function settings(): Promise<ReasonsAnswer | undefined> {
    try {
      site ??= await ask<ReasonsAnswer>('GET', 'reasons');
    } catch (error) {
      failureOf(error);
    }
    return site;
  }

  /** Finds the images that the page has now. */
  function look(): void {
    const found = new Map<HTMLImageElement, ImageRef>();
    for (const element of document.querySelectorAll(options.selector)) {
      for (const image of imagesIn(element)) {
        const ref = nameImage(image);
        if (ref) found.set(image, ref);
      }
    }
    for (const [image, overlay] of overlays) {
      if (found.has(image)) continue;
      overlay.remove();
      overlays.delete(image);
      sizes.unobserve(image);
    }
    for (const [image, ref] of found) {
      const overlay: Overlay =
        overlays.get(image) ?? overlayOf(image, ref, options, () => open(image, overlay));
      overlay.ref = ref;
      overlay.attach();
      overlays.set(image, overlay);
      sizes.observe(image);
    }
    // A page that is kept and shown again (Turbo) brings copies of our elements, which are empty.
    for (const copy of document.querySelectorAll(HOST)) if (!copy.shadowRoot) copy.remove();
    render();
    states.askNew();
  }

  /** Whether an image in a part of the page is known to be blocked, and not hidden yet. */
  const showsBlocked = (part: Element): boolean =>
    imagesIn(part).some((image) => !wasHidden(image) && states.blocked.get(keyOf(nameImage(image))));

  function render(): void {
    const language = spoken();
    const own = new Map(ownReports().map((report) => [report.image, report]));
    for (const [image, overlay] of overlays) {
      const key = keyOf(overlay.ref);
      const report = own.get(key);
      // What was hidden when its page was put aside, nobody may see before the service was asked.
      const blocked = states.blocked.get(key) ?? wasHidden(image);
      overlay.show(language, blocked, !!report, report?.fate !== report?.shown);
    }
    tellDialog?.();
    placeSoon();
  }

  /** Does what is due: sends the reports that wait, and follows those on this page's images. */
  async function catchUp(): Promise<void> {
    await reports.sendWaiting((image, sent) => {
      const taken = typeof sent === 'object';
      if (taken) states.blocked.set(image, sent.image.blocked);
      const sentence = taken ? sent.message : spoken().texts.refused;
      if (!tellDialog?.(sentence)) void showNotice(sentence, spoken());
    });
    const present = new Map(images());
    for (const { image } of ownReports()) if (present.has(image)) await reports.follow(image);
    render();
  }

  function open(image: HTMLImageElement, overlay: Overlay): void {
    const { ref } = overlay;
    const key = keyOf(ref);
    tellDialog = openDialog(spoken, {
      fate: () => ownReport(key)?.fate,
      reasons: async () => (await Promise.race([settings(), pause(REASONS_PATIENCE)]))?.reasons,
      send: async (reason, comment) => {
        const body = { image: ref, page: thisPage(), reason, ...(comment && { comment }) };
        const sent = await reports.send({ image: key, body });
        if (typeof sent === 'object') {
          states.blocked.set(key, sent.image.blocked);
          const { outcome } = sent;
          image.dispatchEvent(new CustomEvent('vigie:report', { bubbles: true, detail: { outcome } }));
          states.askAll(key);
        }
        render();
        return sent;
      },
      follow: async () => {
        await Promise.all([reports.follow(key, true), settings()]);
        render();
      },
      withdraw: async () => {
        await reports.withdraw(key);
        render();
      },
      closed: () => overlay.focus(),
    });
  }

  look();
  if (!pageLocale()) void settings().then(render);
  void catchUp();
  watchPage(look, showsBlocked, placeSoon);
  const refresh = (): void => {
    look();
    states.askAll();
  };
  addEventListener('online', refresh);
  addEventListener('storage', render);
  addEventListener('pageshow', ({ persisted }) => persisted && refresh());
  document.addEventListener('vigie:refresh', refresh);
}
