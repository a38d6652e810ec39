import type { JobHandler, JobResult } from '../jobs/job-handler.js';
import type { Neck } from './neck.js';
import { CASE_OVERDUE, type OverdueJob } from './stage-overdue.js';

/**
 * When the time for the review of a rule's block, or of a hold, is over: says so in the log, where it still awaits a decision,
 * and lifts the block where the rule wants that (docs/rules.md, rule 13). Whatever changed meanwhile, the rules see under the
 * image's lock; run twice it says it once.
 */
export class TellOverdue implements JobHandler<OverdueJob> {
  readonly kind = CASE_OVERDUE;

  constructor(private readonly neck: Pick<Neck, 'moderateOne'>) {}

  async run({ site, image, cause, since, mayLift }: OverdueJob): Promise<JobResult> {
    // An image that has become part of another took its block and its case along, with a job of their own.
    await this.neck.moderateOne({
      type: 'overdue',
      siteId: site,
      target: { imageId: image },
      cause,
      since: new Date(since),
      mayLift,
    });
    return { done: true };
  }
}
