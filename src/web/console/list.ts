import { useCallback, useState } from 'preact/hooks';
import { api, type Query } from './api.js';
import { type Live, useLive } from './live.js';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list as far as it was asked for. */
export interface List<T> extends Live<Page<T>> {
  readonly items: readonly T[] | undefined;
  /** Shows more of it; null: this is all. */
  readonly more: (() => void) | null;
}

const PAGE = 50;

/** Walks a list of the service, page by page, as far as somebody wants to see; asked again every so many milliseconds. */
export function useList<T>(path: string, query: Query = {}, every: number | null = null): List<T> {
  const subject = JSON.stringify([path, query]);
  const [wanted, setWanted] = useState({ subject, pages: 1 });
  const pages = wanted.subject === subject ? wanted.pages : 1;
  const live = useLive<Page<T>>(
    subject,
    async (how) => {
      const items: T[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < pages; page += 1) {
        const got: Page<T> = await api.get<Page<T>>(path, { ...query, limit: PAGE, cursor }, how);
        items.push(...got.items);
        cursor = got.nextCursor;
        if (cursor === null) break;
      }
      return { items, nextCursor: cursor };
    },
    every,
  );
  const { data, reload } = live;
  const more = useCallback(() => {
    setWanted({ subject, pages: pages + 1 });
    // After the render that knows how many are wanted.
    setTimeout(reload);
  }, [subject, pages, reload]);
  return { ...live, items: data?.items, more: data?.nextCursor == null ? null : more };
}
