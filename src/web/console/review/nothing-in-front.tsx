import { t } from '../i18n.js';
import { sites } from '../session.js';
import { Button } from '../ui/button.js';
import { NoSite } from '../ui/no-site.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import type { Desk } from './desk.js';

/** In the place of a case: one paused, nothing waits, or nothing could be had. */
export function NothingInFront({ desk }: { readonly desk: Desk }) {
  const { source } = desk;
  if (sites.value.length === 0) return <NoSite />;
  if (desk.isPaused.value) {
    const isRefused = desk.refused.value !== null || desk.pausedBy.value === 'refusal';
    return (
      <Empty title={t(isRefused ? 'review.notHad.none' : 'review.paused')}>
        <p>{t(isRefused ? 'review.notHad.none.text' : 'review.paused.text')}</p>
        <Button kind="main" shortcut="p" onClick={() => void desk.start()}>
          {t('review.resume')}
        </Button>
      </Empty>
    );
  }
  if (source.problem.value !== null) {
    return <Failed problem={source.problem.value} onAgain={() => void desk.fill()} />;
  }
  if (source.isWaiting.value) {
    return (
      <Empty title={t('review.waits')}>
        <p>{t('review.waits.text')}</p>
      </Empty>
    );
  }
  if (!source.isDry.value) return <Loading />;
  const { reason, escalated } = source.wish.value;
  return (
    <Empty title={t(escalated ? 'review.none.escalated' : 'review.none')}>
      <p>{t('review.none.text')}</p>
      <div class="actions">
        {reason === null ? null : (
          <Button onClick={() => void desk.choose({ ...source.wish.peek(), reason: null })}>
            {t('review.none.allReasons')}
          </Button>
        )}
        <a class="button" href="/console/queue">
          {t('review.none.queue')}
        </a>
      </div>
    </Empty>
  );
}
