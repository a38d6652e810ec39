import { signal } from '@preact/signals';
import { Problem } from '../api.js';
import { CaseSource } from './case-source.js';
import { type Choice, requestOf } from './choice.js';
import type { Asking, Wish } from './claim-next.js';
import type { Drafts } from './drafts.js';
import type { HeldCase } from './held-case.js';
import type { Outbox, Taken } from './outbox.js';

/** A lease is renewed as its case comes in front, unless it is as new as this, in milliseconds. */
const FRESH = 5_000;

interface DeskTools {
  readonly ask: Asking;
  /** Milliseconds; only ever compared with itself. */
  readonly now: () => number;
  readonly leaseSeconds: number;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
}

/**
 * What somebody works on: the case in front, and the one after it, claimed and loaded ahead under a lease of its own. Both
 * leases are renewed while one works, and run out when one does not.
 */
export class Desk {
  readonly current = signal<HeldCase | null>(null);
  readonly ahead = signal<HeldCase | null>(null);
  readonly isPaused = signal(true);
  /** A case that was asked for by name and could not be had. */
  readonly refused = signal<{ readonly caseId: string; readonly problem: Problem } | null>(null);
  /** Moves with each tick: what the countdown is told by. */
  readonly time;
  readonly source;
  private touchedAt = -Infinity;
  private filling: Promise<void> | null = null;
  /** Rises when what is being claimed is not wanted any more. */
  private turn = 0;

  constructor(private readonly tools: DeskTools) {
    this.time = signal(tools.now());
    this.source = new CaseSource(tools.ask, tools.now, tools.leaseSeconds);
  }

  /** Begins, or begins again after a pause. @param caseId that case first */
  async start(caseId?: string): Promise<void> {
    this.isPaused.value = false;
    this.touch();
    if (caseId !== undefined) await this.open(caseId);
    await this.fill();
  }

  /** Gives everything back. What was typed is kept. */
  async pause(): Promise<void> {
    this.isPaused.value = true;
    await this.clear();
  }

  async choose(wish: Wish): Promise<void> {
    this.source.wish.value = wish;
    await this.clear();
    await this.fill();
  }

  private async clear(): Promise<void> {
    this.turn += 1;
    const held = [this.current.peek(), this.ahead.peek()].filter((one) => one !== null);
    this.current.value = null;
    this.ahead.value = null;
    this.source.forgetAnswers();
    await Promise.all(held.map((one) => one.release()));
  }

  /** Claims until there is a case in front and one after it, or nothing waits. */
  fill(): Promise<void> {
    this.filling ??= this.claimWhatIsMissing().finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  private async claimWhatIsMissing(): Promise<void> {
    while (!this.isPaused.peek() && (this.current.peek() === null || this.ahead.peek() === null)) {
      const { turn } = this;
      const held = await this.source.next();
      if (turn !== this.turn || this.isPaused.peek()) await held?.release();
      else if (held === null) return;
      else if (this.current.peek() === null) this.current.value = held;
      else if (this.ahead.peek() === null) this.ahead.value = held;
      // Another one was opened by name meanwhile.
      else await held.release();
    }
  }

  /** Puts this case in front, and the one that was there behind it; where it can not be had, `refused` says why. */
  async open(caseId: string): Promise<void> {
    this.refused.value = null;
    if (this.current.peek()?.id === caseId) return;
    if (this.ahead.peek()?.id === caseId) return this.swap();
    const { turn } = this;
    try {
      const held = await this.source.named(caseId);
      if (turn !== this.turn) return await held.release();
      const [front, behind] = [this.current.peek(), this.ahead.peek()];
      this.current.value = held;
      if (front === null) return;
      const stays = front.canBeDecided.peek();
      this.ahead.value = stays ? front : null;
      await Promise.all([behind?.release(), stays ? undefined : front.release()]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refused.value = { caseId, problem: error };
    }
  }

  /** Decides the case in front; the next one is there at once. Undefined: it can not be decided now. */
  decide(choice: Choice): Taken | undefined {
    const held = this.current.peek();
    if (held === null || !held.canBeDecided.peek()) return undefined;
    const { outbox, drafts } = this.tools;
    const { url, ownId, id } = held.view.peek().image;
    const taken = outbox.send({
      caseId: held.id,
      image: url ?? ownId ?? id,
      request: requestOf(held, choice, drafts.of(held.id)),
    });
    this.next();
    return taken;
  }

  /** Puts the case in front aside: it is not offered again soon. */
  skip(): void {
    const held = this.current.peek();
    if (held === null) return;
    this.source.putAside(held.id);
    void held.release(true);
    this.next();
  }

  /** Goes on to the next case; the one in front was decided, given back, or lost. */
  next(): void {
    this.current.value = this.ahead.peek();
    this.ahead.value = null;
    this.inFront();
    void this.fill();
  }

  /** Leaves the case in front for later, and looks at the other first; one that can not be decided any more is left for good. */
  later(): void {
    const held = this.current.peek();
    if (held?.canBeDecided.peek() !== false) return this.swap();
    void held.release();
    this.next();
  }

  private swap(): void {
    const behind = this.ahead.peek();
    if (behind === null) return;
    this.ahead.value = this.current.peek();
    this.current.value = behind;
    this.inFront();
  }

  /** What comes in front may have changed while it waited; its lease begins anew. */
  private inFront(): void {
    this.touch();
    const held = this.current.peek();
    const { now } = this.tools;
    if (held !== null && now() - held.renewedAt > FRESH) void held.renew(now);
  }

  /** Somebody is at work. */
  touch(): void {
    this.touchedAt = this.tools.now();
  }

  /** To be called about each second: counts down, renews, looks again. */
  tick(): void {
    const now = this.tools.now();
    this.time.value = now;
    if (this.isPaused.peek()) return;
    const [front, behind] = [this.current.peek(), this.ahead.peek()];
    for (const held of [front, behind]) held?.watch(this.tools.now, this.touchedAt);
    if (behind !== null && !behind.canBeDecided.peek()) {
      this.ahead.value = null;
      void behind.release();
    }
    // Who let a lease run out is given no other.
    if (this.source.isDue(now) && front?.canBeDecided.peek() !== false) void this.fill();
  }

  /** Takes the case in front again, after its lease ran out. */
  async takeAgain(): Promise<void> {
    this.touch();
    await this.current.peek()?.renew(this.tools.now);
  }
}
