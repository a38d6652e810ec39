import type { Tx } from '../../tx.js';

const load = {
  name: 'load-import-checkpoint',
  text: `select lines::float8 as lines, digest from import_checkpoint where site_id = $1 and kind = $2 and head = $3`,
};

const save = {
  name: 'save-import-checkpoint',
  text: `
    insert into import_checkpoint (site_id, kind, head, lines, digest)
    values ($1, $2, $3, $4, $5)
    on conflict (site_id, kind, head) do update
    set lines = excluded.lines, digest = excluded.digest, at = clock_timestamp()`,
};

/** Which import: of what, into which site, from a file that begins with this line. */
export interface ImportName {
  readonly siteId: string;
  readonly kind: 'reports' | 'blocks';
  /** SHA-256 of the first line. */
  readonly head: Buffer;
}

/** How far it has come. */
export interface ImportCheckpoint {
  readonly lines: number;
  /** SHA-256 of all these lines. */
  readonly digest: Buffer;
}

/** Undefined for a file of which nothing was imported yet. */
export async function loadImportCheckpoint(
  db: Pick<Tx, 'query'>,
  { siteId, kind, head }: ImportName,
): Promise<ImportCheckpoint | undefined> {
  const [row] = await db.query<ImportCheckpoint>(load, [siteId, kind, head]);
  return row;
}

/** Commits with what these lines brought, or not at all. */
export const saveImportCheckpoint = (
  tx: Tx,
  { siteId, kind, head }: ImportName,
  { lines, digest }: ImportCheckpoint,
): void => tx.send(save, [siteId, kind, head, lines, digest]);
