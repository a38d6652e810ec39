import { useRoute } from 'preact-iso';
import { t } from '../i18n.js';
import { Page } from '../ui/page.js';
import { OneSite } from './one-site.js';
import { SiteList } from './site-list.js';

/** The sites that one works for, or one of them. */
export default function SitesPage() {
  const { slug } = useRoute().params;
  if (slug !== undefined) return <OneSite key={slug} slug={slug} />;
  return (
    <Page title={t('page.sites')}>
      <SiteList />
    </Page>
  );
}
