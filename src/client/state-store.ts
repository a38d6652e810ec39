import { asClientError, type VigieClientError } from './client-error.js';
import { waitForStore } from './wait-for-store.js';

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

/** In ms. */
interface SaverTimes {
  /** From a change until it is saved, at least. */
  readonly every: number;
  /** For so long the store is waited for. */
  readonly patience: number;
}

/** Saves a while after a change, one at a time, and at the end. */
export class StateSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private lastTook = 0;
  /** The store has not answered yet, whether or not it is still waited for. */
  private unanswered = false;
  /** Something was to be saved meanwhile. */
  private missed = false;
  private ended = false;

  constructor(
    private readonly store: StateStore | undefined,
    private readonly bytes: () => Uint8Array | null,
    private readonly times: SaverTimes,
    private readonly onError: (error: VigieClientError) => void,
  ) {}

  changed(): void {
    if (this.store === undefined || this.timer !== undefined || this.ended) return;
    this.timer = setTimeout(() => void this.save(), Math.max(this.times.every, this.lastTook * SHARE));
  }

  /** Saves for the last time. Never rejects. */
  end(): Promise<void> {
    this.ended = true;
    return this.save();
  }

  /** Saves what there is now, after what is being saved: but where the store says nothing of that, when it does. */
  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.saving = this.saving.then(() => this.write()));
  }

  private async write(): Promise<void> {
    if (this.unanswered) {
      this.missed = true;
      return;
    }
    const bytes = this.bytes();
    if (this.store === undefined || bytes === null) return;
    try {
      const then = 'nothing is saved until it does.';
      await waitForStore(this.ask(this.store, bytes), this.times.patience, then);
    } catch (error) {
      this.onError(asClientError(error, 'STORE', 'What is blocked could not be saved'));
    }
  }

  private async ask(store: StateStore, bytes: Uint8Array): Promise<void> {
    const start = Date.now();
    this.unanswered = true;
    try {
      await store.save(bytes);
    } finally {
      this.lastTook = Date.now() - start;
      this.unanswered = false;
      if (this.missed) this.changed();
      this.missed = false;
    }
  }
}
