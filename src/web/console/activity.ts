/** What says that somebody is at work. */
const SIGNS_OF_WORK = ['keydown', 'input', 'pointerdown', 'pointermove', 'wheel'] as const;

/** The latest sign of work, and the latest request that told the service of use, in milliseconds of the page. */
let touchedAt = 0;
let toldAt = -1;

/** Calls at each sign of work. @returns how to stop */
export function onWork(call: () => void): () => void {
  const hear = (event: Event): void => {
    // Browsers say so too where the page moved, and the mouse did not.
    const isStill = event instanceof PointerEvent && event.movementX === 0 && event.movementY === 0;
    if (event.type !== 'pointermove' || !isStill) call();
  };
  for (const sign of SIGNS_OF_WORK) addEventListener(sign, hear, { passive: true, capture: true });
  return () => {
    for (const sign of SIGNS_OF_WORK) removeEventListener(sign, hear, { capture: true });
  };
}

/** Watches for signs of work, as long as the page is there. */
export const watchActivity = (): (() => void) =>
  onWork(() => {
    touchedAt = performance.now();
  });

/** Whether somebody did something that the service has not been told of. */
export const isTouched = (): boolean => touchedAt > toldAt;

/** A request goes out that the service counts as use. */
export const tellUse = (): void => {
  toldAt = performance.now();
};
