import { useState } from 'preact/hooks';
import { Problem } from '../api.js';
import { useCountdown } from './countdown.js';

export interface Form {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Seconds until it may be sent again. */
  readonly wait: number;
  /** For `onSubmit`. */
  readonly submit: (event?: Event) => void;
}

/** A form that is sent by script: what became of it, and for how long one has to wait after too many tries. */
export function useForm(send: () => Promise<void>): Form {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wait = useCountdown(problem);
  const run = async (): Promise<void> => {
    if (isBusy || wait > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      await send();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event?: Event): void => {
    event?.preventDefault();
    void run();
  };
  return { isBusy, problem, wait, submit };
}
