import { computed, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TextKey, Values } from './i18n.js';
import { isTaken, keyOf, pressOf } from './keyboard.js';

/** Something that can be done now: by its key, in the palette, and listed on the sheet of shortcuts. */
export interface Command {
  /** One of a kind on the page. */
  readonly id: string;
  readonly name: TextKey;
  /** What the name says of this one. */
  readonly values?: Values;
  /** The heading under which it is listed. */
  readonly group: TextKey;
  /** As `keyOf` names it; `g q` is two presses, one after the other. */
  readonly key?: string;
  /** Whether the key does its work while it is held, and this ends it. */
  readonly onRelease?: () => void;
  readonly isOff?: boolean;
  readonly run: () => void;
}

type Current = { readonly current: readonly Command[] };

const lists = signal<readonly Current[]>([]);
/** Rises when what a list holds may be other. */
const turn = signal(0);

/** All that can be done now; what was added last comes first, and takes a key from those before. */
export const commands = computed<readonly Command[]>(() => {
  void turn.value;
  return lists.value.flatMap(({ current }) => current);
});

/** Offers these while the component is there; on each render as they are then. */
export function useCommands(offered: readonly Command[]): void {
  const current = useRef(offered);
  current.current = offered;
  useLayoutEffect(() => {
    turn.value += 1;
  }, [offered.map(({ id, isOff }) => `${id}${String(isOff)}`).join()]);
  useLayoutEffect(() => {
    lists.value = [current, ...lists.peek()];
    return () => {
      lists.value = lists.peek().filter((list) => list !== current);
    };
  }, []);
}

/** How long the first of two presses waits for the second, in milliseconds. */
const PATIENCE = 1_200;

let first: { readonly key: string; readonly at: number } | null = null;
let held: { readonly code: string; readonly onRelease: () => void } | null = null;

const found = (key: string): Command | undefined =>
  lists
    .peek()
    .flatMap(({ current }) => current)
    .find((command) => command.key === key && command.isOff !== true);

const beginsPair = (key: string): boolean =>
  lists.peek().some(({ current }) => current.some((command) => command.key?.startsWith(`${key} `) === true));

/** Runs commands by their keys. @returns how to stop */
export function listenToKeys(): () => void {
  const down = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTaken(event.target)) return;
    const key = keyOf(pressOf(event));
    if (key === null) return;
    // Held until its character is there, or once more while it is held: no second press.
    if (event.key === 'Shift' || (event.repeat && first?.key === key)) return;
    const begun = first !== null && event.timeStamp - first.at < PATIENCE ? first.key : null;
    first = null;
    const isFocusedControl =
      (key === 'Enter' || key === ' ') &&
      event.target instanceof Element &&
      event.target.closest('a, button, summary') !== null;
    if (isFocusedControl) return;
    const command = found(begun === null ? key : `${begun} ${key}`);
    if (command === undefined) {
      // What leads nowhere after a first key is not what it is alone: `g` and a page that is not there decides nothing.
      if (begun !== null) event.preventDefault();
      else if (beginsPair(key)) first = { key, at: event.timeStamp };
      return;
    }
    event.preventDefault();
    if (event.repeat) return;
    if (command.onRelease !== undefined) held = { code: event.code, onRelease: command.onRelease };
    command.run();
  };
  const release = (): void => {
    held?.onRelease();
    held = null;
  };
  const up = (event: KeyboardEvent): void => {
    if (held?.code === event.code) release();
  };
  addEventListener('keydown', down);
  addEventListener('keyup', up);
  // What is held when the window is left would stay held.
  addEventListener('blur', release);
  return () => {
    removeEventListener('keydown', down);
    removeEventListener('keyup', up);
    removeEventListener('blur', release);
  };
}
