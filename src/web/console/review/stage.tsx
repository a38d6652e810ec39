import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { pressToSee } from '../preferences.js';
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

/** How long something new has to be on the page, in milliseconds, before whoever decides may have seen it. */
const TO_SEE = 500;

/** The picture in front, and out of sight the one after it, loaded and decoded. */
export function Stage({ desk, held, isFull, onFull }: StageProps) {
  const { severe, version, image } = held.view.value;
  // Which picture is clear, so that the next one, or other bytes, never are: not even until the page was told.
  const [clear, setClear] = useState<string | null>(null);
  const picture = `${held.id} ${image.contentVersion ?? ''}`;
  const isClear = clear === picture;
  const show = (on: boolean): void => setClear(on ? picture : null);
  const canBeSeen = !severe && held.canBeDecided.value;
  const hasPicture = canBeSeen && held.view.value.image.snapshot?.preview != null;
  const isPressed = pressToSee.value;
  useLayoutEffect(() => setClear(null), [picture]);
  useEffect(() => {
    const timer = setTimeout(() => held.look(), TO_SEE);
    return () => clearTimeout(timer);
  }, [held, version, image.contentVersion]);
  useCommands([
    {
      id: 'review look',
      name: isPressed ? 'review.look.press' : 'review.look',
      group: 'review.keys',
      key: 'v',
      isOff: !hasPicture,
      run: () => show(!isPressed || !isClear),
      ...(isPressed ? {} : { onRelease: () => show(false) }),
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
            onClear={show}
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
            <p class="hint stage-hint">{t(isPressed ? 'review.look.pressHint' : 'review.look.hint')}</p>
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
