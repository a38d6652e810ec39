import type { AccountAnswer } from '../../../contract/accounts.js';
import { t } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { AccountActions } from './account-actions.js';

interface AccountProps {
  readonly account: AccountAnswer;
  readonly onChanged: () => void;
}

/** An account as admins see it. */
export const Account = ({ account, onChanged }: AccountProps) => (
  <li class="card">
    <div class="main">
      <strong>
        <bdi>{account.email}</bdi> {account.admin ? <span class="badge">{t('role.admin')}</span> : null}{' '}
        {account.legal ? <span class="badge">{t('members.legal')}</span> : null}{' '}
        {account.closed ? <span class="badge bad">{t('members.closed')}</span> : null}{' '}
        {account.hasPassword ? null : <span class="badge warn">{t('members.invited')}</span>}
      </strong>
      <span class="hint">
        {account.secondFactor ? t('members.secondFactor') : t('members.noSecondFactor')}
        {' · '}
        {account.lastSignInAt === null ? (
          t('members.neverSignedIn')
        ) : (
          <>
            {t('members.lastSignIn')} <Ago at={account.lastSignInAt} />
          </>
        )}
      </span>
      <span>
        {account.admin
          ? t('members.allSites')
          : account.sites.length === 0
            ? t('members.noSites')
            : account.sites.map(({ id, name, role }, index) => (
                <span key={id}>
                  {index === 0 ? '' : ' · '}
                  <bdi>{name}</bdi> ({t(`role.${role}`)})
                </span>
              ))}
      </span>
    </div>
    <AccountActions account={account} onChanged={onChanged} />
  </li>
);
