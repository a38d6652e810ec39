import { signal } from '@preact/signals';
import { Problem } from '../api.js';
import { type Asking, claimNext, isOneWaiting, takeCase, type Wish } from './claim-next.js';
import { HeldCase, ignoreProblem } from './held-case.js';

/** How often one looks again where nothing waited, in milliseconds. */
const LOOK_AGAIN = 10_000;

/** Where the cases of a desk come from. */
export class CaseSource {
  readonly wish = signal<Wish>({ site: null, reason: null, escalated: false });
  /** Whether it was looked for, and nothing waited. */
  readonly isDry = signal(false);
  /** Whether a case was seen that waits; it is claimed when somebody is there. */
  readonly isWaiting = signal(false);
  /** Why no case could be had. */
  readonly problem = signal<Problem | null>(null);
  private readonly aside = new Set<string>();
  private lookAt = 0;

  constructor(
    private readonly ask: Asking,
    private readonly now: () => number,
    private readonly leaseSeconds: number,
  ) {}

  /** Whether it is time to look again. */
  isDue(now: number): boolean {
    return now >= this.lookAt;
  }

  /** The next case, leased; what else there is to read of it comes later. Null: none, or `problem` says why not. */
  async next(): Promise<HeldCase | null> {
    const askedAt = this.now();
    this.lookAt = askedAt + LOOK_AGAIN;
    try {
      const claimed = await claimNext(this.ask, this.wish.peek(), this.aside);
      this.problem.value = null;
      this.isDry.value = claimed === null;
      this.isWaiting.value = false;
      return claimed === null ? null : this.held(claimed, askedAt);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problem.value = error;
      return null;
    }
  }

  /** Looks whether a case waits, and leaves it to whoever is there. */
  async look(): Promise<void> {
    this.lookAt = this.now() + LOOK_AGAIN;
    try {
      const isWaiting = await isOneWaiting(this.ask, this.wish.peek(), this.aside);
      this.problem.value = null;
      this.isWaiting.value = isWaiting;
      this.isDry.value = !isWaiting;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problem.value = error;
    }
  }

  /** This case, leased. @throws Problem 409 when somebody holds it or it is closed, 403, 404 */
  async named(caseId: string): Promise<HeldCase> {
    const askedAt = this.now();
    const held = this.held(await takeCase(this.ask, caseId), askedAt);
    this.aside.delete(caseId);
    return held;
  }

  /** This case is not wanted again now. */
  putAside(caseId: string): void {
    this.aside.add(caseId);
  }

  forgetAnswers(): void {
    this.isDry.value = false;
    this.isWaiting.value = false;
    this.problem.value = null;
  }

  private held(claimed: ConstructorParameters<typeof HeldCase>[0], askedAt: number): HeldCase {
    const held = new HeldCase(claimed, this.ask, this.leaseSeconds, askedAt);
    // The case is shown without, until it is there.
    void held.load().catch(ignoreProblem);
    return held;
  }
}
