import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealed.js';
import type { Page } from '../contract/page.js';
import { invalid } from '../core/errors.js';

/** Where a list goes on. Sealed, because places hold database ids and hashes of readers. */
@Injectable()
export class PageCursors {
  constructor(private readonly sealed: Sealed) {}

  /**
   * The place that a cursor stands for, null without one.
   *
   * @param list what the cursor must have been made for: its name, with the order and filters that the place depends on
   * @throws VigieError INVALID at /cursor when it was not
   */
  open<Place>(list: string, cursor: string | undefined): Place | null {
    // A client that always sends the field sends null on the first page.
    if (cursor === undefined || cursor === null) return null;
    const payload = this.sealed.open(`cursor ${list}`, cursor);
    if (payload === null) {
      throw invalid('/cursor', 'Take the "nextCursor" of the page before, with the same filters and order.');
    }
    return JSON.parse(payload.toString()) as Place;
  }

  /**
   * A page of `limit` items out of one row more than that, which is only asked for to know whether there is another.
   *
   * @param placeOf where the list goes on after a row
   */
  page<Row, Item>(
    list: string,
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Row) => Item,
    placeOf: (row: Row) => unknown,
  ): Page<Item> {
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(itemOf),
      nextCursor:
        last === undefined
          ? null
          : this.sealed.seal(`cursor ${list}`, Buffer.from(JSON.stringify(placeOf(last)))),
    };
  }
}
