import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT } from 'jose';
import { checkInstallation } from '../../src/access/sealing/installation.js';
import { AppModule } from '../../src/app.module.js';
import { Reporters } from '../../src/access/readers/reporter.js';
import { scopesOf } from '../../src/access/scopes.js';
import { loadConfig, type VigieConfig } from '../../src/config/load-config.js';
import type { RuleChange } from '../../src/core/threshold-rule.js';
import { Membership, type MembershipRole } from '../../src/database/entities/membership.entity.js';
import { Database } from '../../src/database/database.js';
import { createApp } from '../../src/http/create-app.js';
import { createKey } from '../../src/sites/create-key.js';
import { createSite } from '../../src/sites/create-site.js';
import { createStaff } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { LOG_DESTINATION, noteBody, noteEnvironment } from './log-watch.js';
import { ownContract } from './own-contract.js';
import { type GivenChallenge, proofOf } from './solve-challenge.js';
import { createTestDatabase } from './test-database.js';

/** An answer of the service. `body`: what its JSON holds. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Body;
  readonly text: string;
}

/** A site with its keys. */
export interface TestSite {
  readonly id: string;
  readonly slug: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly readerSigningSecret: string;
  readonly origin: string;
}

/** Of every service that `Service` opens. */
export const SECRET = Buffer.from('a secret of the tests, long enough for anything');

/** What a service on this database keeps in files: a folder for each, since one that holds another's copies is refused. */
const folderOf = (databaseUrl: string): string =>
  path.join(os.tmpdir(), `vigie-data${new URL(databaseUrl).pathname.replace('/', '-')}`);

/** The whole service in this process, on a database of its own, asked through its doors. */
export class Service {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
    readonly databaseUrl: string,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  /** @param settings in the place of those of config/default.yaml */
  static async open(env: NodeJS.ProcessEnv = {}, settings: Partial<VigieConfig> = {}): Promise<Service> {
    const { url, ...test } = await createTestDatabase();
    const drop = async (): Promise<void> => {
      await test.drop();
      await rm(folderOf(url), { recursive: true, force: true, maxRetries: 5 });
    };
    return Service.on(url, drop, env, settings);
  }

  /** Another process' worth of service on the same database. */
  beside(env: NodeJS.ProcessEnv = {}, settings: Partial<VigieConfig> = {}): Promise<Service> {
    return Service.on(this.databaseUrl, () => Promise.resolve(), env, settings);
  }

  private static async on(
    url: string,
    drop: () => Promise<void>,
    env: NodeJS.ProcessEnv,
    settings: Partial<VigieConfig> = {},
  ): Promise<Service> {
    const loaded = loadConfig({
      NODE_ENV: 'test',
      // Into a file, in which no secret may be.
      LOG_LEVEL: 'debug',
      DATABASE_URL: url,
      VIGIE_SECRET: SECRET.toString(),
      // One address asks more here than any reader would.
      RATE_LIMITS: 'off',
      // Most tests report addresses where nothing is.
      FETCH_IMAGES: 'off',
      DATA_DIR: folderOf(url),
      ...env,
    });
    noteEnvironment({ VIGIE_SECRET: SECRET.toString(), DATABASE_URL: url, ...env });
    const config: VigieConfig = { ...loaded, ...settings };
    const databaseUrl = config.databaseUrl ?? url;
    const app = await createApp(
      AppModule.register({ config, databaseUrl, secret: SECRET }),
      config,
      LOG_DESTINATION,
    );
    const database = app.get(Database);
    // As a start does.
    await checkInstallation(database, SECRET);
    return new Service(app, database, url, drop);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.dropDatabase();
  }

  async site(slug = 'example', rule: RuleChange = {}): Promise<TestSite> {
    const origin = `https://www.${slug}.ma`;
    return this.database.inTransaction(async (tx) => {
      const context = { staffId: null, production: true };
      const site = await createSite(
        tx,
        { slug, name: slug, origins: [origin], imageHosts: [`cdn.${slug}.ma`] },
        context,
      );
      const { key: publishableKey } = await createKey(tx, site.id, 'publishable', '', null);
      const { key: secretKey } = await createKey(tx, site.id, 'secret', '', null);
      if (Object.keys(rule).length > 0) {
        await tx.manager.query('update threshold_rule set rule = rule || $2 where site_id = $1', [
          site.id,
          JSON.stringify(rule),
        ]);
      }
      const readerSigningSecret = this.app.get(Reporters).readerSigningSecret(site);
      noteBody({ readerSigningSecret });
      return { id: site.id, slug, publishableKey, secretKey, readerSigningSecret, origin };
    });
  }

