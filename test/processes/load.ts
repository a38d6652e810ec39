import { type Reason, REASONS } from '../../src/core/reasons.js';
import type { Asked, Keys, ProcessAnswer } from '../setup/process.js';
import type { Seeded } from '../setup/seeded.js';

/** What a reader, a moderator or a publisher was told has been done, and must therefore be so. */
export class Acknowledged {
  /** By receipt. */
  readonly reports = new Map<string, 'stands' | 'withdrawn' | 'unknown'>();
  /** By address of the image: whether the publisher blocks it. Null while nobody was told. */
  readonly published = new Map<string, boolean | null>();
  /** By id of the decision: the request that made it. */
  readonly decisions = new Map<string, { readonly address: string; readonly body: unknown }>();
  /** Answers that nobody should get. */
  readonly wrong: ProcessAnswer[] = [];
  count = 0;
}

/** How many ask at once, each as fast as they are answered. */
export interface People {
  readonly readers: number;
  readonly moderators: number;
  readonly publishers: number;
}

const CROWD: People = { readers: 24, moderators: 2, publishers: 2 };
const IMAGES = 40;

/**
 * Readers, moderators and publishers who ask one thing after the other, until their connection ends or `end` is called.
 *
 * @param name to tell the readers of this load, and the images of its publishers, from those of others
 * @param onAnswer hears of every acknowledgement
 */
export class Load {
  /** When nobody asks any more. */
  readonly over: Promise<unknown>;
  private ended = false;

  constructor(
    private readonly service: Asked,
    private readonly keys: Keys,
    private readonly seeded: Seeded,
    private readonly known: Acknowledged,
    private readonly name: string,
    private readonly onAnswer: () => void,
    { readers, moderators, publishers }: People = CROWD,
  ) {
    const people = [
      ...Array.from({ length: readers }, (_, n) => this.untilCutOff((turn) => this.read(n, turn))),
      ...Array.from({ length: moderators }, () => this.untilCutOff(() => this.review())),
      ...Array.from({ length: publishers }, (_, n) => this.untilCutOff((turn) => this.publish(n, turn))),
    ];
    this.over = Promise.all(people);
  }

  /** Everybody waits for the answer they wait for, and asks no more. */
  end(): Promise<unknown> {
    this.ended = true;
    return this.over;
  }

  private async untilCutOff(act: (turn: number) => Promise<boolean>): Promise<void> {
    try {
      for (let turn = 0; !this.ended && (await act(turn)); turn += 1);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }

  /** False when the service sends everybody away, because it stops. */
  private accept(answer: ProcessAnswer, ...expected: number[]): boolean {
    // What was done the time before is told with 200 the second time.
    if (expected.includes(answer.status) || (answer.repeated && answer.status === 200)) {
      this.known.count += 1;
      this.onAnswer();
      return true;
    }
    if (answer.status !== 503) this.known.wrong.push(answer);
    return false;
  }

  private async read(n: number, turn: number): Promise<boolean> {
    const image = { url: `https://cdn.example.ma/${this.seeded.below(IMAGES)}.jpg` };
    const reason: Reason = this.seeded.oneOf(REASONS);
    const reporter = { account: `${this.name}-${n}-${turn}` };
    const report = { image, reason, reporter };
    const answer = await this.service.ask('POST', '/v1/reports', this.keys.secretKey, report);
    if (!this.accept(answer, 201)) return false;
    const receipt = String(answer.body['receipt']);
    this.known.reports.set(receipt, 'stands');
    if (this.seeded.below(20) > 0) return true;
    this.known.reports.set(receipt, 'unknown');
    const withdrawn = await this.service.ask('DELETE', `/v1/reports/${receipt}`, this.keys.secretKey);
    if (!this.accept(withdrawn, 204)) return false;
    this.known.reports.set(receipt, 'withdrawn');
    return true;
  }

  private async review(): Promise<boolean> {
    const claimed = await this.service.ask('POST', '/v1/cases/claim', this.keys.staffToken, {});
    if (!this.accept(claimed, 200, 204)) return false;
    if (claimed.status === 204) return true;
    const { id, version, lease } = claimed.body as { id: string; version: number; lease: { token: string } };
    const action = this.seeded.oneOf(['keep', 'block']);
    const policy = action === 'block' ? { policy: 'violence' } : {};
    const request = {
      address: `/v1/cases/${id}/decision`,
      body: { action, ...policy, version, leaseToken: lease.token },
    };
    const answer = await this.service.ask('POST', request.address, this.keys.staffToken, request.body);
    if (!this.accept(answer, 201)) return false;
    this.known.decisions.set((answer.body['decision'] as { id: string }).id, request);
    return true;
  }

  private async publish(n: number, turn: number): Promise<boolean> {
    const url = `https://cdn.example.ma/of-publisher-${this.name}-${n}-${this.seeded.below(IMAGES)}.jpg`;
    const block = turn % 3 > 0;
    this.known.published.set(url, null);
    const answer = block
      ? await this.service.ask('PUT', '/v1/images/block', this.keys.secretKey, {
          image: { url },
          reason: 'privacy',
        })
      : await this.service.ask(
          'DELETE',
          `/v1/images/block?${new URLSearchParams({ url }).toString()}`,
          this.keys.secretKey,
        );
    if (answer.status === 404 && !block) return true;
    if (!this.accept(answer, 200)) return false;
    this.known.published.set(url, block);
    return true;
  }
}

/** What was acknowledged and is not so; an empty list is what must be. */
export async function broken(
  { reports, published, decisions, wrong }: Acknowledged,
  service: Asked,
  { secretKey, staffToken }: Keys,
): Promise<unknown[]> {
  const lost: unknown[] = [...wrong];
  await inParallel([...reports], async ([receipt, wanted]) => {
    const { status, body } = await service.ask('GET', `/v1/reports/${receipt}`, secretKey);
    const withdrawn = body['outcome'] === 'withdrawn';
    const right = status === 200 && (wanted === 'unknown' || withdrawn === (wanted === 'withdrawn'));
    if (!right) lost.push({ receipt, wanted, status, body });
  });
  await inParallel([...published], async ([url, wanted]) => {
    const address = `/v1/images/state?${new URLSearchParams({ url }).toString()}`;
    const { status, body } = await service.ask('GET', address, secretKey);
    if (status !== 200 || (wanted !== null && body['blocked'] !== wanted)) lost.push({ url, wanted, body });
  });
  // A decision repeated with the token of its lease is answered with the first one.
  await inParallel([...decisions], async ([id, request]) => {
    const { status, body } = await service.ask('POST', request.address, staffToken, request.body);
    const decision = body['decision'] as { id?: string } | undefined;
    if (status !== 200 || decision?.id !== id) lost.push({ id, request, status, body });
  });
  return lost;
}

/** Some at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      for (let item = rest.pop(); item !== undefined; item = rest.pop()) await work(item);
    }),
  );
}
