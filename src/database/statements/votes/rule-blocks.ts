/**
 * A block by the rule, or by match, that begins: not one that comes back with an undo, with old bytes, or from a merged image.
 * What a transaction writes into the log has one time (append-events.ts): whatever changed the bytes, or merged the image, just
 * before has brought the block only where it has the same. A condition on the event `e`.
 */
export const BEGINS_HERE = `
           not exists (
             select from event before
             where before.site_id = e.site_id and before.image_id = e.image_id and before.seq < e.seq and before.seq >= e.seq - 4
               and before.at = e.at
               and (before.type = 'content.changed'
                    or before.type = 'image.merged' and before.data->'blocks' ? (e.data->>'source')))
           -- Not "exists", which an empty table has planned as a join with all decisions of the site.
           and not coalesce((select u.delta->'removed' @> jsonb_build_array(jsonb_build_object('source', e.data->>'source'))
                             from decision u
                             where e.actor_kind = 'staff' and u.id = e.decision_id and u.site_id = e.site_id), false)`;

/**
 * A block that the rule set by itself and the breaker counts: all but those for the severe reason, which are never held
 * (docs/rules.md, rules 5 and 6). A condition on the event `e`, by the index event_rule_blocks.
 */
export const COUNTS_FOR_BREAKER = `
      e.type in ('image.blocked', 'block.added') and e.data ->> 'source' = 'threshold'
      and e.data #>> '{evidence,crossedBy}' is distinct from 'severe' and ${BEGINS_HERE}`;

/**
 * A withdrawn vote, `v`, that stood when the rule blocked, whether that block is still there or a decision has taken its place: cast
 * again it keeps its time, so that whoever reviews the block judges its reporter. Cast at 9:00, blocked at 10:00, withdrawn at 11:00
 * and cast again at noon, it is of 9:00: nobody gets out of a verdict that way (docs/rules.md, rule 8).
 */
export const stoodWhenBlocked = (v: string): string => `
              (exists (select from block b
                       where b.site_id = ${v}.site_id and b.image_id = ${v}.image_id and b.source = 'threshold'
                         and b.ref = ${v}.round::text and b.since between ${v}.at and ${v}.withdrawn_at)
               or exists (select from decision d
                          cross join lateral jsonb_array_elements(d.delta -> 'removed') as b
                          where d.site_id = ${v}.site_id and d.image_id = ${v}.image_id and d.undone_at is null
                            and b ->> 'source' = 'threshold' and b ->> 'ref' = ${v}.round::text
                            and to_timestamp((b ->> 'since')::float8 / 1000) between ${v}.at and ${v}.withdrawn_at))`;
