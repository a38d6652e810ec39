import { isForbidden } from '../../postgres-errors.js';
import type { Tx } from '../../tx.js';

const system = {
  name: 'read-system-identifier',
  text: `select system_identifier::text as "systemIdentifier" from pg_control_system()`,
};

/** The number that initdb gave the cluster; null where the role may not ask for it. */
export async function readSystemIdentifier(db: Pick<Tx, 'query'>): Promise<string | null> {
  try {
    const [row] = await db.query<{ systemIdentifier: string }>(system);
    return row?.systemIdentifier ?? null;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

const identity = {
  name: 'database-identity',
  text: `
    select md5(concat_ws(' ', coalesce($1, encode(i.secret_check, 'hex') || ' ' || d.oid), d.datname)) as identity
    from pg_database d
    left join installation i on true
    where d.datname = current_database()`,
};

/**
 * A name of this database that no other has, in this cluster or another. Where the role may not ask for the cluster's
 * number, only a copy of this very database under its name in another cluster might have the same.
 */
export async function databaseIdentity(db: Pick<Tx, 'query'>): Promise<string> {
  const [row] = await db.query<{ identity: string }>(identity, [await readSystemIdentifier(db)]);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row.identity;
}
