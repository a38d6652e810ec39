import { t } from '../i18n.js';
import { session } from '../session.js';
import { Empty } from './page.js';

/** In the place of what sites have, for who has none: whom to ask, and for an admin where to make the first. */
export const NoSite = () => (
  <Empty title={t('forSite.none')}>
    {session.value?.admin === true ? (
      <>
        <p>{t('forSite.noneAdmin')}</p>
        <a class="button main" href="/console/sites">
          {t('forSite.noneGo')}
        </a>
      </>
    ) : (
      <p>{t('forSite.noneHint')}</p>
    )}
  </Empty>
);
