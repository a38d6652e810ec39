import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SiteCaller } from '../access/caller.js';
import type { Sender } from '../access/readers/networks.js';
import { RateLimits } from '../access/limits/rate-limits.js';
import { Receipts } from '../access/readers/receipt.js';
import { Reporters } from '../access/readers/reporter.js';
import type { ReportAnswer, SubmitReportBody } from '../contract/reports.js';
import { invalid } from '../core/errors.js';
import { ReportBatch } from './report-batch.js';
import { ReportTargets } from './report-target.js';
import { thanks } from './thanks.js';
import { whatWasSaid } from './what-was-said.js';

/** A report that was committed: its answer, and whether it is the reporter's first on this image. */
export interface SubmittedReport {
  readonly recorded: boolean;
  readonly answer: ReportAnswer;
}

/** A reader reports an image. */
@Injectable()
export class SubmitReport {
  constructor(
    private readonly targets: ReportTargets,
    private readonly reporters: Reporters,
    private readonly receipts: Receipts,
    private readonly batch: ReportBatch,
    private readonly limits: RateLimits,
  ) {}

  /**
   * @param reply is told what is left of an account's limit
   * @throws VigieError INVALID with a pointer to what is wrong, RATE_LIMITED; nothing was recorded then
   */
  async submit(
    caller: SiteCaller,
    body: SubmitReportBody,
    acceptLanguage: string | undefined,
    sender: Sender,
    reply: FastifyReply,
  ): Promise<SubmittedReport> {
    const { site } = caller;
    const said = whatWasSaid(body, caller);
    const reporter = await this.reporters.identifyReporter(site, caller, body.reporter, sender);
    // A device was counted before, and accounts that the site names are its own business.
    const counted = reporter.kind === 'account' ? this.limits.countAccount(reporter.hash, reply) : undefined;
    if (counted !== undefined) await counted;
    const { target, claimedUrl } = await this.targets.find(caller, body.image);
    const outcome = await this.batch.submit({
      type: 'report',
      siteId: site.id,
      target,
      reporter,
      ...said,
      claimedUrl,
    });
    if (!outcome.ok) {
      throw invalid('/image/id', 'The site has not told us of an image with this id. Name its "url" too.');
    }
    const { imageId, round, recorded, visibility, voter } = outcome;
    return {
      recorded,
      answer: {
        receipt: this.receipts.seal({ siteId: site.id, imageId, round, reporter: voter ?? reporter.hash }),
        outcome: recorded ? 'recorded' : 'already_reported',
        message: thanks(acceptLanguage, site, { recorded, blocked: visibility.blocked }),
        image: visibility.blocked ? { blocked: true, version: visibility.version } : { blocked: false },
      },
    };
  }
}
