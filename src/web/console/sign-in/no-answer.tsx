import type { Problem } from '../api.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { useAgain } from '../ui/not-loaded.js';
import { Failed } from '../ui/page.js';
import { Front } from './front.js';

interface NoAnswerProps {
  readonly problem: Problem;
  readonly onAgain: () => Promise<void>;
}

/** In the place of the console where it is not known who is there. What can not be reached is asked again by itself. */
export function NoAnswer({ problem, onAgain }: NoAnswerProps) {
  const isAway = problem.status === 0;
  useAgain(() => (isAway ? onAgain() : Promise.resolve()));
  if (!isAway) {
    return (
      <Front title={t('signIn.title')}>
        <Failed problem={problem} onAgain={() => void onAgain()} />
      </Front>
    );
  }
  return (
    <Front title={t('notLoaded.title')}>
      <div class="stack" role="alert">
        <p>{t('notLoaded.text')}</p>
        <Button kind="main" onClick={() => void onAgain()}>
          {t('common.tryAgain')}
        </Button>
      </div>
    </Front>
  );
}
