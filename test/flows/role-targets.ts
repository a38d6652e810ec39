import { SCOPES } from '../../src/access/scopes.js';
import { Sealed } from '../../src/access/sealing/sealed.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Membership, type MembershipRole } from '../../src/database/entities/membership.entity.js';
import { changeLegal } from '../../src/sites/change-legal.js';
import { createStaff } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { PASSWORD, SignedIn } from '../setup/signed-in.js';
import { proofOf } from '../setup/solve-challenge.js';

/** An admin with a password. */
const WEB = 'web@vigie.ma';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Somebody who asks, and with what. */
export interface Caller {
  readonly key?: string;
  /** What else a browser sends with it. */
  headers?(method: Method): Record<string, string>;
}

/** What routes are asked about. Each is made when it is asked for first, and then stays. */
export interface Targets {
  /** A name that nobody has yet. */
  readonly fresh: string;
  /** The id of an image that was reported. */
  photo(): Promise<string>;
  /** The id of an image that a moderator blocked. */
  blocked(): Promise<string>;
  open(): Promise<{ readonly id: string; readonly version: number }>;
  /** A case that was handed to the leads. */
  escalated(): Promise<{ readonly id: string; readonly version: number }>;
  /** A case that the caller holds. */
  held(): Promise<{ readonly id: string; readonly token: string }>;
  decision(): Promise<string>;
  /** A reader of a case, as its leads mean them. */
  reader(): Promise<string>;
  /** Of a reader. */
  mute(): Promise<string>;
  receipt(): Promise<string>;
  proof(): Promise<string>;
  device(): Promise<string>;
  /** Of the rule in force: asked anew each time. */
  ruleVersion(): Promise<number>;
  key(): Promise<string>;
  /** Of the two keys of a kind that a site may have, one is free. */
  room(): Promise<void>;
  /** Who has set no password yet. */
  member(): Promise<string>;
  /** The caller's own; of who makes none, somebody else's. */
  token(): Promise<string>;
  /** Another session of the caller. */
  session(): Promise<string>;
  /** Which is dead. */
  job(): Promise<string>;
  endpoint(): Promise<string>;
  message(): Promise<{ readonly endpoint: string; readonly id: string }>;
}

/** The site "here" with one of everything, and another, "elsewhere". */
export class RoleDesk {
  private made = 0;

  private constructor(
    readonly service: Service,
    readonly here: TestSite,
    readonly elsewhere: TestSite,
    private readonly boss: string,
  ) {}

  static async open(): Promise<RoleDesk> {
    // No worker: nothing is posted to the addresses that are made up here.
    const webhooks = { ...loadConfig({}).webhooks, maxEndpoints: 1_000 };
    const service = await Service.open({ ROLE: 'api' }, { webhooks });
    const [here, elsewhere] = [await service.site('here'), await service.site('elsewhere')];
    return new RoleDesk(service, here, elsewhere, await tokenOf(service, 'boss@vigie.ma', 'admin'));
  }

  ask(method: Method, url: string, caller: Caller, body?: unknown): Promise<Answer> {
    const headers = { origin: this.here.origin, ...caller.headers?.(method) };
    return this.service.ask(method, url, caller.key, body, headers);
  }

  /** A token with every scope, so that the role alone decides. */
  staff(email: string, role: MembershipRole | 'admin', site?: TestSite): Promise<string> {
    return tokenOf(this.service, email, role, site);
  }

  /** Somebody who is an admin, and signed in. */
  async web(): Promise<Caller & Required<Pick<Caller, 'headers'>>> {
    await SignedIn.account(this.service, WEB, 'admin');
    return this.webAgain();
  }

  /** The same, in a session of its own. */
  async webAgain(): Promise<Caller & Required<Pick<Caller, 'headers'>>> {
    const signedIn = await SignedIn.in(this.service, WEB);
    return { headers: (method) => signedIn.headers(method) };
  }

  /** A lead here who gave their password, and whose session waits for this: one of its own each time. */
  async waiting(stage: 'totp' | 'enrol'): Promise<Caller> {
    const signedIn = await SignedIn.as(
      this.service,
      `${stage}-${(this.made += 1)}@here.ma`,
      'lead',
      this.here,
    );
    await signedIn.beginStage(stage);
    return { headers: (method) => signedIn.headers(method) };
  }

