import { useState } from 'preact/hooks';
import type { TokenAnswer, TokenPage } from '../../../contract/tokens.js';
import { api } from '../api.js';
import { formatTime, t, tOr } from '../i18n.js';
import { useLive } from '../live.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import { toastProblem } from '../ui/toasts.js';
import { MakeToken } from './make-token.js';

/** Personal tokens: those that are good, and those that were. */
export function OwnTokens() {
  const [isMaking, setMaking] = useState(false);
  const { data, problem, reload } = useLive('tokens', (how) =>
    api.get<TokenPage>('/v1/tokens', { limit: 100 }, how),
  );
  const make = <Button onClick={() => setMaking(true)}>{t('token.make')}</Button>;
  return (
    <section class="card">
      <header class="card-head">
        <h2>{t('token.title')}</h2>
        {data === undefined || data.items.length === 0 ? null : make}
      </header>
      <p class="hint">{t('token.intro')}</p>
      {data === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : data.items.length === 0 ? (
        <Empty title={t('token.none')}>{make}</Empty>
      ) : (
        <Tokens tokens={data.items} onChange={reload} />
      )}
      {isMaking ? <MakeToken onMade={reload} onClose={() => setMaking(false)} /> : null}
    </section>
  );
}

function Tokens(props: { readonly tokens: readonly TokenAnswer[]; readonly onChange: () => void }) {
  const revoke = async ({ id, name }: TokenAnswer): Promise<void> => {
    const title = t('token.revokeLabel', { name: nameOf(name) });
    const question = { title, body: t('token.revokeText'), action: t('token.revoke'), isDangerous: true };
    if (!(await confirm(question))) return;
    await api.remove(`/v1/tokens/${id}`);
    props.onChange();
  };
  return (
    <ul class="lines">
      {props.tokens.map((token) => (
        <li key={token.id}>
          <div>
            <strong dir="auto">{nameOf(token.name)}</strong> <code class="address">…{token.hint}</code>
            <p class="hint">
              {t('token.ends')} {formatTime(token.expiresAt)}
            </p>
            <ul class="hint">
              {token.scopes.map((scope) => (
                <li key={scope}>{tOr(`scope.${scope}`, scope)}</li>
              ))}
            </ul>
          </div>
          {token.revokedAt !== null ? (
            <span class="badge">{t('token.revoked')}</span>
          ) : new Date(token.expiresAt) < new Date() ? (
            <span class="badge">{t('token.ended')}</span>
          ) : (
            <Button
              label={t('token.revokeLabel', { name: nameOf(token.name) })}
              onClick={() => void revoke(token).catch(toastProblem)}
            >
              {t('token.revoke')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = (name: string): string => (name === '' ? t('token.nameless') : name);
