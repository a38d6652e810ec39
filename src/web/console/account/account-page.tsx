import { t } from '../i18n.js';
import { session } from '../session.js';
import { Page } from '../ui/page.js';

/** One's own account. */
export default function AccountPage() {
  return (
    <Page title={t('page.account')}>
      <p>{session.value?.staff.email}</p>
    </Page>
  );
}
