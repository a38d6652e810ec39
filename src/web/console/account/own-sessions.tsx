import type { SessionList } from '../../../contract/session.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { Failed, Loading } from '../ui/page.js';
import { toast, toastProblem } from '../ui/toasts.js';

/** How often the list is asked for again, in milliseconds. */
const EVERY = 30_000;

/** Such as "Firefox on Linux". */
function browserWords(name: string | null, system: string | null): string {
  const browser = name ?? t('account.browserUnknown');
  return system === null ? browser : t('account.browserOn', { browser, system });
}

/** Where one is signed in, with what ends that. */
export function OwnSessions() {
  const { data, problem, reload } = useLive(
    'sessions',
    (how) => api.get<SessionList>('/v1/sessions', {}, how),
    EVERY,
  );
  const end = async (path: string): Promise<void> => {
    await api.remove(path);
    toast(t('account.ended'));
    reload();
  };
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <section class="card">
      <h2>{t('account.sessions')}</h2>
      {data === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : (
        <ul class="lines">
          {data.items.map(({ id, browserName, system, createdAt, seenAt, current }) => (
            <li key={id}>
              <div>
                <strong>{browserWords(browserName, system)}</strong>{' '}
                {current ? <span class="badge good">{t('account.thisSession')}</span> : null}
                <p class="hint">
                  {t('account.lastSeen')} <Ago at={seenAt} /> · {t('account.since')} <Ago at={createdAt} />
                </p>
              </div>
              {current ? null : (
                <Button
                  label={t('account.endLabel', { browser: browserWords(browserName, system) })}
                  onClick={() => void end(`/v1/sessions/${id}`).catch(toastProblem)}
                >
                  {t('account.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <div class="actions">
          <Button onClick={() => void end('/v1/sessions').catch(toastProblem)}>
            {t('account.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}
