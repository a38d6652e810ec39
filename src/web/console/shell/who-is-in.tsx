import { t } from '../i18n.js';
import { theme } from '../preferences.js';
import { session, signOut, sites } from '../session.js';
import { Icon } from '../ui/icon.js';
import { toastProblem } from '../ui/toasts.js';

/** Who is signed in, with the way out and the switch between light and dark. */
export function WhoIsIn() {
  const email = session.value?.staff.email ?? '';
  const isDark =
    theme.value === 'dark' ||
    (theme.value === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <div class="who-is-in">
      <div class="who">
        <span class="address" title={email}>
          {email}
        </span>
        <span class="hint">{roleOf()}</span>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={t(isDark ? 'theme.toLight' : 'theme.toDark')}
        title={t(isDark ? 'theme.toLight' : 'theme.toDark')}
        onClick={() => {
          theme.value = isDark ? 'light' : 'dark';
        }}
      >
        <Icon name={isDark ? 'sun' : 'moon'} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t('menu.signOut')}
        title={t('menu.signOut')}
        onClick={() => void signOut().catch(toastProblem)}
      >
        <Icon name="out" />
      </button>
    </div>
  );
}

/** The highest one, on whichever site. */
function roleOf(): string {
  if (session.value?.admin === true) return t('role.admin');
  const roles = sites.value.map(({ role }) => role);
  const highest = (['admin', 'lead', 'moderator'] as const).find((role) => roles.includes(role));
  return highest === undefined ? '' : t(`role.${highest}`);
}
