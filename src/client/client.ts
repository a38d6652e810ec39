import type { AddressRules } from '../core/address-rules.js';
import type { Block } from './blocked-set.js';
import { asClientError, VigieClientError } from './client-error.js';
import { type CheckedOptions, checkOptions, type ClientOptions } from './client-options.js';
import { ClientState, type StateChange } from './client-state.js';
import { FollowService } from './follow-service.js';
import type { ImageQuestion } from './image-change.js';
import { readState, writeState } from './saved-state.js';
import { ServiceDoor } from './service-door.js';
import { StateSaver } from './state-store.js';
import { storePatience, waitForStore } from './wait-for-store.js';

/** What is known of an image. `known`: false while there is no state, and `blocked` follows from the mode. */
export type ImageState =
  | { readonly blocked: false; readonly known: boolean }
  | ({ readonly blocked: true; readonly known: true } & Block)
  | { readonly blocked: true; readonly known: false };

/** How old the answers are. */
export interface Staleness {
  /** Ms since the client last knew that nothing is missing; Infinity while it knows nothing. */
  readonly ms: number;
  /** What the service said then of its own freshness, RFC 3339; null when it did not say yet. */
  readonly asOf: string | null;
}

/** Makes a client; it asks nothing before `start()`. @throws TypeError with a sentence that names the option */
export const createClient = (options: ClientOptions): VigieClient => new VigieClient(checkOptions(options));

/**
 * Knows which images of a site are blocked, without asking: answers come from memory, at once. Made by `createClient`.
 */
export class VigieClient {
  private readonly listeners = new Set<(change: StateChange) => void>();
  private readonly closing = new AbortController();
  private readonly state: ClientState;
  private readonly saver: StateSaver;
  private starting: Promise<void> | undefined;
  private following: Promise<void> = Promise.resolve();
  private lastError: VigieClientError | undefined;
  /** Tells `start` how the first attempts go. */
  private settle:
    { readonly ready: () => void; readonly failed: (error: VigieClientError) => void } | undefined;

  constructor(private readonly options: CheckedOptions) {
    this.state = new ClientState((change) => this.tell(change));
    if (options.addressRules !== undefined) this.useGivenRules(options.addressRules);
    const bytes = (): Uint8Array | null => {
      const { saved } = this.state;
      return saved === null ? null : writeState(saved, options.baseUrl);
    };
    const times = { every: options.saveEvery, patience: storePatience(options.startTimeout) };
    this.saver = new StateSaver(options.store, bytes, times, (error) => this.fail(error));
  }

  /**
   * Begins, and resolves when there is a first state: at once when the store has one, while the service is caught up
   * with. After a rejection the client goes on trying, until `close()`.
   *
   * @throws VigieClientError REFUSED when the key is not good, TIMEOUT when there is nothing after `startTimeout`, CLOSED
   */
  start(): Promise<void> {
    return (this.starting ??= this.begin());
  }

  /**
   * May this image not be shown? By address in any spelling, by the site's own id, or by both: then it is blocked when
   * either is. From memory, without a promise; never throws.
   */
  isBlocked(image: string | ImageQuestion): boolean {
    if (!this.state.ready) return this.options.mode === 'failClosed';
    const { set } = this.state;
    if (typeof image === 'string') return set.hasUrl(image);
    return (
      (image.id !== undefined && set.hasId(image.id)) || (image.url !== undefined && set.hasUrl(image.url))
    );
  }

  /** The same with all that is known: reason, version, since when. */
  stateOf(image: string | ImageQuestion): ImageState {
    if (!this.state.ready) return { blocked: this.options.mode === 'failClosed', known: false };
    const { set } = this.state;
    const { id, url } = typeof image === 'string' ? { id: undefined, url: image } : image;
    const block = (id === undefined ? null : set.byId(id)) ?? (url === undefined ? null : set.byUrl(url));
    return block === null ? { blocked: false, known: true } : { blocked: true, known: true, ...block };
  }

  /**
   * Calls `listener` after each change: of one image, or `snapshot` when everything may have changed, at the first state
   * and after a cursor was lost. Returns what ends it.
   */
  onChange(listener: (change: StateChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  staleness(): Staleness {
    return { ms: this.state.age(), asOf: this.state.asOf };
  }

  /** Blocked ids and addresses, and the bytes that they take. */
  get memory(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.state.set.size, bytes: this.state.set.bytes };
  }

  /**
   * Ends all requests, saves, and leaves nothing behind. Answers go on coming from the last state. Never rejects, nor waits for a
   * store that says nothing.
   */
  async close(): Promise<void> {
    if (!this.closing.signal.aborted) {
      this.closing.abort();
      this.settle?.failed(
        new VigieClientError('CLOSED', 'The client was closed before it had a first state.'),
      );
    }
    await this.following;
    await this.saver.end();
  }

  private begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { startTimeout, mode } = this.options;
      if (this.closing.signal.aborted) {
        return reject(new VigieClientError('CLOSED', 'The client was closed: make another one.'));
      }
      const timer = setTimeout(() => {
        const last = this.lastError === undefined ? '' : ` ${this.lastError.message}`;
        const until = `It goes on trying; until then images are ${mode === 'failOpen' ? 'shown' : 'not shown'}.`;
        const text = `Nothing is known of blocked images after ${startTimeout / 1000} s.${last} ${until}`;
        this.settle?.failed(new VigieClientError('TIMEOUT', text, { cause: this.lastError }));
      }, startTimeout);
      const done = (): void => {
        clearTimeout(timer);
        this.settle = undefined;
      };
      this.settle = {
        ready: () => (done(), resolve()),
        failed: (error) => (done(), reject(error)),
      };
      this.following = this.run();
    });
  }

  private async run(): Promise<void> {
    const { baseUrl, key, fetch, timing, addressRules } = this.options;
    await this.load();
    const door = new ServiceDoor(baseUrl, key, fetch);
    const fail = (error: VigieClientError): void => this.fail(error);
    const followsRules = addressRules === undefined;
    await new FollowService(door, this.state, timing, this.closing.signal, fail, followsRules).run();
  }

  private async load(): Promise<void> {
    const { baseUrl, addressRules } = this.options;
    try {
      const bytes = await this.stored();
      if (bytes === null || this.closing.signal.aborted) return;
      this.state.resume(readState(bytes, baseUrl));
      if (addressRules !== undefined) this.useGivenRules(addressRules);
      this.tell({ type: 'snapshot' });
    } catch (error) {
      this.fail(asClientError(error, 'STORE', 'What was saved can not be used'));
    }
  }

  /** @throws VigieClientError STORE when the store says nothing for too long, and what it rejects with */
  private async stored(): Promise<Uint8Array | null> {
    const { store, startTimeout } = this.options;
    if (store === undefined) return null;
    const patience = storePatience(startTimeout);
    return waitForStore(store.load(), patience, 'going on without it.', this.closing.signal);
  }

  private useGivenRules(rules: AddressRules): void {
    this.state.useRules({ tag: null, rules });
  }

  private tell(change: StateChange): void {
    this.saver.changed();
    this.settle?.ready();
    for (const listener of [...this.listeners]) {
      try {
        listener(change);
      } catch (error) {
        this.fail(asClientError(error, 'LISTENER', 'A listener of onChange failed'));
      }
    }
  }

  private fail(error: VigieClientError): void {
    this.lastError = error;
    if (error.status === 401 || error.status === 403) this.settle?.failed(error);
    try {
      this.options.onError(error);
    } catch {
      // Whoever is told of errors has to look after their own.
    }
  }
}
