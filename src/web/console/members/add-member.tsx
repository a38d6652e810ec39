import { useState } from 'preact/hooks';
import { type AddedMemberAnswer, type MemberRole } from '../../../contract/members.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { ChoiceField, TextField } from '../ui/form.js';
import { toast } from '../ui/toasts.js';
import { showLink } from './show-link.js';

/** Somebody more; who has no account yet gets a link. */
export function AddMember({ at, onAdded }: { readonly at: string; readonly onAdded: () => void }) {
  const action = useAction();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<MemberRole>('moderator');
  const add = (): void => {
    void action.run(async () => {
      const added = await api.post<AddedMemberAnswer>(at, { email: email.trim(), role });
      setEmail('');
      onAdded();
      if (added.invitation === null) toast(t('members.added', { email: added.email }));
      else showLink('invitation', added.email, added.invitation);
    });
  };
  return (
    <form
      class="card form"
      noValidate
      aria-label={t('members.add')}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h2>{t('members.add')}</h2>
      <p class="hint">{t('members.addHint')}</p>
      <div class="inline-form">
        <TextField
          label={t('members.email')}
          keyboard="email"
          isCode
          value={email}
          problem={action.problem?.of('/email') === undefined ? undefined : t('members.wrongEmail')}
          onInput={setEmail}
          placeholder="amina@example.ma"
        />
        <ChoiceField
          label={t('members.role')}
          value={role}
          options={(['moderator', 'lead'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={setRole}
        />
        <Button type="submit" kind="main" isBusy={action.isBusy} disabled={email.trim() === ''}>
          {t('members.addGo')}
        </Button>
      </div>
      <p class="hint">{t(`members.is.${role}`)}</p>
    </form>
  );
}
