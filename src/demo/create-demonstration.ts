import { randomBytes } from 'node:crypto';
import type { NewKey } from '../access/api-keys.js';
import { scopesOf } from '../access/scopes.js';
import { canonicalUrl } from '../core/canonical-url.js';
import type { Database } from '../database/database.js';
import { imageHash } from '../database/image-hash.js';
import type { ImageCommand, Outcome } from '../moderation/image-command.js';
import type { Neck } from '../moderation/neck.js';
import { changeThresholdRule } from '../sites/change-threshold-rule.js';
import { createKey } from '../sites/create-key.js';
import { createSite } from '../sites/create-site.js';
import { createStaff, makeCredentials } from '../sites/create-staff.js';
import { issueToken } from '../sites/issue-token.js';
import { DEMONSTRATION_RULE } from './demonstration-rule.js';
import { A_DAY, PROTECTED_PICTURE, type ReportedPicture } from './a-day-of-reports.js';
import { PICTURES } from './pictures.js';

/** What a newcomer needs to know of the demonstration site. */
export interface Demonstration {
  readonly siteId: string;
  readonly slug: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly email: string;
  readonly password: string | null;
  readonly staffId: string;
  readonly staffToken: string;
}

const SLUG = 'demo';
/** The e-mail address of the demonstration's administrator. */
export const ADMINISTRATOR = 'admin@vigie.localhost';
const MINUTE = 60_000;

/**
 * Makes the demonstration site, its keys and an administrator.
 *
 * @param publishable the key that the demonstration's pages show
 */
export async function createDemonstration(
  database: Database,
  publicUrl: string,
  publishable: NewKey,
): Promise<Demonstration> {
  const credentials = await makeCredentials();
  const context = { staffId: null, production: false };
  return database.inTransaction(async (tx) => {
    const { origin, port } = new URL(publicUrl);
    const origins = [...new Set([origin, `http://localhost${port === '' ? '' : `:${port}`}`])];
    const site = await createSite(
      tx,
      {
        slug: SLUG,
        name: 'La Vigie du Matin',
        origins,
        addressRules: { presets: ['wordpress'], ignoreParameters: ['w'] },
        locale: 'fr',
        timeZone: 'Africa/Casablanca',
      },
      context,
      true,
    );
    await changeThresholdRule(tx, site.id, DEMONSTRATION_RULE, undefined, null);
    const { key: publishableKey } = await createKey(
      tx,
      site.id,
      'publishable',
      'demonstration',
      null,
      publishable,
    );
    const { key: secretKey } = await createKey(tx, site.id, 'secret', 'demonstration', null);
    const { staff, password } = await createStaff(tx, { email: ADMINISTRATOR, admin: true }, credentials);
    const scopes = scopesOf('admin');
    const request = { staffId: staff.id, name: 'demonstration', scopes, days: 90 };
    const { token: staffToken } = await issueToken(tx, request, { scopes, staffId: null });
    return {
      siteId: site.id,
      slug: SLUG,
      publishableKey,
      secretKey,
      email: ADMINISTRATOR,
      password,
      staffToken,
      staffId: staff.id,
    };
  });
}

/** Where a picture of the demonstration is shown. */
export const pictureUrl = (publicUrl: string, number: number): string =>
  `${publicUrl}/demo/pictures/${number}.webp`;

/** A day of reports, through the same neck as all others. */
export async function fillTheDay(
  neck: Neck,
  publicUrl: string,
  { siteId, staffId }: Pick<Demonstration, 'siteId' | 'staffId'>,
): Promise<void> {
  const now = Date.now();
  const reports = A_DAY.flatMap((picture) =>
    picture.reports.map(([minutesAgo, reason, comment]) => ({
      at: new Date(now - minutesAgo * MINUTE),
      command: report(publicUrl, siteId, picture.slug, reason, comment ?? null),
    })),
  );
  reports.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, command } of reports) await neck.moderate([command], at);
  for (const picture of A_DAY) {
    if (picture.decision !== undefined)
      await neck.moderate([await decision(neck, publicUrl, siteId, staffId, picture)]);
  }
  await neck.moderate([
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

/** A decision on the case as it now stands. */
async function decision(
  neck: Neck,
  publicUrl: string,
  siteId: string,
  staffId: string,
  { slug, decision: action, reports: [first] }: ReportedPicture,
): Promise<ImageCommand> {
  const { imageId, case: open } = done(await currentState(neck, publicUrl, siteId, slug));
  return {
    type: 'decide',
    siteId,
    target: { imageId },
    seen: { caseId: open?.id ?? '', version: open?.version ?? 0, leaseToken: null },
    action: action ?? 'keep',
    policy: action === 'block' ? (first?.[1] ?? 'other') : null,
    note: null,
    reports: action === 'block' ? 'valid' : 'ignore',
    staffId,
    lead: true,
    bulk: false,
    contentVersion: null,
  };
}

/** Lifting a protection that is not there changes nothing, and answers with the state. */
async function currentState(neck: Neck, publicUrl: string, siteId: string, slug: string): Promise<Outcome> {
  return neck.moderateOne({
    type: 'unprotect',
    siteId,
    target: target(publicUrl, siteId, slug),
    actor: { kind: 'site', id: null },
    reason: null,
    note: null,
  });
}

function done(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`the demonstration could not be made: ${outcome.refusal}`);
  return outcome;
}
