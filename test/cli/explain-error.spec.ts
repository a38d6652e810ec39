/** What a command says where Postgres is the reason, as real servers and name servers say it. */
import pg from 'pg';
import { explainError } from '../../src/cli/explain-error.js';
import { explainStart } from '../../src/explain-start.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { runCommand } from './start-cli.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const SECRET = 'a secret of the tests, long enough for anybody';
const told = async (url: string): Promise<string> => {
  const { code, told } = await runCommand('site list', { DATABASE_URL: url, VIGIE_SECRET: SECRET });
  expect([code, told.length]).toEqual([1, 1]);
  return told[0] ?? '';
};
const failureOf = async (statement: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client
    .query(statement)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
    .finally(() => client.end());
};

test('a host that nobody knows, as any server that is out of reach', async () => {
  expect(await told('postgres://vigie:word@postgres.invalid/vigie')).toMatch(
    /^Postgres can't be reached \(.*getaddrinfo .+\): check DATABASE_URL, and that the server runs\.$/,
  );
});

test('a database that is not there', async () => {
  const url = new URL(database.url);
  url.pathname = '/nowhere';
  expect(await told(url.href)).toBe(
    'Postgres can\'t be reached (database "nowhere" does not exist): check DATABASE_URL, and that the server runs.',
  );
});

test('a table that is not there is no server that is out of reach', async () => {
  expect(explainError(await failureOf('select from nowhere'))).toEqual([
    'Something went wrong: relation "nowhere" does not exist',
  ]);
});

test.each(['prepare twice as select; prepare twice as select', 'execute never'])(
  'a pooler that shares connections: %s',
  async (statement) => {
    const failure = await failureOf(statement);
    const sentence =
      /^DATABASE_URL leads to a pooler that shares connections between transactions \(prepared statement "\w+" .+\): set DATABASE_SESSION_POOLING=off\.$/;
    expect(explainStart(failure, database.url)).toMatch(sentence);
    expect(explainError(failure)).toEqual([expect.stringMatching(sentence)]);
  },
);

test('a user who may not do it', async () => {
  const role = `vigie_test_${process.pid}_reader`;
  const failure = await failureOf(`create role ${role}; set role ${role}; select from site`);
  expect(explainError(failure)).toEqual([
    'The user in DATABASE_URL may not do what Vigie needs (permission denied for table site): let it make tables, or name another user.',
  ]);
});

test('a server whose disk is full', async () => {
  const said = 'could not extend file "base/1/2": No space left on device';
  const failure = await failureOf(`do $$ begin raise '${said}' using errcode = 'disk_full'; end $$`);
  expect(explainError(failure)).toEqual([
    `Postgres has no room (${said}): make some where it runs, and try again.`,
  ]);
});
