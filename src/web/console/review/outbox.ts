import { computed, signal } from '@preact/signals';
import type { DecisionAnswer, DecisionRequest } from '../../../contract/decisions.js';
import { Problem } from '../api.js';
import type { Asking } from './claim-next.js';
import type { Drafts, Kept } from './drafts.js';
import { ignoreProblem } from './held-case.js';
import { type Refusal, refusalOf } from './refusal.js';
import { isPassing, Retries } from './retries.js';
import { keepSent, leftIn, type Sent, type Taken } from './sent.js';

/** How many can be taken back, one after the other. */
const REMEMBERED = 50;

/**
 * Decisions on their way to the service. They are sent until they are answered: the lease's token makes a repeated one the
 * same decision. What was not answered when the page ended is sent when it is opened again in this window; what was refused
 * is kept until it is put away.
 */
export class Outbox {
  readonly items = signal<readonly Sent[]>([]);
  /** Decisions that would be late, or lost to this person's eyes, if the page were left now. */
  readonly unsent = computed(() => this.items.value.filter(({ state }) => state !== 'refused').length);
  readonly isBusy = computed(() => this.unsent.value > 0);
  readonly refused = computed(() => this.items.value.filter(({ state }) => state === 'refused'));
  readonly waiting = computed(() => this.waitingFor(false));
  /** Those of them that are taken back once they have been sent. */
  readonly undoing = computed(() => this.waitingFor(true));
  readonly taken = signal<readonly Taken[]>([]);
  private readonly retries;

  constructor(
    private readonly ask: Asking,
    now: () => number,
    private readonly drafts: Drafts,
    private kept: Kept | null = null,
  ) {
    this.retries = new Retries(now);
    const left = leftIn(kept);
    this.items.value = left.filter(({ state }) => state === 'refused');
    for (const item of left.filter(({ state }) => state !== 'refused')) {
      const taken = this.send(item);
      // Who can not be told is not asked: what stands then is what others decided.
      if (item.undo === true) void this.undo(taken).catch(ignoreProblem);
    }
  }

  /** Sends a decision in the background. */
  send({ caseId, image, request }: Pick<Sent, 'caseId' | 'image' | 'request'>): Taken {
    const item: Sent = { caseId, image, request, state: 'sending', refusal: null };
    this.show([...this.items.peek().filter((one) => one.caseId !== caseId), item]);
    const taken = { caseId, image, request, outcome: this.deliver(item) };
    this.taken.value = [...this.taken.peek().slice(1 - REMEMBERED), taken];
    return taken;
  }

  private async deliver({ caseId, request }: Sent): Promise<DecisionAnswer | null> {
    try {
      const path = `/v1/cases/${caseId}/decision`;
      const answer = await this.untilAnswered(request, () => this.ask.post<DecisionAnswer>(path, request));
      // One that is taken back is kept until that has been answered, too.
      if (this.itemOf(request)?.undo !== true) this.remove(request);
      this.drafts.drop(caseId);
      return answer;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.taken.value = this.taken.peek().filter((one) => one.request !== request);
      // It was to be taken back, and was never taken.
      if (this.itemOf(request)?.undo === true) this.remove(request);
      else
        this.change(request, { state: 'refused', refusal: refusalOf(error, request.contentVersion ?? null) });
      return null;
    }
  }

  private untilAnswered<T>(request: DecisionRequest, ask: () => Promise<T>): Promise<T> {
    return this.retries.untilAnswered(ask, (state) => this.change(request, { state }));
  }

  /** Sends what is due again. @param everything also what waits for its time, as when the network is back */
  tick(everything = false): void {
    this.retries.tick(everything);
  }

  /** Of one that was refused: why it can not be looked at anew, in the place of why it was refused then. */
  refuse({ request }: Sent, refusal: Refusal): void {
    this.change(request, { refusal });
  }

  /** Puts a refusal away. What was typed stays with the case. */
  dismiss(item: Sent): void {
    this.remove(item.request);
  }

  /** Sends nothing more, and writes nothing more down: whose decisions these are is gone. */
  end(): void {
    this.retries.end();
    this.kept = null;
  }

  /**
   * Takes a decision back, once it has been taken. One that is on its way is sent first, and taken back also when the page
   * ended meanwhile.
   *
   * @returns what became of the case; null: it was refused in the first place
   * @throws Problem
   */
  async undo(taken: Taken): Promise<DecisionAnswer | null> {
    const { request, caseId } = taken;
    this.taken.value = this.taken.peek().filter((one) => one !== taken);
    const isOnItsWay = this.itemOf(request) !== undefined;
    this.change(request, { undo: true });
    const answer = await taken.outcome;
    if (answer === null) return null;
    const ask = () => this.ask.post<DecisionAnswer>(`/v1/decisions/${answer.decision.id}/undo`);
    try {
      const undone = await (isOnItsWay ? this.untilAnswered(request, ask) : ask());
      // It is decided anew: with what was typed the first time.
      if (request.note !== undefined) this.drafts.keep(caseId, request.note);
      return undone;
    } catch (error) {
      if (error instanceof Problem && isPassing(error)) this.taken.value = [...this.taken.peek(), taken];
      throw error;
    } finally {
      this.remove(request);
    }
  }

  private waitingFor(undo: boolean): number {
    return this.items.value.filter((one) => one.state === 'waiting' && (one.undo === true) === undo).length;
  }

  private itemOf(request: DecisionRequest): Sent | undefined {
    return this.items.peek().find((one) => one.request === request);
  }

  private change(request: DecisionRequest, to: Partial<Sent>): void {
    this.show(this.items.peek().map((one) => (one.request === request ? { ...one, ...to } : one)));
  }

  private remove(request: DecisionRequest): void {
    this.show(this.items.peek().filter((one) => one.request !== request));
  }

  private show(items: readonly Sent[]): void {
    this.items.value = items;
    keepSent(this.kept, items);
  }
}
