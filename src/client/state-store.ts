import { asClientError, type VigieClientError } from './client-error.js';

/**
 * Where a client keeps what it knows, so that a site that starts while the service is down knows what was blocked.
 * `load` gives what was saved last, or null. `save` replaces it whole or not at all. Both may reject: the client says so
 * to `onError` and goes on without.
 */
export interface StateStore {
  load(): Promise<Uint8Array | null>;
  save(bytes: Uint8Array): Promise<void>;
}

/** Writing takes at most this share of the time, one part in so many, however large the state has grown. */
const SHARE = 20;

/** Saves a while after a change, one at a time, and at the end. */
export class StateSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private lastTook = 0;

  /** @param every ms from a change until it is saved, at least */
  constructor(
    private readonly store: StateStore | undefined,
    private readonly bytes: () => Uint8Array | null,
    private readonly every: number,
    private readonly onError: (error: VigieClientError) => void,
  ) {}

  changed(): void {
    if (this.store === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.save(), Math.max(this.every, this.lastTook * SHARE));
  }

  /** Saves what there is now, after what is being saved. Never rejects. */
  save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.saving = this.saving.then(() => this.write()));
  }

  private async write(): Promise<void> {
    const bytes = this.bytes();
    if (this.store === undefined || bytes === null) return;
    const start = Date.now();
    try {
      await this.store.save(bytes);
    } catch (error) {
      this.onError(asClientError(error, 'STORE', 'What is blocked could not be saved'));
    }
    this.lastTook = Date.now() - start;
  }
}
