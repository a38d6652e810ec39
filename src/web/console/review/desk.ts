import { signal } from '@preact/signals';
import { Problem } from '../api.js';
import { CaseSource } from './case-source.js';
import { type Choice, requestOf } from './choice.js';
import type { Asking, Wish } from './claim-next.js';
import type { Drafts } from './drafts.js';
import type { HeldCase } from './held-case.js';
import type { Outbox } from './outbox.js';
import { refusalOf } from './refusal.js';
import type { Taken } from './sent.js';

/** A lease is renewed as its case comes in front, unless it is as new as this, in milliseconds. */
const FRESH = 5_000;
/** Who did nothing for so long, in milliseconds, is given no new case. */
const AWAY = 60_000;

interface DeskTools {
  readonly ask: Asking;
  /** Milliseconds; only ever compared with itself. */
  readonly now: () => number;
  readonly leaseSeconds: number;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  /** Whether the page is seen. */
  readonly isSeen?: () => boolean;
  /** Whether the session is over: then nothing is asked until somebody has signed in again. */
  readonly isResting?: () => boolean;
}

/**
 * What somebody works on: the case in front, and the one after it, claimed and loaded ahead under a lease of its own. Both
 * leases are renewed while one works, and run out when one does not. Nothing is claimed for who is not there.
 */
export class Desk {
  readonly current = signal<HeldCase | null>(null);
  readonly ahead = signal<HeldCase | null>(null);
  readonly isPaused = signal(true);
  /** Why nothing comes while it is paused: somebody wants a break, or the case that was asked for by name could not be had. */
  readonly pausedBy = signal<'break' | 'refusal'>('break');
  /** A case that was asked for by name and could not be had. */
  readonly refused = signal<{ readonly caseId: string; readonly problem: Problem } | null>(null);
  /** Moves with each tick: what the countdown is told by. */
  readonly time;
  readonly source;
  private touchedAt = -Infinity;
  private filling: Promise<void> | null = null;
  private opening: Promise<void> | null = null;
  /** Rises when what is being claimed is not wanted any more. */
  private turn = 0;

  constructor(private readonly tools: DeskTools) {
    this.time = signal(tools.now());
    this.source = new CaseSource(tools.ask, tools.now, tools.leaseSeconds);
  }

  /**
   * Begins, or begins again after a pause.
   *
   * @param caseId that case first; where it is refused, none comes in its place until one begins again: a key that was meant for
   * it would decide another
   */
  async start(caseId?: string): Promise<void> {
    this.isPaused.value = false;
    this.touchedAt = this.tools.now();
    if (caseId !== undefined) {
      await this.open(caseId);
      const refused = this.refused.peek();
      if (this.current.peek() === null && refused !== null && refusalOf(refused.problem).kind !== 'failed') {
        this.pausedBy.value = 'refusal';
        this.isPaused.value = true;
      }
    }
    await this.fill();
  }

  /** Gives everything back, also what is on its way. What was typed is kept. */
  async pause(): Promise<void> {
    this.pausedBy.value = 'break';
    this.isPaused.value = true;
    await Promise.all([this.clear(), this.filling, this.opening]);
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
    if (this.tools.isResting?.() === true) return Promise.resolve();
    this.filling ??= this.claimWhatIsMissing().finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  private async claimWhatIsMissing(): Promise<void> {
    if (this.opening !== null && this.current.peek() === null) await this.opening;
    while (!this.isPaused.peek() && (this.current.peek() === null || this.ahead.peek() === null)) {
      if (this.isAway()) {
        if (this.current.peek() === null) await this.source.look();
        // Somebody may have come meanwhile.
        if (this.isAway()) return;
      }
      const { turn } = this;
      const held = await this.source.next();
      if (turn !== this.turn || this.isPaused.peek()) await held?.release();
      else if (held === null) return;
      else if (this.current.peek() === null) this.show(held);
      else if (this.ahead.peek() === null) this.ahead.value = held;
      // Another one was opened by name meanwhile.
      else await held.release();
    }
  }

  /** Puts this case in front, and the one that was there behind it; where it can not be had, `refused` says why. */
  open(caseId: string): Promise<void> {
    const opening = this.take(caseId).finally(() => {
      if (this.opening === opening) this.opening = null;
    });
    this.opening = opening;
    return opening;
  }

  private async take(caseId: string): Promise<void> {
    this.refused.value = null;
    if (this.current.peek()?.id === caseId) return;
    if (this.ahead.peek()?.id === caseId) return this.swap();
    const { turn } = this;
    try {
      const held = await this.source.named(caseId);
      if (turn !== this.turn) return await held.release();
      // Who asks for a case in a pause is at work again: its lease counts down, and is renewed.
      this.isPaused.value = false;
      const [front, behind] = [this.current.peek(), this.ahead.peek()];
      this.show(held);
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
    const behind = this.ahead.peek();
    this.ahead.value = null;
    this.show(behind);
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
    this.show(behind);
    this.inFront();
  }

  /** Puts in front what is looked at from now on. */
  private show(held: HeldCase | null): void {
    held?.look();
    this.current.value = held;
  }

  /** What comes in front may have changed while it waited; its lease begins anew. */
  private inFront(): void {
    this.touch();
    const held = this.current.peek();
    const { now } = this.tools;
    if (held !== null && now() - held.renewedAt > FRESH) void held.renew(now);
  }

  /** Somebody is at work: who comes back is given what waits. */
  touch(): void {
    const wasAway = this.isAway();
    this.touchedAt = this.tools.now();
    if (wasAway && !this.isPaused.peek() && this.current.peek()?.canBeDecided.peek() !== false)
      void this.fill();
  }

  private isAway(): boolean {
    const { now, isSeen } = this.tools;
    return now() - this.touchedAt >= AWAY || isSeen?.() === false;
  }

  /** To be called about each second: counts down, renews, looks again. */
  tick(): void {
    const now = this.tools.now();
    this.time.value = now;
    if (this.isPaused.peek()) return;
    const [front, behind] = [this.current.peek(), this.ahead.peek()];
    const isResting = this.tools.isResting?.() === true;
    for (const held of [front, behind]) held?.watch(this.tools.now, isResting ? -Infinity : this.touchedAt);
    if (behind !== null && !behind.canBeDecided.peek()) {
      this.ahead.value = null;
      if (!isResting) void behind.release();
    }
    if (isResting) return;
    if (front?.canBeDecided.peek() === true && this.tools.isSeen?.() !== false) front.check(now);
    // Who let a lease run out is given no other.
    if (this.source.isDue(now) && front?.canBeDecided.peek() !== false) void this.fill();
  }

  /** Takes the case in front again, after its lease ran out. */
  async takeAgain(): Promise<void> {
    this.touch();
    await this.current.peek()?.renew(this.tools.now);
  }
}
