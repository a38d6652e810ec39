import { checkCoreIsPure } from './check-core-is-pure.js';
import { checkImports } from './check-imports.js';
import { checkNeck } from './check-neck.js';
import { checkSqlIsInDatabase } from './check-sql-is-in-database.js';
import { parseRoomTable } from './room-table.js';
import { importsOf } from './source-file.js';

const TABLE = `
Some prose, and another table.

| word | meaning |
|---|---|
| **site** | a publisher |

| room | holds | may import |
|---|---|---|
| \`core/\` | pure rules; \`decide(state, command)\` | itself |
| \`contract/\` | wire shapes | core |
| \`jobs/\` | staged work | core |
| \`reports/\` | the reader's door: submit, withdraw | contract, jobs (stage only), core |
| \`webhooks/\` | outgoing calls | jobs, contract |
| \`client/\` | the publisher's library | contract (types only), core (canonical URL) |
| \`cli/\` | operator commands | any room's public functions |

After the table.
`;
const rooms = parseRoomTable(TABLE);
const check = (path: string, text: string): string[] => checkImports({ path, text }, rooms);

describe('the room table', () => {
  it('is read row by row, up to its end', () => {
    expect([...rooms.keys()]).toEqual(['core', 'contract', 'jobs', 'reports', 'webhooks', 'client', 'cli']);
    expect(rooms.get('core')?.grants).toEqual([]);
    expect(rooms.get('client')?.grants).toEqual([
      { room: 'contract', only: { kind: 'types' } },
      { room: 'core', only: { kind: 'file', file: 'canonical-url.ts' } },
    ]);
    expect(rooms.get('cli')?.anyRoom).toBe(true);
  });

  it.each([
    ['a page without a table', 'nothing', /no table/],
    [
      'a row that can not be read',
      `${TABLE.split('After')[0]?.trimEnd()}\n| core | x | y |`,
      /can not be read/,
    ],
    [
      'a room that has no row',
      TABLE.replace('| jobs, contract |', '| jobs, images |'),
      /images\/, which has no row/,
    ],
    ['a third column in prose', TABLE.replace('| jobs, contract |', '| whatever it needs |'), /not a room/],
  ])('refuses %s', (_, markdown, message) => {
    expect(() => parseRoomTable(markdown)).toThrow(message);
  });
});

describe('the check of imports', () => {
  it.each([
    ['its own room', 'src/reports/x.ts', `import { a } from './a.js'; import { b } from './deep/b.js';`],
    ['a room that the row names', 'src/reports/x.ts', `import { a } from '../contract/a.js';`],
    ['the one file that the row names', 'src/reports/x.ts', `import { stage } from '../jobs/stage.js';`],
    ['packages', 'src/reports/x.ts', `import { Module } from '@nestjs/common'; import 'node:fs';`],
    ['types where types are granted', 'src/client/x.ts', `import type { A } from '../contract/a.js';`],
    ['types one by one', 'src/client/x.ts', `import { type A, type B } from '../contract/a.js';`],
    ['exported types', 'src/client/x.ts', `export type { A } from '../contract/a.js';`],
    ['canonical URLs', 'src/client/x.ts', `export { canonicalUrl } from '../core/canonical-url.js';`],
    ['what Node brings', 'src/client/x.ts', `import { readFile } from 'node:fs/promises';`],
    [
      'any room',
      'src/cli/x.ts',
      `import { a } from '../webhooks/a.js'; import { b } from '../app.module.js';`,
    ],
    ['anything, to join the rooms', 'src/main.ts', `import { a } from './webhooks/a.js';`],
    ['the version', 'src/reports/x.ts', `import p from '../../package.json' with { type: 'json' };`],
  ])('lets a file import %s', (_, path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  it('fails with the sentence of the table', () => {
    expect(check('src/reports/x.ts', `import { sign } from '../webhooks/sign.js';`)).toEqual([
      "`reports/` holds: the reader's door: submit, withdraw; it may import contract, jobs (stage only), core; " +
        'src/reports/x.ts imports webhooks/ (../webhooks/sign.js)',
    ]);
  });

  it.each([
    ['a type, too', 'src/reports/x.ts', `import type { A } from '../webhooks/a.js';`],
    ['from a subfolder', 'src/reports/deep/x.ts', `import { a } from '../../webhooks/a.js';`],
    ['by export', 'src/reports/x.ts', `export * from '../webhooks/a.js';`],
    ['by import()', 'src/reports/x.ts', `const a = await import('../webhooks/a.js');`],
    ['by require()', 'src/reports/x.ts', `const a = require('../webhooks/a.js');`],
    ['by a type import()', 'src/reports/x.ts', `let a: import('../webhooks/a.js').A;`],
    ['for its effect', 'src/reports/x.ts', `import '../webhooks/a.js';`],
    [
      'another file of a room than the one granted',
      'src/reports/x.ts',
      `import { run } from '../jobs/run.js';`,
    ],
    ['a value where types are granted', 'src/client/x.ts', `import { A } from '../contract/a.js';`],
    ['a value among types', 'src/client/x.ts', `import { type A, b } from '../contract/a.js';`],
    ['a namespace where types are granted', 'src/client/x.ts', `import * as a from '../contract/a.js';`],
    ['all where types are granted', 'src/client/x.ts', `export * from '../contract/a.js';`],
    ['another file of core/', 'src/client/x.ts', `import { decide } from '../core/decide.js';`],
    ['a package in client/', 'src/client/x.ts', `import got from 'got';`],
    ['a package in core/', 'src/core/x.ts', `import { z } from 'zod';`],
    ['node:* in core/', 'src/core/x.ts', `import type { Hash } from 'node:crypto';`],
    ['what joins the rooms', 'src/reports/x.ts', `import { AppModule } from '../app.module.js';`],
    ['tests', 'src/reports/x.ts', `import { a } from '../../test/a.js';`],
  ])('finds a forbidden import: %s', (_, path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });

  it('finds a room without a row', () => {
    expect(check('src/attic/x.ts', '')).toEqual([
      'src/attic/x.ts is in attic/, which has no row in the room table of ARCHITECTURE.md',
    ]);
  });

  it.each(['src/common/x.ts', 'src/utils/x.ts', 'src/reports/helpers/x.ts'])(
    'finds a nameless folder: %s',
    (path) => {
      expect(check(path, '')).toEqual([expect.stringContaining('No folder is called')]);
    },
  );

  it('is not misled by comments, strings and properties', () => {
    const text = `// import a from '../webhooks/a.js'\nconst s = "import '../webhooks/b.js'"; x.require('../webhooks/c.js');`;
    expect(importsOf({ path: 'src/reports/x.ts', text })).toEqual([]);
  });
});

describe('the check that core/ is pure', () => {
  const inCore = (text: string): string[] => checkCoreIsPure({ path: 'src/core/x.ts', text });

  it.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'process.env.X',
    'async () => 1',
    'async function f() {}',
    'let p: Promise<void>;',
    'performance.now()',
    'crypto.randomUUID()',
    'setTimeout(f, 1)',
    'fetch(u)',
    'globalThis.x',
  ])('finds %s', (text) => {
    expect(inCore(`const before = 1;\n${text}`)).toEqual([expect.stringContaining('src/core/x.ts:2 uses')]);
  });

  it('finds await', () => {
    expect(inCore('async function f() { await g(); for await (const x of y) z(x); }')).toHaveLength(3);
  });

  it.each([
    'new Date(now)',
    'new Date(0)',
    'Date.UTC(2026, 1)',
    'Math.max(1, 2)',
    'x.process',
    '({ process: 1 })',
    '// process',
  ])('takes %s', (text) => {
    expect(inCore(text)).toEqual([]);
  });

  it('looks at core/ alone', () => {
    expect(checkCoreIsPure({ path: 'src/reports/x.ts', text: 'Date.now()' })).toEqual([]);
  });
});

