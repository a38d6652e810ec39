import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayAnswer } from '../../../../contract/replay.js';
import { Problem, problemOf } from '../../api.js';
import { askStream } from '../../ask-stream.js';
import type { ServerSent } from '../../server-sent.js';

/** How far a try is. */
export type Try =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly done: number; readonly of: number | null }
  | { readonly state: 'refused'; readonly problem: Problem }
  | { readonly state: 'done'; readonly answer: ReplayAnswer; readonly question: string };

export interface ReplayRun {
  readonly current: Try;
  /** @param question what is tried, to tell later whether it is still what is wanted */
  readonly start: (question: string, body: object) => void;
  readonly cancel: () => void;
}

/** Tries a rule on what happened, and follows how far that is. Leaving the page ends it. @param path of the door */
export function useReplay(path: string): ReplayRun {
  const [current, setCurrent] = useState<Try>({ state: 'none' });
  const running = useRef<AbortController | null>(null);
  const end = (): void => {
    running.current?.abort();
    running.current = null;
  };
  useEffect(() => end, []);
  const run = async (question: string, body: object, abort: AbortController): Promise<void> => {
    let last: Try | null = null;
    try {
      await askStream(path, body, abort.signal, (event) => {
        last = heard(event, question) ?? last;
        if (last !== null && running.current === abort) setCurrent(last);
      });
      // The end of the stream without an answer: it broke off.
      if ((last as Try | null)?.state !== 'done') throw new Problem({ status: 0 });
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      setCurrent({ state: 'refused', problem: error });
    } finally {
      if (running.current === abort) running.current = null;
    }
  };
  const start = useCallback(
    (question: string, body: object) => {
      end();
      const abort = new AbortController();
      running.current = abort;
      setCurrent({ state: 'running', done: 0, of: null });
      void run(question, body, abort);
    },
    [path],
  );
  const cancel = useCallback(() => {
    end();
    setCurrent({ state: 'none' });
  }, []);
  return { current, start, cancel };
}

/** What an event of the stream says. @throws Problem which it tells of */
function heard({ event, data }: ServerSent, question: string): Try | null {
  if (event === 'problem') {
    const { status = 500 } = JSON.parse(data) as { status?: number };
    throw problemOf(status, data);
  }
  if (event === 'result') return { state: 'done', answer: JSON.parse(data) as ReplayAnswer, question };
  if (event !== 'progress') return null;
  const { done, of } = JSON.parse(data) as { done: number; of: number };
  return { state: 'running', done, of };
}
