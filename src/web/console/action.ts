import { useCallback, useState } from 'preact/hooks';
import { Problem } from './api.js';
import { toastProblem } from './ui/toasts.js';

/** Something that is asked of the service by a press. */
export interface Action {
  readonly isBusy: boolean;
  /** Why it was refused the last time, with the fields that are wrong; null: it was not. */
  readonly problem: Problem | null;
  /** True when it was done. What is refused for other than its fields is told at the side. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
  readonly forget: () => void;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Problem) setProblem(error);
      if (!(error instanceof Problem) || error.fields.length === 0) toastProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, problem, run, forget: useCallback(() => setProblem(null), []) };
}
