import type { AccountAnswer } from '../../../contract/accounts.js';
import type { LinkAnswer } from '../../../contract/links.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t, type TextKey } from '../i18n.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { toast } from '../ui/toasts.js';
import { showLink } from './show-link.js';

type Deed =
  'makeAdmin' | 'unmakeAdmin' | 'close' | 'open' | 'clearFactor' | 'endSessions' | 'reset' | 'invitation';

interface AccountActionsProps {
  readonly account: AccountAnswer;
  readonly onChanged: () => void;
}

/**
 * What an admin can do to an account; each asked before, with what follows from it. How who may open what is sealed gets in is
 * for the operator alone.
 */
export function AccountActions({ account, onChanged }: AccountActionsProps) {
  const action = useAction();
  const { id, email } = account;
  const at = `/v1/staff/${id}`;
  const isSelf = session.value?.staff.email === email;
  const link = async (purpose: 'invitation' | 'reset'): Promise<void> => {
    showLink(purpose, email, await api.post<LinkAnswer>(`${at}/links`, { purpose }));
  };
  const deeds: Readonly<Record<Deed, () => Promise<unknown>>> = {
    makeAdmin: () => api.patch(at, { admin: true }),
    unmakeAdmin: () => api.patch(at, { admin: false }),
    close: () => api.patch(at, { closed: true }),
    open: () => api.patch(at, { closed: false }),
    clearFactor: () => api.remove(`${at}/second-factor`),
    endSessions: () => api.remove(`${at}/sessions`),
    reset: () => link('reset'),
    invitation: () => link('invitation'),
  };
  const run = async (deed: Deed): Promise<void> => {
    const isLink = deed === 'reset' || deed === 'invitation';
    const yes = await confirm({
      title: t(`members.deed.${deed}.title` as TextKey, { email }),
      body: <p>{t(`members.deed.${deed}.text` as TextKey)}</p>,
      action: t(`members.deed.${deed}` as TextKey),
      isDangerous: deed === 'close' || deed === 'clearFactor' || deed === 'unmakeAdmin',
    });
    if (!yes) return;
    await action.run(async () => {
      await deeds[deed]();
      onChanged();
      if (!isLink) toast(t('members.done', { email }));
    });
  };
  const offered: readonly Deed[] = account.closed
    ? ['open']
    : [
        ...(isSelf || account.legal
          ? []
          : [account.hasPassword ? ('reset' as const) : ('invitation' as const)]),
        'endSessions',
        ...(account.secondFactor && !isSelf && !account.legal ? (['clearFactor'] as const) : []),
        ...(isSelf ? [] : ([account.admin ? 'unmakeAdmin' : 'makeAdmin', 'close'] as const)),
      ];
  return (
    <div class="actions">
      {offered.map((deed) => (
        <Button
          key={deed}
          waits={action.isBusy}
          label={`${t(`members.deed.${deed}` as TextKey)}: ${email}`}
          onClick={() => void run(deed)}
        >
          {t(`members.deed.${deed}` as TextKey)}
        </Button>
      ))}
    </div>
  );
}
