import type { ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { Keys } from './keys.js';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: 'plain' | 'main' | 'danger' | 'quiet';
  /** Its work is under way: it can not be pressed, and says so. */
  readonly isBusy?: boolean;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  /** The key that does the same; shown. */
  readonly shortcut?: string;
  /** For those who hear the page, where the words on it do not say enough. */
  readonly label?: string;
  /** What it does, on pointing at it, where the words on it do not say enough. */
  readonly title?: string;
  readonly pressed?: boolean;
  readonly class?: string;
}

export function Button(props: ButtonProps) {
  const { children, onClick, kind = 'plain', isBusy = false, disabled = false, shortcut, label } = props;
  return (
    <button
      type={props.type ?? 'button'}
      class={`button ${kind} ${props.class ?? ''}`}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      aria-label={label}
      title={props.title}
      aria-pressed={props.pressed}
      aria-keyshortcuts={shortcut === ' ' ? 'Space' : shortcut}
      onClick={onClick}
    >
      <span>{isBusy ? t('common.working') : children}</span>
      {shortcut === undefined ? null : (
        <span aria-hidden="true">
          <Keys of={shortcut} />
        </span>
      )}
    </button>
  );
}
