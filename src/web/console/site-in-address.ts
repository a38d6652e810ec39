import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { addressOf, type Query } from './api.js';
import { chosenSite } from './preferences.js';
import { site, sites } from './session.js';

interface SiteInAddress {
  /** The address of this page with another query, and with the site that is chosen. */
  readonly to: (query: Query) => string;
  /** The slug of the site that is chosen; null: all. */
  readonly slug: string | null;
}

/**
 * Keeps the chosen site in the address of a page, `?site=`, so that the address can be handed on and the back button works:
 * empty means all. An address that names one chooses it; one that names none gets the one that is chosen.
 *
 * @param path of the page
 */
export function useSiteInAddress(path: string, rest: Query): SiteInAddress {
  const { path: asked, query, route } = useLocation();
  const all = sites.value;
  const isChoice = all.length > 1;
  const chosen = site.value?.slug ?? null;
  const named = query['site'];
  const seen = useRef<string | undefined | null>(null);
  const to = (other: Query): string => addressOf(path, isChoice ? { site: chosen ?? '', ...other } : other);
  useEffect(() => {
    // A page stays until the next one is loaded, whose address this is by then.
    if (!isChoice || asked !== path) return;
    const isNew = seen.current !== named;
    seen.current = named;
    if (isNew && named === '' && chosen !== null) chosenSite.value = null;
    else if (isNew && named !== undefined && named !== chosen && all.some(({ slug }) => slug === named))
      chosenSite.value = named;
    else if ((named ?? null) !== (chosen ?? '')) route(to(rest), isNew);
  }, [named, chosen, isChoice, asked === path]);
  return { to, slug: chosen };
}
