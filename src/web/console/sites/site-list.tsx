import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { session, sites } from '../session.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/page.js';
import '../ui/form.css';
import { NewSite } from './new-site.js';

/** The sites that one may see; of an admin all there are. */
export function SiteList() {
  const [isMaking, setMaking] = useState(false);
  const isAdmin = session.value?.admin === true;
  const all = sites.value;
  return (
    <>
      {isAdmin ? (
        <div class="actions">
          <Button kind="main" onClick={() => setMaking(true)}>
            {t('sites.new')}
          </Button>
        </div>
      ) : (
        <p class="note">{t('sites.adminsChange')}</p>
      )}
      {all.length === 0 ? (
        <Empty title={t('sites.none')}>
          <p>{isAdmin ? t('sites.noneAdmin') : t('forSite.noneHint')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {all.map(({ slug, name, role, timeZone, locale }) => (
            <li key={slug} class="card">
              <div class="main">
                <strong>
                  <a href={`/console/sites/${slug}`}>
                    <bdi>{name}</bdi>
                  </a>
                </strong>
                <span class="hint">
                  <span class="address">{slug}</span>
                  {' · '}
                  {t(`sites.locale.${locale}`)}
                  {' · '}
                  <span class="address">{timeZone}</span>
                </span>
              </div>
              <span class="badge">{t(`role.${role}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {isMaking ? <NewSite onClose={() => setMaking(false)} /> : null}
    </>
  );
}
