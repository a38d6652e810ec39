import type { SiteSettings } from '../access/caller.js';
import type { Reporters } from '../access/readers/reporter.js';
import type { PastReport } from '../contract/imports.js';
import { invalid } from '../core/errors.js';
import type { ReportImage } from '../moderation/image-command.js';
import { namedImage, type WantedBinding } from '../moderation/named-image.js';
import { whatWasSaid } from './what-was-said.js';

/**
 * A report that another system recorded, as one that the site's secret key brings: its reporter is the account that the
 * site names.
 *
 * @throws VigieError INVALID with a pointer to what is wrong
 */
export function pastReport(
  line: PastReport,
  site: SiteSettings,
  reporters: Reporters,
  now: Date,
): { command: ReportImage; binding: WantedBinding | null } {
  const caller = { kind: 'secret', site } as const;
  const said = whatWasSaid(line, caller);
  if (line.at !== undefined && line.at > now) throw invalid('/at', 'Must not be in the future.');
  const reporter = reporters.namedReporter(site, line.reporter.account);
  const { target, binding } = namedImage(site, line.image);
  const command: ReportImage = {
    type: 'report',
    siteId: site.id,
    target,
    reporter,
    ...said,
    claimedUrl: null,
    ...(line.at === undefined ? {} : { castAt: line.at }),
  };
  return { command, binding };
}
