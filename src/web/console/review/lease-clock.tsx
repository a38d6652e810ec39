import { t } from '../i18n.js';
import type { Desk } from './desk.js';
import type { HeldCase } from './held-case.js';

const TURNS_WARM = 30;

/** Until when the case is one's own: counts down, and begins anew while one works. */
export function LeaseClock(props: {
  readonly held: HeldCase;
  readonly desk: Desk;
  readonly leaseSeconds: number;
}) {
  const { held, desk, leaseSeconds } = props;
  if (!held.canBeDecided.value) return <span class="lease over">{t('review.lease.none')}</span>;
  // The time that is shown moves each half second: it may be behind the moment in which the lease began.
  const left = Math.min(leaseSeconds, Math.max(0, Math.ceil((held.endsAt.value - desk.time.value) / 1_000)));
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const isShort = left <= Math.min(TURNS_WARM, leaseSeconds / 3);
  return (
    <span class={isShort ? 'lease short' : 'lease'} title={t('review.lease.hint')}>
      <meter aria-label={t('review.lease')} min={0} max={leaseSeconds} value={left} aria-valuetext={time} />
      <span aria-hidden="true" class="lease-time">
        {time}
      </span>
    </span>
  );
}
