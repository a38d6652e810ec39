import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { imageHash } from '../../src/database/image-hash.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { BlockIndexReadiness } from '../../src/visibility/block-index-readiness.js';
import { VisibilityModule } from '../../src/visibility/visibility.module.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

let database: TestDatabase;
let writer: pg.Client;
let app: TestingModule | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
});

afterAll(async () => {
  await app?.close();
  await writer.end();
  await database.drop();
});

async function connections(): Promise<number> {
  const { rowCount } = await writer.query(
    `select from pg_stat_activity where datname = current_database() and application_name like 'vigie%'`,
  );
  return rowCount ?? 0;
}

describe('the visibility module', () => {
  it('has loaded all blocks when the application is up, says that it is ready, and closes cleanly', async () => {
    const { rows } = await writer.query<{ id: string }>(
      `insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
       values ('site', 'A site', '{}', '{}', 'fr', 'Africa/Casablanca', '{hate}') returning id`,
    );
    const siteId = rows[0]?.id ?? '';
    const hash = imageHash(siteId, { kind: 'id', key: 'one' });
    await writer.query(
      `insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version)
       values ($1, 'id', 'one', $2, true, 'hate', to_timestamp(1000), 1)`,
      [siteId, hash],
    );
    const config = loadConfig({});
    app = await Test.createTestingModule({
      imports: [
        ConfigModule.register(config),
        DatabaseModule.register(database.url, config),
        VisibilityModule,
      ],
    }).compile();
    await expect(app.get(BlockIndexReadiness).check()).resolves.toBe('down');
    await app.init();
    expect(app.get(BlockIndex).get(hash)).toEqual({
      reason: 'hate',
      since: 1_000_000,
      version: 1,
      reviewed: false,
    });
    await expect(app.get(BlockIndexReadiness).check()).resolves.toBe('up');
    await app.close();
    app = undefined;
    // A closed connection leaves the server's list a moment later; one that was forgotten never does.
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
