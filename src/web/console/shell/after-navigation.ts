import { useEffect } from 'preact/hooks';

/** How far pages were scrolled when they were left, by their address. */
const positions = new Map<string, number>();
const address = (): string => location.pathname + location.search;
/** For how long a page that is gone back to may take until it is long enough, in milliseconds. */
const PATIENCE = 3_000;

let shown = address();
let wentBack = false;

/** Keeps where pages are scrolled to, so that who goes back finds the place again. */
export function useScrollPositions(): void {
  useEffect(() => {
    history.scrollRestoration = 'manual';
    const scrolled = (): void => {
      if (address() === shown) positions.set(shown, scrollY);
    };
    const back = (): void => {
      wentBack = true;
    };
    addEventListener('scroll', scrolled, { passive: true });
    addEventListener('popstate', back);
    return () => {
      removeEventListener('scroll', scrolled);
      removeEventListener('popstate', back);
    };
  }, []);
}

/** Called when another page is there: the focus goes to its heading, which is then read out; and the page to its place. */
export function afterNavigation(): void {
  document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
  shown = address();
  if (wentBack) scrollBackTo(positions.get(shown) ?? 0);
  wentBack = false;
}

/** Pages load what they show: it is tried until there is enough of it, or somebody scrolls themselves. */
function scrollBackTo(position: number): void {
  const root = document.documentElement;
  const stop = new AbortController();
  const again = new ResizeObserver(() => {
    scrollTo(0, position);
    if (root.scrollHeight - innerHeight >= position) stop.abort();
  });
  stop.signal.addEventListener('abort', () => again.disconnect());
  for (const type of ['wheel', 'pointerdown', 'keydown']) {
    addEventListener(type, () => stop.abort(), { signal: stop.signal, passive: true });
  }
  setTimeout(() => stop.abort(), PATIENCE);
  again.observe(root);
}
