import { Client, type ClientConfig } from 'pg';

/**
 * A connection whose errors are heard from the first moment on: one that nobody hears ends the process. The pool hears those of idle
 * ones, and TypeORM those of such as it was given, both some turns after Postgres' welcome; where Postgres ended in that
 * moment, nobody did (`npm run faults` met it once in 200). Whoever asks over such a connection is told that it is lost, and who waits
 * for its end hears that.
 */
export class HeardClient extends Client {
  constructor(options?: string | ClientConfig) {
    super(options);
    this.on('error', () => undefined);
  }
}
