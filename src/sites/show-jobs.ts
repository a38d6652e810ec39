import { Injectable } from '@nestjs/common';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { JobsQuery, JobSummary, JobView } from '../contract/jobs.js';
import type { Page } from '../contract/page.js';
import { notFound, refused } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  type JobPlace,
  type PagedJob,
  pageJobs,
  readJob,
  sumUpJobs,
} from '../database/statements/jobs/page-jobs.js';
import { retryJobs } from '../database/statements/jobs/retry-jobs.js';

/** Background work for administrators: what waits, what died and why, and another chance for it. */
@Injectable()
export class ShowJobs {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
  ) {}

  /** @throws VigieError INVALID for a cursor of another list */
  async list({ state, kind, limit, cursor }: JobsQuery): Promise<Page<JobView>> {
    const list = ['jobs', state, kind];
    const after = openCursor<JobPlace>(this.sealed, list, cursor);
    const rows = await pageJobs(this.database, state, kind ?? null, after, limit + 1);
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (row) => this.view(row),
      ({ since, id }): JobPlace => ({ since, id }),
    );
  }

  async summary(): Promise<JobSummary> {
    const rows = await sumUpJobs(this.database.byIndex);
    return { kinds: rows.map((row) => ({ ...row, dueSince: row.dueSince?.toISOString() ?? null })) };
  }

  /**
   * Lets a dead job wait again, with all its attempts. One that waits or runs already is left alone.
   *
   * @throws VigieError NOT_FOUND; CONFLICT when it is done
   */
  async retry(id: string): Promise<JobView> {
    const databaseId = this.sealed.databaseId('job', id);
    if (databaseId === null) throw notFound('job');
    await retryJobs(this.database, { ids: [databaseId], kind: null, limit: 1 });
    const row = await readJob(this.database, databaseId);
    if (row === undefined) throw notFound('job');
    if (row.state === 'done')
      throw refused('CONFLICT', 'job-done', 'This job is done: there is nothing to run again.');
    return this.view(row);
  }

  private view(row: PagedJob): JobView {
    return {
      id: this.sealed.id('job', row.id),
      number: row.id,
      kind: row.kind,
      state: row.state === 'relayed' ? 'waiting' : row.state,
      runs: row.attempts,
      failures: row.failures,
      error: row.error === null ? null : withoutSecrets(row.error),
      runAt: row.runAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      claimedAt: row.claimedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  }
}

/** An address in an error may carry a password or a token. */
const withoutSecrets = (error: string): string =>
  error.replace(/\b([a-z][a-z\d+.-]*:\/\/)([^\s/?#@]*@)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?/gi, '$1$3');
