import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { checkCoreIsPure } from './rooms/check-core-is-pure.js';
import { checkImports } from './rooms/check-imports.js';
import { checkNeck } from './rooms/check-neck.js';
import { checkSqlIsInDatabase } from './rooms/check-sql-is-in-database.js';
import { parseRoomTable } from './rooms/room-table.js';
import type { SourceText } from './rooms/source-file.js';

const ROOT = join(__dirname, '..');
const rooms = parseRoomTable(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'));
const files: SourceText[] = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));

describe('the rooms of ARCHITECTURE.md', () => {
  it('are read from files that are there', () => {
    expect(rooms.has('core')).toBe(true);
    expect(files.some(({ path }) => path.startsWith('src/core/'))).toBe(true);
  });

  it('import only what their row of the table says', () => {
    expect(files.flatMap((file) => checkImports(file, rooms))).toEqual([]);
  });

  it('keep core/ pure', () => {
    expect(files.flatMap(checkCoreIsPure)).toEqual([]);
  });

  it("leave the writing of an image's state to moderation/", () => {
    expect(checkNeck(files)).toEqual([]);
  });

  it('keep SQL in database/', () => {
    expect(files.flatMap(checkSqlIsInDatabase)).toEqual([]);
  });
});
