import type { AccountEventView } from '../../../contract/account-events.js';
import { formatTime, t, tOr } from '../i18n.js';
import '../ui/timeline.css';
import { visible } from '../ui/visible-controls.js';
import { accountSentence } from './account-sentence.js';

/** What happened to accounts and rights, each in a sentence, with whose, who and when. */
export const AccountTimeline = ({ events }: { readonly events: readonly AccountEventView[] }) => (
  <ol class="timeline">
    {events.map((event) => {
      const { text, whose, who, browser } = accountSentence(event, { t, tOr });
      return (
        <li key={event.id} class="timeline-line">
          <time dateTime={event.at}>{formatTime(event.at)}</time>
          <div class="timeline-said">
            <p>
              <strong>
                <bdi>{whose ?? t('log.unknownAccount')}</bdi>
              </strong>{' '}
              <span>{text}</span>
            </p>
            <p class="hint timeline-who">
              <bdi>{t('log.by', { who })}</bdi>
              {browser === null ? null : <bdi>{visible(browser)}</bdi>}
            </p>
          </div>
        </li>
      );
    })}
  </ol>
);
