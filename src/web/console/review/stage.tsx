import { useEffect, useState } from 'preact/hooks';
import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { Picture } from '../ui/picture.js';
import type { Desk } from './desk.js';
import { type HeldCase, ignoreProblem } from './held-case.js';
import { Severe } from './severe.js';
import { Stopped } from './stopped.js';

interface StageProps {
  readonly desk: Desk;
  readonly held: HeldCase;
  readonly isFull: boolean;
  readonly onFull: (isFull: boolean) => void;
}

/** The picture in front, and out of sight the one after it, loaded and decoded. */
export function Stage({ desk, held, isFull, onFull }: StageProps) {
  const [isClear, setClear] = useState(false);
  const { severe } = held.view.value;
  const canBeSeen = !severe && held.canBeDecided.value;
  const hasPicture = canBeSeen && held.view.value.image.snapshot?.preview != null;
  useEffect(() => setClear(false), [held]);
  useCommands([
    {
      id: 'review look',
      name: 'review.look',
      group: 'review.keys',
      key: 'v',
      isOff: !hasPicture,
      run: () => setClear(true),
      onRelease: () => setClear(false),
    },
    {
      id: 'review full',
      name: isFull ? 'review.full.leave' : 'review.full',
      group: 'review.keys',
      key: 'f',
      isOff: !hasPicture,
      run: () => onFull(!isFull),
    },
    {
      id: 'review full leave',
      name: 'review.full.leave',
      group: 'review.keys',
      key: 'Escape',
      isOff: !isFull,
      run: () => onFull(false),
    },
  ]);
  const ahead = desk.ahead.value;
  const loaded = [held, ahead].filter((one) => one !== null && !one.view.value.severe) as HeldCase[];
  return (
    <section class="stage" aria-label={t('review.picture')}>
      {severe ? <Severe key={held.id} held={held} /> : null}
      {held.canBeDecided.value ? null : <Stopped desk={desk} held={held} />}
      {loaded.map((one) => (
        <div key={one.id} class="stage-place" hidden={one !== held || !canBeSeen}>
          <Picture
            image={one.view.value.image}
            size="preview"
            isClear={isClear && one === held}
            onBroken={() => void one.refreshPicture().catch(ignoreProblem)}
          />
        </div>
      ))}
      {canBeSeen ? (
        <div class="stage-foot">
          {held.isChanged.value ? (
            <p class="badge warn" role="alert">
              {t('review.changed')}
            </p>
          ) : hasPicture ? (
            <p class="hint stage-hint">{t('review.look.hint')}</p>
          ) : null}
          {hasPicture ? (
            <button type="button" class="link-button" onClick={() => onFull(!isFull)}>
              {t(isFull ? 'review.full.leave' : 'review.full')} <kbd aria-hidden="true">f</kbd>
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
