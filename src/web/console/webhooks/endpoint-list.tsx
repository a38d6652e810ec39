import { useState } from 'preact/hooks';
import type { EndpointAnswer } from '../../../contract/webhooks.js';
import type { SessionSite } from '../../../contract/session.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import { EndpointDialog } from './endpoint-dialog.js';
import { EndpointEvents, EndpointState } from './endpoint-state.js';

/** How often states are asked for, in milliseconds. */
const EVERY = 10_000;

/** The endpoints of a site. */
export function EndpointList({ site }: { readonly site: SessionSite }) {
  const query = { site: site.slug };
  const { items, more, problem, reload } = useList<EndpointAnswer>('/v1/webhook-endpoints', query, EVERY);
  const [isAdding, setAdding] = useState(false);
  if (items === undefined) {
    return problem === null ? <Loading /> : <Failed problem={problem} onAgain={reload} />;
  }
  const add = (
    <Button kind="main" onClick={() => setAdding(true)}>
      {t('webhooks.add')}
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <Empty title={t('webhooks.none')}>
          <p>{t('webhooks.noneHint')}</p>
          {add}
        </Empty>
      ) : (
        <>
          <div class="actions">{add}</div>
          <ul class="rows form" aria-label={t('page.webhooks')}>
            {items.map((endpoint) => (
              <li key={endpoint.id} class="card">
                <div class="main">
                  <strong>
                    <a class="address" href={`/console/webhooks/${endpoint.id}`}>
                      {endpoint.url}
                    </a>
                  </strong>
                  {endpoint.description === '' ? null : <span dir="auto">{endpoint.description}</span>}
                  <EndpointEvents of={endpoint} />
                </div>
                <EndpointState of={endpoint} />
              </li>
            ))}
          </ul>
        </>
      )}
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
      {isAdding ? (
        <EndpointDialog site={site} endpoint={null} onClose={() => setAdding(false)} onSaved={reload} />
      ) : null}
    </>
  );
}
