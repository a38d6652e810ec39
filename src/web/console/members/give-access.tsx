import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAction } from '../action.js';
import { t, type TextKey } from '../i18n.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/form.js';
import { toast } from '../ui/toasts.js';
import { showLink } from './show-link.js';

interface GiveAccessProps {
  readonly title: TextKey;
  readonly hint: TextKey;
  readonly go: TextKey;
  /** Said where no link is needed: they have an account. */
  readonly done: 'members.added' | 'members.hasAccount';
  readonly send: (
    email: string,
  ) => Promise<{ readonly email: string; readonly invitation: Parameters<typeof showLink>[2] | null }>;
  readonly onDone: () => void;
  /** What else is asked, beside the address. */
  readonly beside?: ComponentChildren;
  /** The same, below it. */
  readonly children?: ComponentChildren;
}

/** Gives somebody access by their address; who has no account yet gets a link. */
export function GiveAccess({ title, hint, go, done, send, onDone, beside, children }: GiveAccessProps) {
  const action = useAction();
  const [email, setEmail] = useState('');
  const give = (form: HTMLFormElement): void => {
    void action.run(async () => {
      const given = await send(email.trim());
      // The button can not be pressed until there is another address, and browsers take the focus from it.
      if (form.contains(document.activeElement)) form.querySelector('input')?.focus();
      setEmail('');
      onDone();
      if (given.invitation === null) toast(t(done, { email: given.email }));
      else showLink('invitation', given.email, given.invitation);
    });
  };
  return (
    <form
      class="card form"
      noValidate
      aria-label={t(title)}
      onSubmit={(event) => {
        event.preventDefault();
        give(event.currentTarget);
      }}
    >
      <h2>{t(title)}</h2>
      <p class="hint">{t(hint)}</p>
      <div class={beside === undefined ? 'inline-form two' : 'inline-form'}>
        <TextField
          label={t('members.email')}
          keyboard="email"
          isCode
          value={email}
          problem={action.problem?.of('/email') === undefined ? undefined : t('members.wrongEmail')}
          onInput={setEmail}
          placeholder="amina@example.ma"
        />
        {beside}
        <Button type="submit" kind="main" isBusy={action.isBusy} disabled={email.trim() === ''}>
          {t(go)}
        </Button>
      </div>
      {children}
    </form>
  );
}
