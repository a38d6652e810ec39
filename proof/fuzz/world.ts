import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Sealed } from '../../src/access/sealing/sealed.js';
import { ServiceProcess } from '../../test/setup/process.js';
import { type Answer, SECRET } from '../../test/setup/service.js';
import { SignedIn } from '../../test/setup/signed-in.js';
import startPostgres from '../../test/setup/start-postgres.js';
import stopPostgres from '../../test/setup/stop-postgres.js';
import { type Caller, RoleDesk, type Targets } from '../../test/flows/role-targets.js';
import { People } from './people.js';
import { Pictures } from './pictures.js';

/**
 * Who asks. `mangled`: a key with a letter changed; `stranger`: a lead of another site;
 * `scraper`: whoever has METRICS_TOKEN.
 */
export const CALLERS = [
  'none',
  'pub',
  'sec',
  'mod',
  'lead',
  'admin',
  'stranger',
  'web',
  'waiting',
  'mangled',
  'scraper',
] as const;
export type CallerName = (typeof CALLERS)[number];

const METRICS_TOKEN = 'a-token-of-the-proofs-for-metrics';

/** Webhook endpoints that are left at a refresh: a site may have only so many. */
const KEPT_ENDPOINTS = 10;

/** Devices and solved challenges for the whole run: a network gets only so many in a day, and each is work. */
const MOST_DEVICES = 20;

/**
 * What is fuzzed, a service in a process of its own on a new database, and beside it in this process another on the same
 * database, by whose doors things are made that requests can be about.
 */
export class World {
  private devices = 0;
  private device: Promise<string> | undefined;
  private made = 0;
  readonly people: People;

  private constructor(
    readonly desk: RoleDesk,
    readonly service: ServiceProcess,
    readonly env: NodeJS.ProcessEnv,
    private readonly folder: string,
    private readonly keys: Readonly<Record<'mod' | 'lead' | 'admin' | 'stranger', string>>,
    private signedIn: SignedIn,
    private readonly waiting: SignedIn,
    readonly pictures: Pictures,
    /** The ids of the site's keys by which callers ask. */
    private readonly callersKeys: ReadonlySet<string>,
  ) {
    this.people = new People(desk.service, (signedIn, method) => this.ofSession(signedIn, method));
  }

  static async open(): Promise<World> {
    await startPostgres();
    try {
      const desk = await RoleDesk.open();
      const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-fuzz-'));
      const env = {
        DATABASE_URL: desk.service.databaseUrl,
        VIGIE_SECRET: SECRET.toString(),
        DATA_DIR: folder,
        // Nothing is fetched from, or posted to, the addresses that are made up: what is staged waits for a worker.
        ROLE: 'api',
        FETCH_IMAGES: 'on',
        LOG_LEVEL: 'warn',
        METRICS_TOKEN,
        // Links are for whoever asks: the letters themselves are a worker's, and there is none.
        SMTP_URL: 'smtp://127.0.0.1:9',
        SMTP_FROM: 'Vigie <vigie@here.ma>',
      };
      const { here, elsewhere } = desk;
      const keys = {
        mod: await desk.staff('mod@here.ma', 'moderator', here),
        lead: await desk.staff('lead@here.ma', 'lead', here),
        admin: await desk.staff('admin@vigie.ma', 'admin'),
        stranger: await desk.staff('lead@elsewhere.ma', 'lead', elsewhere),
      };
      await desk.web();
      const signedIn = await SignedIn.as(desk.service, 'console-0@vigie.ma', 'admin');
      const waiting = await SignedIn.as(desk.service, 'waiting@here.ma', 'lead', here);
      await waiting.beginStage('totp');
      const { body } = await desk.service.ask('GET', '/v1/sites/here/keys', keys.admin);
      const callersKeys = new Set((body['items'] as { id: string }[]).map(({ id }) => id));
      const service = await ServiceProcess.start(env);
      const pictures = await Pictures.take(desk, service, env, keys);
      return new World(desk, service, env, folder, keys, signedIn, waiting, pictures, callersKeys);
    } catch (error) {
      await stopPostgres();
      throw error;
    }
  }

