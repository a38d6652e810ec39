import type { ListedImage } from '../../../contract/images.js';
import { formatNumber, t, tOr } from '../i18n.js';
import { Address } from '../ui/address.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { nameOfImage } from '../ui/image-name.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import { Picture } from '../ui/picture.js';
import type { Pages } from '../use-pages.js';

interface ImageListProps {
  readonly pages: Pages<ListedImage>;
  readonly hasSite: boolean;
  readonly empty: string;
}

/** Images, the newest first, each with what is seen of it. */
export function ImageList({ pages, hasSite, empty }: ImageListProps) {
  const { items, problem } = pages;
  if (problem !== null && items === undefined) return <Failed problem={problem} onAgain={pages.reload} />;
  if (items === undefined) return <Loading />;
  if (items.length === 0) {
    return (
      <Empty title={empty}>
        <p>{t('images.emptyHint')}</p>
      </Empty>
    );
  }
  return (
    <>
      <ul class="image-list" aria-label={t('images.list')}>
        {items.map((image) => (
          <li key={image.id} class="card">
            <Picture image={image} size="thumbnail" />
            <div class="image-line">
              <Address of={nameOfImage(image)} class="clamped" href={`/console/images/${image.id}`} />
              <p class="marks">
                <StateBadges image={image} />
                {hasSite ? <span class="badge">{image.site.slug}</span> : null}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {pages.hasMore ? (
        <Button onClick={pages.more} isBusy={pages.isLoading} class="more">
          {t('images.more')} ({formatNumber(items.length)})
        </Button>
      ) : null}
    </>
  );
}

/** What is seen of an image, and how far its review is. */
const StateBadges = ({ image }: { readonly image: ListedImage }) => (
  <>
    {image.blocked ? (
      <span class="badge bad">
        {t('images.badge', {
          state: 'blocked',
          reason: tOr(`reason.${image.reason}`, image.reason ?? ''),
        })}
      </span>
    ) : (
      <span class="badge good">{t('images.badge', { state: 'visible' })}</span>
    )}
    {image.protected ? <span class="badge good">{t('images.badge', { state: 'protected' })}</span> : null}
    {image.reviewState === 'none' ? null : (
      <span class={image.reviewState === 'closed' ? 'badge' : 'badge warn'}>
        {t('images.badge', { state: image.reviewState })}
      </span>
    )}
    {image.since === undefined ? null : (
      <span class="hint">
        <Ago at={image.since} />
      </span>
    )}
  </>
);
