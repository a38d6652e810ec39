import { useEffect, useRef, useState } from 'preact/hooks';
import type { CasePage, CaseView } from '../../../contract/cases.js';
import { api, type How, Problem, type Query } from '../api.js';
import { type Live, useLive } from '../live.js';
import { append, leave, type Left, leftBy, list, type Listed, newOnes, retell } from './rows.js';

/** How often the list is asked for again, in milliseconds. */
const EVERY = 3_000;
/** Cases on a page at first, with each "more", and at most in one question. */
const PAGE = 50;
const LARGEST = 100;
/** How many cases are kept up to date: those after them are as they were when they were loaded. */
const LIVE = 3 * LARGEST;
/** Of how many cases that went it is asked why, each time. */
const ASKED = 10;

export interface Queue {
  readonly listed: Listed | undefined;
  readonly newCases: number;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly problem: Problem | null;
  readonly showNew: () => void;
  readonly more: () => Promise<void>;
  readonly reload: () => void;
  /** Says of rows that they left, as after one's own decisions. */
  readonly leaveNow: (left: ReadonlyMap<string, Left>) => void;
}

interface Known {
  readonly subject: string;
  readonly listed: Listed;
  /** Where the next page begins; null: there is none. */
  readonly cursor: string | null;
}

/** The cases of a filter: each keeps its place, and is told anew every few seconds. */
export function useQueue(filter: Query, status: string): Queue {
  const subject = JSON.stringify(filter);
  const [known, setKnown] = useState<Known | null>(null);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const asked = useRef(0);
  const current = known?.subject === subject ? known : null;
  const shown = current?.listed.rows.length ?? 0;
  const live = useLive<CasePage>(
    subject,
    (how) => readFirst(filter, Math.min(Math.max(PAGE, shown), LIVE), how),
    EVERY,
  );
  useEffect(() => {
    const { data } = live;
    if (data !== undefined) setKnown((before) => told(before, subject, data));
  }, [live.data]);
  useEffect(() => {
    if (current === null || live.data === undefined) return;
    const { missing } = retell(current.listed, live.data.items);
    // Those after what is kept up to date are not missing.
    const covered = new Set(current.listed.rows.slice(0, LIVE).map((row) => row.case.id));
    const gone = missing.filter((id) => covered.has(id));
    // In turn: most have only fallen behind new ones, and are asked about again and again.
    const from = asked.current % Math.max(1, gone.length);
    asked.current = from + ASKED;
    const next = [...gone.slice(from), ...gone.slice(0, from)].slice(0, ASKED);
    void askWhy(next, status).then((left) => {
      if (left.size > 0) setKnown((before) => before && { ...before, listed: leave(before.listed, left) });
    });
  }, [live.data]);

  const more = async (): Promise<void> => {
    if (current?.cursor == null) return;
    setLoadingMore(true);
    try {
      const page = await api.get<CasePage>('/v1/cases', { ...filter, limit: PAGE, cursor: current.cursor });
      // Another choice may have been made meanwhile, whose list this is no part of.
      setKnown((before) =>
        before?.subject !== subject
          ? before
          : { ...before, listed: append(before.listed, page.items), cursor: page.nextCursor },
      );
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    listed: current?.listed,
    newCases: current === null ? 0 : newOnes(current.listed),
    hasMore: current?.cursor != null,
    isLoadingMore,
    problem: problemOf(live, current),
    showNew: () => {
      const { data } = live;
      if (data !== undefined) setKnown({ subject, listed: list(data.items), cursor: data.nextCursor });
    },
    more,
    reload: live.reload,
    leaveNow: (left) => setKnown((before) => before && { ...before, listed: leave(before.listed, left) }),
  };
}

/** What failed while there is nothing to show; a list that is there stays, and is asked for again. */
const problemOf = (live: Live<CasePage>, current: Known | null): Problem | null =>
  current === null || live.problem?.status === 403 ? live.problem : null;

const told = (before: Known | null, subject: string, { items, nextCursor }: CasePage): Known =>
  before === null || before.subject !== subject
    ? { subject, listed: list(items), cursor: nextCursor }
    : { ...before, listed: retell(before.listed, items).listed };

/** The first so many cases: in as many questions as it takes. */
async function readFirst(filter: Query, count: number, how: How): Promise<CasePage> {
  let cursor: string | null = null;
  const items: CaseView[] = [];
  do {
    const limit = Math.min(LARGEST, count - items.length);
    const page: CasePage = await api.get<CasePage>('/v1/cases', { ...filter, limit, cursor }, how);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < count);
  return { items, nextCursor: cursor };
}

/** Why cases are no longer listed, as far as they tell. */
async function askWhy(ids: readonly string[], status: string): Promise<ReadonlyMap<string, Left>> {
  const asked = await Promise.all(
    ids.map(async (id): Promise<readonly [string, Left] | null> => {
      try {
        const left = leftBy(await api.get<CaseView>(`/v1/cases/${id}`, {}, { isBackground: true }), status);
        return left === null ? null : [id, left];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.status === 403) return [id, { how: 'escalated' }];
        return error.status === 404 ? [id, { how: 'other' }] : null;
      }
    }),
  );
  return new Map(asked.filter((one) => one !== null));
}
