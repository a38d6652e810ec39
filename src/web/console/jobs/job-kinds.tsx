import type { JobKind } from '../../../contract/jobs.js';
import { formatNumber, t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';

/** What a kind of job does, in words where we have them. */
export const kindName = (kind: string): string => tOr(`jobs.kind.${kind}`, kind);

/** How much of each kind is not done; nothing at all where all is. */
export const JobKinds = ({ kinds }: { readonly kinds: readonly JobKind[] }) =>
  kinds.length === 0 ? (
    <p>{t('jobs.allDone')}</p>
  ) : (
    <ul class="job-kinds">
      {kinds.map(({ kind, waiting, due, dueSince, running, dead }) => (
        <li key={kind} class="card">
          <h2>{kindName(kind)}</h2>
          <p>
            {t('jobs.counts', { waiting, due, running })}{' '}
            {dead === 0 ? null : (
              <span class="badge bad">{t('jobs.dead', { count: formatNumber(dead) })}</span>
            )}
          </p>
          {dueSince === null ? null : (
            <p class="hint">
              {t('jobs.dueSince')} <Ago at={dueSince} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
