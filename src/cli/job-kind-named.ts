import { MAIL_LINK } from '../accounts/mail-link.js';
import { MAKE_ASKED_LINK } from '../accounts/make-asked-link.js';
import { VigieError } from '../core/errors.js';
import { hasJobs } from '../database/statements/jobs/list-jobs.js';
import type { Tx } from '../database/tx.js';
import { FETCH_IMAGE } from '../moderation/fetch-image.js';
import { MATCH_CONTENT, SPREAD_BLOCK } from '../moderation/match-jobs.js';
import { READDRESS_IMAGES } from '../moderation/readdress.js';
import { CASE_OVERDUE } from '../moderation/stage-overdue.js';
import { DELIVER } from '../webhooks/deliveries.js';

/** What there are handlers for. */
export const JOB_KINDS: readonly string[] = [
  CASE_OVERDUE,
  DELIVER,
  FETCH_IMAGE,
  MAIL_LINK,
  MAKE_ASKED_LINK,
  MATCH_CONTENT,
  READDRESS_IMAGES,
  SPREAD_BLOCK,
];

/** For the option `--kind`. */
export const KINDS = `(${JOB_KINDS.join(', ')})`;

/**
 * The kind that a command names; null: it names none. One that only jobs have, which another version left, is a kind, too.
 *
 * @throws VigieError NOT_FOUND for any other, with those there are
 */
export async function jobKindNamed(db: Pick<Tx, 'query'>, kind: string | undefined): Promise<string | null> {
  if (kind === undefined) return null;
  if (JOB_KINDS.includes(kind) || (await hasJobs(db, kind))) return kind;
  throw new VigieError(
    'NOT_FOUND',
    `There is no kind of jobs "${kind}". There are: ${JOB_KINDS.join(', ')}.`,
  );
}
