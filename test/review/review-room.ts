import { Sealed } from '../../src/access/sealing/sealed.js';
import type { CaseReport } from '../../src/contract/case-reports.js';
import type { CaseDetail, CaseView } from '../../src/contract/cases.js';
import type { BulkResult, DecisionAnswer, DecisionView } from '../../src/contract/decisions.js';
import type { Reason } from '../../src/core/reasons.js';
import type { RuleChange } from '../../src/core/threshold-rule.js';
import type { Outcome, ReportImage } from '../../src/moderation/image-command.js';
import { Neck } from '../../src/moderation/neck.js';
import { addressKey, ownIdKey } from '../../src/moderation/wanted-key.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

type Done = Extract<Outcome, { ok: true }>;
type Said = Partial<Pick<ReportImage, 'comment' | 'page' | 'claimedUrl'>> & {
  readonly reader?: string;
  readonly networks?: ReportImage['reporter']['networks'];
};

/** An answer that refuses a decision or a lease. */
export interface Conflict {
  readonly type: string;
  readonly detail: string;
  readonly case: CaseView;
  readonly decision?: DecisionView;
  readonly decidedBy?: { readonly id: string; readonly email: string };
  readonly holder?: { readonly id: string; readonly email: string };
  readonly expiresAt?: string;
  readonly yours?: unknown;
}

/** The whole service with a site, asked by moderators; readers report through the neck. */
export class ReviewRoom {
  private readers = 0;

  private constructor(
    readonly service: Service,
    private readonly neck: Neck,
    readonly sealed: Sealed,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<ReviewRoom> {
    const service = await Service.open(env);
    return new ReviewRoom(service, service.app.get(Neck), service.app.get(Sealed));
  }

  close(): Promise<void> {
    return this.service.close();
  }

  site(slug: string, rule: RuleChange = {}): Promise<TestSite> {
    return this.service.site(slug, rule);
  }

  /** A moderator's token, unless another role is named. */
  moderator(site: TestSite, name: string, role: 'moderator' | 'lead' = 'moderator'): Promise<string> {
    return this.service.staffToken(`${name}@${site.slug}.ma`, role, site);
  }

  url(site: TestSite, name: string): string {
    return `https://cdn.${site.slug}.ma/${name}.jpg`;
  }

  /** One report by a reader nobody has seen before, unless named. `image`: a name, or `id:` and the site's own id. */
  async report(site: TestSite, image: string, reason: Reason = 'violence', said: Said = {}): Promise<Done> {
    const reader = said.reader ?? `reader ${(this.readers += 1)}`;
    const key = image.startsWith('id:')
      ? ownIdKey(site.id, image.slice(3), true)
      : addressKey({ id: site.id, addressRules: {} }, this.url(site, image), '', true);
    const outcome = await this.neck.moderateOne({
      type: 'report',
      siteId: site.id,
      target: { keys: [key] },
      reporter: {
        hash: Buffer.from(reader.padEnd(16, '.')).subarray(0, 16),
        kind: 'named',
        networks: said.networks ?? null,
        ageMinutes: null,
        device: null,
      },
      reason,
      comment: said.comment ?? null,
      page: said.page ?? null,
      claimedUrl: said.claimedUrl ?? null,
    });
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
    return outcome;
  }

  async reports(site: TestSite, image: string, count: number, reason: Reason = 'violence'): Promise<Done> {
    let last = await this.report(site, image, reason);
    for (let n = 1; n < count; n += 1) last = await this.report(site, image, reason);
    return last;
  }

  /** So many readers report an image: the public id of its case. */
  async caseOf(site: TestSite, image: string, count = 1, reason: Reason = 'violence'): Promise<string> {
    const { case: opened } = await this.reports(site, image, count, reason);
    return this.sealed.id('case', opened?.id ?? '');
  }

  list(token: string, query: string): Promise<Answer<{ items: CaseView[]; nextCursor: string | null }>> {
    return this.service.ask('GET', `/v1/cases?${query}`, token);
  }

  show(token: string, id: string): Promise<Answer<CaseDetail>> {
    return this.service.ask('GET', `/v1/cases/${id}`, token);
  }

  reportsOf(
    token: string,
    id: string,
    query = '',
  ): Promise<Answer<{ items: CaseReport[]; nextCursor: string | null }>> {
    return this.service.ask('GET', `/v1/cases/${id}/reports?${query}`, token);
  }

  claim(token: string, body: object = {}): Promise<Answer<CaseView>> {
    return this.service.ask('POST', '/v1/cases/claim', token, body);
  }

  /** Claims a case or renews its lease. */
  lease(token: string, id: string, body: object = {}): Promise<Answer<CaseView & Conflict>> {
    return this.service.ask('PUT', `/v1/cases/${id}/lease`, token, body);
  }

  release(token: string, id: string, lease: string, skip = false): Promise<Answer> {
    return this.service.ask(
      'DELETE',
      `/v1/cases/${id}/lease?token=${lease}${skip ? '&skip=true' : ''}`,
      token,
    );
  }

  decide(token: string, id: string, body: object): Promise<Answer<DecisionAnswer & Conflict>> {
    return this.service.ask('POST', `/v1/cases/${id}/decision`, token, body);
  }

  decideMany(token: string, decisions: readonly object[]): Promise<Answer<{ results: BulkResult[] }>> {
    return this.service.ask('POST', '/v1/decisions', token, { decisions });
  }

  undo(token: string, decision: string): Promise<Answer<DecisionAnswer & Conflict>> {
    return this.service.ask('POST', `/v1/decisions/${decision}/undo`, token);
  }

  /** Lets the lease of a case run out, as if its time had passed. */
  async runOut(id: string): Promise<void> {
    await this.sql(
      `update moderation_case set lease_expires_at = clock_timestamp() - interval '1 second' where id = $1`,
      [this.sealed.databaseId('case', id)],
    );
  }

  sql<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.service.database.dataSource.query<Row[]>(text, values);
  }
}

/** The token of a lease that was just taken. */
export const tokenOf = ({ body }: Answer<Pick<CaseView, 'lease'>>): string => {
  if (body.lease?.token === undefined) throw new Error('no lease was taken');
  return body.lease.token;
};
