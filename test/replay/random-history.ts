import type { Reason } from '../../src/core/reasons.js';
import type { ImageCommand, Outcome, ReportImage } from '../../src/moderation/image-command.js';
import type { Desk } from '../setup/desk.js';
import { Seeded } from '../setup/seeded.js';

type Done = Extract<Outcome, { ok: true }>;

export const AT_UNDO = 'an undo';

const READERS = 14;
const REASONS: readonly Reason[] = ['violence', 'violence', 'violence', 'hate', 'spam', 'child_abuse'];
const COMMENTS = [
  null,
  null,
  'This picture was made up by the ministry.',
  'This picture was made up by the MINISTRY',
];
const PAGE = { url: 'https://www.example.ma/article/1', title: null };

/** A site's life: reports in batches, withdrawals, decisions, undos, protections, other bytes; through the neck, at random. */
export class RandomHistory {
  private readonly draws: Seeded;
  /** By image and round: when. Of a decision's undo the table has the time some moments later: there it is `AT_UNDO`. */
  private readonly blocked = new Map<string, string>();
  private readonly held = new Set<string>();
  /** What reports came to, and by whom. */
  private readonly reports: { readonly outcome: Done; readonly reader: number; readonly name: string }[] = [];
  private readonly decisions: Done[] = [];
  private isUndo = false;
  /** Whoever takes a report back stays away: of a vote that is cast again only the second time is kept (docs/replay.md). */
  private readonly tookBack = new Set<string>();

  constructor(
    private readonly desk: Desk,
    private readonly seed: number,
    private readonly sort: { readonly images: number; readonly together: boolean } = {
      images: 4,
      together: true,
    },
  ) {
    this.draws = new Seeded(seed);
  }