  /** A moderator here to whom the operator gave `legal`. */
  async legal(): Promise<string> {
    const token = await this.staff('legal@here.ma', 'moderator', this.here);
    await this.service.database.inTransaction((tx) => changeLegal(tx, 'legal@here.ma', true));
    return token;
  }

  /** Somebody who was a lead here, with the token that they had. */
  async closed(): Promise<string> {
    const token = await this.staff('closed@here.ma', 'lead', this.here);
    const { body } = await this.asBoss<{ items: { id: string; email: string }[] }>(
      'GET',
      '/v1/staff?limit=100',
    );
    const id = body.items.find(({ email }) => email === 'closed@here.ma')?.id ?? '';
    await this.asBoss('PATCH', `/v1/staff/${id}`, { closed: true });
    return token;
  }

  /** Things that nobody has used yet. @param caller whose own they are, where it matters */
  targets(caller: Caller): Targets {
    const fresh = `n${(this.made += 1)}`;
    const endpoint = once(() => this.endpoint(fresh));
    const open = once(() => this.openCase(`photo-${fresh}`));
    const reader = once(async () => this.readerOf((await open()).id));
    return {
      fresh,
      endpoint,
      open,
      reader,
      mute: once(async () => {
        const { body } = await this.asBoss('POST', '/v1/mutes', { reader: await reader() });
        return String(body['id']);
      }),
      blocked: once(() => this.blockedImage(`blocked-${fresh}`)),
      photo: once(async () => (await open()) && `photo-${fresh}`),
      escalated: once(() => this.escalatedCase(`escalated-${fresh}`)),
      held: once(() => this.heldCase(`held-${fresh}`, caller)),
      decision: once(() => this.decision(fresh)),
      receipt: once(async () =>
        String((await this.service.report(this.here, { id: `told-${fresh}` }, 'reader')).body['receipt']),
      ),
      proof: once(async () => proofOf(await this.service.challenge(this.here))),
      device: once(() => this.service.mintDevice(this.here)),
      ruleVersion: async () => {
        const { body } = await this.asBoss<{ version: number }>('GET', '/v1/sites/here/threshold-rule');
        return body.version;
      },
      key: once(() => this.key()),
      room: once(() => this.roomForKey()),
      member: once(async () => {
        const body = { email: `${fresh}@here.ma`, role: 'moderator' };
        return String((await this.asBoss('POST', '/v1/sites/here/members', body)).body['id']);
      }),
      session: once(() => this.session()),
      job: once(() => this.deadJob()),
      token: once(() => this.token(caller)),
      message: once(async () => {
        const url = `/v1/webhook-endpoints/${await endpoint()}/test?site=here`;
        return { endpoint: await endpoint(), id: String((await this.asBoss('POST', url)).body['id']) };
      }),
    };
  }

