import { effect, signal } from '@preact/signals';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { Button } from './button.js';
import { Copied } from './copied.js';
import { Dialog } from './dialog.js';

interface Secret {
  readonly title: string;
  /** What to do with it. */
  readonly hint: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

const shown = signal<Secret | null>(null);

// What came once its page was left waits for the next one that shows any, and for nobody but who asked for it.
effect(() => {
  if (session.value === null) shown.value = null;
});

/** Shows what nobody can read again: keys, secrets, links. */
export const showOnce = (secret: Secret): void => {
  if (session.peek() !== null) shown.value = secret;
};

/** Where they are shown: once on a page that makes some. Nothing but its button closes it: a slip would lose them. */
export function ShownOnce() {
  const secret = shown.value;
  if (secret === null) return null;
  const close = (): void => {
    shown.value = null;
  };
  return (
    <Dialog title={secret.title} isWide>
      <p class="notice warn">{t('once.warning')}</p>
      <p>{secret.hint}</p>
      {secret.values.map(({ name, value }) => (
        <div key={name} class="stack">
          <strong>{name}</strong>
          <Copied text={value} label={name} />
        </div>
      ))}
      <footer class="actions">
        <Button kind="main" onClick={close}>
          {t('once.kept')}
        </Button>
      </footer>
    </Dialog>
  );
}
