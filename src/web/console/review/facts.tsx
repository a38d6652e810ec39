import { t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Evidence } from '../ui/evidence.js';
import { Held } from '../ui/held.js';
import { Reasons } from '../ui/reasons.js';
import { Address } from '../ui/address.js';
import { nameOfImage } from '../ui/image-name.js';
import { CopyButton } from '../ui/copy-button.js';
import type { HeldCase } from './held-case.js';
import { History } from './history.js';
import { Matches } from './matches.js';
import { Said } from './said.js';
import { Urgency } from './urgency.js';
import { WhoReported } from './who-reported.js';

/** What speaks for and against the picture. Text of strangers is text. */
export function Facts({ held }: { readonly held: HeldCase }) {
  const view = held.view.value;
  const detail = held.detail.value;
  const { image } = view;
  const name = nameOfImage(image);
  return (
    <div class="case-facts">
      <section class="stack" aria-label={t('review.image')}>
        <p class="badges">
          <span class={image.blocked ? 'badge bad' : 'badge good'}>
            {image.blocked
              ? t(image.reviewed === false ? 'review.blockedByRule' : 'review.blocked')
              : t('review.visible')}
          </span>
          {view.status === 'escalated' ? <span class="badge warn">{t('review.isEscalated')}</span> : null}
          {view.held ? (
            <span class="badge warn">
              {t(view.hold?.by === 'breaker' ? 'review.heldByBreaker' : 'review.held')}
            </span>
          ) : null}
          {image.protected ? <span class="badge">{t('review.protected')}</span> : null}
          {view.flags.map((flag) => (
            <span key={flag} class="badge warn">
              {tOr(`review.flag.${flag}`, flag)}
            </span>
          ))}
        </p>
        <p class="facts-address">
          <Address of={name} />
          <CopyButton text={name} />
        </p>
        <p class="hint">
          {t('review.site', { site: view.site.slug })} · <Ago at={view.openedAt} />
          {view.round > 1 ? ` · ${t('review.round', { round: view.round })}` : ''}
          {(image.contentVersion ?? 1) > 1
            ? ` · ${t('review.contentVersion', { version: image.contentVersion ?? 1 })}`
            : ''}
        </p>
      </section>
      <section class="stack">
        <h2>{t('review.readers', { count: view.tally.reporters })}</h2>
        <Reasons reasons={view.reasons} />
        {view.tally.notCounted === 0 ? null : (
          <p class="hint">{t('review.notCounted', { count: view.tally.notCounted })}</p>
        )}
        {view.hold === null ? null : <Held hold={view.hold} />}
        <Urgency of={view.urgency} />
        {detail?.evidence == null ? null : <Evidence evidence={detail.evidence} />}
      </section>
      {detail === null ? null : <Matches matches={detail.matches} unmatched={detail.unmatched} />}
      <Said held={held} />
      <WhoReported held={held} />
      {detail === null ? null : <History imageId={image.id} caseId={held.id} events={detail.timeline} />}
    </div>
  );
}
