import { SEVERE_REASON } from '../../../core/reasons.js';

/**
 * "exists", in a form that is always looked up by index: the planner may turn "exists" into a hash of the whole table, and
 * on an empty one, whose plan is kept, it does.
 */
const some = (query: string): string => `coalesce((select true ${query} limit 1), false)`;

/** A condition: somebody gave the severe reason in this round, counted or not, withdrawn or not. By vote_child_abuse. */
const severeRound = (image: string, round: string): string =>
  some(`from vote v
        where v.site_id = ${image}.site_id and v.image_id = ${image}.id and v.round = ${round}
          and '${SEVERE_REASON}' = any (v.reasons)`);

/**
 * A condition: the image called `image` is not to be fetched, copied or shown (docs/rules.md, rule 6). Somebody gave the
 * severe reason in the round that is being counted, the case that awaits a decision or is that round's says that somebody
 * did, or it is blocked for it. A moderator's keep ends the round, and with it this.
 */
export const severeImage = (image: string): string => `(
        ${severeRound(image, `${image}.round`)}
        or ${some(`from moderation_case c
                   where c.site_id = ${image}.site_id and c.image_id = ${image}.id and c.severe
                     and (c.status <> 'closed' or c.round = ${image}.round)`)}
        or ${some(`from block b
                   where b.site_id = ${image}.site_id and b.image_id = ${image}.id
                     and b.reason = '${SEVERE_REASON}'`)})`;

/**
 * A condition: the bytes in the row `cb` of content_bytes are sealed by what is known of its image, called `x`. It is such
 * an image, a person blocked these bytes for it, or they came sealed from an image that became part of this one and nobody
 * has kept them since. New bytes begin a new round, and what was said of the old ones goes on sealing those: all rounds that
 * no moderator ended by a keep count for bytes that an image has no more.
 */
export const sealedRow = (cb: string, x: string): string => `(
        ${severeImage(x)}
        or ${some(`from content_version cv
                   where cv.site_id = ${cb}.site_id and cv.image_id = ${cb}.image_id and cv.version = ${cb}.version
                     and cv.verdict = 'block' and cv.reason = '${SEVERE_REASON}'`)}
        or ${cb}.sealed_at is not null
           and not ${some(`from content_version cv
                           where cv.site_id = ${cb}.site_id and cv.image_id = ${cb}.image_id and cv.version = ${cb}.version
                             and case when cv.version = ${x}.content then ${x}.kept_at else cv.kept_at end > ${cb}.sealed_at`)}
        or ${cb}.version is distinct from ${x}.content
           and ${some(`from vote v
                       where v.site_id = ${x}.site_id and v.image_id = ${x}.id
                         and '${SEVERE_REASON}' = any (v.reasons)
                         and not ${some(`from moderation_case k
                                         where k.site_id = v.site_id and k.image_id = v.image_id
                                           and k.round = v.round and k.outcome = 'keep'`)}`)})`;

/**
 * A condition: the bytes are sealed by what is known of any image of the site that has or had them.
 *
 * @param site and sha256, in SQL
 */
export const sealedBytes = (site: string, sha256: string): string =>
  some(`from content_bytes cb
        join image x on x.site_id = cb.site_id and x.id = cb.image_id
        where cb.site_id = ${site} and cb.sha256 = ${sha256} and ${sealedRow('cb', 'x')}`);
