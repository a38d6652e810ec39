import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { loadTexts, preloadTexts, type TextKey } from './i18n.js';
import type { PartName } from './languages/parts.js';
import { notLoaded } from './ui/not-loaded.js';

type Loader<Props> = () => Promise<{ default: ComponentType<Props> }>;

const RELOADED = 'vigie-console:reloaded';

/** The address of this build's own script. */
const BUILD = import.meta.url;

/** Styles that did not come: what loads parts takes them for loaded, and does not ask for them again. */
const lost = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target);
  },
  true,
);

/**
 * A part that is loaded when it is first shown. Where the service can not be reached, that is said in its place, and it is
 * tried again until the part is there. Where its file is gone because the service has a newer build by now, the page is loaded
 * again, once for each build.
 *
 * @param texts of which parts it needs, beside those that every page has
 * @param title of a page, which has it before it is loaded, too
 * @returns the component, and how to load it ahead
 */
export function loadPart<Props = object>(
  load: Loader<Props>,
  texts: readonly PartName[] = [],
  title?: TextKey,
): { readonly component: ComponentType<Props>; readonly preload: () => void } {
  /** @returns null: the service can not be reached */
  const attempt = async (): Promise<ComponentType<Props> | null> => {
    try {
      await loadLostStyles();
      const [part] = await Promise.all([load(), loadTexts(texts)]);
      return part.default;
    } catch (error) {
      const why = await whyNotLoaded();
      if (why === 'unreachable') return null;
      if (why === 'defect') return failing(error);
      location.reload();
      // Until then nothing is shown.
      return await new Promise<never>(() => undefined);
    }
  };
  const component = lazy(async () => ({ default: (await attempt()) ?? notLoaded(attempt, title) }));
  // A failure shows when the part is opened.
  const preload = (): void => void Promise.all([load(), preloadTexts(texts)]).catch(() => undefined);
  return { component, preload };
}

/** Throws where defects are caught: while rendering. */
const failing = (error: unknown) => () => {
  throw error;
};

/** @throws Error where they do not come again */
async function loadLostStyles(): Promise<void> {
  await Promise.all(
    [...lost].map(
      (link) =>
        new Promise<void>((resolve, reject) => {
          lost.delete(link);
          const again = link.cloneNode() as HTMLLinkElement;
          again.addEventListener('load', () => resolve());
          again.addEventListener('error', () => reject(new Error(`No styles from ${again.href}`)));
          link.replaceWith(again);
        }),
    ),
  );
}

/** Why a file of the console did not come. `newer build`: once for each build, for it may not be the reason either. */
export async function whyNotLoaded(): Promise<'unreachable' | 'newer build' | 'defect'> {
  try {
    const { ok } = await fetch('/console/', { method: 'HEAD', cache: 'no-store' });
    if (!ok) return 'unreachable';
  } catch {
    return 'unreachable';
  }
  try {
    if (sessionStorage.getItem(RELOADED) === BUILD) return 'defect';
    sessionStorage.setItem(RELOADED, BUILD);
    return 'newer build';
  } catch {
    // The browser keeps nothing: it might never end.
    return 'defect';
  }
}
