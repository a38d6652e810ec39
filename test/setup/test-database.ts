import { randomBytes } from 'node:crypto';

import pg from 'pg';

/** A migrated, empty database of one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

/** Clones the template that start-postgres migrated. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `vigie_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await administer(`create database ${name} template ${fromSetup('VIGIE_TEST_TEMPLATE')}`);
  const url = new URL(fromSetup('VIGIE_TEST_POSTGRES'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database if exists ${name} with (force)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: fromSetup('VIGIE_TEST_POSTGRES') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function fromSetup(variable: string): string {
  const value = process.env[variable];
  if (value === undefined)
    throw new Error(`${variable} is not set: did Jest run test/setup/start-postgres.ts?`);
  return value;
}
