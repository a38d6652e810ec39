import { useState } from 'preact/hooks';
import type { EventView } from '../../../contract/events.js';
import type { ImageHistory } from '../../../contract/image-history.js';
import { api } from '../api.js';
import { formatTime, t, tOr } from '../i18n.js';
import { useLive } from '../live.js';
import { Timeline } from '../ui/timeline.js';
import { Address } from '../ui/address.js';

interface HistoryProps {
  readonly imageId: string;
  readonly caseId: string;
  readonly events: readonly EventView[];
}

/** What happened to the image before; what goes beyond this case is asked for when it is opened. */
export function History({ imageId, caseId, events }: HistoryProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="facts-history" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('review.history', { count: events.length })}</summary>
      <div class="stack">
        <Timeline events={events} />
        {isOpen ? <Before imageId={imageId} caseId={caseId} /> : null}
      </div>
    </details>
  );
}

/** Other cases of the image, and its further addresses. */
function Before({ imageId, caseId }: { readonly imageId: string; readonly caseId: string }) {
  const { data } = useLive(`history ${imageId}`, (how) =>
    api.get<ImageHistory>('/v1/images', { image: imageId }, how),
  );
  if (data === undefined) return null;
  const others = data.cases.filter(({ id }) => id !== caseId);
  return (
    <>
      <h3>{t('review.otherCases', { count: others.length })}</h3>
      <ul class="plain-list">
        {others.map(({ id, openedAt, closedAt, outcome }) => (
          <li key={id}>
            {formatTime(openedAt)} – {closedAt === null ? t('review.case.open') : formatTime(closedAt)}
            {outcome === null ? null : ` · ${tOr(`review.outcome.${outcome}`, outcome)}`}
          </li>
        ))}
      </ul>
      {data.addresses.length === 0 ? null : (
        <>
          <h3>{t('review.addresses', { count: data.addresses.length })}</h3>
          <ul class="plain-list">
            {data.addresses.map(({ url }) => (
              <li key={url}>
                <Address of={url} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
