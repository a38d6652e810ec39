import type { ClientBase } from 'pg';

/** A table of the schema as a backup has it. */
export interface BackupTable {
  readonly name: string;
  /** Those that hold what was written; what Postgres computes is left out. */
  readonly columns: readonly string[];
}

/** Where the counter of a table's numbers stands. */
export interface BackupCounter {
  readonly table: string;
  readonly column: string;
  /** Text: it may be larger than a number of JavaScript. Null: none was drawn. */
  readonly last: string | null;
}

const tables = `
  select c.relname::text as name,
         array(select a.attname::text
               from pg_attribute a
               where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               order by a.attnum) as columns,
         array(select distinct f.relname::text
               from pg_constraint k
               join pg_class f on f.oid = k.confrelid
               where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  order by c.relname`;

const counters = `
  select c.relname::text as table, a.attname::text as column, s.last_value::text as last
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_sequences s
    on format('%I.%I', s.schemaname, s.sequencename) =
       pg_get_serial_sequence(format('%I.%I', current_schema(), c.relname), a.attname)
       or format('%s.%s', s.schemaname, s.sequencename) =
          pg_get_serial_sequence(format('%I.%I', current_schema(), c.relname), a.attname)
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  order by c.relname`;

/** All tables, each after those that its rows refer to. */
export async function backupTables(client: ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable & { needs: string[] }>(tables);
  const sorted: BackupTable[] = [];
  const names = new Set<string>();
  while (sorted.length < rows.length) {
    const next = rows.filter(({ name, needs }) => !names.has(name) && needs.every((one) => names.has(one)));
    if (next.length === 0) throw new Error('tables refer to one another in a circle');
    for (const { name, columns } of next) {
      names.add(name);
      sorted.push({ name, columns });
    }
  }
  return sorted;
}

export async function backupCounters(client: ClientBase): Promise<BackupCounter[]> {
  return (await client.query<BackupCounter>(counters)).rows;
}
