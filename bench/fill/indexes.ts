import type pg from 'pg';

/**
 * Tables without foreign keys, whose indexes are sorted at the end: entered one by one they would take ten times as long. They
 * are packed more tightly then than those that grew, which costs a full table its first splits of pages, not less.
 */
const SORTED = ['vote', 'report_note', 'event', 'reporter_verdict'];

/** Takes the indexes of these tables away; what is returned makes every one of them again, as it was. */
export async function setIndexesAside(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
                 else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
            case when c.oid is null then pg_get_indexdef(i.indexrelid)
                 else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname,
                             pg_get_constraintdef(c.oid)) end as make
     from pg_index i
     left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid = any ($1::regclass[])
     order by i.indexrelid`,
    [SORTED],
  );
  for (const { drop } of rows) await client.query(drop);
  return async () => {
    for (const { make } of rows) await client.query(make);
  };
}
