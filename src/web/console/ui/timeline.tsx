import type { EventView } from '../../../contract/events.js';
import { formatTime, t, tOr } from '../i18n.js';
import { actorOf, eventSentence } from './event-sentence.js';
import { Address } from './address.js';
import './timeline.css';
import { visible } from './visible-controls.js';
import { waitingCases } from './waiting-cases.js';

interface TimelineProps {
  /** In the order in which they are shown. */
  readonly events: readonly EventView[];
  /** With ways to the image of each, and to its case if it awaits somebody: where they are of many, the latest first. */
  readonly isOfMany?: boolean;
  /** With the site of each: where they are of several. */
  readonly hasSite?: boolean;
}

/** What happened, each in a sentence, with who and when. */
export function Timeline({ events, isOfMany = false, hasSite = false }: TimelineProps) {
  if (events.length === 0) return <p class="hint">{t('timeline.empty')}</p>;
  const waiting = isOfMany ? waitingCases(events) : NONE;
  return (
    <ol class="timeline">
      {events.map((event) => (
        <Line key={event.id} event={event} isOfMany={isOfMany} waiting={waiting} hasSite={hasSite} />
      ))}
    </ol>
  );
}

const NONE: ReadonlySet<string> = new Set();

interface LineProps {
  readonly event: EventView;
  readonly isOfMany: boolean;
  /** The cases that await somebody. */
  readonly waiting: ReadonlySet<string>;
  readonly hasSite: boolean;
}

function Line({ event, isOfMany, waiting, hasSite }: LineProps) {
  const said = eventSentence(event, { t, tOr });
  return (
    <li class={`timeline-line ${event.type.replace('.', '-')}`}>
      <time dateTime={event.at}>{formatTime(event.at)}</time>
      <div class="timeline-said">
        <p>{said.text}</p>
        {said.evidence === null ? null : <p class="hint">{said.evidence}</p>}
        {said.urls.length === 0 ? null : (
          <ul class="hint">
            {said.urls.map((url) => (
              <li key={url}>
                <Address of={url} />
              </li>
            ))}
          </ul>
        )}
        {said.merged === null ? null : (
          <p class="hint">
            <a href={`/console/images/${said.merged}`}>{t('timeline.merged')}</a>
          </p>
        )}
        {said.note === null ? null : (
          <p class="hint">
            {t('timeline.note')} <span dir="auto">{visible(said.note)}</span>
          </p>
        )}
        <p class="hint timeline-who">
          {said.evidence !== null && event.actor.kind === 'rule' ? null : (
            <bdi>{t('timeline.by', { who: actorOf(event, { t, tOr }) })}</bdi>
          )}
          {hasSite ? <span class="badge">{event.site.slug}</span> : null}
          {isOfMany && event.image !== null ? (
            <a
              class="address timeline-image"
              dir="ltr"
              title={event.imageName ?? undefined}
              href={`/console/images/${event.image}`}
            >
              {event.imageName ?? t('timeline.image')}
            </a>
          ) : null}
          {event.case !== null && waiting.has(event.case) ? (
            <a href={`/console/review/${event.case}`}>{t('timeline.case')}</a>
          ) : null}
        </p>
      </div>
    </li>
  );
}