  async live(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.isUndo = false;
      await this.step(step);
      await this.note();
    }
  }

  happened(): { blocked: string[]; held: string[] } {
    const blocked = [...this.blocked].map(([round, at]) => `${round} at ${at}`);
    return { blocked: blocked.sort(), held: [...this.held].sort() };
  }

  private async step(step: number): Promise<void> {
    const chance = this.random();
    if (step < 8 || chance < 0.62) return this.report();
    if (chance < 0.68) return this.withdraw();
    if (chance < 0.8) return this.decide();
    if (chance < 0.86) return this.undo();
    if (chance < 0.9) return this.protect();
    if (chance < 0.95) return this.look();
    return this.judgeReporters();
  }

  private async report(): Promise<void> {
    // In which order a transaction came to its images is written nowhere, and budgets go to the first.
    const only = this.random() < 0.5 || !this.sort.together ? this.image() : null;
    const drawn = Array.from({ length: 1 + this.upTo(3) }, () => this.oneReport(only));
    const batch = drawn.filter(({ command, reader }) => !this.tookBack.has(nameOf(command, reader)));
    const outcomes = await this.desk.neck.moderate(batch.map(({ command }) => command));
    outcomes.forEach((outcome, index) => {
      const { command, reader } = batch[index] ?? {};
      if (outcome.ok && command !== undefined && reader !== undefined)
        this.reports.push({ outcome, reader, name: nameOf(command, reader) });
    });
  }

  private oneReport(only: string | null): { readonly command: ReportImage; readonly reader: number } {
    const reader = this.upTo(READERS);
    const image = only ?? this.image();
    const isCapped = reader % 3 !== 0;
    const command = isCapped
      ? this.desk.fromDevice(image, `narrow-${reader % 7}/wide-${reader % 4}`, {
          device: this.readerName(reader),
          ...(reader % 5 === 0 ? { minted: `narrow-${reader % 2}` } : {}),
        })
      : this.desk.report(image, 'violence', this.readerName(reader));
    return {
      reader,
      command: {
        ...command,
        reporter: { ...command.reporter, ageMinutes: this.sort.together ? null : 5_000 },
        reason: this.oneOf(only === null ? REASONS.slice(0, -1) : REASONS),
        comment: this.oneOf(COMMENTS),
        page: PAGE,
      },
    };
  }

  private async withdraw(): Promise<void> {
    const report = this.oneOf(this.reports);
    this.tookBack.add(report.name);
    await this.desk.withdraw(report.outcome, this.readerName(report.reader));
  }

  private async decide(): Promise<void> {
    const cases = await this.desk.awaiting();
    const awaiting = cases[this.upTo(cases.length)];
    if (awaiting === undefined) return;
    const action = this.oneOf(['block', 'keep', 'keep', 'escalate'] as const);
    const outcome = await this.take({
      ...this.desk.decision({ imageId: awaiting.imageId }, action, { lead: true }),
      policy: 'violence',
      seen: awaiting.seen,
    });
    if (outcome.ok) this.decisions.push(outcome);
  }

  private async undo(): Promise<void> {
    this.isUndo = true;
    const last = this.decisions.pop();
    if (last !== undefined) await this.desk.undo(last, true);
  }

  private async protect(): Promise<void> {
    await this.desk.publish(this.image(), this.oneOf(['protect', 'unprotect', 'unprotect']));
  }

  private async look(): Promise<void> {
    const image = this.image();
    const [known] = await this.desk.dataSource.query<{ id: string }[]>(
      'select id from image where site_id = $1 and key_hash = $2',
      [this.desk.siteId, this.desk.key(image).hash],
    );
    if (known === undefined) return;
    // Each image has pictures of its own: two with the same would become one.
    await this.desk.look(image, `${image} ${this.upTo(2)} ${this.seed} ${this.desk.siteId}`);
  }

  /** As decisions on other images would have it. */
  private async judgeReporters(): Promise<void> {
    const decision = String(1_000_000 + this.upTo(3));
    for (const reader of [this.upTo(READERS), this.upTo(READERS)]) {
      await this.desk.dataSource.query(
        `insert into reporter_verdict (site_id, reporter, decision_id, valid, at) values ($1, $2, $3, $4, clock_timestamp())
         on conflict do nothing`,
        [this.desk.siteId, this.desk.reporter(this.readerName(reader)), decision, this.random() < 0.4],
      );
    }
  }

  /** Reads what stands after a step: a block by the rule, and a hold, are there for a moment at least. */
  private async note(): Promise<void> {
    const blocks = await this.desk.dataSource.query<{ image_id: string; ref: string; since: Date }[]>(
      `select image_id, ref, since from block where site_id = $1 and source = 'threshold'`,
      [this.desk.siteId],
    );
    for (const { image_id: image, ref, since } of blocks) {
      const key = `${image}/${ref}`;
      if (!this.blocked.has(key)) this.blocked.set(key, this.isUndo ? AT_UNDO : String(since.getTime()));
    }
    const holds = await this.desk.dataSource.query<{ image_id: string; round: number }[]>(
      `select c.image_id, i.round from moderation_case c join image i on i.site_id = c.site_id and i.id = c.image_id
       where c.site_id = $1 and c.status <> 'closed' and c.hold is not null`,
      [this.desk.siteId],
    );
    for (const { image_id: image, round } of holds) this.held.add(`${image}/${round}`);
  }

  private async take(command: ImageCommand): Promise<Outcome> {
    return this.desk.neck.moderateOne(command);
  }

  private image(): string {
    return `https://cdn.example.ma/history/${this.desk.siteId}/${this.upTo(this.sort.images)}.jpg`;
  }

  /** From 0 to below 1. */
  private random(): number {
    return this.draws.below(1_000) / 1_000;
  }

  private upTo(count: number): number {
    return this.draws.below(count);
  }

  /** Of hashes the first bytes differ, and each site has its own. */
  private readerName(reader: number): string {
    return `${reader}.${this.desk.siteId}`;
  }

  private oneOf<Item>(items: readonly Item[]): Item {
    const item = items[this.upTo(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}

const nameOf = ({ target }: ReportImage, reader: number): string =>
  `${'keys' in target ? target.keys[0]?.key : ''} ${reader}`;
