/** What a look at one thing found. A warning can wait; only a failure makes the exit code 1. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found and, unless it is ok, what to do. */
  readonly detail: string;
}

export const ok = (name: string, detail: string): Finding => ({ name, status: 'ok', detail });
export const warning = (name: string, detail: string): Finding => ({ name, status: 'warning', detail });
export const failed = (name: string, detail: string): Finding => ({ name, status: 'failed', detail });

/** Of more than these only the number is said. */
const NAMED = 5;

/** The first of them by name. */
export const named = (all: readonly string[]): string =>
  all.slice(0, NAMED).join(', ') + (all.length > NAMED ? ` and ${all.length - NAMED} more` : '');
