import { useLocation, useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { ListedImage } from '../../../contract/images.js';
import { t } from '../i18n.js';
import { hasRole, site, sites } from '../session.js';
import { useSiteInAddress } from '../site-in-address.js';
import { Address } from '../ui/address.js';
import { Page } from '../ui/page.js';
import { usePages } from '../use-pages.js';
import { FoundImage } from './found-image.js';
import { ImageList } from './image-list.js';
import '../ui/lists.css';
import './images.css';
import { OneImage } from './one-image.js';
import { SearchForm } from './search-form.js';
import { soughtIn } from './search.js';

const STATES = ['blocked', 'visible', 'protected', 'open', 'escalated', 'closed'] as const;
const PATH = '/console/images';

/** One image, or those that there are. */
export default function ImagesPage() {
  const { params } = useRoute();
  const { image } = params;
  return image === undefined || image === '' ? <Search /> : <OneImage key={image} id={image} />;
}

function Search() {
  const { query, route } = useLocation();
  const sought = soughtIn(query);
  const isOurs = sought?.by === 'image';
  useEffect(() => {
    if (isOurs) route(`${PATH}/${sought.value}`, true);
  }, [isOurs]);
  const state = STATES.find((one) => one === query['state']) ?? null;
  const follows = query['follows'] ?? null;
  const rest = {
    state,
    follows,
    ...(sought === null ? {} : { [sought.by]: sought.value }),
  };
  const { to, slug } = useSiteInAddress(PATH, rest);
  const pages = usePages<ListedImage>(sought === null ? '/v1/images' : null, { site: slug, state, follows });
  const isLead = hasRole('lead', site.value ?? undefined);
  return (
    <Page title={t('page.images')}>
      <SearchForm key={sought?.value ?? ''} given={sought?.value ?? ''} />
      {isOurs ? null : sought !== null ? (
        <FoundImage key={`${slug} ${sought.by} ${sought.value}`} slug={slug} sought={sought} />
      ) : (
        <>
          {follows === null ? (
            <nav class="tabs" aria-label={t('images.state')}>
              {[null, ...STATES]
                .filter((one) => one !== 'escalated' || isLead)
                .map((one) => (
                  <a key={one} href={to({ state: one })} aria-current={one === state ? 'page' : undefined}>
                    {one === null ? t('images.all') : t(`images.state.${one}`)}
                  </a>
                ))}
            </nav>
          ) : (
            <p>
              <Address of={follows} href={`${PATH}/${encodeURIComponent(follows)}`} /> {t('images.follows')}
            </p>
          )}
          <ImageList
            pages={pages}
            hasSite={slug === null && sites.value.length > 1}
            empty={t(follows === null ? `images.empty.${state ?? 'all'}` : 'images.empty.follows')}
          />
        </>
      )}
    </Page>
  );
}
