import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../api.js';
import { t } from '../i18n.js';
import { ServiceSaid, wordsOf } from './service-said.js';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly isBad: boolean;
  /** What was refused. */
  readonly problem?: Problem | undefined;
  readonly undo?: () => void;
  /** Milliseconds that it still stays. */
  left: number;
}

/** How long one stays, in milliseconds; longer where something can be taken back. */
const STAYS = 6_000;
const STAYS_WITH_UNDO = 15_000;
const STEP = 250;

const toasts = signal<readonly Toast[]>([]);
/** Takes back what was done last, if that still can be, and then what was done before it; for the key. */
export const undoLast = computed(
  () => toasts.value.filter(({ undo }) => undo !== undefined).at(-1)?.undo ?? null,
);
let last = 0;
/** While somebody points at them, or has the focus in them. */
let isHeld = false;
let clock: ReturnType<typeof setInterval> | undefined;

function say(text: string, isBad: boolean, undo?: () => void, problem?: Problem): () => void {
  const id = (last += 1);
  const once =
    undo === undefined
      ? undefined
      : () => {
          drop(id);
          undo();
        };
  // What failed once more for the same reason is said anew, and once.
  const others = toasts.peek().filter((one) => !isBad || !one.isBad || one.text !== text);
  toasts.value = [
    ...others.slice(-3),
    {
      id,
      text,
      isBad,
      problem,
      left: once === undefined ? STAYS : STAYS_WITH_UNDO,
      ...(once === undefined ? {} : { undo: once }),
    },
  ];
  clock ??= setInterval(age, STEP);
  return () => drop(id);
}

function age(): void {
  if (!isHeld && document.visibilityState === 'visible') {
    for (const one of toasts.peek()) {
      one.left -= STEP;
      if (one.left <= 0) drop(one.id);
    }
  }
  if (toasts.peek().length > 0) return;
  clearInterval(clock);
  clock = undefined;
}

function drop(id: number): void {
  toasts.value = toasts.peek().filter((one) => one.id !== id);
  if (toasts.peek().length === 0) isHeld = false;
}

/** Says that something was done. @param undo what takes it back @returns takes the words away, as where they are not true any more */
export const toast = (text: string, undo?: () => void): (() => void) => say(text, false, undo);

/** Says that something failed. @throws what is no refusal of the service: a defect of ours */
export function toastProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
  // The page asks to sign in again over everything.
  if (error.status !== 401) say(wordsOf(error), true, undefined, error);
}

/** Says that a defect of ours stopped what was asked. */
export const toastDefect = (): void => void say(t('defect.short'), true);

/** Where they are shown: once on the page. They stay while somebody points at them. */
export function Toasts() {
  const box = useRef<HTMLDivElement>(null);
  const all = toasts.value;
  useEffect(() => {
    const shown = box.current;
    if (shown === null || typeof shown.showPopover !== 'function') return;
    const isShown = shown.matches(':popover-open');
    // Shown always, so that what is said there is read out; above a dialog that was opened since.
    if (isShown && document.querySelector('dialog[open]') !== null) shown.hidePopover();
    else if (isShown) return;
    shown.showPopover();
  }, [all]);
  const hold = (held: boolean) => () => {
    isHeld = held;
  };
  return (
    <div
      ref={box}
      class="toasts"
      popover="manual"
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      <div role="status">
        {all
          .filter(({ isBad }) => !isBad)
          .map((one) => (
            <ToastLine key={one.id} toast={one} />
          ))}
      </div>
      <div role="alert">
        {all
          .filter(({ isBad }) => isBad)
          .map((one) => (
            <ToastLine key={one.id} toast={one} />
          ))}
      </div>
    </div>
  );
}

const ToastLine = ({ toast: { id, text, isBad, problem, undo } }: { readonly toast: Toast }) => (
  <div class={isBad ? 'toast bad' : 'toast'}>
    <div class="toast-words">
      <span dir="auto">{text}</span>
      {problem === undefined ? null : <ServiceSaid problem={problem} />}
    </div>
    {undo === undefined ? null : (
      <button type="button" class="link-button" onClick={undo}>
        {t('common.undo')} {undo === undoLast.value ? <kbd aria-hidden="true">z</kbd> : null}
      </button>
    )}
    <button type="button" class="icon-button" aria-label={t('common.close')} onClick={() => drop(id)}>
      ×
    </button>
  </div>
);
