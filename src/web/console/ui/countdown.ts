import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api.js';

/** Whole seconds until something that was refused may be tried again; counts down to 0. */
export function useCountdown(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = problem?.status === 429 ? (problem.retryAfter ?? 0) : 0;
    const end = performance.now() + seconds * 1_000;
    setLeft(seconds);
    if (seconds === 0) return;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
