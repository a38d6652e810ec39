import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.js';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Escape, the cross, a press beside it. Left out: it stays until what it asks for is done. */
  readonly onClose?: () => void;
  readonly isWide?: boolean;
  readonly class?: string;
}

/** A dialog over the page: the browser keeps the focus in it, and gives it back to where it was. */
export function Dialog({ title, children, onClose, isWide = false, class: more = '' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const beganBeside = useRef(false);
  const isGone = useRef(false);
  // Before it is taken out of the page, or the focus would be lost with it.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      isGone.current = true;
      shown?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${isWide ? 'wide' : ''} ${more}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose?.();
      }}
      onClose={(event) => {
        if (event.target !== dialog.current || isGone.current) return;
        // Browsers close on a second Escape whatever one says.
        if (onClose === undefined) event.currentTarget.showModal();
        else onClose();
      }}
      onPointerDown={({ target }) => {
        beganBeside.current = target === dialog.current;
      }}
      onClick={({ target }) => {
        // Who selects text may leave the dialog with the button held.
        if (target === dialog.current && beganBeside.current) onClose?.();
      }}
    >
      <div class="dialog-inside">
        <header>
          <h2 id={heading}>{title}</h2>
          {onClose === undefined ? null : (
            <button type="button" class="icon-button" aria-label={t('common.close')} onClick={onClose}>
              ×
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}
