import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { ServiceSaid } from '../ui/service-said.js';
import type { Desk } from './desk.js';
import type { HeldCase } from './held-case.js';
import { refusalOf } from './refusal.js';
import { whyLost } from './refusal-sentence.js';

/** In the place of the picture once the lease is over: why, and what one can do. What was typed is still there. */
export function Stopped({ desk, held }: { readonly desk: Desk; readonly held: HeldCase }) {
  const loss = held.loss.value;
  const refusal = loss === null ? null : refusalOf(loss);
  const again = (): void => void desk.takeAgain();
  useCommands([
    {
      id: 'review take again',
      name: 'review.over.again',
      group: 'review.keys',
      key: 'r',
      isOff: loss !== null,
      run: again,
    },
  ]);
  return (
    <div class="empty stopped" role="alert">
      <p class="empty-title">{refusal === null ? t('review.over') : whyLost(refusal)}</p>
      {refusal?.problem == null ? null : <ServiceSaid problem={refusal.problem} />}
      <p>{t(loss === null ? 'review.over.text' : 'review.lost.text')}</p>
      <div class="actions">
        {loss === null ? (
          <Button kind="main" shortcut="r" onClick={again}>
            {t('review.over.again')}
          </Button>
        ) : null}
        <Button kind={loss === null ? 'plain' : 'main'} shortcut="n" onClick={() => desk.later()}>
          {t('review.next')}
        </Button>
      </div>
    </div>
  );
}
