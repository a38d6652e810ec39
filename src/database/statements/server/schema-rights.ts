import type { Tx } from '../../tx.js';

const rights = {
  name: 'read-schema-rights',
  text: `
    select current_user                                                      as "user",
           current_schema()                                                  as schema,
           coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate",
           (select pg_get_userbyid(c.relowner)
            from pg_class c
            where c.oid = to_regclass('migration') and not pg_has_role(c.relowner, 'usage')) as "otherOwner",
           case when current_schema() is null then format('create schema authorization %I', current_user)
                else format('grant create on schema %I to %I', current_schema(), current_user)
           end                                                               as remedy`,
};

/** What the user of this connection may do to the schema. */
export interface SchemaRights {
  readonly user: string;
  /** In which tables are made; null: there is none that this user may use. */
  readonly schema: string | null;
  readonly mayCreate: boolean;
  /** Whose the tables are that are there, where this user may not change them. */
  readonly otherOwner: string | null;
  /** The statement that lets this user make tables. */
  readonly remedy: string;
}

export async function readSchemaRights(db: Pick<Tx, 'query'>): Promise<SchemaRights> {
  const [row] = await db.query<SchemaRights>(rights);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row;
}
