import { useEffect, useRef } from 'preact/hooks';
import { formatNumber, t } from '../i18n.js';
import { blur, grey, pressToSee } from '../preferences.js';

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
          <input
            type="range"
            min="0"
            max="12"
            step="1"
            value={blur.value}
            onInput={({ currentTarget }) => {
              blur.value = Number(currentTarget.value);
            }}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={grey.value}
            onChange={({ currentTarget }) => {
              grey.value = currentTarget.checked;
            }}
          />{' '}
          {t('review.grey')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={pressToSee.value}
            onChange={({ currentTarget }) => {
              pressToSee.value = currentTarget.checked;
            }}
          />{' '}
          {t('review.press')}
        </label>
        <p class="hint">{t(pressToSee.value ? 'review.picture.pressHint' : 'review.picture.hint')}</p>
      </div>
    </details>
  );
}
