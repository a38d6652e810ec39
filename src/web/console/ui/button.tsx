import type { ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { Keys } from './keys.js';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: 'plain' | 'main' | 'danger' | 'quiet';
  /** Its work is under way: it says so, does nothing when it is pressed, and keeps the focus. */
  readonly isBusy?: boolean;
  /** As while it is busy, for what is soon over and is not its work. */
  readonly waits?: boolean;
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
  const { children, onClick, kind = 'plain', isBusy = false, waits = false, shortcut, label } = props;
  const press = (event: Event): void => {
    // Nor is its form sent, by Enter in a field either.
    if (isBusy || waits) event.preventDefault();
    else onClick?.();
  };
  return (
    <button
      type={props.type ?? 'button'}
      class={`button ${kind} ${props.class ?? ''}`}
      disabled={props.disabled}
      // Browsers take the focus from what is disabled.
      aria-disabled={isBusy || waits || undefined}
      aria-busy={isBusy}
      aria-label={label}
      title={props.title}
      aria-pressed={props.pressed}
      aria-keyshortcuts={shortcut === ' ' ? 'Space' : shortcut}
      onClick={press}
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
