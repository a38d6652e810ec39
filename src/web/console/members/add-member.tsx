import { useState } from 'preact/hooks';
import { type AddedMemberAnswer, type MemberRole } from '../../../contract/members.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { ChoiceField } from '../ui/form.js';
import { GiveAccess } from './give-access.js';

/** Somebody more on a site. */
export function AddMember({ at, onAdded }: { readonly at: string; readonly onAdded: () => void }) {
  const [role, setRole] = useState<MemberRole>('moderator');
  return (
    <GiveAccess
      title="members.add"
      hint="members.addHint"
      go="members.addGo"
      done="members.added"
      send={(email) => api.post<AddedMemberAnswer>(at, { email, role })}
      onDone={onAdded}
      beside={
        <ChoiceField
          label={t('members.role')}
          value={role}
          options={(['moderator', 'lead'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={setRole}
        />
      }
    >
      <p class="hint">{t(`members.is.${role}`)}</p>
    </GiveAccess>
  );
}
