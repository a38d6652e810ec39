import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type How, Problem } from './api.js';
import { isInterrupted } from './session.js';
import { toastProblem } from './ui/toasts.js';

/** What is shown of a question that is asked again and again. */
export interface Live<T> {
  /** The last answer; stays while the next is on its way or fails. Undefined: none yet. */
  readonly data: T | undefined;
  /** Why the last question was refused; null: it was not. */
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  /** Asks now. Where that fails while there is an answer, it is told at the side. */
  readonly reload: () => void;
  /** Shows another answer, as after one's own change, until the next comes. */
  readonly show: (data: T) => void;
}

/**
 * Asks, and again every so many milliseconds while the page is seen; at once when it is seen again. `subject` names what is
 * asked: with another one what was known is forgotten. While the session is over nothing is asked; at once when it goes on.
 *
 * @param ask the latest one is used; it hands on how it is to be asked, so that it ends with the page and asking again by
 *   itself is no use of the session
 * @param every null: once
 */
export function useLive<T>(
  subject: string,
  ask: (how: How) => Promise<T>,
  every: number | null = null,
): Live<T> {
  const [known, setKnown] = useState<{ subject: string; data?: T; problem: Problem | null }>({
    subject,
    problem: null,
  });
  const [isLoading, setLoading] = useState(true);
  const latest = useRef(ask);
  latest.current = ask;
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    let isKnown = false;
    const load = async (isBackground: boolean): Promise<void> => {
      clearTimeout(timer);
      const mine = (turn += 1);
      const isOld = (): boolean => abort.signal.aborted || mine !== turn;
      setLoading(true);
      try {
        const data = await latest.current({ abort: abort.signal, isBackground });
        if (isOld()) return;
        isKnown = true;
        setKnown({ subject, data, problem: null });
      } catch (error) {
        if (isOld()) return;
        if (!(error instanceof Problem)) throw error;
        setKnown((before) => ({ ...(before.subject === subject ? before : { subject }), problem: error }));
        if (isKnown && !isBackground) toastProblem(error);
      } finally {
        if (!isOld()) {
          setLoading(false);
          timer = every === null ? undefined : setTimeout(repeat, every);
        }
      }
    };
    /** Who looks at another page, or has to sign in first, is told nothing. */
    const repeat = (): void => {
      if (document.visibilityState === 'visible' && !isInterrupted.peek()) void load(true);
    };
    const seen = (): void => {
      if (every !== null) repeat();
    };
    again.current = () => void load(false);
    document.addEventListener('visibilitychange', seen);
    let wasInterrupted = isInterrupted.peek();
    const stop = isInterrupted.subscribe((isOver) => {
      if (wasInterrupted && !isOver) void load(true);
      wasInterrupted = isOver;
    });
    void load(false);
    return () => {
      stop();
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [subject, every]);

  const isCurrent = known.subject === subject;
  return {
    data: isCurrent ? known.data : undefined,
    problem: isCurrent ? known.problem : null,
    isLoading,
    reload: useCallback(() => again.current(), []),
    show: useCallback((data: T) => setKnown({ subject, data, problem: null }), [subject]),
  };
}
