import { useEffect } from 'preact/hooks';
import type { EventView } from '../../../contract/events.js';
import type { ImageHistory } from '../../../contract/image-history.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Failed, Loading } from '../ui/page.js';
import { Timeline } from '../ui/timeline.js';
import { usePages } from '../use-pages.js';

/** What happened to an image, the latest first; read anew when the image is another. */
export function ImageTimeline({ image }: { readonly image: ImageHistory }) {
  const pages = usePages<EventView>('/v1/events', { site: image.site.slug, image: image.id });
  const told = [
    image.version,
    image.reviewState,
    image.protected,
    image.round,
    image.blocks.length,
    image.cases.length,
    image.addresses.length,
    image.contentVersion,
  ].join();
  useEffect(() => {
    if (pages.items !== undefined) pages.reload();
  }, [told]);
  return (
    <section class="card stack">
      <h2>{t('image.timeline')}</h2>
      {pages.items !== undefined ? (
        <Timeline events={pages.items} />
      ) : pages.problem !== null ? (
        <Failed problem={pages.problem} onAgain={pages.reload} />
      ) : (
        <Loading />
      )}
      {pages.hasMore ? (
        <Button onClick={pages.more} isBusy={pages.isLoading}>
          {t('image.timelineMore')}
        </Button>
      ) : null}
    </section>
  );
}
