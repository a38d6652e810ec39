import { t } from '../i18n.js';
import { Empty, Page } from '../ui/page.js';

export const NotFoundPage = () => (
  <Page title={t('notFound.title')}>
    <Empty title={t('notFound.text')}>
      <a href="/console/">{t('notFound.back')}</a>
    </Empty>
  </Page>
);
