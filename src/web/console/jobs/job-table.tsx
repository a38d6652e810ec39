import type { JobView } from '../../../contract/jobs.js';
import { formatNumber, t } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { kindName } from './job-kinds.js';

interface JobTableProps {
  readonly jobs: readonly JobView[];
  readonly onRetry: (job: JobView) => void;
}

/** Jobs with why they last failed: another system's words, which are text and nothing else. */
export const JobTable = ({ jobs, onRetry }: JobTableProps) => (
  <div class="table-scroll" role="region" aria-label={t('page.jobs')} tabIndex={0}>
    <table class="jobs">
      <thead>
        <tr>
          <th scope="col">{t('jobs.number')}</th>
          <th scope="col">{t('jobs.kind')}</th>
          <th scope="col">{t('jobs.when')}</th>
          <th scope="col">{t('jobs.runs')}</th>
          <th scope="col">{t('jobs.error')}</th>
          <th scope="col">
            <span class="unseen">{t('jobs.retry')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id}>
            <th scope="row" data-word={t('jobs.number')}>
              {job.number}
            </th>
            <td data-word={t('jobs.kind')}>{kindName(job.kind)}</td>
            <td data-word={t('jobs.when')}>
              <Ago
                at={job.finishedAt ?? (job.state === 'running' ? (job.claimedAt ?? job.runAt) : job.runAt)}
              />
            </td>
            <td data-word={t('jobs.runs')}>{formatNumber(job.runs)}</td>
            <td data-word={t('jobs.error')}>
              <code class="address">{job.error ?? ''}</code>
            </td>
            <td>
              {job.state === 'dead' ? (
                <Button label={t('jobs.retryNumber', { number: job.number })} onClick={() => onRetry(job)}>
                  {t('jobs.retry')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
