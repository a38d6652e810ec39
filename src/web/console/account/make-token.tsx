import { useState } from 'preact/hooks';
import type { IssuedTokenAnswer } from '../../../contract/tokens.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { hasRole, session } from '../session.js';
import { Button } from '../ui/button.js';
import { CheckBox } from '../ui/check-box.js';
import { CopyButton } from '../ui/copy-button.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import { isComplete, type Proof, ProofFields } from './proof-fields.js';
import { type Scope, SCOPES } from './scopes.js';
import { wrongField } from '../ui/service-said.js';

const USUAL: readonly Scope[] = ['review', 'images', 'settings:read'];
const DAYS = [7, 30, 90] as const;

interface MakeTokenProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/**
 * A new token: its name, what it may do and until when, and whatever proves that it is its owner who makes it; then the token
 * itself, once.
 */
export function MakeToken({ onMade, onClose }: MakeTokenProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(USUAL);
  const [days, setDays] = useState<number>(30);
  const [proof, setProof] = useState<Proof>({});
  const [made, setMade] = useState<IssuedTokenAnswer | null>(null);
  const needs = session.value?.secondFactor === true ? 'both' : 'password';
  const form = useForm(
    async () => {
      setMade(await api.post<IssuedTokenAnswer>('/v1/tokens', { name: name.trim(), scopes, days, ...proof }));
      onMade();
    },
    () => isComplete(needs, proof),
  );
  if (made !== null) {
    return (
      <Dialog title={t('token.make')}>
        <p class="notice warn" role="status">
          {t('token.made')}
        </p>
        <code class="secret address">{made.token}</code>
        <div class="actions">
          <CopyButton text={made.token} />
          <Button kind="main" onClick={onClose}>
            {t('common.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  const mayGive = SCOPES.filter(
    ([scope, role]) => hasRole(role) && (scope !== 'legal' || session.value?.legal === true),
  );
  return (
    <Dialog title={t('token.make')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.submit}>
        <Field label={t('token.name')} hint={t('token.nameHint')} problem={wrongField(form.problem, '/name')}>
          {(control) => (
            <input
              {...control}
              maxLength={100}
              dir="auto"
              autofocus
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <fieldset>
          <legend>{t('token.scopes')}</legend>
          {mayGive.map(([scope]) => (
            <CheckBox
              key={scope}
              checked={scopes.includes(scope)}
              onChange={(isOn) =>
                setScopes(isOn ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            >
              {t(`scope.${scope}`)}
            </CheckBox>
          ))}
        </fieldset>
        <Field label={t('token.days')} problem={wrongField(form.problem, '/days')}>
          {(control) => (
            <select
              {...control}
              value={days}
              onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
            >
              {DAYS.map((count) => (
                <option key={count} value={count}>
                  {t('token.daysValue', { days: count })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <p class="hint">{t('factor.prove')}</p>
        <ProofFields needs={needs} proof={proof} onProof={setProof} form={form} />
        <Refusal problem={form.problem} wait={form.wait} />
        <div class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            kind="main"
            isBusy={form.isBusy}
            disabled={scopes.length === 0}
            waits={form.wait > 0}
          >
            {t('token.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
