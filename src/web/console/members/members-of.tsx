import type { LinkAnswer } from '../../../contract/links.js';
import type { MemberAnswer, MemberRole } from '../../../contract/members.js';
import type { SessionSite } from '../../../contract/session.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { AddMember } from './add-member.js';
import { MemberRow } from './member-row.js';
import { showLink } from './show-link.js';

/** The members of one site. */
export function MembersOf({ site }: { readonly site: SessionSite }) {
  const at = `/v1/sites/${site.slug}/members`;
  const { items, more, problem, reload } = useList<MemberAnswer>(at);
  const action = useAction();
  const changeRole = async (member: MemberAnswer, role: MemberRole): Promise<void> => {
    const yes = await confirm({
      title: t('members.changeTitle', { email: member.email, role: t(`role.${role}`) }),
      body: <p>{t(`members.becomes.${role}`)}</p>,
      action: t('members.change'),
    });
    if (!yes) return;
    await action.run(async () => {
      await api.patch(`${at}/${member.id}`, { role });
      reload();
      toast(t('members.changed', { email: member.email, role: t(`role.${role}`) }));
    });
  };
  const remove = async (member: MemberAnswer): Promise<void> => {
    const yes = await confirm({
      title: t('members.removeTitle', { email: member.email, site: site.name }),
      body: <p>{t('members.removeText')}</p>,
      action: t('members.remove'),
      isDangerous: true,
    });
    if (!yes) return;
    await action.run(async () => {
      await api.remove(`${at}/${member.id}`);
      reload();
      toast(t('members.removed', { email: member.email }));
    });
  };
  const inviteAgain = (member: MemberAnswer): void => {
    void action.run(async () => {
      showLink('invitation', member.email, await api.post<LinkAnswer>(`${at}/${member.id}/invitation`));
    });
  };
  return (
    <>
      <AddMember at={at} onAdded={reload} />
      {items === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : items.length === 0 ? (
        <Empty title={t('members.none')}>
          <p>{t('members.noneHint')}</p>
        </Empty>
      ) : (
        <ul class="rows form" aria-label={t('members.ofSite')}>
          {items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isBusy={action.isBusy}
              onRole={(role) => void changeRole(member, role)}
              onInvite={() => inviteAgain(member)}
              onRemove={() => void remove(member)}
            />
          ))}
        </ul>
      )}
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
    </>
  );
}
