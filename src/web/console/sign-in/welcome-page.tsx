import { useEffect, useState } from 'preact/hooks';
import type { LinkView } from '../../../contract/links.js';
import { api, Problem } from '../api.js';
import { formatTime, t } from '../i18n.js';
import { signIn } from '../session.js';
import { Button } from '../ui/button.js';
import { Failed, Loading } from '../ui/page.js';
import { PasswordInput } from '../ui/password-input.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import { Front } from './front.js';
import { whyNotTaken } from '../ui/why-not-taken.js';

const SHORTEST = 12;

/** What stands behind `#`: taken out of the address at once, so that it is in no history, bookmark or screenshot. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState(null, '', location.pathname);
  return token;
}

let first = takeToken();

/** The token of the link that was opened last, also in the same tab: then the page is not loaded again. Empty: none is here. */
function useToken(): string {
  const [token, setToken] = useState(first);
  useEffect(() => {
    // Another page of ours may have been here since.
    const look = (): void => {
      const given = takeToken();
      if (given === '') return;
      first = given;
      setToken(given);
    };
    look();
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return token;
}

/** Where a one-time link leads: whose it is, and a password to be chosen. */
export default function WelcomePage({ onDone }: { readonly onDone: () => void }) {
  const token = useToken();
  return token === '' ? <NoLink /> : <Link key={token} token={token} onDone={onDone} />;
}

/** The token is in no address any more, as after loading the page again. */
const NoLink = () => (
  <Front title={t('welcome.title')}>
    <div class="stack">
      <p class="notice" role="alert">
        {t('welcome.openAgain')}
      </p>
      <a href="/console/">{t('welcome.toSignIn')}</a>
    </div>
  </Front>
);

interface LinkProps {
  readonly token: string;
  readonly onDone: () => void;
}

function Link({ token, onDone }: LinkProps) {
  const [link, setLink] = useState<LinkView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = (): void => {
    setProblem(null);
    api.post<LinkView>('/v1/links/look', { token }).then(setLink, (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  useEffect(look, []);
  const isOver = problem !== null && [404, 410, 422].includes(problem.status);
  return (
    <Front title={t(link?.purpose === 'reset' ? 'welcome.resetTitle' : 'welcome.title')}>
      {isOver ? (
        <div class="stack">
          <p class="notice warn" role="alert">
            {t('welcome.over')}
          </p>
          <p>{t('welcome.overWhat')}</p>
          <a href="/console/">{t('welcome.toSignIn')}</a>
        </div>
      ) : problem !== null ? (
        <Failed problem={problem} onAgain={look} />
      ) : link === null ? (
        <Loading />
      ) : (
        <ChoosePassword link={link} token={token} onDone={onDone} />
      )}
    </Front>
  );
}

function ChoosePassword({ link, token, onDone }: LinkProps & { readonly link: LinkView }) {
  const [password, setPassword] = useState('');
  const [isSet, setIsSet] = useState(false);
  const isShort = [...password].length < SHORTEST;
  const form = useForm(
    async () => {
      // Who waits after it was set is not told that the link is spent.
      if (!isSet) await api.post('/v1/links/redeem', { token, password });
      setIsSet(true);
      await signIn(link.email, password);
      onDone();
    },
    () => !isShort,
  );
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <p>
        {t('welcome.text')}{' '}
        <strong class="address" dir="ltr">
          {link.email}
        </strong>
      </p>
      <input type="email" autocomplete="username" value={link.email} readOnly hidden />
      <PasswordInput
        label={t('password.new')}
        hint={t('password.hint', { least: SHORTEST })}
        autocomplete="new-password"
        problem={
          form.complaint(isShort, t('password.tooShort', { least: SHORTEST })) ?? whyNotTaken(form.problem)
        }
        focused
        value={password}
        onInput={setPassword}
      />
      <Refusal
        problem={form.problem}
        wait={form.wait}
        words={form.problem?.status === 410 ? t('welcome.over') : undefined}
      />
      <Button type="submit" kind="main" isBusy={form.isBusy} waits={form.wait > 0}>
        {t('welcome.go')}
      </Button>
      <p class="hint">{t('welcome.until', { time: formatTime(link.expiresAt) })}</p>
    </form>
  );
}
