import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root.js';
import { BuiltFile, NotBuiltError } from '../http/built-file.js';
import { SCRIPT, STYLES } from '../http/content-types.js';

const FOLDER = path.join('console', 'assets');

const TYPES: Readonly<Record<string, string>> = {
  '.js': SCRIPT,
  '.css': STYLES,
  '.svg': 'image/svg+xml',
  '.md': 'text/markdown; charset=utf-8',
};

/** A file of the console with what is in it. */
export interface ConsoleFile {
  readonly type: string;
  readonly file: BuiltFile;
}

/**
 * What the build made of src/web/console: its page, and the files that it names. What else is in the folder is not served.
 *
 * @throws NotBuiltError
 */
export function readConsoleFiles(): {
  readonly page: BuiltFile;
  readonly assets: ReadonlyMap<string, ConsoleFile>;
} {
  const folder = path.join(projectRoot(), 'dist', 'web', FOLDER);
  if (!existsSync(folder)) throw new NotBuiltError(path.join('dist', 'web', FOLDER));
  const assets = new Map<string, ConsoleFile>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[path.extname(name)];
    if (type !== undefined) assets.set(name, { type, file: BuiltFile.read(path.join(FOLDER, name)) });
  }
  return { page: BuiltFile.read(path.join('console', 'index.html')), assets };
}
