import type { Tx } from '../../tx.js';

const statement = {
  name: 'insert-token',
  // A revoking of the token that asks comes before or after, and not in between.
  text: `
    with asking as materialized (
      select expires_at from api_key
      where id = $8 and revoked_at is null and expires_at > clock_timestamp()
      for share
    )
    insert into api_key (kind, staff_id, hash, hint, name, scopes, created_by, expires_at)
    select 'staff', $1::bigint, $2::bytea, $3::text, $4::text, $5::text[], $6::bigint,
           least(clock_timestamp() + make_interval(days => $7::int), (select expires_at from asking))
    where $8::bigint is null or exists (select from asking)
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
  /** The id of the token that asks for it: it ends no later. Null: none does, and it ends as `days` says. */
  readonly askedBy: string | null;
}

/** Stores a token; returns its id, and nothing where the token that asks is no good any more. */
export const insertToken = (tx: Tx, token: NewToken): Promise<{ id: string }[]> =>
  tx.query(statement, [
    token.staffId,
    token.hash,
    token.hint,
    token.name,
    token.scopes,
    token.createdBy,
    token.days,
    token.askedBy,
  ]);
