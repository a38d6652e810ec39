import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { ImageHistory } from '../../../contract/image-history.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { sites } from '../session.js';
import { Address } from '../ui/address.js';
import { Failed, Loading } from '../ui/page.js';
import { ImageActions } from './image-actions.js';
import type { Sought } from './search.js';

interface FoundImageProps {
  readonly slug: string | null;
  readonly sought: Sought;
}

/** What is found under an address or an own id: the image, or that nobody ever reported it. */
export function FoundImage({ slug, sought }: FoundImageProps) {
  const { route } = useLocation();
  const { by, value } = sought;
  const site = slug ?? '';
  const found = useLive<ImageHistory>(`${site} ${by} ${value}`, (how) =>
    api.get('/v1/images', { site, [by]: value }, how),
  );
  const id = found.data?.id;
  useEffect(() => {
    if (id !== undefined) route(`/console/images/${id}`, true);
  }, [id]);
  const of = sites.value.find((one) => one.slug === slug);
  if (of === undefined) return <p class="problem">{t('images.siteNeeded')}</p>;
  if (found.problem === null || id !== undefined) return <Loading />;
  if (found.problem.status !== 404) return <Failed problem={found.problem} onAgain={found.reload} />;
  return (
    <section class="card stack" aria-label={t('image.title')}>
      <p>
        <Address of={value} />
      </p>
      <p class="empty-title" role="status">
        {by === 'id' ? t('image.neverId') : t('image.never')}
      </p>
      {by === 'id' ? null : (
        <>
          <p class="hint">{t('image.neverHint')}</p>
          <ImageActions site={of} target={{ url: value }} image={null} onDone={found.reload} />
        </>
      )}
    </section>
  );
}
