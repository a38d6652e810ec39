/**
 * A condition: somebody gave this reason for the case called `alias`. While a case is open the image's tally says so; a
 * closed one's round may be over, so its votes are looked at. `offset 0`: looked for case by case, as a page is walked.
 * Without it the planner may rather gather all cases that have it first, from all images or all votes there are.
 */
export const givesReason = (alias: string, reason: string, closed: boolean): string =>
  closed
    ? `exists (select from vote v
                where v.site_id = ${alias}.site_id and v.image_id = ${alias}.image_id and v.round = ${alias}.round
                  and ${reason} = any (v.reasons) and v.withdrawn_at is null
                offset 0)`
    : `exists (select from image g, jsonb_object_keys(g.tally) as k (reasons)
                where g.site_id = ${alias}.site_id and g.id = ${alias}.image_id
                  and ${reason} = any (string_to_array(k.reasons, '+'))
                  offset 0)`;