describe('the check that SQL is in database/', () => {
  const inReports = (text: string): string[] => checkSqlIsInDatabase({ path: 'src/reports/x.ts', text });

  it.each([
    '`select id, key from image`',
    "'SELECT 1'",
    '`select clock_timestamp()`',
    '`\n  -- the newest\n  select *\n  from image`',
    '`select ${columns} from image where id = ${id}`',
    "'insert into vote (site_id) values ($1)'",
    "'update image set round = 2'",
    "'update image i set round = 2'",
    "'delete from vote'",
    '`with gone as (delete from vote returning 1) select 1`',
    '`with gone (id) as materialized (select 1) select 1`',
    "'truncate vote'",
    "'create table x (id int)'",
    "'listen vigie_events'",
  ])('finds %s', (literal) => {
    expect(inReports(`const before = 1;\nrun(${literal});`)).toEqual([
      expect.stringContaining('Hand-written SQL is in database/ only; src/reports/x.ts:2'),
    ]);
    expect(checkSqlIsInDatabase({ path: 'src/database/x.ts', text: `run(${literal});` })).toEqual([]);
  });

  it.each([
    "'Select an image from the list.'",
    "'update the rule'",
    "'with'",
    "'select'",
    "'delete'",
    "'Delete from here'",
    '`with ${n} votes`',
    "'create table-like things'",
    "'listen to the stream'",
  ])('takes %s for prose', (literal) => {
    expect(inReports(`say(${literal});`)).toEqual([]);
  });
});

describe('the check of the neck', () => {
  const statement = {
    path: 'src/database/statements/votes/cast-votes.ts',
    text: 'const withdraw = { text: `update vote v set withdrawn_at = now()` }; export const withdrawVotes = 1;',
  };
  const from = (path: string, names: string) => ({
    path,
    text: `import { ${names} } from '../database/statements/votes/cast-votes.js';`,
  });

  it('finds what writes votes elsewhere', () => {
    expect(checkNeck([statement, from('src/reports/follow-receipt.ts', 'loadVotes, withdrawVotes')])).toEqual(
      [expect.stringContaining('src/reports/follow-receipt.ts takes withdrawVotes')],
    );
  });

  it('lets moderation/ write, and others read', () => {
    expect(
      checkNeck([
        statement,
        from('src/moderation/count-votes.ts', 'withdrawVotes'),
        from('src/reports/x.ts', 'loadVotes, type NewVote'),
      ]),
    ).toEqual([]);
  });
});
