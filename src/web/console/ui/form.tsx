import type { ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { Button } from './button.js';
import { CheckBox } from './check-box.js';
import { Field } from './field.js';
import './form.css';

interface GroupProps {
  readonly title: string;
  /** What the fields are about. */
  readonly hint?: ComponentChildren;
  readonly badge?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Fields that belong together. */
export const Group = ({ title, hint, badge, children }: GroupProps) => (
  <fieldset class="card group">
    <legend>{title}</legend>
    {badge}
    {hint === undefined ? null : <p class="hint">{hint}</p>}
    {children}
  </fieldset>
);

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  /** Which keys a phone shows. */
  readonly keyboard?: 'email' | 'url';
  /** Addresses and code read left to right. */
  readonly isCode?: boolean;
  /** Of several lines: how many. */
  readonly lines?: number;
  readonly placeholder?: string;
  readonly isNumber?: boolean;
  readonly required?: boolean;
}

export const TextField = (props: TextFieldProps) => {
  const { label, value, onInput, hint, problem, lines } = props;
  const isCode = props.isCode ?? props.isNumber ?? false;
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) =>
        lines === undefined ? (
          <input
            {...control}
            type="text"
            class={props.isNumber === true ? 'number' : undefined}
            inputMode={props.isNumber === true ? 'numeric' : props.keyboard}
            dir={isCode ? 'ltr' : 'auto'}
            value={value}
            placeholder={props.placeholder}
            required={props.required}
            spellcheck={!isCode}
            autocomplete="off"
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
        ) : (
          <textarea
            {...control}
            rows={lines}
            dir="auto"
            value={value}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
        )
      }
    </Field>
  );
};

interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export const CheckField = ({ label, hint, checked, onChange }: CheckFieldProps) => (
  <div class="check-field">
    <CheckBox checked={checked} onChange={onChange}>
      {label}
    </CheckBox>
    {hint === undefined ? null : <p class="hint">{hint}</p>}
  </div>
);

interface ChoiceFieldProps<T extends string> {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export const ChoiceField = <T extends string>(props: ChoiceFieldProps<T>) => (
  <Field label={props.label} hint={props.hint} problem={props.problem}>
    {(control) => (
      <select
        {...control}
        value={props.value}
        onChange={({ currentTarget }) => props.onChange(currentTarget.value as T)}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )}
  </Field>
);

interface SaveBarProps {
  readonly isBusy: boolean;
  /** It can not be saved as it is. */
  readonly isOff?: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly children?: ComponentChildren;
}

/** At the end of a form in which something was changed: what will change, and the two ways to go on. */
export const SaveBar = ({ isBusy, isOff = false, onSave, onDiscard, children }: SaveBarProps) => (
  <section class="save-bar card" aria-label={t('form.unsaved')}>
    {children ?? <p>{t('form.unsaved')}</p>}
    <div class="actions">
      <Button onClick={onDiscard} waits={isBusy}>
        {t('form.discard')}
      </Button>
      <Button kind="main" isBusy={isBusy} disabled={isOff} onClick={onSave}>
        {t('common.save')}
      </Button>
    </div>
  </section>
);
