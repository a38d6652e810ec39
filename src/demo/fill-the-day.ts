import { randomBytes } from 'node:crypto';
import { canonicalUrl } from '../core/canonical-url.js';
import { imageHash } from '../database/image-hash.js';
import type { ImageCommand, Outcome } from '../moderation/image-command.js';
import type { Moderate } from '../moderation/neck.js';
import { A_DAY, PROTECTED_PICTURE, type ReportedPicture } from './a-day-of-reports.js';
import { decisionOf } from './decision-of.js';
import { pictureUrl } from './picture-url.js';
import { PICTURES } from './pictures.js';

const MINUTE = 60_000;

/** A day of reports, through the same neck as all others. */
export async function fillTheDay(
  moderate: Moderate,
  publicUrl: string,
  { siteId, staffId }: { readonly siteId: string; readonly staffId: string },
): Promise<void> {
  const now = Date.now();
  const reports = A_DAY.flatMap((picture) =>
    picture.reports.map(([minutesAgo, reason, comment]) => ({
      picture,
      at: new Date(now - minutesAgo * MINUTE),
      command: report(publicUrl, siteId, picture.slug, reason, comment ?? null),
    })),
  );
  reports.sort((a, b) => a.at.getTime() - b.at.getTime());
  const reported = new Map<ReportedPicture, Outcome | undefined>();
  for (const { picture, at, command } of reports) reported.set(picture, (await moderate([command], at))[0]);
  for (const picture of A_DAY) {
    if (picture.decision !== undefined)
      await moderate([decision(siteId, staffId, picture, reported.get(picture))]);
  }
  await moderate([
    {
      type: 'protect',
      siteId,
      target: target(publicUrl, siteId, PROTECTED_PICTURE),
      actor: { kind: 'site', id: null },
      reason: null,
      note: 'Photo officielle, vérifiée par la rédaction en chef.',
    },
  ]);
}

function target(publicUrl: string, siteId: string, slug: string): ImageCommand['target'] {
  const number = PICTURES.find((picture) => picture.slug === slug)?.number;
  const canonical = canonicalUrl(pictureUrl(publicUrl, number ?? 0));
  if (number === undefined || !canonical.ok) throw new Error(`the demonstration has no picture ${slug}`);
  const key = { kind: 'url', key: canonical.url } as const;
  return { keys: [{ ...key, hash: imageHash(siteId, key), make: true }] };
}

function report(
  publicUrl: string,
  siteId: string,
  slug: string,
  reason: ReportedPicture['reports'][number][1],
  comment: string | null,
): ImageCommand {
  const picture = PICTURES.find((candidate) => candidate.slug === slug);
  return {
    type: 'report',
    siteId,
    target: target(publicUrl, siteId, slug),
    // Nobody in particular: each report is another invented reader.
    reporter: { hash: randomBytes(16), kind: 'device', networks: null, ageMinutes: null, device: null },
    reason,
    comment,
    page: picture === undefined ? null : { url: `${publicUrl}${picture.pagePath}`, title: picture.title },
    claimedUrl: null,
  };
}

/** A decision on the case that the last report left. */
function decision(
  siteId: string,
  staffId: string,
  { decision: action, reports: [first] }: ReportedPicture,
  reported: Outcome | undefined,
): ImageCommand {
  const { imageId, case: open } = done(reported);
  return decisionOf({
    siteId,
    target: { imageId },
    seen: { caseId: open?.id ?? '', version: open?.version ?? 0, leaseToken: null },
    action: action ?? 'keep',
    policy: action === 'block' ? (first?.[1] ?? 'other') : null,
    staffId,
  });
}

function done(outcome: Outcome | undefined): Extract<Outcome, { ok: true }> {
  if (outcome?.ok !== true)
    throw new Error(`the demonstration could not be made: ${outcome?.refusal ?? 'nothing was reported'}`);
  return outcome;
}
