import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

interface Question {
  readonly title: string;
  /** What will happen. */
  readonly body: ComponentChildren;
  /** The words on the button that does it. */
  readonly action: string;
  /** The words on the button that leaves it. */
  readonly cancel?: string;
  readonly isDangerous?: boolean;
}

const asked = signal<(Question & { readonly answer: (yes: boolean) => void }) | null>(null);

/** Asks before something is done. True: do it. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    asked.peek()?.answer(false);
    const answer = (yes: boolean): void => {
      asked.value = null;
      resolve(yes);
    };
    asked.value = { ...question, answer };
  });

/** Where questions are shown: once on the page. */
export function Confirmation() {
  const question = asked.value;
  if (question === null) return null;
  const { title, body, action, cancel, isDangerous = false, answer } = question;
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <div class="stack">{body}</div>
      <footer class="actions">
        <Button onClick={() => answer(false)}>{cancel ?? t('common.cancel')}</Button>
        <Button kind={isDangerous ? 'danger' : 'main'} onClick={() => answer(true)}>
          {action}
        </Button>
      </footer>
    </Dialog>
  );
}
