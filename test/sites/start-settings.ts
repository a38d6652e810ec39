import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../src/access/access.module.js';
import { SCOPES } from '../../src/access/scopes.js';
import { AccountsModule } from '../../src/accounts/accounts.module.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Database } from '../../src/database/database.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { createApp } from '../../src/http/create-app.js';
import { addMember } from '../../src/sites/add-member.js';
import { createSite } from '../../src/sites/create-site.js';
import { createStaff, makeCredentials } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { SitesModule } from '../../src/sites/sites.module.js';
import { createTestDatabase } from '../setup/test-database.js';

const secret = Buffer.from('a secret of the tests, long enough for anybody');

@Module({})
class SettingsApp {}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The settings doors over a database of their own, with an admin, a site and its staff. */
export interface Settings {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  /** Asks with a token; a body makes it JSON. */
  ask(
    token: string,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
  ): Promise<Answer>;
  /** A token, with all scopes, of a new member of staff: admin, or with a role on a site (database id). */
  tokenOf(
    email: string,
    role: 'admin' | 'lead' | 'moderator',
    siteId?: string,
    scopes?: readonly string[],
  ): Promise<string>;
  /** A new site's database id. */
  site(slug: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startSettings(): Promise<Settings> {
  const testDatabase = await createTestDatabase();
  const config = loadConfig({
    DATABASE_URL: testDatabase.url,
    VIGIE_SECRET: secret.toString(),
    LOG_LEVEL: 'silent',
  });
  const app = await createApp(
    {
      module: SettingsApp,
      imports: [
        ConfigModule.register(config),
        DatabaseModule.register(testDatabase.url, config),
        AccessModule.register({ secret, config: { ...config, rateLimits: false } }),
        AccountsModule.register(secret),
        SitesModule,
      ],
    },
    config,
  );
  const database = app.get(Database);
  return {
    app,
    database,
    async ask(token, method, url, body) {
      const answer = await app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return {
        status: answer.statusCode,
        body: answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>),
      };
    },
    async tokenOf(email, role, siteId, scopes = SCOPES) {
      const credentials = await makeCredentials();
      return database.inTransaction(async (tx) => {
        const { staff } =
          role === 'admin' || siteId === undefined
            ? await createStaff(tx, { email, admin: true }, credentials)
            : await addMember(tx, siteId, { email, role }, credentials);
        const request = { staffId: staff.id, name: '', scopes, days: 90 };
        return (await issueToken(tx, request, { scopes: SCOPES, staffId: null })).token;
      });
    },
    async site(slug) {
      const context = { staffId: null, production: false };
      const site = await database.inTransaction((tx) => createSite(tx, { slug, name: slug }, context));
      return site.id;
    },
    async stop() {
      await app.close();
      await testDatabase.drop();
    },
  };
}