  /** What a caller sends with a request: header names in small letters. */
  headersOf(caller: CallerName, method: string): Record<string, string> {
    const { here } = this.desk;
    const key = (value: string): Record<string, string> => ({ authorization: `Bearer ${value}` });
    switch (caller) {
      case 'none':
        return {};
      case 'pub':
        return { ...key(here.publishableKey), origin: here.origin };
      case 'sec':
        return key(here.secretKey);
      case 'mangled':
        return key(`${here.secretKey.slice(0, -1)}${here.secretKey.endsWith('0') ? '1' : '0'}`);
      case 'scraper':
        return key(METRICS_TOKEN);
      case 'web':
        return this.ofSession(this.signedIn, method);
      case 'waiting':
        return this.ofSession(this.waiting, method);
      default:
        return key(this.keys[caller]);
    }
  }

  /** Things to ask about, made when they are asked for; those that cost work come again. */
  targets(caller: CallerName): Targets {
    const headers = (method: string) => this.headersOf(caller, method);
    const asks: Caller = { headers: (method) => headers(method) };
    const targets = this.desk.targets(asks);
    return {
      ...targets,
      room: () => this.room(),
      key: async () => {
        await this.room();
        const made = await this.asAdmin('POST', '/v1/sites/here/keys', { kind: 'secret' });
        return String(made.body['id']);
      },
      session: () => this.anotherSession(),
      device: () =>
        (this.device = this.another() ? this.desk.service.mintDevice(this.desk.here) : this.minted()),
      proof: () => (this.another() ? targets.proof() : Promise.resolve('eyJhbGdvcml0aG0iOiJTSEEtMjU2In0=')),
    };
  }

  /** What was asked for and done leaves its marks: the site gets its settings back, the console's user another session. */
  async refresh(): Promise<void> {
    const { service, here } = this.desk;
    const restored = {
      name: 'here',
      origins: [here.origin],
      imageHosts: ['cdn.here.ma'],
      addressRules: {},
      locale: 'fr',
    };
    await service.ask('PATCH', '/v1/sites/here', this.keys.admin, restored);
    await service.database.query(
      {
        name: 'fuzz-drop-endpoints',
        text: `delete from webhook_endpoint
               where (site_id, id) in (select site_id, id from webhook_endpoint order by id desc offset $1)`,
      },
      [KEPT_ENDPOINTS],
    );
    // Wrong passwords of all callers count against this one address. Rows are locked in no order, beside requests: run again.
    await service.database.inTransaction((tx) =>
      tx.query({ name: 'fuzz-forget-guesses', text: 'delete from sign_in_failure' }),
    );
    this.made += 1;
    // Who is refused for a guess of this very moment stays as they are until the next time.
    this.signedIn = await SignedIn.as(service, `console-${this.made}@vigie.ma`, 'admin').catch(
      () => this.signedIn,
    );
  }

  async close(): Promise<void> {
    if (!this.service.over) await this.service.stop();
    await this.desk.close();
    await stopPostgres();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private asAdmin(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<Answer> {
    return this.desk.service.ask(method, url, this.keys.admin, body);
  }

  /** A site has two live keys of a kind at most; those with which the callers ask stay. */
  private async room(): Promise<void> {
    const { body } = await this.asAdmin('GET', '/v1/sites/here/keys?limit=100');
    for (const { id, revokedAt } of body['items'] as { id: string; revokedAt: string | null }[]) {
      if (revokedAt !== null || this.callersKeys.has(id)) continue;
      await this.asAdmin('DELETE', `/v1/sites/here/keys/${id}`);
    }
  }

  /** Of the console's user, beside the one by which they ask. */
  private async anotherSession(): Promise<string> {
    const { service } = this.desk;
    await SignedIn.in(service, this.signedIn.email);
    const [row] = await service.database.dataSource.query<{ id: string }[]>(
      'select max(id) as id from session',
    );
    return service.app.get(Sealed).id('ses', row?.id ?? '0');
  }

  private ofSession(session: SignedIn, method: string): Record<string, string> {
    const sent = session.headers(method as 'GET');
    return 'origin' in sent ? { ...sent, origin: `http://127.0.0.1:${this.service.port}` } : sent;
  }

  private another(): boolean {
    if (this.devices >= MOST_DEVICES) return false;
    this.devices += 1;
    return true;
  }

  private minted(): Promise<string> {
    return this.device ?? Promise.resolve('dev_x');
  }
}
