import type { Form } from '../ui/use-form.js';
import { t } from '../i18n.js';
import { digitsOf } from '../ui/digits-of.js';
import { Field } from '../ui/field.js';
import { PasswordInput } from '../ui/password-input.js';

/** What only the owner of an account knows. */
export interface Proof {
  readonly password?: string;
  readonly code?: string;
}

/** Which of the two is asked for. */
export type Needed = 'password' | 'code' | 'both';

interface ProofFieldsProps {
  readonly needs: Needed;
  readonly proof: Proof;
  readonly onProof: (proof: Proof) => void;
  readonly form: Pick<Form, 'problem' | 'complaint'>;
  /** Does the first of them get the focus? */
  readonly focused?: boolean;
}

/** Whether all that is asked for was typed. */
export const isComplete = (needs: Needed, { password = '', code = '' }: Proof): boolean =>
  (needs === 'code' || password !== '') && (needs === 'password' || code !== '');

/** The fields for a password, and a code of the second factor. */
export function ProofFields({ needs, proof, onProof, form, focused = false }: ProofFieldsProps) {
  const isWrong = (pointer: string): boolean => form.problem?.of(pointer) !== undefined;
  return (
    <>
      {needs === 'code' ? null : (
        <PasswordInput
          label={t('account.currentPassword')}
          autocomplete="current-password"
          problem={
            form.complaint((proof.password ?? '') === '', t('password.missing')) ??
            (isWrong('/password') ? t('factor.wrongPassword') : undefined)
          }
          focused={focused}
          value={proof.password ?? ''}
          onInput={(password) => onProof({ ...proof, password })}
        />
      )}
      {needs === 'password' ? null : (
        <Field
          label={t('factor.codeOfApp')}
          problem={
            form.complaint((proof.code ?? '') === '', t('signIn.codeMissing')) ??
            (isWrong('/code') ? t('factor.wrongCode') : undefined)
          }
        >
          {(control) => (
            <input
              {...control}
              class="code-input"
              inputMode="numeric"
              autocomplete="one-time-code"
              dir="ltr"
              required
              autofocus={focused && needs === 'code'}
              value={proof.code ?? ''}
              onInput={({ currentTarget }) => {
                const code = digitsOf(currentTarget.value).slice(0, 6);
                currentTarget.value = code;
                onProof({ ...proof, code });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}