  /** Every table as one text each, to tell whether anything changed. */
  async everything(): Promise<Record<string, string>> {
    const tables = await this.service.database.dataSource.query<{ name: string }[]>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const digests = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as rows from "${name}" t`,
    );
    const rows = await this.service.database.dataSource.query<{ name: string; rows: string }[]>(
      digests.join(' union all '),
    );
    return Object.fromEntries(rows.map(({ name, rows: digest }) => [name, digest]));
  }

  close(): Promise<void> {
    return this.service.close();
  }

  private asBoss<Body = Record<string, unknown>>(
    method: Method,
    url: string,
    body?: unknown,
  ): Promise<Answer<Body>> {
    return this.service.ask<Body>(method, url, this.boss, body);
  }

  /** Of who signs in with a password and has no second factor. */
  private async session(): Promise<string> {
    await SignedIn.in(this.service, WEB);
    const [row] = await this.service.database.dataSource.query<{ id: string }[]>(
      'select max(id) as id from session',
    );
    return this.service.app.get(Sealed).id('ses', row?.id ?? '0');
  }

  private async deadJob(): Promise<string> {
    const [row] = await this.service.database.dataSource.query<{ id: string }[]>(
      `insert into job (kind, lane, payload, outcome, finished_at) values ('x', 'x', '{}', 'dead', clock_timestamp())
       returning id`,
    );
    return this.service.app.get(Sealed).id('job', row?.id ?? '0');
  }

  private async openCase(id: string): Promise<{ id: string; version: number }> {
    await this.service.report(this.here, { id }, 'reader');
    const { body } = await this.asBoss<{ items: { id: string; version: number }[] }>(
      'GET',
      '/v1/cases?site=here&order=newest&limit=1',
    );
    const [newest] = body.items;
    if (newest === undefined) throw new Error('no case was opened');
    return newest;
  }

  private async readerOf(caseId: string): Promise<string> {
    const { body } = await this.asBoss<{ items: { handle: string }[] }>('GET', `/v1/cases/${caseId}/reports`);
    return body.items[0]?.handle ?? '';
  }

  private async blockedImage(id: string): Promise<string> {
    await this.openCase(id);
    await this.asBoss('PUT', '/v1/images/block?site=here', { image: { id }, policy: 'spam' });
    return id;
  }

  private async heldCase(image: string, caller: Caller): Promise<{ id: string; token: string }> {
    const { id } = await this.openCase(image);
    const { body } = await this.ask('PUT', `/v1/cases/${id}/lease`, caller, {});
    const lease = body['lease'] as { token: string } | undefined;
    return { id, token: lease?.token ?? 'lea_x' };
  }

  private async escalatedCase(image: string): Promise<{ id: string; version: number }> {
    const { id, version } = await this.openCase(image);
    const escalate = { action: 'escalate', version };
    const { body } = await this.asBoss<{ case: { version: number } }>(
      'POST',
      `/v1/cases/${id}/decision`,
      escalate,
    );
    return { id, version: body.case.version };
  }

  private async decision(fresh: string): Promise<string> {
    const { id, version } = await this.openCase(`decided-${fresh}`);
    const decided = await this.asBoss<{ decision: { id: string } }>('POST', `/v1/cases/${id}/decision`, {
      action: 'keep',
      version,
    });
    return decided.body.decision.id;
  }

  private async endpoint(fresh: string): Promise<string> {
    const hook = { url: `https://www.here.ma/${fresh}`, events: ['case.held'] };
    const { body } = await this.asBoss('POST', '/v1/webhook-endpoints?site=here', hook);
    return String(body['id']);
  }

  private async key(): Promise<string> {
    await this.roomForKey();
    const made = await this.asBoss('POST', '/v1/sites/here/keys', { kind: 'secret' });
    return String(made.body['id']);
  }

  private async roomForKey(): Promise<void> {
    const { body } = await this.asBoss<{ items: { id: string; revokedAt: string | null; kind: string }[] }>(
      'GET',
      '/v1/sites/here/keys?limit=100',
    );
    const live = body.items.filter(({ revokedAt, kind }) => revokedAt === null && kind === 'secret');
    const spare = live[1];
    if (spare !== undefined) await this.asBoss('DELETE', `/v1/sites/here/keys/${spare.id}`);
  }

  private async token(caller: Caller): Promise<string> {
    const own = await this.ask('POST', '/v1/tokens', caller, {
      name: 'x',
      scopes: ['review'],
      days: 1,
      password: PASSWORD,
    });
    if (own.status === 201) return String(own.body['id']);
    const { body } = await this.asBoss('POST', '/v1/tokens', { name: 'x', scopes: ['review'], days: 1 });
    return String(body['id']);
  }
}

/** The same again, however often it is asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function tokenOf(
  service: Service,
  email: string,
  role: MembershipRole | 'admin',
  site?: TestSite,
): Promise<string> {
  return service.database.inTransaction(async (tx) => {
    const account = { email, admin: role === 'admin' };
    const { staff } = await createStaff(tx, account, { password: '-', hash: '-' });
    if (role !== 'admin' && site !== undefined)
      await tx.manager.insert(Membership, { siteId: site.id, staffId: staff.id, role });
    const request = { staffId: staff.id, name: '', scopes: SCOPES, days: 1 };
    return (await issueToken(tx, request, { scopes: SCOPES, staffId: null })).token;
  });
}
