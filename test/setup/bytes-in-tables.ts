import type { DataSource } from 'typeorm';

/**
 * In which tables of a database any of these bytes are, wherever in a row: in a column of bytes, or as hexadecimal or base64 within
 * a text or JSON. Rows as text show bytes as hexadecimal.
 */
export async function tablesWith(dataSource: DataSource, wanted: readonly Buffer[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const forms = [
    ...new Set(
      wanted.flatMap((bytes) => [
        bytes.toString('hex'),
        bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
        bytes.toString('base64url').slice(0, -1),
      ]),
    ),
  ];
  const tables = await dataSource.query<{ name: string }[]>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await dataSource.query<{ rows: number }[]>(
      `select count(*)::int as rows from "${name}" as r
       where exists (select from unnest($1::text[]) as f (form) where strpos(r::text, f.form) > 0)`,
      [forms],
    );
    if ((row?.rows ?? 0) > 0) found.push(name);
  }
  return found;
}
