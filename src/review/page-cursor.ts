import { Injectable } from '@nestjs/common';
import { type CursorList, cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
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

  /** As `cutPage` does. */
  page<Row, Item>(
    list: CursorList,
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Row) => Item,
    placeOf: (row: Row) => unknown,
  ): Page<Item> {
    return cutPage(this.sealed, list, rows, limit, itemOf, placeOf);
  }
}
