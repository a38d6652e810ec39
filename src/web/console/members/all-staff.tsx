import type { AccountAnswer, InvitedAnswer } from '../../../contract/accounts.js';
import { useState } from 'preact/hooks';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/form.js';
import { Failed, Loading } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { Account } from './account.js';
import { showLink } from './show-link.js';

/** Everybody who has an account, for admins. */
export function AllStaff() {
  const { items, more, problem, reload } = useList<AccountAnswer>('/v1/staff');
  return (
    <>
      <Invite onDone={reload} />
      {items === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : (
        <ul class="rows" aria-label={t('members.all')}>
          {items.map((account) => (
            <Account key={account.id} account={account} onChanged={reload} />
          ))}
        </ul>
      )}
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
    </>
  );
}

function Invite({ onDone }: { readonly onDone: () => void }) {
  const action = useAction();
  const [email, setEmail] = useState('');
  const [admin, setAdmin] = useState(false);
  const invite = (): void => {
    void action.run(async () => {
      const made = await api.post<InvitedAnswer>('/v1/staff', { email: email.trim(), admin });
      setEmail('');
      setAdmin(false);
      onDone();
      if (made.invitation === null) toast(t('members.hasAccount', { email: made.email }));
      else showLink('invitation', made.email, made.invitation);
    });
  };
  return (
    <form
      class="card form"
      noValidate
      aria-label={t('members.invite')}
      onSubmit={(event) => {
        event.preventDefault();
        invite();
      }}
    >
      <h2>{t('members.invite')}</h2>
      <p class="hint">{t('members.inviteHint')}</p>
      <div class="inline-form two">
        <TextField
          label={t('members.email')}
          keyboard="email"
          isCode
          value={email}
          problem={action.problem?.of('/email') === undefined ? undefined : t('members.wrongEmail')}
          onInput={setEmail}
          placeholder="amina@example.ma"
        />
        <Button type="submit" kind="main" isBusy={action.isBusy} disabled={email.trim() === ''}>
          {t('members.inviteGo')}
        </Button>
      </div>
      <CheckField label={t('role.admin')} hint={t('members.is.admin')} checked={admin} onChange={setAdmin} />
    </form>
  );
}
