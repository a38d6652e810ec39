import { pause, pauseAfter } from './backoff.js';
import { asClientError, VigieClientError } from './client-error.js';
import type { ClientState } from './client-state.js';
import { FollowStream, type StreamTiming } from './follow-stream.js';
import { pollChanges } from './poll-changes.js';
import type { ServiceDoor, Waiting } from './service-door.js';
import { takeAddressRules, type TakenRules } from './take-address-rules.js';
import { takeSnapshot } from './take-snapshot.js';

/** In ms. */
export interface Timing extends StreamTiming {
  /** For so long changes are asked for by long polling where streams do not get through, until one is tried again. */
  readonly polling: number;
}

/** Seconds for which the service may hold back an answer without changes. */
const WAIT = 20;
/** An empty answer that comes sooner, in ms, was not held back: the next question waits instead. */
const TOO_SOON = 1000;

/**
 * Keeps a state up to date until `signal` aborts: block list, then what changed since, then the stream, or long polling
 * where streams do not get through. Whatever fails is tried again after a pause.
 */
export class FollowService {
  private failures = 0;
  private pollUntil = 0;
  /** The tag of rules of which something had to be left out. */
  private reduced: string | null = null;
  private readonly stream: FollowStream;

  constructor(
    private readonly door: ServiceDoor,
    private readonly state: ClientState,
    private readonly timing: Timing,
    private readonly signal: AbortSignal,
    private readonly onError: (error: VigieClientError) => void,
    /** Whether the site's address rules are asked of the service. */
    private readonly followsRules: boolean,
  ) {
    this.stream = new FollowStream(door, state, timing, signal, onError);
  }

  /** Never rejects. */
  async run(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await this.step();
      } catch (error) {
        if (this.signal.aborted) return;
        await this.afterFailure(asClientError(error, 'PROTOCOL', 'Following the service failed'));
      }
    }
  }

  private async step(): Promise<void> {
    const { signal, state } = this;
    if (state.cursor === null) {
      const waiting = { signal, patience: this.timing.silence };
      const snapshot = await takeSnapshot(this.door, state.empty(), waiting);
      // Ahead of the first answers.
      await this.followRules();
      state.replace(snapshot);
    }
    // One plain question first: it gets through every proxy, and says at once when the cursor is not good any more.
    await this.poll(0);
    if (Date.now() >= this.pollUntil) {
      const getsThrough = await this.stream.follow();
      if (!getsThrough) this.pollUntil = Date.now() + this.timing.polling;
    }
    this.failures = 0;
    while (Date.now() < this.pollUntil && !signal.aborted) {
      const start = Date.now();
      const found = await this.poll(WAIT);
      if (!found && Date.now() - start < TOO_SOON) await pause(TOO_SOON * (1 + Math.random()), signal);
    }
  }

  /** Takes in all that there is. False when there was nothing. */
  private async poll(wait: number): Promise<boolean> {
    let found = false;
    for (let more = true; more && !this.signal.aborted;) {
      const { cursor } = this.state;
      if (cursor === null) return found;
      const page = await pollChanges(this.door, { cursor, wait }, this.signal);
      for (const change of page.changes) this.state.fold(change);
      this.state.moveTo(page.cursor);
      const lag = page.servedAt === null || page.asOf === null ? null : page.servedAt - Date.parse(page.asOf);
      await this.followRules();
      // Up to then nothing is missing, once the last page is in.
      if (page.asOf !== null && !page.more) this.state.confirm(page.asOf, lag);
      found ||= page.changes.length > 0;
      more = page.more;
    }
    return found;
  }

  /**
   * Asks for the site's address rules when the service has said that they are others. Older services say nothing. Where
   * something before the service does not let the route through, those that are known stay, and the next poll asks again.
   */
  private async followRules(): Promise<void> {
    const { door, state, signal } = this;
    const tag = door.rulesTag;
    if (!this.followsRules || tag === null || tag === state.rules.tag || tag === this.reduced) return;
    const taken = await this.takeRules({ signal, patience: this.timing.silence });
    if (taken === null) return;
    // The answer may be of still newer ones.
    const { rulesTag } = door;
    const isWhole = taken.problem === null;
    // What is saved without a tag is asked for again by the next process: its library may be a newer one.
    this.reduced = isWhole ? null : rulesTag;
    state.useRules({ tag: isWhole ? rulesTag : null, rules: taken.rules });
    if (taken.problem !== null) this.onError(taken.problem);
  }

  private async takeRules(waiting: Waiting): Promise<TakenRules | null> {
    try {
      return await takeAddressRules(this.door, waiting);
    } catch (error) {
      if (!(error instanceof VigieClientError) || error.status !== 404) throw error;
      this.onError(error);
      // A stream would leave the next poll far away.
      this.pollUntil = Date.now() + this.timing.polling;
      return null;
    }
  }

  private async afterFailure(error: VigieClientError): Promise<void> {
    this.failures += 1;
    this.onError(error);
    const gone = error.status === 410;
    // What can not be read here may be readable in the block list. The old state stays in use until that is whole.
    if (gone || (error.code === 'PROTOCOL' && this.failures > 1)) this.state.loseCursor();
    if (gone && this.failures === 1) return;
    await pause(pauseAfter(this.failures, Math.random(), error.retryAfter), this.signal);
  }
}
