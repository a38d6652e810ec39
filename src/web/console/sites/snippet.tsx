import { t } from '../i18n.js';
import { session } from '../session.js';
import { Copied } from '../ui/copied.js';

/** The line that puts the widget on a page. @param key a publishable key */
export const snippetOf = (key: string): string =>
  `<script src="${location.origin}/widget.js" data-key="${key}" async></script>`;

const MARK = '<img src="https://cdn.example.ma/photos/1.jpg" alt="..." data-vigie />';

/** What to put into a page. The key is shown only once, so it has to be filled in. */
export const Snippet = () => (
  <section class="card stack form" aria-labelledby="snippet">
    <h2 id="snippet">{t('sites.snippet')}</h2>
    <p>{t('sites.snippetText')}</p>
    <Copied text={snippetOf('vg_pub_…')} label={t('sites.snippet')} />
    <p>{t('sites.snippetMark')}</p>
    <Copied text={MARK} label={t('sites.snippetMarkName')} />
    <p class="hint">
      {t('sites.snippetKey')}{' '}
      {session.value?.admin === true ? <a href="/console/keys">{t('page.keys')}</a> : null}
    </p>
  </section>
);
