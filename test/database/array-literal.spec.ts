import fc from 'fast-check';
import pg from 'pg';
import { arrayLiteral } from '../../src/database/array-literal.js';
import { createTestDatabase } from '../setup/test-database.js';

let client: pg.Client;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = () => database.drop();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await drop();
});

async function readBack(type: string, items: Parameters<typeof arrayLiteral>[0]): Promise<unknown> {
  const { rows } = await client.query<{ items: unknown }>(`select $1::${type}[] as items`, [
    arrayLiteral(items),
  ]);
  return rows[0]?.items;
}

describe('arrayLiteral', () => {
  it('is read back by Postgres as the texts that went in, whatever they hold', async () => {
    // What Postgres can not store is refused before it gets here.
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\0\p{Cs}]/u.test(value));
    const special = fc.constantFrom(
      '',
      'NULL',
      'null',
      '{}',
      '","',
      '\\',
      '"',
      "'",
      ' a ',
      'a\nb',
      '\\x41',
      '"\n\x7f',
      '"😀',
    );
    const json = fc.json();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.oneof(text, special, json))), async (items) => {
        expect(await readBack('text', items)).toEqual(items);
      }),
      { numRuns: 200 },
    );
  });

  it('carries bytes, numbers, flags and times', async () => {
    expect(await readBack('bytea', [Buffer.from([0, 255, 34, 92]), null, Buffer.alloc(0)])).toEqual([
      Buffer.from([0, 255, 34, 92]),
      null,
      Buffer.alloc(0),
    ]);
    expect(await readBack('int', [1, -2, null])).toEqual([1, -2, null]);
    expect(await readBack('bigint', ['9007199254740993'])).toEqual(['9007199254740993']);
    expect(await readBack('boolean', [true, false, null])).toEqual([true, false, null]);
    const at = new Date('2026-11-25T10:00:00.123Z');
    expect(await readBack('timestamptz', [at])).toEqual([at]);
  });
});
