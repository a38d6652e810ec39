import { computed, signal } from '@preact/signals';
import type { CaseDetail, CaseReport, CaseReportPage, CaseView } from '../../../contract/cases.js';
import { Problem } from '../api.js';
import type { Asking } from './claim-next.js';

/** Reports that are loaded at once. */
const REPORTS = 50;

/** A case on somebody's desk, under a lease of its own: with two windows, each has its own. */
export class HeldCase {
  readonly id: string;
  private readonly token: string;
  /** As it was last seen. Its picture stays the one that is loaded until it shows other bytes. */
  readonly view;
  readonly detail = signal<CaseDetail | null>(null);
  readonly reports = signal<readonly CaseReport[]>([]);
  /** Where the reports go on; null: these are all. */
  readonly moreReports = signal<string | null>(null);
  /** By the desk's clock, in milliseconds: counted from when the lease was asked for, so never later than the service's. */
  readonly endsAt;
  renewedAt: number;
  readonly isOver = signal(false);
  /** Why it can not be decided any more: somebody holds it, or decided it. */
  readonly loss = signal<Problem | null>(null);
  /** Whether what one sees became other while one looked: other bytes, or another version of the case. */
  readonly isChanged = signal(false);
  readonly canBeDecided = computed(() => !this.isOver.value && this.loss.value === null);
  private isRenewing = false;

  /** @param claimed the answer that gave the lease; asked for at `askedAt` */
  constructor(
    claimed: CaseView,
    private readonly ask: Asking,
    private readonly seconds: number,
    askedAt: number,
  ) {
    this.id = claimed.id;
    this.token = claimed.lease?.token ?? '';
    this.view = signal(claimed);
    this.renewedAt = askedAt;
    this.endsAt = signal(askedAt + seconds * 1_000);
  }

  get leaseToken(): string {
    return this.token;
  }

  /** Asks for evidence, timeline and what readers said. @throws Problem */
  async load(): Promise<void> {
    const [detail, reports] = await Promise.all([
      this.ask.get<CaseDetail>(`/v1/cases/${this.id}`),
      this.ask.get<CaseReportPage>(`/v1/cases/${this.id}/reports`, { limit: REPORTS }),
    ]);
    this.detail.value = detail;
    this.reports.value = reports.items;
    this.moreReports.value = reports.nextCursor;
  }

  async loadMoreReports(): Promise<void> {
    const cursor = this.moreReports.peek();
    if (cursor === null) return;
    const path = `/v1/cases/${this.id}/reports`;
    const { items, nextCursor } = await this.ask.get<CaseReportPage>(path, { limit: REPORTS, cursor });
    this.reports.value = [...this.reports.peek(), ...items];
    this.moreReports.value = nextCursor;
  }

  /**
   * Lets the lease last its whole time again, also one that ran out and that nobody took. A refusal is kept in `loss`; where
   * nobody answers, the lease goes on running.
   */
  async renew(now: () => number): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    const askedAt = now();
    try {
      const seen = await this.ask.put<CaseView>(`/v1/cases/${this.id}/lease`, { token: this.token });
      this.renewedAt = askedAt;
      this.endsAt.value = askedAt + this.seconds * 1_000;
      this.isOver.value = false;
      this.see(seen);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if ([403, 404, 409].includes(error.status)) this.loss.value = error;
    } finally {
      this.isRenewing = false;
    }
  }

  /** Counts down; renews in the second half of the lease, if somebody worked since it began. */
  watch(now: () => number, touchedAt: number): void {
    if (!this.canBeDecided.peek()) return;
    const left = this.endsAt.peek() - now();
    if (left <= 0) this.isOver.value = true;
    else if (left <= (this.seconds * 1_000) / 2 && touchedAt > this.renewedAt) void this.renew(now);
  }

  /** Takes over what the service says of the case now. */
  private see(seen: CaseView): void {
    const before = this.view.peek();
    const isOther =
      seen.version !== before.version || seen.image.contentVersion !== before.image.contentVersion;
    // Every answer has other addresses of the same copy: a picture that is on the page stays.
    const stays = !isOther && before.image.snapshot !== null;
    this.view.value = stays ? { ...seen, image: { ...seen.image, snapshot: before.image.snapshot } } : seen;
    if (!isOther) return;
    this.isChanged.value = true;
    void this.load().catch(ignoreProblem);
  }

  /** Addresses of the copy are good for five minutes: asks for others. */
  async refreshPicture(): Promise<void> {
    const { image } = await this.ask.get<CaseDetail>(`/v1/cases/${this.id}`);
    this.view.value = { ...this.view.peek(), image };
  }

  /** Gives it back; `skip`: not to be offered it again soon. What fails is made good by the end of the lease. */
  async release(skip = false): Promise<void> {
    const query = { token: this.token, ...(skip ? { skip } : {}) };
    await this.ask.remove(`/v1/cases/${this.id}/lease`, query).catch(ignoreProblem);
  }
}

/** For what is tried again by itself. @throws what is no refusal of the service */
export function ignoreProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
