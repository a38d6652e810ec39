import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { Field } from './field.js';

interface PasswordProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly focused?: boolean;
}

/** A password: can be shown while it is typed, and says so when Caps Lock is on. */
export function PasswordInput(props: PasswordProps) {
  const [isShown, setShown] = useState(false);
  const [hasCaps, setCaps] = useState(false);
  const look = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'));
  const common = {
    autocomplete: props.autocomplete,
    autocapitalize: 'none',
    spellcheck: false,
    dir: 'ltr',
    required: true,
    maxLength: 200,
    autofocus: props.focused ?? false,
    value: props.value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      props.onInput(currentTarget.value),
    onKeyDown: look,
    onKeyUp: look,
    onBlur: () => setCaps(false),
  } as const;
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(control) => (
        <>
          <div class="with-button">
            {isShown ? (
              <input type="text" {...control} {...common} />
            ) : (
              <input type="password" {...control} {...common} />
            )}
            <button
              type="button"
              class="button quiet"
              aria-pressed={isShown}
              aria-label={t('password.show')}
              onClick={() => setShown(!isShown)}
            >
              {t(isShown ? 'password.hideShort' : 'password.showShort')}
            </button>
          </div>
          <p class="hint caps" role="status">
            {hasCaps ? t('password.caps') : ''}
          </p>
        </>
      )}
    </Field>
  );
}
