import { useEffect, useRef } from 'preact/hooks';
import { formatNumber, t } from '../i18n.js';
import { blur, grey, pressToSee } from '../preferences.js';
import { BlurRange } from '../ui/blur-range.js';
import { CheckBox } from '../ui/check-box.js';

/** How pictures are until they are held: kept by the browser. */
export function PictureSettings() {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: Event): void => {
      const isInside = target instanceof Node && menu.current?.contains(target) === true;
      if (menu.current !== null && !isInside) menu.current.open = false;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && menu.current !== null) menu.current.open = false;
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <details ref={menu} class="picture-settings">
      <summary class="button quiet" title={t('review.picture.title')}>
        {t('review.picture')}
      </summary>
      <div class="card stack">
        <label>
          {t('review.blur')} <output>{formatNumber(blur.value)}</output>
          <BlurRange />
        </label>
        <CheckBox
          checked={grey.value}
          onChange={(isOn) => {
            grey.value = isOn;
          }}
        >
          {t('review.grey')}
        </CheckBox>
        <CheckBox
          checked={pressToSee.value}
          onChange={(isOn) => {
            pressToSee.value = isOn;
          }}
        >
          {t('review.press')}
        </CheckBox>
        <p class="hint">{t(pressToSee.value ? 'review.picture.pressHint' : 'review.picture.hint')}</p>
      </div>
    </details>
  );
}
