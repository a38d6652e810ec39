import type { CaseView } from '../../../contract/cases.js';
import { formatNumber, formatTime, t, tOr } from '../i18n.js';
import { session } from '../session.js';
import { Address } from '../ui/address.js';
import { Ago } from '../ui/ago.js';
import { nameOfImage } from '../ui/image-name.js';
import { Picture } from '../ui/picture.js';
import { Reasons } from '../ui/reasons.js';
import { visible } from '../ui/visible-controls.js';
import { isOwn, placeOf, type Row } from './rows.js';
import { whyNot } from './selection.js';

interface CaseRowProps {
  readonly row: Row;
  readonly isSelected: boolean;
  /** Whether rows of this list can be decided together at all. */
  readonly isSelectable: boolean;
  /** Whether cases of several sites are listed. */
  readonly hasSite: boolean;
  readonly onSelect: (isRange: boolean) => void;
  readonly onFocus: () => void;
}

/** A case of the list: what it is, why, and who works on it. */
export function CaseRow({ row, isSelected, isSelectable, hasSite, onSelect, onFocus }: CaseRowProps) {
  const { case: one, left } = row;
  const why = whyNot(row);
  const name = nameOfImage(one.image);
  const whyId = `why-${one.id}`;
  return (
    <li
      class={`case-row ${isSelected ? 'selected' : ''} ${left === null ? '' : 'left'}`}
      data-case={one.id}
      onFocusCapture={onFocus}
    >
      {isSelectable ? (
        <span class="case-select">
          <input
            type="checkbox"
            checked={isSelected}
            disabled={why !== null}
            aria-label={t('queue.select', { name: visible(name) })}
            aria-describedby={why === null ? undefined : whyId}
            onClick={({ shiftKey, currentTarget }) => {
              onSelect(shiftKey);
              // Which are selected is said by the page alone.
              currentTarget.checked = isSelected;
            }}
          />
        </span>
      ) : null}
      <Picture image={one.image} size="thumbnail" />
      <div class="case-what">
        <Address of={name} class="case-name clamped" href={placeOf(row)} />
        <p class="marks">
          <Reasons reasons={one.reasons} />
          <Marks one={one} hasSite={hasSite} />
        </p>
        {left === null ? null : (
          <p class={isOwn(left) ? 'case-left own' : 'case-left'}>
            {t('queue.left', {
              how: left.how,
              own: isOwn(left) ? 'yes' : 'no',
              outcome: left.how === 'closed' ? (left.outcome ?? 'none') : 'none',
            })}
          </p>
        )}
        {isSelectable && why !== null && left === null ? (
          <p class="hint" id={whyId}>
            {t(`queue.notSelectable.${why}`)}
          </p>
        ) : isSelectable && why !== null ? (
          <span class="unseen" id={whyId}>
            {t(`queue.notSelectable.${why}`)}
          </span>
        ) : null}
      </div>
      <div class="case-facts">
        <p>
          {t('queue.tally', { count: one.tally.reporters })}
          {one.tally.notCounted === 0 ? null : (
            <span class="hint"> · {t('queue.tallyLeftOut', { count: one.tally.notCounted })}</span>
          )}
        </p>
        <p>
          <Ago at={one.closedAt ?? one.openedAt} />
          {one.urgency.viewsPerHour === null ? null : (
            <span class="hint">
              {' · '}
              {t('queue.views', { views: one.urgency.viewsPerHour })}
            </span>
          )}
        </p>
        {left === null ? <Held one={one} /> : null}
      </div>
    </li>
  );
}

function Marks({ one, hasSite }: { readonly one: CaseView; readonly hasSite: boolean }) {
  return (
    <>
      {one.severe ? <span class="badge bad strong">{t('queue.severe')}</span> : null}
      {one.held ? (
        <span class="badge warn">{t(one.hold?.by === 'breaker' ? 'queue.heldByBreaker' : 'queue.held')}</span>
      ) : null}
      {one.status === 'closed' ? (
        <span class="badge">{t('queue.closedAs', { outcome: one.outcome ?? 'none' })}</span>
      ) : null}
      {one.image.blocked && one.status !== 'closed' ? <span class="badge">{t('queue.blocked')}</span> : null}
      {one.image.protected ? <span class="badge good">{t('queue.protected')}</span> : null}
      {one.round > 1 ? (
        <span class="badge">{t('queue.round', { round: formatNumber(one.round) })}</span>
      ) : null}
      {one.flags.map((flag) => (
        <span key={flag} class="badge warn">
          {tOr(`flag.${flag}`, flag)}
        </span>
      ))}
      {hasSite ? <span class="badge case-site">{one.site.slug}</span> : null}
    </>
  );
}

/** Who works on it, and until when, as the service says: what this computer takes for the time does not count. */
function Held({ one: { lease, status } }: { readonly one: CaseView }) {
  if (status === 'closed') return null;
  if (lease === null) return <p class="case-free">{t('queue.free')}</p>;
  const until = formatTime(lease.expiresAt, { timeStyle: 'short' });
  return (
    <p class="case-held">
      {lease.holder.id === session.value?.staff.id ? (
        <span>{t('queue.heldByYou')}</span>
      ) : (
        <span>
          <bdi title={lease.holder.email}>{lease.holder.email.replace(/@.*$/, '')}</bdi>
        </span>
      )}
      <span>{t('queue.heldUntil', { until })}</span>
    </p>
  );
}
