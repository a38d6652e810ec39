import { pause } from './pause.js';

/** What the page says of the widget, in attributes of its script tag (docs/widget.md). */
export interface Options {
  readonly key: string;
  /** Where the service answers, without a trailing slash. */
  readonly service: string;
  readonly selector: string;
  readonly lang: string | undefined;
  /** A corner of an image, in its own writing direction: `bottom` for one below, `start` for one where lines begin. */
  readonly position: string;
  /** CSS pixels: a smaller image, by its shorter side, has no button. */
  readonly minSize: number;
  /** A token that the site signs for a reader with an account: asked of the page at each use, or as the tag says. */
  readonly token: () => Promise<string | undefined>;
}

/** Milliseconds in which a page that has a token for its reader must say it. */
const TOKEN_PATIENCE = 5000;

const MARKED = 'img[data-vigie],[data-vigie] img';

/** Null without a script tag or a key: nothing is done then. */
export function readOptions(): Options | null {
  const script = (document.currentScript ??
    document.querySelector('script[data-key^=vg_pub_]')) as HTMLScriptElement | null;
  if (!script?.dataset['key']) return null;
  const { key, service, selector, lang, position, minSize, token } = script.dataset;
  return {
    key,
    service: (service ?? script.src).replace(/\/(widget(\/\w+\/widget)?\.js([?#].*)?)?$/, ''),
    // The marked images are found although the page's selector is none.
    selector: selector && CSS.supports(`selector(:is(${selector}))`) ? `${MARKED},${selector}` : MARKED,
    lang,
    position: position ?? '',
    minSize: Number(minSize ?? 80),
    token: async () => ((await pageToken()) ?? token) || undefined,
  };
}

/** What the page's own script gives, where there is one. */
async function pageToken(): Promise<string | null | void> {
  const { vigie } = window as { vigie?: { token?: () => Promise<string | null | undefined> } };
  try {
    return await Promise.race([vigie?.token?.(), pause(TOKEN_PATIENCE)]);
  } catch (error) {
    console.warn('Vigie:', error);
  }
}
