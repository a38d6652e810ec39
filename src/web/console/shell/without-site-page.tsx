import { t } from '../i18n.js';
import { Empty, Page } from '../ui/page.js';

/** At every address but that of their own account, for who has a role nowhere: whom to ask. */
export const WithoutSitePage = () => (
  <Page title={t('forSite.none')}>
    <Empty title={t('forSite.noneHint')}>
      <a class="button" href="/console/account">
        {t('page.account')}
      </a>
    </Empty>
  </Page>
);
