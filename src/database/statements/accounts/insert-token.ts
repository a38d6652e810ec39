import type { Tx } from '../../tx.js';

const statement = {
  name: 'insert-token',
  text: `
    insert into api_key (kind, staff_id, hash, hint, name, scopes, created_by, expires_at)
    values ('staff', $1, $2, $3, $4, $5::text[], $6, 
            least(clock_timestamp() + make_interval(days => $7::int), $8::timestamptz))
    returning id`,
};

/** A personal access token to be. */
export interface NewToken {
  readonly staffId: string;
  /** SHA-256. */
  readonly hash: Buffer;
  readonly hint: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Null: the operator. */
  readonly createdBy: string | null;
  /** From now, by the database's clock. */
  readonly days: number;
  /** It ends no later; null: as `days` says. */
  readonly until: Date | null;
}

/** Stores a token; returns its id. */
export const insertToken = (tx: Tx, token: NewToken): Promise<{ id: string }[]> =>
  tx.query(statement, [
    token.staffId,
    token.hash,
    token.hint,
    token.name,
    token.scopes,
    token.createdBy,
    token.days,
    token.until,
  ]);
