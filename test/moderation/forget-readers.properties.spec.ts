import { reconcile } from '../../src/cli/reconcile.js';
import { databaseClock } from '../../src/database/statements/server/database-clock.js';
import { ForgetReaders } from '../../src/moderation/forget-readers.js';
import type { ImageCommand, Outcome } from '../../src/moderation/image-command.js';
import { tablesWith } from '../setup/bytes-in-tables.js';
import type { Desk, Done } from '../setup/desk.js';
import { Seeded } from '../setup/seeded.js';
import { TimeTravel } from '../setup/time-travel.js';

/**
 * Whatever happens to images, and whenever readers are forgotten: exactly those are who are due, by a reckoning of its own below;
 * nothing that anybody sees changes by it; and of who is not known any more no byte is left (invariants 3, 6 and 12). Seeds that
 * fail are the test's name.
 */
const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 110;
const RUNS_EVERY = 11;
const DAYS = { pseudonymDays: 30, recordDays: 180 };
const DAY = 86_400_000;
const READERS = 10;
const NAMES = [
  'https://cdn.example.ma/f/1.jpg',
  'https://cdn.example.ma/f/2.jpg',
  'https://cdn.example.ma/f/3.jpg',
] as const;
const IDS = ['photo-1', 'photo-2'] as const;
const NETWORKS = ['home', 'work', 'bus'] as const;

let travel: TimeTravel;
let desk: Desk;
beforeAll(async () => {
  travel = await TimeTravel.begin({ reporters: 3, minNetworks: 1, perNetwork: 2, caseAt: 2 });
  ({ desk } = travel);
});
afterAll(() => travel.end());

const seen = { forgotten: 0, kept: 0, verdicts: 0, links: 0, merged: 0, reopened: 0 };

it.each(SEEDS)(
  'forgets whom it should and changes nothing else, seed %i',
  async (seed) => {
    const rule = { reporters: 3, minNetworks: 1, perNetwork: 2, caseAt: seed % 3 === 0 ? 3 : 1 };
    desk.siteId = await desk.site(`forgetting-${seed}`, rule);
    const history = new Life(desk, new Seeded(seed));
    for (let step = 1; step <= STEPS; step += 1) {
      await history.step();
      if (step % RUNS_EVERY === 0) await forgetAndLook(history);
    }
    await travel.pass(24 * 800);
    await forgetAndLook(history);
  },
  60_000,
);

it('these histories say something', () => {
  for (const [what, times] of Object.entries(seen))
    expect({ what, times: times > 10 }).toEqual({ what, times: true });
});

interface VoteRow {
  readonly image_id: string;
  readonly round: number;
  readonly reporter: Buffer;
  readonly at: Date;
  readonly forgotten_at: Date | null;
  readonly network: Buffer | null;
  readonly wide_network: Buffer | null;
  readonly linked_to: Buffer | null;
  readonly noted: Date | null;
}

async function forgetAndLook(history: Life): Promise<void> {
  const before = await everything();
  const now = (await databaseClock(desk.database)).getTime();
  const due = (await votes()).filter(isDue(now, await cases()));
  const done = await new ForgetReaders(desk.database, DAYS).once();
  const after = await votes();
  const known = after.filter((vote) => vote.forgotten_at === null);
  expect(known.filter(isDue(now, await cases()))).toEqual([]);
  expect(after.length - known.length).toBe(before.forgotten + due.length);
  const { records, ...rest } = await everything();
  const { records: recordsBefore, ...restBefore } = before;
  expect(rest).toEqual({ ...restBefore, forgotten: before.forgotten + due.length });
  // Nothing is said of nobody, and what decisions said of people stays for 180 days at least.
  const people = new Set(history.pseudonyms().map((bytes) => bytes.toString('hex')));
  expect(records.filter(({ who }) => !people.has(who.toString('hex')))).toEqual([]);
  const kept = new Set(records.map(({ key }) => key));
  for (const { key, at } of recordsBefore)
    if (at.getTime() > now - DAYS.recordDays * DAY) expect(kept.has(key)).toBe(true);
  expect((await reconcile(desk.database)).filter(({ problems }) => problems.length > 0)).toEqual([]);
  await nothingIsLeft(history, known, records, now);
  seen.forgotten += due.length;
  seen.kept += known.length;
  seen.verdicts += done.verdicts;
  seen.links += done.links;
  seen.merged += history.merged;
  seen.reopened += history.reopened;
}

