import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../contract/page.js';
import { api, Problem, type Query } from './api.js';
import { toastProblem } from './ui/toasts.js';

/** A list that is read page by page. */
export interface Pages<T> {
  readonly items: readonly T[] | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem: Problem | null;
  readonly more: () => void;
  readonly reload: () => void;
}

interface Known<T> {
  readonly subject: string;
  readonly items: readonly T[];
  readonly cursor: string | null;
}

/**
 * Reads a list of the API, a page at a time. What fails while some of it is on the page is told at the side, and that stays.
 *
 * @param path null: nothing is asked
 */
export function usePages<T>(path: string | null, query: Query, limit = 50): Pages<T> {
  const subject = JSON.stringify([path, query]);
  const [known, setKnown] = useState<Known<T> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isLoading, setLoading] = useState(path !== null);
  const turn = useRef(0);
  const current = known?.subject === subject ? known : null;
  const load = async (after: Known<T> | null): Promise<void> => {
    if (path === null) return;
    const mine = (turn.current += 1);
    setLoading(true);
    setProblem(null);
    try {
      const page = await api.get<Page<T>>(path, { ...query, limit, cursor: after?.cursor });
      if (mine !== turn.current) return;
      setKnown({ subject, items: [...(after?.items ?? []), ...page.items], cursor: page.nextCursor });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (mine === turn.current) {
        setProblem(error);
        if (current !== null) toastProblem(error);
      }
    }
    if (mine === turn.current) setLoading(false);
  };
  useEffect(() => {
    void load(null);
    return () => {
      turn.current += 1;
    };
  }, [subject]);
  return {
    items: current?.items,
    hasMore: current?.cursor != null,
    isLoading,
    problem,
    more: () => void load(current),
    reload: () => void load(null),
  };
}
