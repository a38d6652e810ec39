import type { SiteCaller, SiteSettings } from '../access/caller.js';
import type { PageRef, SubmitReportBody } from '../contract/reports.js';
import { canonicalUrl, describeUrlProblem } from '../core/canonical-url.js';
import { invalid } from '../core/errors.js';
import type { ReportImage } from '../moderation/image-command.js';

/**
 * What a report says, as far as its site lets it.
 *
 * @throws VigieError INVALID with a pointer to what is wrong
 */
export function whatWasSaid(
  { reason, comment, page }: Pick<SubmitReportBody, 'reason' | 'comment' | 'page'>,
  caller: Pick<SiteCaller, 'kind' | 'site'>,
): Pick<ReportImage, 'reason' | 'comment' | 'page'> {
  const { site } = caller;
  if (!site.reasons.includes(reason)) {
    throw invalid('/reason', `This site does not offer this reason. It offers: ${site.reasons.join(', ')}.`);
  }
  return {
    reason,
    comment: comment === undefined || comment.trim() === '' ? null : comment,
    page: page === undefined ? null : pageOf(page, caller),
  };
}

function pageOf(
  { url, title }: PageRef,
  { kind, site }: Pick<SiteCaller, 'kind' | 'site'>,
): { url: string; title: string | null } {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw invalid('/page/url', describeUrlProblem(canonical.problem));
  if (kind === 'publishable') checkOrigin(canonical.url, site);
  return { url: canonical.url, title: title ?? null };
}

function checkOrigin(url: string, site: SiteSettings): void {
  if (site.origins.some((origin) => url === origin || url.startsWith(`${origin}/`))) return;
  throw invalid('/page/url', `Must be on one of the site's origins: ${site.origins.join(', ')}.`);
}
