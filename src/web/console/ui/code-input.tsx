import { useEffect, useRef } from 'preact/hooks';
import { digitsOf } from './digits-of.js';
import { Field } from './field.js';

const DIGITS = 6;

interface CodeInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onInput: (digits: string) => void;
  /** Called when the last digit is there. */
  readonly onComplete: () => void;
}

/** The six digits of an authenticator app; telephones offer to fill them in. */
export function CodeInput({ label, hint, problem, value, onInput, onComplete }: CodeInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const isFull = value.length === DIGITS;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (isFull) onComplete();
  }, [isFull]);
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <input
          {...control}
          ref={input}
          class="code-input"
          type="text"
          inputMode="numeric"
          autocomplete="one-time-code"
          dir="ltr"
          required
          value={value}
          onInput={({ currentTarget }) => {
            const digits = digitsOf(currentTarget.value).slice(0, DIGITS);
            currentTarget.value = digits;
            onInput(digits);
          }}
        />
      )}
    </Field>
  );
}
