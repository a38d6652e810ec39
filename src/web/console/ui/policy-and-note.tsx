import { useState } from 'preact/hooks';
import { t, tOr } from '../i18n.js';
import { Field } from './field.js';

/** What a decision needs, as it is typed. */
export interface PolicyAndNote {
  readonly policy: string;
  readonly note: string;
  readonly isMissing: boolean;
  readonly change: (part: { readonly policy?: string; readonly note?: string }) => void;
  /** Whether a policy is given; where none is, it is asked for from now on. */
  readonly hasPolicy: () => boolean;
}

export function usePolicyAndNote(): PolicyAndNote {
  const [{ policy, note }, setTyped] = useState({ policy: '', note: '' });
  const [isMissing, setMissing] = useState(false);
  return {
    policy,
    note,
    isMissing: isMissing && policy === '',
    change: (part) => setTyped((before) => ({ ...before, ...part })),
    hasPolicy: () => {
      setMissing(policy === '');
      return policy !== '';
    },
  };
}

interface PolicyFieldProps {
  readonly typed: PolicyAndNote;
  readonly policies: readonly string[];
  readonly missing: string;
}

/** Which content rule is broken. */
export const PolicyField = ({ typed, policies, missing }: PolicyFieldProps) => (
  <Field label={t('policy.field')} problem={typed.isMissing ? missing : undefined}>
    {(control) => (
      <select
        {...control}
        autofocus
        value={typed.policy}
        onChange={({ currentTarget: { value } }) => typed.change({ policy: value })}
      >
        <option value="" />
        {policies.map((one) => (
          <option key={one} value={one}>
            {tOr(`reason.${one}`, one)}
          </option>
        ))}
      </select>
    )}
  </Field>
);

interface NoteFieldProps {
  readonly typed: PolicyAndNote;
  readonly label: string;
  readonly hint: string;
  /** Characters. */
  readonly longest: number;
  readonly isFirst: boolean;
}

/** Words for colleagues. */
export const NoteField = ({ typed, label, hint, longest, isFirst }: NoteFieldProps) => (
  <Field label={label} hint={hint}>
    {(control) => (
      <textarea
        {...control}
        rows={2}
        autofocus={isFirst}
        dir="auto"
        maxLength={longest}
        value={typed.note}
        onInput={({ currentTarget: { value } }) => typed.change({ note: value })}
      />
    )}
  </Field>
);
