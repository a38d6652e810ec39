import { useEffect } from 'preact/hooks';
import type { ImageHistory } from '../../../contract/image-history.js';
import { api } from '../api.js';
import { formatTime, t, tOr } from '../i18n.js';
import { useLive } from '../live.js';
import { sites } from '../session.js';
import { Address } from '../ui/address.js';
import { nameOfImage } from '../ui/image-name.js';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { SealedCopy } from '../ui/sealed-copy.js';
import { changes } from './changes.js';
import { ImageActions } from './image-actions.js';
import { ImageFacts } from './image-facts.js';
import { refOf } from './image-name.js';
import { ImageTimeline } from './image-timeline.js';

/** How often an image is asked for again, in milliseconds. */
const EVERY = 10_000;

/** One image with all that is known of it. */
export function OneImage({ id }: { readonly id: string }) {
  const live = useLive<ImageHistory>(id, (how) => api.get('/v1/images', { image: id }, how), EVERY);
  useEffect(() => {
    if (changes.value > 0) live.reload();
  }, [changes.value]);
  const image = live.data;
  return (
    <Page title={t('image.title')} actions={<a href="/console/images">{t('page.images')}</a>}>
      {image !== undefined ? (
        <Shown image={image} onDone={live.reload} />
      ) : live.problem?.status === 404 ? (
        <Empty title={t('image.unknown')}>
          <a class="button" href="/console/images">
            {t('image.unknownGo')}
          </a>
        </Empty>
      ) : live.problem !== null ? (
        <Failed problem={live.problem} onAgain={live.reload} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Shown({ image, onDone }: { readonly image: ImageHistory; readonly onDone: () => void }) {
  const site = sites.value.find(({ id }) => id === image.site.id);
  return (
    <>
      <div class="image-top">
        <SealedCopy image={image} />
        <div class="stack image-what">
          <p>
            <Address of={nameOfImage(image)} />
          </p>
          {image.ownId !== null && image.url !== null ? (
            <p class="hint">
              {t('image.ownId')} <Address of={image.ownId} />
            </p>
          ) : null}
          <p class="image-state" role="status">
            {sentencesFor(image).join(' ')}
          </p>
          {image.mergedInto === undefined ? null : (
            <p>
              {t('image.mergedInto')}{' '}
              <a href={`/console/images/${image.mergedInto}`}>{t('image.mergedOpen')}</a>
            </p>
          )}
          {site === undefined || image.mergedInto !== undefined ? null : (
            <ImageActions site={site} target={refOf(image)} image={image} onDone={onDone} />
          )}
        </div>
      </div>
      <ImageFacts image={image} />
      <ImageTimeline image={image} />
    </>
  );
}

/** The state of an image as one would say it. */
function sentencesFor(image: ImageHistory): readonly string[] {
  const seen = image.blocked
    ? t('image.say.blocked', {
        reason: tOr(`reason.${image.reason}`, image.reason ?? ''),
        since: image.since === undefined ? '' : formatTime(image.since),
      })
    : t('image.say.shown');
  return [
    seen,
    ...(image.blocked && image.reviewed === false ? [t('image.say.unreviewed')] : []),
    ...(image.protected ? [t('image.say.protected')] : []),
    t('image.say.review', { state: image.reviewState }),
  ];
}
