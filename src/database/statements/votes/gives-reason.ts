/**
 * A condition: somebody gave this reason for the case called `alias`, counted or not. While a case is open the image's tally says so, of
 * the round that is counted; where an undone keep has opened it again or not all are counted, and of a closed one, whose round may be over,
 * its votes are looked at. Those of rounds after its own are the case's up to the last round in which it was decided. `offset 0`: looked for
 * case by case, as a page is walked. Without it the planner may rather gather all cases that have it first, from all images or all votes
 * there are.
 */
export const givesReason = (alias: string, reason: string, closed: boolean): string =>
  closed
    ? `exists (select from vote v
                where v.site_id = ${alias}.site_id and v.image_id = ${alias}.image_id and v.round >= ${alias}.round
                  and ${reason} = any (v.reasons) and v.withdrawn_at is null
                  and (v.round = ${alias}.round
                       or v.round <= (select max(d.round) from decision d
                                      where d.site_id = ${alias}.site_id and d.image_id = ${alias}.image_id
                                        and d.case_id = ${alias}.id))
                offset 0)`
    : `exists (select from image g
                where g.site_id = ${alias}.site_id and g.id = ${alias}.image_id
                  and (exists (select from jsonb_object_keys(g.tally) as k (reasons)
                               where ${reason} = any (string_to_array(k.reasons, '+')))
                       or (g.round > ${alias}.round or g.left_out <> '{}')
                          and exists (select from vote v
                                      where v.site_id = g.site_id and v.image_id = g.id
                                        and v.round between ${alias}.round and g.round
                                        and ${reason} = any (v.reasons) and v.withdrawn_at is null))
                  offset 0)`;
