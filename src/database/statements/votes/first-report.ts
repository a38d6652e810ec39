/**
 * SQL for when the first report came that a rule's block was made of: of these rounds of the image `$1`, `$2`, counted, not
 * taken back before, and within the window of the rule. Null where none is left.
 *
 * @param rounds a condition on `v.round`
 * @param block how the block's time and the version of its rule are called
 */
export const firstReport = (
  rounds: string,
  block: { readonly at: string; readonly rule: string },
): string => `
    (select min(v.at)
     from vote v
     left join threshold_rule r on r.site_id = v.site_id and r.version = ${block.rule}
     where v.site_id = $1 and v.image_id = $2 and v.round ${rounds} and v.left_out is null
       and v.at < ${block.at} + interval '1 ms' -- blocks have their times in whole milliseconds
       and (v.withdrawn_at is null or v.withdrawn_at > ${block.at})
       and (r.rule is null
            or v.at > ${block.at} - make_interval(hours => (r.rule ->> 'windowHours')::int)))`;
