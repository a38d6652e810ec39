import type { MemberAnswer, MemberRole } from '../../../contract/members.js';
import { formatTime, t } from '../i18n.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';

interface MemberRowProps {
  readonly member: MemberAnswer;
  readonly isBusy: boolean;
  readonly onRole: (role: MemberRole) => void;
  readonly onInvite: () => void;
  readonly onRemove: () => void;
}

export function MemberRow({ member, isBusy, onRole, onInvite, onRemove }: MemberRowProps) {
  const { email, role, addedAt, invited } = member;
  const other = role === 'lead' ? 'moderator' : 'lead';
  const isSelf = session.value?.staff.email === email;
  return (
    <li class="card">
      <div class="main">
        <strong>
          <bdi>{email}</bdi> <span class="badge">{t(`role.${role}`)}</span>{' '}
          {isSelf ? <span class="badge good">{t('members.you')}</span> : null}
          {invited ? <span class="badge warn">{t('members.invited')}</span> : null}
        </strong>
        <span class="hint">
          {t('members.since')} <time dateTime={addedAt}>{formatTime(addedAt, { dateStyle: 'medium' })}</time>
        </span>
      </div>
      <div class="actions">
        <Button
          waits={isBusy}
          onClick={() => onRole(other)}
          label={`${t(`members.make.${other}`)}: ${email}`}
        >
          {t(`members.make.${other}`)}
        </Button>
        {isSelf || !invited ? null : (
          <Button waits={isBusy} onClick={onInvite} label={`${t('members.inviteAgain')}: ${email}`}>
            {t('members.inviteAgain')}
          </Button>
        )}
        <Button waits={isBusy} onClick={onRemove} label={`${t('members.remove')}: ${email}`}>
          {t('members.remove')}
        </Button>
      </div>
    </li>
  );
}
