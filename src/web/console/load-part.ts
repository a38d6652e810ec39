import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { loadTexts, preloadTexts } from './i18n.js';
import type { PartName } from './languages/parts.js';

type Loader<Props> = () => Promise<{ default: ComponentType<Props> }>;

const RELOADED = 'vigie-console:reloaded';

/** The address of this build's own script. */
const BUILD = import.meta.url;

/**
 * A part that is loaded when it is first shown. Where its file is gone because the service has a newer build by now, the
 * page is loaded again, once for each build.
 *
 * @param texts of which parts it needs, beside those that every page has
 * @returns the component, and how to load it ahead
 */
export function loadPart<Props = object>(
  load: Loader<Props>,
  texts: readonly PartName[] = [],
): { readonly component: ComponentType<Props>; readonly preload: () => void } {
  const component = lazy(async () => {
    try {
      const [part] = await Promise.all([load(), loadTexts(texts)]);
      return part;
    } catch (error) {
      if (await isNewerBuild()) {
        location.reload();
        // Until then nothing is shown.
        return await new Promise<never>(() => undefined);
      }
      return { default: failing(error) };
    }
  });
  // A failure shows when the part is opened.
  const preload = (): void => void Promise.all([load(), preloadTexts(texts)]).catch(() => undefined);
  return { component, preload };
}

/** Throws where defects are caught: while rendering. */
const failing = (error: unknown) => () => {
  throw error;
};

async function isNewerBuild(): Promise<boolean> {
  try {
    if (sessionStorage.getItem(RELOADED) === BUILD) return false;
    const { ok } = await fetch('/console/', { method: 'HEAD', cache: 'no-store' });
    if (ok) sessionStorage.setItem(RELOADED, BUILD);
    return ok;
  } catch {
    // The service can not be reached, or the browser keeps nothing: it might never end.
    return false;
  }
}
