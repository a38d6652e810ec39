import type { ModulesContainer } from '@nestjs/core';
import { JOB_HANDLERS, type JobHandler } from './job-handler.js';

const MAX_ATTEMPTS = 10;
const MAX_SECONDS = 300;

/** A handler with its limits. */
export type KnownHandler = Required<Pick<JobHandler, 'kind' | 'maxAttempts' | 'maxSeconds'>> & {
  readonly handler: JobHandler;
};

/** Which kinds of jobs this process can do. */
export class JobHandlers {
  private readonly known: ReadonlyMap<string, KnownHandler>;
  readonly kinds: readonly string[];

  /** @throws when two handlers are for one kind */
  constructor(handlers: readonly JobHandler[]) {
    const known = new Map<string, KnownHandler>();
    for (const handler of handlers) {
      const { kind, maxAttempts = MAX_ATTEMPTS, maxSeconds = MAX_SECONDS } = handler;
      if (known.has(kind)) throw new Error(`Two handlers do jobs of kind "${kind}"`);
      known.set(kind, { kind, maxAttempts, maxSeconds, handler });
    }
    this.known = known;
    this.kinds = [...known.keys()];
  }

  /** All that any module provides under `JOB_HANDLERS`. */
  static of(modules: ModulesContainer): JobHandlers {
    return new JobHandlers(
      [...modules.values()].flatMap((module) => {
        const provided: unknown = module.providers.get(JOB_HANDLERS)?.instance;
        return (provided ?? []) as JobHandler[];
      }),
    );
  }

  get(kind: string): KnownHandler | undefined {
    return this.known.get(kind);
  }

  all(): KnownHandler[] {
    return [...this.known.values()];
  }
}
