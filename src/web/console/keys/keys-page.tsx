import type { KeyAnswer } from '../../../contract/keys.js';
import type { SessionSite } from '../../../contract/session.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { ForSite } from '../ui/for-site.js';
import { Failed, Loading, Page } from '../ui/page.js';
import { ShownOnce } from '../ui/shown-once.js';
import { KeysOfKind } from './keys-of-kind.js';

/** What lets a site's pages and its back end in. */
export default function KeysPage() {
  return (
    <Page title={t('page.keys')}>
      <ForSite path="/console/keys" role="admin">
        {(site) => <KeysOf key={site.slug} site={site} />}
      </ForSite>
      <ShownOnce />
    </Page>
  );
}

function KeysOf({ site }: { readonly site: SessionSite }) {
  const { items, more, problem, reload } = useList<KeyAnswer>(`/v1/sites/${site.slug}/keys`);
  if (items === undefined) {
    return problem === null ? <Loading /> : <Failed problem={problem} onAgain={reload} />;
  }
  return (
    <>
      {(['publishable', 'secret'] as const).map((kind) => (
        <KeysOfKind
          key={kind}
          site={site}
          kind={kind}
          keys={items.filter((one) => one.kind === kind)}
          onChanged={reload}
        />
      ))}
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
      <details class="card narrow">
        <summary>{t('keys.rotation')}</summary>
        <ol class="steps">
          <li>{t('keys.rotation.make')}</li>
          <li>{t('keys.rotation.use')}</li>
          <li>{t('keys.rotation.revoke')}</li>
        </ol>
        <p class="hint">{t('keys.rotation.hint')}</p>
      </details>
    </>
  );
}
