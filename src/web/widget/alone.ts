import { pause } from './pause.js';
import { readStored, store } from './storage.js';

/** Milliseconds after which the claim of a tab that was closed meanwhile is nobody's. */
const CLAIM = 30_000;

/**
 * Does work while no other tab of the site does work of this name. Where the browser has no Web Locks or refuses
 * them, tabs claim it in what they store: two that write at the same instant see, a moment later, whose claim stands.
 */
export async function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  let begun: Promise<Result> | undefined;
  try {
    await navigator.locks.request(`vigie:${name}`, () => (begun = work()));
  } catch {
    // There are none on insecure pages, and they are refused where nothing may be stored.
  }
  // An error of the work itself is its caller's.
  if (begun) return begun;
  const key = `${name}-claim`;
  for (;;) {
    const now = Date.now();
    const claim = readStored<number>(key) ?? 0;
    // One that ends later than any that is made now was stored while the clock was ahead: nobody waits for that hour to come.
    if (!(claim > now && claim <= now + CLAIM + 1)) {
      const mine = now + CLAIM + Math.random();
      store(key, mine);
      await pause(50);
      if (readStored(key) === mine) {
        try {
          return await work();
        } finally {
          store(key, 0);
        }
      }
    }
    await pause(250);
  }
}
