import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { projectRoot } from '../src/config/project-root.js';
import { createTestDatabase, type TestDatabase } from './setup/test-database.js';

/** Invariant 12: what is stored of readers is listed in one document. */

const read = (file: string): string => readFileSync(path.join(projectRoot(), file), 'utf8');
const DOCUMENT = read('docs/what-is-stored.md');

/** Tables in which nothing comes from a reader. A new table is either here or in the document: somebody has to decide. */
const OF_NO_READER = [
  'account_event',
  'account_link',
  'recovery_code',
  'second_factor',
  'session',
  'sign_in_failure',
  'content_bytes',
  'content_version',
  'address',
  'api_key',
  'case_skip',
  'decision',
  'feed_epoch',
  'found_bytes',
  'image_views',
  'site_baseline',
  'fetch_host',
  'import_checkpoint',
  'installation',
  'job',
  'membership',
  'migration',
  'moderation_case',
  'site',
  'staff',
  'threshold_rule',
  'watched_address',
  'webhook_attempt',
  'webhook_cursor',
  'webhook_endpoint',
  'webhook_message',
];

/** By these names a column holds a pseudonym, or a reader's own words. */
const OF_READERS = /reporter|network|device|account|comment|linked_to|page_url|page_title/;

let database: TestDatabase;
let columns: { table: string; column: string }[];
beforeAll(async () => {
  database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public'`,
  );
  columns = rows;
  await client.end();
});
afterAll(() => database.drop());

describe('docs/what-is-stored.md', () => {
  it('names every table that holds anything of a reader', () => {
    const tables = [...new Set(columns.map(({ table }) => table))];
    expect(tables.length).toBeGreaterThan(20);
    const unsaid = tables.filter(
      (table) => !DOCUMENT.includes(`\`${table}\``) && !OF_NO_READER.includes(table),
    );
    expect(unsaid).toEqual([]);
  });

  it('leaves out no table that has a column for a pseudonym or for what a reader wrote', () => {
    const holding = columns.filter(({ column }) => OF_READERS.test(column)).map(({ table }) => table);
    expect(holding).toEqual(expect.arrayContaining(['vote', 'report_note']));
    expect(holding.filter((table) => OF_NO_READER.includes(table))).toEqual([]);
  });

  it('names every entry that the widget makes in the browser', () => {
    const folder = 'src/web/widget';
    const sources = readdirSync(path.join(projectRoot(), folder)).filter((file) => file.endsWith('.ts'));
    const named = sources.flatMap((file) => {
      const source = read(path.join(folder, file));
      if (!/\bstore\(/.test(source)) return [];
      return [...source.matchAll(/^const NAME = '(\w+)'/gm)].map(([, name = '']) => name);
    });
    expect(named.sort()).toEqual(['device', 'reports']);
    for (const name of named) expect(DOCUMENT).toContain(`\`vigie:${name}\``);
  });
});
