import type { ButtonHTMLAttributes } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ReviewedImage } from '../../../contract/images.js';
import { t } from '../i18n.js';
import { blur, grey, pressToSee } from '../preferences.js';

interface PictureProps {
  readonly image: Pick<ReviewedImage, 'snapshot' | 'notShown' | 'notShownBecause'>;
  readonly size: 'thumbnail' | 'preview';
  /** A sealed copy is loaded only where somebody has opened it deliberately (`<SealedCopy>`): each time is in the log. */
  readonly isOpened?: boolean;
  /** Whether it is shown clearly, and what is called when it is to be, where the page knows; else it knows by itself. */
  readonly isClear?: boolean;
  readonly onClear?: (isClear: boolean) => void;
  /** Called once for an address that can not be loaded: those are good for five minutes. */
  readonly onBroken?: () => void;
}

/** The copy is asked of the service under which this page was opened, whatever it calls itself. */
const ownAddress = (address: string): string => new URL(address).pathname;

/**
 * Our copy of a picture, blurred and grey until it is held by pointer or space bar, and again as soon as it is let go, or from
 * one press to the next where somebody chose that; or why there is none. Never the live address.
 */
export function Picture({ image, size, isOpened = false, isClear, onClear, onBroken }: PictureProps) {
  const [isOwnClear, setOwnClear] = useState(false);
  const isHeld = useRef(false);
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
  const clear = isClear ?? isOwnClear;
  const show = onClear ?? setOwnClear;
  const hold = (): void => {
    isHeld.current = true;
    show(true);
  };
  const release = (): void => {
    if (isHeld.current) show(false);
    isHeld.current = false;
  };
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
      aria-label={t(pressToSee.value ? 'picture.press' : 'picture.hold')}
      aria-pressed={clear}
      onContextMenu={(event) => event.preventDefault()}
      {...(pressToSee.value ? { onClick: () => show(!clear) } : holding(hold, release))}
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

/** Shown as long as the pointer or the space bar is down. */
const holding = (hold: () => void, release: () => void): ButtonHTMLAttributes<HTMLButtonElement> => ({
  onPointerDown: ({ button }) => {
    if (button === 0) hold();
  },
  onPointerUp: release,
  onPointerCancel: release,
  onPointerLeave: release,
  onBlur: release,
  onKeyDown: (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    hold();
  },
  onKeyUp: ({ key }) => {
    if (key === ' ') release();
  },
});