/** Of nobody but those who are known by a vote, or whose record is young, is anything anywhere. */
async function nothingIsLeft(
  history: Life,
  known: readonly VoteRow[],
  records: readonly { readonly who: Buffer; readonly at: Date }[],
  now: number,
): Promise<void> {
  const may = new Set(
    [
      ...known.flatMap((vote) => [vote.reporter, vote.linked_to, vote.network, vote.wide_network]),
      ...records.filter(({ at }) => at.getTime() > now - DAYS.recordDays * DAY).map(({ who }) => who),
      ...(await besides(known)),
    ].flatMap((bytes) => bytes?.toString('hex') ?? []),
  );
  const gone = history.pseudonyms().filter((bytes) => !may.has(bytes.toString('hex')));
  expect(await tablesWith(desk.dataSource, gone)).toEqual([]);
}

/** Whose account a device of somebody is who is known, or the devices of such an account. */
async function besides(known: readonly VoteRow[]): Promise<Buffer[]> {
  const rows = await desk.dataSource.query<{ device: Buffer; account: Buffer; at: Date }[]>(
    `select l.device, l.account, l.at from device_account l where l.site_id = $1
     and (l.at > clock_timestamp() - interval '180 days'
          or exists (select from reporter_verdict r where r.site_id = l.site_id and r.reporter = l.account)
          or l.device = any ($2) or l.account = any ($2))`,
    [desk.siteId, known.map(({ reporter }) => reporter)],
  );
  return rows.flatMap(({ device, account }) => [device, account]);
}

const votes = (): Promise<VoteRow[]> =>
  desk.dataSource.query(
    `select v.*, (select max(n.at) from report_note n where n.site_id = v.site_id and n.image_id = v.image_id
                    and n.round = v.round and n.reporter = v.reporter) as noted
     from vote v where v.site_id = $1`,
    [desk.siteId],
  );

interface CaseRow {
  readonly image_id: string;
  readonly round: number;
  readonly status: string;
  readonly closed_at: Date | null;
}
const cases = (): Promise<CaseRow[]> =>
  desk.dataSource.query(
    'select image_id, round, status, closed_at from moderation_case where site_id = $1 order by round desc',
    [desk.siteId],
  );

/** 30 days after the last of: the vote, its note, the closing of the case that it belongs to. The window of this rule is shorter. */
const isDue =
  (now: number, all: readonly CaseRow[]) =>
  ({ image_id: imageId, round, at, noted, forgotten_at: forgotten }: VoteRow): boolean => {
    const own = all.find((one) => one.image_id === imageId && one.round <= round);
    if (forgotten !== null || (own !== undefined && own.status !== 'closed')) return false;
    const last = Math.max(at.getTime(), noted?.getTime() ?? 0, own?.closed_at?.getTime() ?? 0);
    return last < now - DAYS.pseudonymDays * DAY;
  };

/** All that anybody sees, and what counts; how many are forgotten; and the records. */
async function everything() {
  const rows = (text: string): Promise<Record<string, unknown>[]> =>
    desk.dataSource.query(text, [desk.siteId]);
  const [forgotten] = await rows(
    'select count(*)::int as n from vote where site_id = $1 and forgotten_at is not null',
  );
  const records = await rows(
    'select reporter as who, decision_id, at from reporter_verdict where site_id = $1',
  );
  return {
    forgotten: forgotten?.['n'] as number,
    records: records.map(({ who, decision_id: decision, at }) => ({
      key: `${(who as Buffer).toString('hex')} ${String(decision)}`,
      who: who as Buffer,
      at: at as Date,
    })),
    images: (await rows('select * from image where site_id = $1 order by id')).map(
      ({ readers_since: _since, ...image }) => image,
    ),
    blocks: await rows('select * from block where site_id = $1 order by image_id, source, ref'),
    cases: await rows('select * from moderation_case where site_id = $1 order by id'),
    log: await rows('select * from event where site_id = $1 order by seq'),
    votes: await rows(
      `select image_id, round, reasons, left_out, withdrawn_at, at, reporter_kind, count(*)::int as n
       from vote where site_id = $1 group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`,
    ),
    notes: await rows(
      'select image_id, round, reason, at from report_note where site_id = $1 order by 1, 2, 3, 4',
    ),
  };
}

/** A site's life, at random, with days between. */
class Life {
  merged = 0;
  reopened = 0;
  private readonly reports: { readonly outcome: Done; readonly reader: string }[] = [];
  private readonly decisions: Done[] = [];

