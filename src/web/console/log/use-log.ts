import type { Page } from '../../../contract/page.js';
import { api, type Query } from '../api.js';
import { useLive } from '../live.js';
import { type Pages, usePages } from '../use-pages.js';
import { countNew } from './count-new.js';

/** How often it is asked what is new, in milliseconds. */
const EVERY = 5_000;
/** How many new entries are counted. */
const COUNTED = 20;

export interface Log<T> {
  readonly pages: Pages<T>;
  readonly newCount: number;
  /** Whether there are more new ones than that. */
  readonly isMany: boolean;
}

/** A log, the latest first; what comes meanwhile is counted, and shown when it is asked for. */
export function useLog<T extends { readonly id: string }>(path: string, query: Query): Log<T> {
  const pages = usePages<T>(path, query);
  const latest = useLive<Page<T>>(
    JSON.stringify([path, query]),
    (how) => api.get(path, { ...query, limit: COUNTED }, how),
    EVERY,
  );
  return { pages, ...countNew(pages.items, latest.data?.items) };
}
