/** Corners of an image, in its own writing direction. */
const POSITIONS = ['top-end', 'top-start', 'bottom-end', 'bottom-start'] as const;
export type Position = (typeof POSITIONS)[number];

/** What the page says of the widget, in attributes of its script tag (docs/widget.md). */
export interface Options {
  readonly key: string;
  /** Where the service answers, without a trailing slash. */
  readonly service: string;
  readonly selector: string;
  readonly lang: string | null;
  readonly position: Position;
  /** CSS pixels: a smaller image, by its shorter side, has no button. */
  readonly minSize: number;
  /** A token that the site signs for a reader with an account: asked of the page at each use, or as the tag says. */
  readonly token: () => Promise<string | null>;
}

const MARKED = 'img[data-vigie],[data-vigie] img';

/** Null without a script tag or a key: nothing is done then. */
export function readOptions(): Options | null {
  const script = document.currentScript ?? document.querySelector('script[data-key^="vg_pub_"]');
  if (!(script instanceof HTMLScriptElement)) return null;
  const { key, service, selector, lang, position, minSize, token } = script.dataset;
  if (!key) return null;
  return {
    key,
    service: service ?? script.src.replace(/\/widget(\/\w+\/widget)?\.js([?#].*)?$/, ''),
    // Within `:is` what is no selector is passed over, and the marked images are found all the same.
    selector: `:is(${MARKED},${selector ?? ''})`,
    lang: lang ?? null,
    position: POSITIONS.find((known) => known === position) ?? 'top-end',
    minSize: Number(minSize ?? 80),
    token: async () => ((await pageToken()) ?? token) || null,
  };
}

/** What the page's own script gives, where there is one. */
async function pageToken(): Promise<string | null | undefined> {
  const { vigie } = window as { vigie?: { token?: () => Promise<string | null | undefined> } };
  try {
    return await vigie?.token?.();
  } catch (error) {
    console.warn('Vigie:', error);
    return null;
  }
}
