import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from './api.js';

/** What is shown of a question that is asked again and again. */
export interface Live<T> {
  /** The last answer; stays while the next is on its way or fails. Undefined: none yet. */
  readonly data: T | undefined;
  /** Why the last question was refused; null: it was not. */
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  /** Asks now. */
  readonly reload: () => void;
  /** Shows another answer, as after one's own change, until the next comes. */
  readonly show: (data: T) => void;
}

/**
 * Asks, and again every so many milliseconds while the page is seen; at once when it is seen again. `subject` names what is
 * asked: with another one what was known is forgotten.
 *
 * @param ask the latest one is used; it must end when its signal is aborted
 * @param every null: once
 */
export function useLive<T>(
  subject: string,
  ask: (abort: AbortSignal) => Promise<T>,
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
    const load = async (): Promise<void> => {
      clearTimeout(timer);
      const mine = (turn += 1);
      setLoading(true);
      try {
        const data = await latest.current(abort.signal);
        if (abort.signal.aborted || mine !== turn) return;
        setKnown({ subject, data, problem: null });
      } catch (error) {
        if (abort.signal.aborted || mine !== turn) return;
        if (!(error instanceof Problem)) throw error;
        setKnown((before) => ({ ...(before.subject === subject ? before : { subject }), problem: error }));
      }
      setLoading(false);
      if (every !== null && document.visibilityState === 'visible')
        timer = setTimeout(() => void load(), every);
    };
    const seen = (): void => {
      if (every !== null && document.visibilityState === 'visible') void load();
    };
    again.current = () => void load();
    document.addEventListener('visibilitychange', seen);
    void load();
    return () => {
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
