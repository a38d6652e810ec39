import { useRef, useState } from 'preact/hooks';
import type { ReviewedImage } from '../../../contract/images.js';
import { t } from '../i18n.js';
import { blur, grey } from '../preferences.js';

interface PictureProps {
  readonly image: Pick<ReviewedImage, 'snapshot' | 'notShown' | 'notShownBecause'>;
  readonly size: 'thumbnail' | 'preview';
  /** A sealed copy is loaded only where somebody has opened it deliberately (`<SealedCopy>`): each time is in the log. */
  readonly isOpened?: boolean;
  /** Shown clearly, as while a key is held. */
  readonly isClear?: boolean;
  /** Called once for an address that can not be loaded: those are good for five minutes. */
  readonly onBroken?: () => void;
}

/** The copy is asked of the service under which this page was opened, whatever it calls itself. */
const ownAddress = (address: string): string => new URL(address).pathname;

/**
 * Our copy of a picture, blurred and grey until it is held by pointer or space bar, and again as soon as it is let go; or why
 * there is none. Never the live address.
 */
export function Picture({ image, size, isOpened = false, isClear = false, onBroken }: PictureProps) {
  const [isHeld, setHeld] = useState(false);
  const [broken, setBroken] = useState<string | null>(null);
  const asked = useRef<string | null>(null);
  const { snapshot } = image;
  const address = snapshot?.[size] ?? null;
  if (snapshot?.sealed === true && (address === null || !isOpened)) {
    return <div class={`picture none ${size}`}>{t('picture.sealed')}</div>;
  }
  if (address === null) {
    return (
      <div class={`picture none ${size}`} title={image.notShownBecause}>
        {t(`picture.${image.notShown ?? 'pending'}`)}
      </div>
    );
  }
  if (broken === address) return <div class={`picture none ${size}`}>{t('picture.failed')}</div>;
  const clear = isHeld || isClear;
  const release = (): void => setHeld(false);
  const failed = (): void => {
    setBroken(address);
    if (asked.current !== null) return;
    asked.current = address;
    onBroken?.();
  };
  return (
    <button
      type="button"
      class={`picture ${size} ${clear ? 'clear' : ''} ${grey.value ? 'grey' : ''}`}
      style={{ '--blur': clear ? '0' : String(blur.value) }}
      aria-label={t('picture.hold')}
      aria-pressed={clear}
      onPointerDown={({ button }) => {
        if (button === 0) setHeld(true);
      }}
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
        // Decoded before it is seen, so that the next picture is there at once.
        onLoad={({ currentTarget }) => void currentTarget.decode().catch(() => undefined)}
        onError={failed}
      />
    </button>
  );
}
