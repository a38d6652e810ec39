import { computed, signal } from '@preact/signals';
import type { CaseReport, CaseReportPage } from '../../../contract/case-reports.js';
import type { CaseDetail, CaseView } from '../../../contract/cases.js';
import { type How, Problem } from '../api.js';
import type { Asking } from './claim-next.js';

/** Reports that are loaded at once. */
const REPORTS = 50;

/** How long what is in front is taken as it is, in milliseconds; then it is looked at again. */
const CHECKED_EVERY = 15_000;

/** What a decision is about: other bytes are another picture. */
export interface Seen {
  readonly version: number;
  readonly contentVersion: number | null;
}

const seenOf = ({ version, image: { contentVersion } }: CaseView): Seen => ({ version, contentVersion });

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
  /** What was on the page when it was last looked at: the view may be newer than anybody's eyes. */
  private lookedAt: Seen;
  private isRenewing = false;
  private checkedAt: number;

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
    this.lookedAt = seenOf(claimed);
    this.renewedAt = askedAt;
    this.checkedAt = askedAt;
    this.endsAt = signal(askedAt + seconds * 1_000);
  }

  get leaseToken(): string {
    return this.token;
  }

  get seen(): Seen {
    return this.lookedAt;
  }

  /** Somebody looks at it as it is shown now: as it comes in front, and some time after it was painted anew. */
  look(): void {
    this.lookedAt = seenOf(this.view.peek());
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
  async renew(now: () => number, how: How = {}): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    const askedAt = now();
    try {
      const path = `/v1/cases/${this.id}/lease`;
      const seen = await this.ask.put<CaseView>(path, { token: this.token }, {}, how);
      this.renewedAt = askedAt;
      this.checkedAt = askedAt;
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
    else if (left <= (this.seconds * 1_000) / 2 && touchedAt > this.renewedAt)
      void this.renew(now, { isBackground: true });
  }

  /** Looks again, every now and then: a report of the severe kind must not wait until the lease is renewed. */
  check(now: number): void {
    if (now - this.checkedAt < CHECKED_EVERY) return;
    this.checkedAt = now;
    void this.read()
      .then((detail) => this.see(detail))
      .catch(ignoreProblem);
  }

  private async read(): Promise<CaseDetail> {
    const detail = await this.ask.get<CaseDetail>(`/v1/cases/${this.id}`, {}, { isBackground: true });
    this.detail.value = detail;
    return detail;
  }

  /** Takes over what the service says of the case now. @param isPictureGone whether the address of the copy is no longer good */
  private see(seen: CaseView, isPictureGone = false): void {
    const before = this.view.peek();
    const isOther =
      seen.version !== before.version ||
      seen.image.contentVersion !== before.image.contentVersion ||
      seen.severe !== before.severe;
    // Every answer has other addresses of the same copy: a picture that is on the page stays.
    const stays = !isOther && !isPictureGone && before.image.snapshot !== null;
    this.view.value = stays ? { ...seen, image: { ...seen.image, snapshot: before.image.snapshot } } : seen;
    if (!isOther) return;
    this.isChanged.value = true;
    void this.load().catch(ignoreProblem);
  }

  /** Addresses of the copy are good for five minutes: asks for others. */
  async refreshPicture(): Promise<void> {
    this.see(await this.read(), true);
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
