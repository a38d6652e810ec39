import { Injectable } from '@nestjs/common';
import { type CursorList, openCursor, sealCursor } from '../access/page-cursor.js';
import { Sealed } from '../access/sealed.js';
import type { Page } from '../contract/page.js';

/** Pages of this room's lists. */
@Injectable()
export class PageCursors {
  constructor(private readonly sealed: Sealed) {}

  /**
   * The place that a cursor stands for, null without one.
   *
   * @param list what the cursor must have been made for
   * @throws VigieError INVALID at /cursor when it was not
   */
  open<Place>(list: CursorList, cursor: string | null | undefined): Place | null {
    return openCursor<Place>(this.sealed, list, cursor);
  }

  /**
   * A page of `limit` items out of one row more than that, which is only asked for to know whether there is another.
   *
   * @param placeOf where the list goes on after a row
   */
  page<Row, Item>(
    list: CursorList,
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Row) => Item,
    placeOf: (row: Row) => unknown,
  ): Page<Item> {
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(itemOf),
      nextCursor: last === undefined ? null : sealCursor(this.sealed, list, placeOf(last)),
    };
  }
}
