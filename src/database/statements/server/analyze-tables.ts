import type { Tx } from '../../tx.js';

/** What reports fill. */
const TABLES = ['image', 'address', 'vote', 'report_note', 'moderation_case', 'block', 'event'];

/** A table that the planner believes to be larger has been analyzed since it had many rows. */
const SMALL = 20_000;

const small = {
  name: 'list-small-tables',
  text: `
    select c.relname as name
    from unnest($1::text[]) as t (name)
    join pg_class c on c.oid = to_regclass(t.name)
    where c.reltuples < $2`,
};

/** Tells the planner how many rows there are by now, wherever it believes in few. */
export async function analyzeSmallTables(database: Pick<Tx, 'query'>): Promise<void> {
  for (const { name } of await database.query<{ name: string }>(small, [TABLES, SMALL])) {
    await database.query({ name: `analyze-${name}`, text: `analyze ${name}` });
  }
}
