import { pause, pauseAfter } from './backoff.js';
import { asClientError, VigieClientError } from './client-error.js';
import type { ClientState } from './client-state.js';
import type { ServiceDoor } from './service-door.js';
import { streamChanges, type Told } from './stream-changes.js';

/** In ms. */
export interface StreamTiming {
  /** An answer that says nothing for so long is taken for dead. The heart of a stream beats every 20 s. */
  readonly silence: number;
  /** A stream that does not begin within this time does not get through: some proxies hold answers back. */
  readonly firstWord: number;
}

/** So many silences in a row, or streams that end at once: then they do not get through either. */
const MOST_SILENCES = 2;
const MOST_BRIEF = 5;
/** Ms. */
const BRIEF = 5000;

/** Answers that say: no streams here, at least not now. The question before it went well, so the key is good. */
const NO_STREAMS = [401, 403, 404, 405, 406, 501, 503];
/** Answers that concern more than the stream: whoever asked deals with them. */
const NOT_OURS = [410];

/** One stream after the other. */
export class FollowStream {
  private silences = 0;
  private brief = 0;

  constructor(
    private readonly door: ServiceDoor,
    private readonly state: ClientState,
    private readonly timing: StreamTiming,
    private readonly signal: AbortSignal,
    private readonly onError: (error: VigieClientError) => void,
  ) {}

  /**
   * Follows one stream to its end, then pauses a little. False when streams do not seem to get through.
   *
   * @throws VigieClientError REFUSED with a status that concerns more than the stream
   */
  async follow(): Promise<boolean> {
    const start = Date.now();
    const failure = await this.run();
    if (this.signal.aborted) return true;
    if (failure !== null && NOT_OURS.includes(failure.status ?? 0)) throw failure;
    if (failure !== null) this.onError(failure);
    this.brief = Date.now() - start < BRIEF ? this.brief + 1 : 0;
    const getsThrough = failure === null || !this.doesNotGetThrough(failure);
    if (!getsThrough || this.brief >= MOST_BRIEF) {
      this.brief = 0;
      return false;
    }
    // Streams end when a process of the service stops: not all sites should come back at the same moment.
    await pause(pauseAfter(Math.max(1, this.brief), Math.random(), failure?.retryAfter), this.signal);
    return true;
  }

  private async run(): Promise<VigieClientError | null> {
    const { cursor } = this.state;
    if (cursor === null) return null;
    const opening = new AbortController();
    const end = (): void => opening.abort();
    this.signal.addEventListener('abort', end);
    let late = false;
    const tooLate = setTimeout(() => {
      late = true;
      end();
    }, this.timing.firstWord);
    try {
      const waiting = { signal: opening.signal, patience: this.timing.silence };
      await streamChanges(this.door, cursor, waiting, (told) => {
        clearTimeout(tooLate);
        this.hear(told);
      });
      return null;
    } catch (error) {
      if (late)
        return new VigieClientError(
          'PROTOCOL',
          'The stream of changes does not get through: polling instead.',
        );
      return asClientError(error, 'PROTOCOL', 'The stream of changes failed');
    } finally {
      clearTimeout(tooLate);
      this.signal.removeEventListener('abort', end);
    }
  }

  private hear({ change, cursor, asOf }: Told): void {
    if (change !== null) {
      this.silences = 0;
      this.state.fold(change);
    }
    if (cursor !== null) this.state.moveTo(cursor);
    if (asOf !== null) this.state.confirm(asOf, null);
  }

  private doesNotGetThrough({ code, status = 0 }: VigieClientError): boolean {
    if (code === 'SILENT') this.silences += 1;
    return code === 'PROTOCOL' || NO_STREAMS.includes(status) || this.silences >= MOST_SILENCES;
  }
}
