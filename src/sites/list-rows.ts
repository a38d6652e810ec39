import { type EntityTarget, type FindOptionsWhere, MoreThan, type ObjectLiteral } from 'typeorm';
import { type CursorList, cutPage, openCursor } from '../access/sealing/page-cursor.js';
import type { Sealed } from '../access/sealing/sealed.js';
import type { PageQuery } from '../contract/page.js';
import type { ManagedTx } from '../database/tx.js';

/** A page of rows in the order in which they were made. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/**
 * One page of a settings table, by its id.
 *
 * @param list names the list, and whose it is, in its cursors, so that they fit no other
 * @throws VigieError INVALID for a cursor that is none of this list
 */
export async function listRows<Row extends ObjectLiteral & { id: string }>(
  tx: ManagedTx,
  table: EntityTarget<Row>,
  where: Partial<Row>,
  { limit, cursor }: PageQuery,
  { sealed, list }: { readonly sealed: Sealed; readonly list: CursorList },
): Promise<RowPage<Row>> {
  const after = openCursor<string>(sealed, list, cursor) ?? '0';
  const rows = await tx.manager.find(table, {
    where: { ...where, id: MoreThan(after) } as FindOptionsWhere<Row>,
    order: { id: 'ASC' } as never,
    take: limit + 1,
  });
  const { items, nextCursor } = cutPage(
    sealed,
    list,
    rows,
    limit,
    (row) => row,
    ({ id }) => id,
  );
  return { rows: items, nextCursor };
}