  /** A token of a member of staff with everything that the role allows; without a site an administrator's. */
  async staffToken(email: string, role: MembershipRole | 'admin', site?: TestSite): Promise<string> {
    return this.database.inTransaction(async (tx) => {
      const { staff } = await createStaff(
        tx,
        { email, admin: role === 'admin' },
        { password: '-', hash: '-' },
      );
      if (role !== 'admin' && site !== undefined) {
        await tx.manager.upsert(Membership, { siteId: site.id, staffId: staff.id, role }, [
          'siteId',
          'staffId',
        ]);
      }
      const scopes = scopesOf(role);
      const { token } = await issueToken(
        tx,
        { staffId: staff.id, name: '', scopes, days: 1 },
        { scopes, staffId: null },
      );
      return token;
    });
  }

  /**
   * Every answer must be one that the API's description has.
   *
   * @param from the IP address of whoever asks; left out: this machine's own
   * @throws Error that says what of the answer is not described
   */
  async ask<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    key?: string,
    body?: unknown,
    headers: Record<string, string> = {},
    from?: string,
  ): Promise<Answer<Body>> {
    const response = await this.app.inject({
      method,
      url,
      ...(from === undefined ? {} : { remoteAddress: from }),
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const text = response.payload;
    const { statusCode: status, headers: answered } = response;
    const breaches = (await ownContract()).breaches({ method, url, status, headers: answered, text });
    if (breaches.length > 0) throw new Error(`${breaches.join('\n')}\n${text.slice(0, 2_000)}`);
    const json = /\bjson/.test(String(response.headers['content-type'])) && text !== '';
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : {}) as Body,
    };
  }

  /** What a site gives a reader who has signed in. @param claims beside those that every token needs */
  readerToken(
    { slug, readerSigningSecret }: TestSite,
    account: string,
    claims: Record<string, unknown> = {},
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account)
      .setAudience(slug)
      .setExpirationTime('5 minutes')
      .sign(new TextEncoder().encode(readerSigningSecret));
  }

  /** A challenge for a browser on the site's page. */
  async challenge(site: TestSite, { address }: { readonly address?: string } = {}): Promise<GivenChallenge> {
    const { origin, publishableKey } = site;
    const url = '/v1/challenges';
    const { body, status, text } = await this.ask<GivenChallenge>(
      'GET',
      url,
      publishableKey,
      undefined,
      { origin },
      address,
    );
    if (status !== 200) throw new Error(`no challenge: ${text}`);
    return body;
  }

  /** Sends a proof as a browser on the site's page does. */
  sendProof(
    { origin, publishableKey }: TestSite,
    proof: unknown,
    { address }: { readonly address?: string } = {},
  ): Promise<Answer> {
    return this.ask('POST', '/v1/devices', publishableKey, { proof }, { origin }, address);
  }

  /** The token of a new device, by the doors: a challenge, its solution, a token. */
  async mintDevice(site: TestSite, from: { readonly address?: string } = {}): Promise<string> {
    const { body, text } = await this.sendProof(site, proofOf(await this.challenge(site, from)), from);
    const { device } = body;
    if (typeof device !== 'string') throw new Error(`no device: ${text}`);
    return device;
  }

  /** An account of the site reports an image. */
  report(site: TestSite, image: object | string, account: string, reason = 'violence'): Promise<Answer> {
    return this.ask('POST', '/v1/reports', site.secretKey, {
      image: typeof image === 'string' ? { url: image } : image,
      reason,
      reporter: { account },
    });
  }

  /** So many accounts report an image; the last answer. */
  async reports(site: TestSite, image: object | string, count: number, reason = 'violence'): Promise<Answer> {
    let last: Answer | undefined;
    for (let n = 0; n < count; n += 1)
      last = await this.report(site, image, `account-${(this.accounts += 1)}`, reason);
    if (last === undefined) throw new Error('no report');
    return last;
  }

  private accounts = 0;

  state(site: TestSite, image: { url?: string; id?: string }, key = site.secretKey): Promise<Answer> {
    return this.ask(
      'GET',
      `/v1/images/state?${new URLSearchParams(image as Record<string, string>).toString()}`,
      key,
    );
  }
}
