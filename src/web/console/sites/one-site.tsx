import { useEffect } from 'preact/hooks';
import type { SiteAnswer } from '../../../contract/sites.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { chosenSite } from '../preferences.js';
import { hasRole, session } from '../session.js';
import { Failed, Loading, Page } from '../ui/page.js';
import { SiteEditor } from './site-editor.js';
import { SiteFacts } from './site-facts.js';
import { Snippet } from './snippet.js';
import './sites.css';

/** One site: what it says of itself, for its staff; admins change it. */
export function OneSite({ slug }: { readonly slug: string }) {
  const { data, problem, reload, show } = useLive(slug, (how) =>
    api.get<SiteAnswer>(`/v1/sites/${encodeURIComponent(slug)}`, {}, how),
  );
  // Its keys, rule, members and webhooks are then a press away.
  useEffect(() => {
    chosenSite.value = slug;
  }, [slug]);
  const isAdmin = session.value?.admin === true;
  return (
    <Page title={data?.name ?? t('page.sites')}>
      <nav class="actions" aria-label={t('sites.settingsOf')}>
        <a href="/console/sites">{t('sites.all')}</a>
        {isAdmin ? <a href="/console/keys">{t('page.keys')}</a> : null}
        {hasRole('lead', { slug }) ? <a href="/console/webhooks">{t('page.webhooks')}</a> : null}
        <a href="/console/rules">{t('page.rules')}</a>
      </nav>
      {data === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : isAdmin ? (
        <SiteEditor site={data} onSaved={show} />
      ) : (
        <>
          <p class="notice">{t('sites.adminsChange')}</p>
          <SiteFacts site={data} />
        </>
      )}
      {data === undefined ? null : <Snippet />}
    </Page>
  );
}
