import type { MuteView } from '../../../contract/mutes.js';
import { formatTime, t } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { visible } from '../ui/visible-controls.js';

interface MuteRowProps {
  readonly mute: MuteView;
  readonly isBusy: boolean;
  readonly onLift: () => void;
}

/** Who muted a reader and when, until when, and what decisions said of their reports; never who they are. */
export const MuteRow = ({ mute, isBusy, onLift }: MuteRowProps) => {
  const { cause, by, at, until, note, upheld, dismissed } = mute;
  const when = formatTime(at);
  return (
    <li class="card">
      <div class="main">
        <strong>
          {cause === 'rule' ? (
            t('mutes.byRule')
          ) : (
            <bdi>{t('mutes.by', { who: by?.email ?? t('mutes.somebody') })}</bdi>
          )}
        </strong>
        <span class="hint">
          <Ago at={at} /> ·{' '}
          {until === null ? t('mutes.untilLifted') : t('mutes.until', { until: formatTime(until) })} ·{' '}
          {t('mutes.record', { upheld, dismissed })}
        </span>
        {note === null || note === '' ? null : <span dir="auto">{visible(note)}</span>}
        {mute.image === null ? null : (
          <span>
            <a href={`/console/images/${mute.image}`}>{t('mutes.image')}</a>
          </span>
        )}
      </div>
      <Button label={t('mutes.liftOf', { when })} waits={isBusy} onClick={onLift}>
        {t('mutes.lift')}
      </Button>
    </li>
  );
};
