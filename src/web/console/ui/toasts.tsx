import { signal } from '@preact/signals';
import { Problem } from '../api.js';
import { t } from '../i18n.js';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly isBad: boolean;
  readonly undo?: () => void;
}

/** How long one stays, in milliseconds; longer where something can be taken back. */
const STAYS = 6_000;
const STAYS_WITH_UNDO = 15_000;

const toasts = signal<readonly Toast[]>([]);
/** Takes back what was done last, if that still can be; for the key. */
export const undoLast = signal<(() => void) | null>(null);
let last = 0;

function say(text: string, isBad: boolean, undo?: () => void): void {
  const id = (last += 1);
  const once =
    undo === undefined
      ? undefined
      : () => {
          drop(id);
          undo();
        };
  toasts.value = [
    ...toasts.peek().slice(-3),
    { id, text, isBad, ...(once === undefined ? {} : { undo: once }) },
  ];
  if (once !== undefined) undoLast.value = once;
  setTimeout(() => drop(id), undo === undefined ? STAYS : STAYS_WITH_UNDO);
}

function drop(id: number): void {
  const gone = toasts.peek().find((one) => one.id === id);
  toasts.value = toasts.peek().filter((one) => one.id !== id);
  if (gone?.undo !== undefined && undoLast.peek() === gone.undo) undoLast.value = null;
}

/** Says that something was done. @param undo what takes it back */
export const toast = (text: string, undo?: () => void): void => say(text, false, undo);

/** What a refusal says, in words for people. */
export const wordsOf = (problem: Problem): string =>
  problem.status === 0 ? t('common.offline') : problem.message === '' ? t('common.failed') : problem.message;

/** Says that something failed. @throws what is no refusal of the service: a defect of ours */
export function toastProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
  // The page asks to sign in again over everything.
  if (error.status !== 401) say(wordsOf(error), true);
}

/** Where they are shown: once on the page. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, text, isBad, undo }) => (
        <div key={id} class={isBad ? 'toast bad' : 'toast'}>
          <span>{text}</span>
          {undo === undefined ? null : (
            <button type="button" class="link-button" onClick={undo}>
              {t('common.undo')} <kbd aria-hidden="true">z</kbd>
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t('common.close')} onClick={() => drop(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
