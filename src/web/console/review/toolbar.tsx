import { t, tOr } from '../i18n.js';
import { hasRole, site, sites } from '../session.js';
import { Button } from '../ui/button.js';
import type { Desk } from './desk.js';
import { LeaseClock } from './lease-clock.js';
import { PictureSettings } from './picture-settings.js';

/** Beside the title: until when the case is one's own, which cases one works on, how pictures are shown, the pause. */
export function Toolbar({ desk, leaseSeconds }: { readonly desk: Desk; readonly leaseSeconds: number }) {
  const wish = desk.source.wish.value;
  const chosen = site.value;
  const reasons = [...new Set((chosen === null ? sites.value : [chosen]).flatMap((one) => one.reasons))];
  const isLead = hasRole('lead', chosen ?? undefined);
  return (
    <>
      {desk.current.value === null ? null : (
        <LeaseClock held={desk.current.value} desk={desk} leaseSeconds={leaseSeconds} />
      )}
      <label class="roomy-choice">
        <span class="unseen">{t('review.filter')}</span>
        <select
          class="review-filter"
          value={wish.reason ?? ''}
          onChange={({ currentTarget }) => {
            // Keys are for the case again, not for this list.
            currentTarget.blur();
            const { value } = currentTarget;
            void desk.choose({ ...wish, reason: value === '' ? null : value });
          }}
        >
          <option value="">{t('review.allReasons')}</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {tOr(`reason.${reason}`, reason)}
            </option>
          ))}
        </select>
      </label>
      {isLead ? (
        <Button
          pressed={wish.escalated}
          onClick={() => void desk.choose({ ...wish, escalated: !wish.escalated })}
        >
          {t('review.escalated')}
        </Button>
      ) : null}
      <PictureSettings />
      {desk.isPaused.value ? null : (
        <Button kind="quiet" shortcut="p" onClick={() => void desk.pause()}>
          {t('review.pause')}
        </Button>
      )}
    </>
  );
}
