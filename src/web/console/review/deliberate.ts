import { useEffect, useState } from 'preact/hooks';

/** How long another case is in front before it can be decided, in milliseconds: what comes sooner was meant for the one before. */
const SEEN_AFTER = 250;

/** Whether a case came in front only now. @param held one is another than the one before, also of the same id */
export function useIsNew(held: object): boolean {
  const [seen, setSeen] = useState<object | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(held), SEEN_AFTER);
    return () => clearTimeout(timer);
  }, [held]);
  return seen !== held;
}

/** For a part of the page of which each button is pressed once at a time: not again while a key is held, nor by a double click. */
export const onePressEach = {
  onKeyDownCapture: (event: KeyboardEvent): void => {
    const presses = event.key === 'Enter' || event.key === ' ';
    if (event.repeat && presses && isOfButton(event)) event.preventDefault();
  },
  onClickCapture: (event: MouseEvent): void => {
    if (event.detail > 1 && isOfButton(event)) event.stopPropagation();
  },
};

const isOfButton = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('button') !== null;
