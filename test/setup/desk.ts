import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { canonicalUrl } from '../../src/core/canonical-url.js';
import type { DecisionAction, ReportsVerdict } from '../../src/core/command.js';
import type { Reason } from '../../src/core/reasons.js';
import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../../src/core/threshold-rule.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { imageHash } from '../../src/database/image-hash.js';
import type { ReconcileProblem } from '../../src/database/statements/reconcile/reconcile-problem.js';
import { reconcileTallies } from '../../src/database/statements/reconcile/reconcile-tallies.js';
import { BindAddresses } from '../../src/moderation/bind-addresses.js';
import type {
  DecideImage,
  ImageCommand,
  Outcome,
  PublishImage,
  ReportImage,
  Target,
  WantedKey,
} from '../../src/moderation/image-command.js';
import { Neck } from '../../src/moderation/neck.js';
import type { SeenContent } from '../../src/moderation/seen-content.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { LogFollower } from '../../src/visibility/follow-log.js';
import { createTestDatabase } from './test-database.js';
import { LOCK_WAITS } from './lock-waits.js';

export type Done = Extract<Outcome, { ok: true }>;

/** A site, a neck and a block index on a database of their own: the service without its doors. */
export class Desk {
  readonly neck: Neck;
  readonly bindings: BindAddresses;
  siteId = '';
  staffId = '';
  private reporters = 0;

  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    readonly database: Database,
    readonly index: BlockIndex,
    private readonly dropDatabase: () => Promise<void>,
  ) {
    this.neck = new Neck(database, index);
    this.bindings = new BindAddresses(database, index);
  }

  static async open(rule: Partial<ThresholdRule> = {}): Promise<Desk> {
    const { url, ...test } = await createTestDatabase();
    const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
    const desk = new Desk(url, dataSource, new Database(dataSource), new BlockIndex(), () => test.drop());
    desk.siteId = await desk.site('example', rule);
    desk.staffId = await desk.staff('moderator@example.ma');
    await desk.follower().load();
    return desk;
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.dropDatabase();
  }

  /** A second process' view: its own pool and index on the same database. */
  async beside(): Promise<Desk> {
    const dataSource = await new DataSource(dataSourceOptions(this.url)).initialize();
    const desk = new Desk(this.url, dataSource, new Database(dataSource), new BlockIndex(), () =>
      Promise.resolve(),
    );
    desk.siteId = this.siteId;
    desk.staffId = this.staffId;
    await desk.follower().load();
    return desk;
  }

  follower(): LogFollower {
    return new LogFollower(this.database, this.index, { pollMilliseconds: 50 });
  }

  /** By default without a breaker: most files block more than twenty images of one site, whatever is tested there. */
  async site(slug: string, rule: Partial<ThresholdRule> = {}): Promise<string> {
    const [site] = await this.dataSource.query<{ id: string }[]>(
      `insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
       values ($1, $1, '{https://www.example.ma}', '{cdn.example.ma}', 'fr', 'Africa/Casablanca',
               '{nudity,violence,hate,harassment,child_abuse,privacy,misinformation,copyright,spam,other}')
       returning id`,
      [slug],
    );
    const id = site?.id ?? '';
    await this.dataSource.query('insert into threshold_rule (site_id, version, rule) values ($1, 1, $2)', [
      id,
      JSON.stringify({ ...DEFAULT_THRESHOLD_RULE, breaker: null, ...rule }),
    ]);
    return id;
  }

  /** Makes a new version of the site's rule. */
  async changeRule(rule: Partial<ThresholdRule>): Promise<void> {
    await this.dataSource.query(
      `with next as (
         insert into threshold_rule (site_id, version, rule)
         select s.id, s.rule_version + 1, r.rule || $2::jsonb
         from site s join threshold_rule r on r.site_id = s.id and r.version = s.rule_version
         where s.id = $1 returning version)
       update site set rule_version = (select version from next) where id = $1`,
      [this.siteId, JSON.stringify(rule)],
    );
  }

  async staff(email: string): Promise<string> {
    const [staff] = await this.dataSource.query<{ id: string }[]>(
      `insert into staff (email, password_hash) values ($1, '-') returning id`,
      [email],
    );
    return staff?.id ?? '';
  }

  /** Images whose tally or votes left out are not what their votes give (invariant 3): none, ever. */
  wrongTallies(): Promise<ReconcileProblem[]> {
    return this.database.inTransaction((tx) => reconcileTallies(tx));
  }

  key(name: string, make = true): WantedKey {
    const key = name.startsWith('http') ? canonicalOf(name) : name;
    const kind = name.startsWith('http') ? 'url' : 'id';
    return { kind, key, make, hash: imageHash(this.siteId, { kind, key }) };
  }

  reporter(name: string | number): Buffer {
    return Buffer.from(String(name).padEnd(16, '.')).subarray(0, 16);
  }

  /** A reader nobody has seen before, unless named. */
  report(
    image: string,
    reason: Reason = 'violence',
    reporter: string | number = (this.reporters += 1),
  ): ReportImage {
    return {
      type: 'report',
      siteId: this.siteId,
      target: { keys: [this.key(image)] },
      reporter: {
        hash: this.reporter(reporter),
        kind: 'named',
        networks: null,
        ageMinutes: null,
        device: null,
      },
      reason,
      comment: null,
      page: null,
      claimedUrl: null,
    };
  }

  /** The hash of a network by its name, as identity makes one of an address. */
  network(name: string): Buffer {
    return createHash('sha256').update(name).digest().subarray(0, 8);
  }

  /** A device from a network: "narrow/wide"; `minted` there where it is another. A new one, unless named. */
  fromDevice(
    image: string,
    where: string,
    more: { reason?: Reason; device?: string; minted?: string } = {},
  ): ReportImage {
    const [narrow = '', wide = narrow] = where.split('/');
    const command = this.report(image, more.reason ?? 'violence', more.device ?? (this.reporters += 1));
    const minted = more.minted === undefined ? null : this.network(more.minted);
    const networks = { narrow: this.network(narrow), wide: this.network(`wide ${wide}`), minted };
    return { ...command, reporter: { ...command.reporter, kind: 'device', networks } };
  }

  /** A verified account, from a device that has reported, or may, on its own. */
  fromAccount(
    image: string,
    account: string,
    device: string | null,
    reason: Reason = 'violence',
  ): ReportImage {
    const command = this.report(image, reason, account);
    const hash = device === null ? null : this.reporter(device);
    return { ...command, reporter: { ...command.reporter, kind: 'account', device: hash } };
  }

  /** What somebody finds at an address: a picture by its name, which looks like no other unless `like` says so. */
  picture(image: string, name: string, more: Partial<SeenContent> & { like?: string } = {}): SeenContent {
    const digest = (of: string): Buffer => createHash('sha256').update(of).digest();
    const { like = name, ...parts } = more;
    return {
      siteId: this.siteId,
      hash: this.key(image).hash,
      sha256: digest(name),
      pdq: digest(`looks of ${like}`),
      quality: 100,
      indistinct: null,
      width: 800,
      height: 600,
      bytes: 12_345,
      format: 'jpeg',
      announced: false,
      ...parts,
    };
  }

  /** Looks at the bytes behind an address that is known. */
  async look(image: string, name: string, more: Partial<SeenContent> & { like?: string } = {}) {
    const outcome = await this.neck.see(this.picture(image, name, more));
    if (!outcome.known) throw new Error(`nobody knows ${image}`);
    return outcome;
  }

  /** Reports, one transaction each, one after the other; returns what became of each. */
  async oneByOne(commands: readonly ImageCommand[]): Promise<Done[]> {
    const outcomes: Done[] = [];
    for (const command of commands) outcomes.push(done(await this.neck.moderateOne(command)));
    return outcomes;
  }

  /** So many new readers report an image, one after the other; returns the last outcome. */
  async reports(image: string, count: number, reason: Reason = 'violence'): Promise<Done> {
    let last: Done | undefined;
    for (let n = 0; n < count; n += 1) last = done(await this.neck.moderateOne(this.report(image, reason)));
    if (last === undefined) throw new Error('no report');
    return last;
  }

  decide(
    outcome: Done,
    action: DecisionAction,
    more: {
      version?: number;
      staffId?: string;
      lead?: boolean;
      leaseToken?: string;
      contentVersion?: number;
      reports?: ReportsVerdict;
      policy?: Reason;
    } = {},
  ): Promise<Outcome> {
    return this.neck.moderateOne({
      ...this.decision({ imageId: outcome.imageId }, action, more),
      seen: {
        caseId: outcome.case?.id ?? '',
        version: more.version ?? outcome.case?.version ?? 0,
        leaseToken: more.leaseToken ?? null,
      },
    });
  }

  /** A decision on the image itself, by the desk's moderator and with a policy where it blocks. */
  decision(
    target: Target,
    action: DecisionAction,
    more: {
      readonly staffId?: string;
      readonly lead?: boolean;
      readonly contentVersion?: number;
      readonly reports?: ReportsVerdict;
      readonly policy?: Reason;
    } = {},
  ): DecideImage {
    return {
      type: 'decide',
      siteId: this.siteId,
      target,
      seen: null,
      action,
      policy: action === 'block' ? (more.policy ?? 'violence') : null,
      note: null,
      reports: more.reports ?? 'ignore',
      contentVersion: more.contentVersion ?? null,
      staffId: more.staffId ?? this.staffId,
      lead: more.lead ?? false,
      bulk: false,
    };
  }

  /** The cases that await a decision, as whoever lists them has seen them, in the order in which they were opened. */
  async awaiting(): Promise<{ imageId: string; seen: NonNullable<DecideImage['seen']> }[]> {
    const rows = await this.dataSource.query<{ id: string; image_id: string; version: number }[]>(
      `select id, image_id, version from moderation_case where site_id = $1 and status <> 'closed' order by id`,
      [this.siteId],
    );
    return rows.map(({ id, image_id: imageId, version }) => ({
      imageId,
      seen: { caseId: id, version, leaseToken: null },
    }));
  }

  undo(outcome: Done, lead = false): Promise<Outcome> {
    return this.neck.moderateOne({
      type: 'undo',
      siteId: this.siteId,
      target: { imageId: outcome.imageId },
      decisionId: outcome.decisionId ?? '',
      staffId: this.staffId,
      lead,
    });
  }

  publish(image: string, type: PublishImage['type'], reason: Reason | null = null): Promise<Outcome> {
    return this.neck.moderateOne({
      type,
      siteId: this.siteId,
      target: { keys: [this.key(image)] },
      actor: { kind: 'site', id: null },
      reason,
      note: null,
    });
  }

  withdraw(outcome: Done, reporter: string | number): Promise<Outcome> {
    return this.neck.moderateOne({
      type: 'withdraw',
      siteId: this.siteId,
      target: { imageId: outcome.imageId },
      round: outcome.round,
      reporter: this.reporter(reporter),
    });
  }

  /** The image as the table has it. */
  async row(image: string): Promise<Record<string, unknown>> {
    const [row] = await this.dataSource.query<Record<string, unknown>[]>(
      `select i.* from image i left join address a on a.image_id = i.id and a.hash = $2
       where i.site_id = $1 and i.merged_into is null and (i.key_hash = $2 or a.hash is not null)`,
      [this.siteId, this.key(image).hash],
    );
    if (row === undefined) throw new Error(`no image ${image}`);
    return row;
  }

  async events(image: string): Promise<string[]> {
    const { id } = await this.row(image);
    const rows = await this.dataSource.query<{ type: string }[]>(
      'select type from event where image_id = $1 order by seq',
      [id],
    );
    return rows.map(({ type }) => type);
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [row] = await this.dataSource.query<{ n: number }[]>(
      `select count(*)::int n from ${table} where ${where}`,
    );
    return row?.n ?? 0;
  }

  /** How many wait for a lock (lock-waits.ts). */
  async waiting(): Promise<number> {
    return (await this.dataSource.query<unknown[]>(LOCK_WAITS)).length;
  }

  blockedHere(image: string): boolean {
    return this.index.get(this.key(image).hash) !== null;
  }
}

const canonicalOf = (text: string): string => {
  const canonical = canonicalUrl(text);
  if (!canonical.ok) throw new Error(`not a URL: ${text}`);
  return canonical.url;
};

/** The outcome of a command that must not be refused. */
export function done(outcome: Outcome): Done {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
  return outcome;
}
