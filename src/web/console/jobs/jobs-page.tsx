import { useState } from 'preact/hooks';
import type { JobPage, JobSummary, JobView } from '../../../contract/jobs.js';
import { api, Problem } from '../api.js';
import { formatNumber, t } from '../i18n.js';
import { useLive } from '../live.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { toast, toastProblem } from '../ui/toasts.js';
import { JobKinds } from './job-kinds.js';
import { JobTable } from './job-table.js';
import './jobs.css';

const STATES = ['dead', 'waiting', 'running', 'done'] as const;
type State = (typeof STATES)[number];

/** What moves by itself is looked at often. */
const EVERY = 5_000;
/** One page of the service's list, which also says that there are more. */
const SHOWN = 100;

/** Background work: how much there is, and what failed too often. */
export default function JobsPage() {
  const [state, setState] = useState<State>('dead');
  const summary = useLive<JobSummary>('summary', (how) => api.get('/v1/jobs/summary', {}, how), EVERY);
  const jobs = useLive<JobPage>(state, (how) => api.get('/v1/jobs', { state, limit: SHOWN }, how), EVERY);
  const again = async (of: readonly JobView[]): Promise<void> => {
    const sure = await confirm({
      title: t('jobs.retryTitle', { count: of.length }),
      body: <p>{t('jobs.retryBody', { count: of.length })}</p>,
      action: t('jobs.retry'),
    });
    if (!sure) return;
    const { count, problem } = await retryEach(of);
    if (count > 0) toast(t('jobs.retried', { count }));
    if (problem !== null && (count === 0 || !isOver(problem))) toastProblem(problem);
    jobs.reload();
    summary.reload();
  };
  const { data, problem } = jobs;
  return (
    <Page title={t('page.jobs')}>
      <p class="hint">{t('jobs.about')}</p>
      {summary.data === undefined ? null : <JobKinds kinds={summary.data.kinds} />}
      <div class="actions" role="group" aria-label={t('jobs.states')}>
        {STATES.map((one) => (
          <Button key={one} pressed={state === one} onClick={() => setState(one)}>
            {t(`jobs.state.${one}`)}
          </Button>
        ))}
      </div>
      {data === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={jobs.reload} />
        )
      ) : data.items.length === 0 ? (
        <Empty title={t(`jobs.none.${state}`)} />
      ) : (
        <>
          {state === 'dead' && data.items.length > 1 ? (
            <div class="actions">
              <Button onClick={() => void again(data.items)}>
                {t('jobs.retryAll', { count: data.items.length })}
              </Button>
            </div>
          ) : null}
          <JobTable jobs={data.items} onRetry={(job) => void again([job])} />
          {data.nextCursor === null ? null : (
            <p class="hint">{t('jobs.more', { shown: formatNumber(data.items.length) })}</p>
          )}
        </>
      )}
    </Page>
  );
}

/** One that is done or gone meanwhile needs no other run, and keeps none of the others from theirs. */
const isOver = ({ status }: Problem): boolean => status === 409 || status === 404;

/** How many of them run again, and why one of them does not. */
async function retryEach(
  jobs: readonly JobView[],
): Promise<{ readonly count: number; readonly problem: Problem | null }> {
  let count = 0;
  let problem: Problem | null = null;
  for (const { id } of jobs) {
    try {
      await api.post<JobView>(`/v1/jobs/${encodeURIComponent(id)}/retry`);
      count += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem = error;
      if (!isOver(error)) break;
    }
  }
  return { count, problem };
}
