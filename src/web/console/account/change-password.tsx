import { useState } from 'preact/hooks';
import type { SessionAnswer } from '../../../contract/session.js';
import type { TokenAnswer, TokenPage } from '../../../contract/tokens.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import type { Live } from '../live.js';
import { enter, session } from '../session.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/form.js';
import { PasswordInput } from '../ui/password-input.js';
import { Refusal } from '../ui/refusal.js';
import { toast } from '../ui/toasts.js';
import { useForm } from '../ui/use-form.js';
import { whyNotTaken } from '../ui/why-not-taken.js';

const SHORTEST = 12;

const isGood = ({ revokedAt, expiresAt }: TokenAnswer): boolean =>
  revokedAt === null && new Date(expiresAt) > new Date();

/** Another password; who is signed in elsewhere is out, and tokens are revoked if one wants. */
export function ChangePassword({ tokens }: { readonly tokens: Live<TokenPage> }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [revokeTokens, setRevokeTokens] = useState(false);
  const isShort = [...password].length < SHORTEST;
  const good = tokens.data?.items.filter(isGood) ?? [];
  const form = useForm(
    async () => {
      enter(await api.put<SessionAnswer>('/v1/session/password', { current, password, revokeTokens }));
      setCurrent('');
      setPassword('');
      setRevokeTokens(false);
      tokens.reload();
      toast(t('account.passwordChanged'));
    },
    () => current !== '' && !isShort,
  );
  const isWrong = form.problem?.of('/current') !== undefined;
  return (
    <section class="card">
      <h2>{t('account.password')}</h2>
      <form class="stack" noValidate onSubmit={form.submit}>
        <p class="hint">{t('account.passwordText')}</p>
        {/* So that a password manager knows whose it is. */}
        <input type="email" autocomplete="username" value={session.value?.staff.email} readOnly hidden />
        <PasswordInput
          label={t('account.currentPassword')}
          autocomplete="current-password"
          problem={
            form.complaint(current === '', t('password.missing')) ??
            (isWrong ? t('factor.wrongPassword') : undefined)
          }
          value={current}
          onInput={setCurrent}
        />
        <PasswordInput
          label={t('password.new')}
          hint={t('password.hint', { least: SHORTEST })}
          autocomplete="new-password"
          problem={
            form.complaint(isShort, t('password.tooShort', { least: SHORTEST })) ?? whyNotTaken(form.problem)
          }
          value={password}
          onInput={setPassword}
        />
        {good.length === 0 ? null : (
          <CheckField
            label={t('account.revokeTokens', { count: good.length })}
            hint={t('account.revokeTokensHint')}
            checked={revokeTokens}
            onChange={setRevokeTokens}
          />
        )}
        <Refusal problem={form.problem} wait={form.wait} />
        <div class="actions">
          <Button type="submit" isBusy={form.isBusy} waits={form.wait > 0}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
