/** What a check finds: `degraded` works without something that it can do without; `down` can not work. */
export type Readiness = 'up' | 'degraded' | 'down';

/** One thing that must work before this process may be given requests. Throwing, or two seconds of silence, is `down`. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<Readiness>;
}

/** The token under which a module provides its `ReadinessCheck[]`; every module may provide its own. */
export const READINESS = Symbol('READINESS');
