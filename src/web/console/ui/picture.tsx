import { useState } from 'preact/hooks';
import type { ReviewedImage } from '../../../contract/images.js';
import { t } from '../i18n.js';
import { blur, grey } from '../preferences.js';

interface PictureProps {
  readonly image: Pick<ReviewedImage, 'snapshot' | 'notShown' | 'notShownBecause'>;
  readonly size: 'thumbnail' | 'preview';
  /** Shown clearly, as while a key is held. */
  readonly isClear?: boolean;
}

/** The copy is asked of the service under which this page was opened, whatever it calls itself. */
const ownAddress = (address: string): string => new URL(address).pathname;

/** Our copy of a picture, blurred and grey until it is held by pointer or space bar; or why there is none. */
export function Picture({ image, size, isClear = false }: PictureProps) {
  const [isHeld, setHeld] = useState(false);
  const [isBroken, setBroken] = useState<string | null>(null);
  const { snapshot } = image;
  const address = snapshot?.[size] ?? null;
  if (snapshot?.sealed === true && address === null) {
    return <div class={`picture none ${size}`}>{t('picture.sealed')}</div>;
  }
  if (address === null) {
    return (
      <div class={`picture none ${size}`} title={image.notShownBecause}>
        {t(`picture.${image.notShown ?? 'pending'}`)}
      </div>
    );
  }
  if (isBroken === address) return <div class={`picture none ${size}`}>{t('picture.failed')}</div>;
  const clear = isHeld || isClear;
  const release = () => setHeld(false);
  return (
    <button
      type="button"
      class={`picture ${size} ${clear ? 'clear' : ''} ${grey.value ? 'grey' : ''}`}
      style={{ '--blur': clear ? '0' : String(blur.value) }}
      aria-label={t('picture.hold')}
      aria-pressed={clear}
      onPointerDown={() => setHeld(true)}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={release}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        setHeld(true);
      }}
      onKeyUp={(event) => {
        if (event.key === ' ') release();
      }}
    >
      <img
        src={ownAddress(address)}
        alt=""
        width={snapshot?.width ?? undefined}
        height={snapshot?.height ?? undefined}
        draggable={false}
        onError={() => setBroken(address)}
      />
    </button>
  );
}
