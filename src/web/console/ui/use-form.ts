import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api.js';
import { useCountdown } from './countdown.js';

export interface Form {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Seconds until it may be sent again. */
  readonly wait: number;
  /** Words at a field that is wrong, from when it was to be sent so until it is right; else undefined. */
  readonly complaint: (isWrong: boolean, words: string) => string | undefined;
  /** For `onSubmit`. The form is `noValidate`: what browsers say of a field is in their language, and lies over what is below. */
  readonly submit: (event?: Event) => void;
  /** What was said of it holds no more, such as where other fields are in its place; how long one has to wait does. */
  readonly beginAnew: () => void;
}

/**
 * A form that is sent by script: what became of it, and for how long one has to wait after too many tries.
 *
 * @param isGood whether what was typed may be sent; where it may not, the first field that is wrong gets the focus
 */
export function useForm(send: () => Promise<void>, isGood: () => boolean = () => true): Form {
  const [tries, setTries] = useState(0);
  const place = useRef<HTMLFormElement | null>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), [tries]);
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
    if (isGood()) {
      setTries(0);
      void run();
      return;
    }
    place.current = event?.currentTarget instanceof HTMLFormElement ? event.currentTarget : null;
    setProblem(null);
    setTries(tries + 1);
  };
  const complaint = (isWrong: boolean, words: string): string | undefined =>
    isWrong && tries > 0 ? words : undefined;
  const beginAnew = (): void => {
    setTries(0);
    if (wait === 0) setProblem(null);
  };
  return { isBusy, problem, wait, complaint, submit, beginAnew };
}
