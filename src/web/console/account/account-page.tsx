import type { TokenPage } from '../../../contract/tokens.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { session, sites } from '../session.js';
import { Page } from '../ui/page.js';
import { Appearance } from './appearance.js';
import { ChangePassword } from './change-password.js';
import { OwnSessions } from './own-sessions.js';
import { OwnTokens } from './own-tokens.js';
import { SecondFactor } from './second-factor.js';

/** One's own account: how one is let in, where one is, and how the console looks. */
export default function AccountPage() {
  const now = session.value;
  const tokens = useLive('tokens', (abort) => api.get<TokenPage>('/v1/tokens', { limit: 100 }, abort));
  if (now === null) return null;
  return (
    <Page title={t('page.account')}>
      <p class="badges">
        <strong class="address">{now.staff.email}</strong>
        {now.admin ? (
          <span class="badge">{t('account.roleAll')}</span>
        ) : (
          sites.value.map(({ slug, name, role }) => (
            <span key={slug} class="badge" dir="auto">
              {t('account.role', { role: t(`role.${role}`), site: name })}
            </span>
          ))
        )}
      </p>
      <div class="columns">
        <div class="stack">
          <SecondFactor />
          <ChangePassword tokens={tokens} />
          <OwnTokens tokens={tokens} />
        </div>
        <div class="stack">
          <Appearance />
          <OwnSessions />
        </div>
      </div>
    </Page>
  );
}