  constructor(
    private readonly desk: Desk,
    private readonly draws: Seeded,
  ) {}

  /** All hashes of readers and networks that there ever were. */
  pseudonyms(): Buffer[] {
    const readers = Array.from({ length: READERS }, (_, reader) => this.nameOf(reader));
    return [
      ...readers.flatMap((name) => [this.desk.reporter(name), this.desk.reporter(`d${name}`)]),
      ...NETWORKS.flatMap((name) => [this.network(name), `wide ${this.network('isp')}`]).map((name) =>
        this.desk.network(name),
      ),
    ];
  }

  async step(): Promise<void> {
    const chance = this.draws.below(100);
    if (chance < 50) return this.report();
    if (chance < 58) return travel.pass(this.draws.oneOf([5, 24 * 6, 24 * 16, 24 * 31, 24 * 70]));
    if (chance < 64) return this.withdraw();
    if (chance < 78) return this.decide();
    if (chance < 85) return this.undo();
    if (chance < 88) return this.appeal();
    if (chance < 91) return this.protect();
    if (chance < 96) return this.look();
    return this.bind();
  }

  private async report(): Promise<void> {
    const reader = this.draws.below(READERS);
    const name = this.nameOf(reader);
    const image = this.image();
    const device = `d${name}`;
    const where = `${this.network(this.draws.oneOf(NETWORKS))}/${this.network('isp')}`;
    const command =
      reader % 3 === 0
        ? this.desk.fromDevice(image, where, { device })
        : reader % 3 === 1
          ? this.desk.fromAccount(image, name, this.draws.below(2) === 0 ? device : null)
          : this.desk.report(image, this.draws.oneOf(['violence', 'hate']), name);
    const outcome = await this.take({
      ...command,
      comment: this.draws.oneOf([null, `words of ${name}`, 'the same words']),
      page: this.draws.oneOf([null, { url: 'https://www.example.ma/a', title: 'A page' }]),
    });
    if (outcome.ok) this.reports.push({ outcome, reader: reader % 3 === 0 ? device : name });
  }

  private async withdraw(): Promise<void> {
    const report = this.reports[this.draws.below(this.reports.length)];
    if (report !== undefined) await this.desk.withdraw(report.outcome, report.reader);
  }

  private async decide(): Promise<void> {
    const waiting = await this.desk.awaiting();
    const one = waiting[this.draws.below(waiting.length)];
    if (one === undefined) return;
    const action = this.draws.oneOf(['block', 'block', 'keep', 'keep', 'escalate'] as const);
    const reports = this.draws.oneOf(['valid', 'invalid', 'ignore'] as const);
    const outcome = await this.take({
      ...this.desk.decision({ imageId: one.imageId }, action, { reports, lead: true }),
      policy: 'violence',
      seen: one.seen,
    });
    if (outcome.ok) this.decisions.push(outcome);
  }

  private async undo(): Promise<void> {
    const last = this.decisions.splice(this.draws.below(this.decisions.length), 1)[0];
    if (last !== undefined && (await this.desk.undo(last, true)).ok) this.reopened += 1;
  }

  private async appeal(): Promise<void> {
    const target = { keys: [this.desk.key(this.image(), false)] };
    await this.take({ type: 'appeal', siteId: this.desk.siteId, target, note: null });
  }

  private async protect(): Promise<void> {
    await this.desk.publish(this.image(), this.draws.oneOf(['protect', 'unprotect', 'unprotect']));
  }

  private async look(): Promise<void> {
    const image = this.image();
    const [known] = await this.desk.dataSource.query<{ id: string }[]>(
      'select id from image where site_id = $1 and key_hash = $2 and merged_into is null',
      [this.desk.siteId, this.desk.key(image).hash],
    );
    if (known === undefined) return;
    await this.desk.look(image, `${image} ${this.draws.below(2)} ${this.desk.siteId}`);
  }

  private async bind(): Promise<void> {
    const image = this.draws.oneOf(NAMES);
    await this.desk.bindings.bind(this.desk.siteId, this.draws.oneOf(IDS), [image]).then(
      () => (this.merged += 1),
      () => undefined,
    );
  }

  private take(command: ImageCommand): Promise<Outcome> {
    return this.desk.neck.moderateOne(command);
  }

  private image(): string {
    return this.draws.oneOf([...NAMES, ...IDS]);
  }

  private nameOf(reader: number): string {
    return `${reader}r${this.desk.siteId}`;
  }

  private network(name: string): string {
    return `${name} ${this.desk.siteId}`;
  }
}
