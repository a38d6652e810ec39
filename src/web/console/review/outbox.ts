import { computed, signal } from '@preact/signals';
import type { DecisionAnswer, DecisionRequest } from '../../../contract/decisions.js';
import { Problem } from '../api.js';
import type { Asking } from './claim-next.js';
import type { Drafts, Kept } from './drafts.js';
import { type Refusal, refusalOf } from './refusal.js';

/** A decision on its way, or that was refused. */
export interface Sent {
  readonly caseId: string;
  /** How the image is called, to people. */
  readonly image: string;
  readonly request: DecisionRequest;
  /** `waiting`: nobody answered; it is sent again. */
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly refusal: Refusal | null;
}

/** A decision that was taken, and can be taken back. */
export interface Taken extends Pick<Sent, 'caseId' | 'image' | 'request'> {
  /** What became of it; null: it was refused. */
  readonly outcome: Promise<DecisionAnswer | null>;
}

const KEY = 'vigie-console:sending';
/** How long one waits before it is sent again, in milliseconds: longer each time. */
const WAITS = [1_000, 2_000, 5_000, 10_000] as const;
/** How many can be taken back, one after the other. */
const REMEMBERED = 50;

/** Whether the answer of another moment may be another: nobody answered, the session is over, too much at once. */
const isPassing = ({ status }: Problem): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;

/**
 * Decisions on their way to the service. They are sent until they are answered: the lease's token makes a repeated one the
 * same decision. What was not answered when the page ended is sent when it is opened again in this window.
 */
export class Outbox {
  readonly items = signal<readonly Sent[]>([]);
  /** Whether a decision would be late, or lost to this person's eyes, if the page were left now. */
  readonly isBusy = computed(() => this.items.value.some(({ state }) => state !== 'refused'));
  readonly refused = computed(() => this.items.value.filter(({ state }) => state === 'refused'));
  readonly waiting = computed(() => this.items.value.filter(({ state }) => state === 'waiting').length);
  readonly taken = signal<readonly Taken[]>([]);
  private readonly again = new Map<Sent, { readonly at: number; readonly go: () => void }>();

  constructor(
    private readonly ask: Asking,
    private readonly now: () => number,
    private readonly drafts: Drafts,
    private readonly kept: Kept | null = null,
  ) {
    for (const item of this.left()) this.send(item);
  }

  /** Sends a decision in the background. */
  send({ caseId, image, request }: Pick<Sent, 'caseId' | 'image' | 'request'>): Taken {
    const item: Sent = { caseId, image, request, state: 'sending', refusal: null };
    this.show([...this.items.peek().filter((one) => one.caseId !== caseId), item]);
    const taken = { caseId, image, request, outcome: this.deliver(item) };
    this.taken.value = [...this.taken.peek().slice(1 - REMEMBERED), taken];
    return taken;
  }

  private async deliver(item: Sent): Promise<DecisionAnswer | null> {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await this.ask.post<DecisionAnswer>(`/v1/cases/${item.caseId}/decision`, item.request);
        this.show(this.items.peek().filter((one) => one !== item));
        this.drafts.drop(item.caseId);
        return answer;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!isPassing(error)) {
          const refusal = refusalOf(error, item.request.contentVersion ?? null);
          this.change(item, { ...item, state: 'refused', refusal });
          this.forget(item);
          return null;
        }
        item = this.change(item, { ...item, state: 'waiting' });
        const wait = error.status === 401 ? Infinity : (WAITS[tries] ?? 10_000);
        const at = this.now() + Math.max(wait, (error.retryAfter ?? 0) * 1_000);
        await new Promise<void>((go) => this.again.set(item, { at, go }));
        this.again.delete(item);
        item = this.change(item, { ...item, state: 'sending' });
      }
    }
  }

  /** Sends what is due again. @param everything also what waits for its time, as when the network is back */
  tick(everything = false): void {
    for (const { at, go } of [...this.again.values()]) if (everything || at <= this.now()) go();
  }

  /** Puts a refusal away. What was typed stays with the case. */
  dismiss(item: Sent): void {
    this.show(this.items.peek().filter((one) => one !== item));
  }

  /**
   * Takes a decision back, once it has been taken.
   *
   * @returns what became of the case; null: it was refused in the first place
   * @throws Problem
   */
  async undo(taken: Taken): Promise<DecisionAnswer | null> {
    this.taken.value = this.taken.peek().filter((one) => one !== taken);
    const answer = await taken.outcome;
    if (answer === null) return null;
    const undone = await this.ask
      .post<DecisionAnswer>(`/v1/decisions/${answer.decision.id}/undo`)
      .catch((error: unknown) => {
        if (error instanceof Problem && isPassing(error)) this.taken.value = [...this.taken.peek(), taken];
        throw error;
      });
    // It is decided anew: with what was typed the first time.
    if (taken.request.note !== undefined) this.drafts.keep(taken.caseId, taken.request.note);
    return undone;
  }

  private forget({ request }: Sent): void {
    this.taken.value = this.taken.peek().filter((one) => one.request !== request);
  }

  private change(from: Sent, to: Sent): Sent {
    this.show(this.items.peek().map((one) => (one === from ? to : one)));
    return to;
  }

  private show(items: readonly Sent[]): void {
    this.items.value = items;
    const unanswered = items.filter(({ state }) => state !== 'refused');
    try {
      if (unanswered.length === 0) this.kept?.removeItem(KEY);
      else this.kept?.setItem(KEY, JSON.stringify(unanswered));
    } catch {
      // They are kept as long as the page.
    }
  }

  private left(): readonly Sent[] {
    try {
      return JSON.parse(this.kept?.getItem(KEY) ?? '[]') as Sent[];
    } catch {
      return [];
    }
  }
}
