import { useState } from 'preact/hooks';
import type { SiteAnswer } from '../../../contract/sites.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Picture } from '../ui/picture.js';
import type { HeldCase } from './held-case.js';

/**
 * In the place of the picture where a reader reported child abuse: no preview, but what the newsroom must do in its country's
 * terms. Who has the permission `legal` can open a sealed copy, deliberately.
 */
export function Severe({ held }: { readonly held: HeldCase }) {
  const { site, image } = held.view.value;
  const { data } = useLive(`instructions ${site.id}`, (how) =>
    api.get<Pick<SiteAnswer, 'severeInstructions'>>(`/v1/sites/${site.id}`, {}, how),
  );
  const [isOpen, setOpen] = useState(false);
  const own = data?.severeInstructions ?? null;
  const mayOpen = session.value?.legal === true && image.snapshot?.preview != null;
  const open = async (): Promise<void> => {
    const yes = await confirm({
      title: t('review.severe.open'),
      body: t('review.severe.openText'),
      action: t('review.severe.openDo'),
      isDangerous: true,
    });
    if (yes) setOpen(true);
  };
  if (isOpen && mayOpen && held.canBeDecided.value) {
    return (
      <div class="stage-place">
        <Picture image={image} size="preview" />
        <Button onClick={() => setOpen(false)}>{t('review.severe.close')}</Button>
      </div>
    );
  }
  return (
    <section class="severe stack">
      <h2>{t('review.severe.title')}</h2>
      <p>{t('review.severe.noPreview')}</p>
      <div class="severe-text" dir="auto">
        {own ?? t('review.severe.default')}
      </div>
      {mayOpen ? <Button onClick={() => void open()}>{t('review.severe.open')}</Button> : null}
    </section>
  );
}
