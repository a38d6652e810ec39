import type { SiteAnswer } from '../../../contract/sites.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { SealedCopy } from '../ui/sealed-copy.js';
import type { HeldCase } from './held-case.js';

/**
 * In the place of the picture where a reader reported child abuse: no preview, but what the newsroom must do in its country's
 * terms. Who has the permission `legal` can open a sealed copy, deliberately, while the case is theirs.
 */
export function Severe({ held }: { readonly held: HeldCase }) {
  const { site, image } = held.view.value;
  const { data } = useLive(`instructions ${site.id}`, (how) =>
    api.get<Pick<SiteAnswer, 'severeInstructions'>>(`/v1/sites/${site.id}`, {}, how),
  );
  const own = data?.severeInstructions ?? null;
  return (
    <SealedCopy class="stage-place" image={image} isSealed={held.canBeDecided.value}>
      {(button) => (
        <section class="severe stack">
          <h2>{t('review.severe.title')}</h2>
          <p>{t('review.severe.noPreview')}</p>
          <div class="severe-text" dir="auto">
            {own ?? t('review.severe.default')}
          </div>
          {button}
        </section>
      )}
    </SealedCopy>
  );
}
