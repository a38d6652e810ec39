import type { CaseDetail } from '../../../contract/cases.js';
import { t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Address } from '../ui/address.js';
import { nameOfImage } from '../ui/image-name.js';
import { nameOf } from './work.js';

/** What people said elsewhere on the site of the same picture, or of near ones. */
export function Matches({ matches, unmatched }: Pick<CaseDetail, 'matches' | 'unmatched'>) {
  if (matches.length === 0) {
    return unmatched === null || unmatched === 'not-looked-at' ? null : (
      <p class="hint">{tOr(`review.unmatched.${unmatched}`, unmatched)}</p>
    );
  }
  return (
    <section class="stack">
      <h2>{t('review.matches', { count: matches.length })}</h2>
      <ul class="match-list">
        {matches.map(({ image, identical, verdict, reason, decidedAt, acting, whyNot }) => (
          <li key={image.id}>
            <strong>{nameOf({ action: verdict, policy: reason })}</strong> <Ago at={decidedAt} />
            <span class={identical ? 'badge warn' : 'badge'}>
              {t(identical ? 'review.match.same' : 'review.match.near')}
            </span>
            <Address of={nameOfImage(image)} />
            <span class="hint">
              {acting ? t('review.match.acting') : tOr(`review.match.${whyNot ?? ''}`, '')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
