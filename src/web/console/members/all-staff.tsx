import type { AccountAnswer, InvitedAnswer } from '../../../contract/accounts.js';
import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/form.js';
import { Failed, Loading } from '../ui/page.js';
import { Account } from './account.js';
import { GiveAccess } from './give-access.js';

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
  const [admin, setAdmin] = useState(false);
  return (
    <GiveAccess
      title="members.invite"
      hint="members.inviteHint"
      go="members.inviteGo"
      done="members.hasAccount"
      send={(email) => api.post<InvitedAnswer>('/v1/staff', { email, admin })}
      onDone={() => {
        setAdmin(false);
        onDone();
      }}
    >
      <CheckField label={t('role.admin')} hint={t('members.is.admin')} checked={admin} onChange={setAdmin} />
    </GiveAccess>
  );
}
