import { useRoute } from 'preact-iso';
import { t } from '../i18n.js';
import { ForSite } from '../ui/for-site.js';
import { Page } from '../ui/page.js';
import { ShownOnce } from '../ui/shown-once.js';
import { EndpointList } from './endpoint-list.js';
import { OneEndpoint } from './one-endpoint.js';
import './webhooks.css';

const HERE = '/console/webhooks';

/** Where a site's own server is told of what happens, and whether it was. */
export default function WebhooksPage() {
  const { id } = useRoute().params;
  return (
    <Page title={t('page.webhooks')}>
      <ForSite path={id === undefined ? HERE : `${HERE}/${id}`} role="lead">
        {(site) =>
          id === undefined ? (
            <EndpointList key={site.slug} site={site} />
          ) : (
            <OneEndpoint key={`${site.slug} ${id}`} site={site} id={id} />
          )
        }
      </ForSite>
      <ShownOnce />
    </Page>
  );
}
