import { Injectable } from '@nestjs/common';
import type { SiteCaller, SiteSettings } from '../access/caller.js';
import { Receipts } from '../access/receipt.js';
import { Reporters } from '../access/reporter.js';
import type { PageRef, ReportAnswer, SubmitReportBody } from '../contract/reports.js';
import { canonicalUrl, describeUrlProblem } from '../core/canonical-url.js';
import { invalid } from '../core/errors.js';
import { ReportBatch } from './report-batch.js';
import { ReportTargets } from './report-target.js';
import { thanks } from './thanks.js';

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
  ) {}

  /** @throws VigieError INVALID with a pointer to what is wrong; nothing was recorded then */
  async submit(
    caller: SiteCaller,
    body: SubmitReportBody,
    acceptLanguage: string | undefined,
  ): Promise<SubmittedReport> {
    const { site } = caller;
    if (!site.reasons.includes(body.reason)) {
      throw invalid(
        '/reason',
        `This site does not offer this reason. It offers: ${site.reasons.join(', ')}.`,
      );
    }
    const comment = body.comment === undefined || body.comment.trim() === '' ? null : body.comment;
    const page = body.page === undefined ? null : pageOf(body.page, caller);
    const reporter = await this.reporters.identifyReporter(site, caller, body.reporter);
    const { target, claimedUrl } = await this.targets.find(caller, body.image);
    const outcome = await this.batch.submit({
      type: 'report',
      siteId: site.id,
      target,
      reporter,
      reason: body.reason,
      comment,
      page,
      claimedUrl,
    });
    if (!outcome.ok) {
      throw invalid('/image/id', 'The site has not told us of an image with this id. Name its "url" too.');
    }
    const { imageId, round, recorded, visibility } = outcome;
    return {
      recorded,
      answer: {
        receipt: this.receipts.seal({ siteId: site.id, imageId, round, reporter: reporter.hash }),
        outcome: recorded ? 'recorded' : 'already_reported',
        message: thanks(acceptLanguage, site.locale, { recorded, blocked: visibility.blocked }),
        image: visibility.blocked ? { blocked: true, version: visibility.version } : { blocked: false },
      },
    };
  }
}

function pageOf({ url, title }: PageRef, caller: SiteCaller): { url: string; title: string | null } {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw invalid('/page/url', describeUrlProblem(canonical.problem));
  if (caller.kind === 'publishable') checkOrigin(canonical.url, caller.site);
  return { url: canonical.url, title: title ?? null };
}

function checkOrigin(url: string, site: SiteSettings): void {
  if (site.origins.some((origin) => url === origin || url.startsWith(`${origin}/`))) return;
  throw invalid('/page/url', `Must be on one of the site's origins: ${site.origins.join(', ')}.`);
}
