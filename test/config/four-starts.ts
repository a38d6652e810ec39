import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { transpileSources } from '../setup/transpile-sources.js';

/**
 * What each of four processes prints that run a program at the same moment.
 *
 * @param program imports from `./src/config/`
 * @param argument that it is given
 */
export async function fourStarts(program: string, argument: string): Promise<string[]> {
  const sources = transpileSources('config', 'core');
  try {
    const file = path.join(sources.folder, 'start.js');
    writeFileSync(file, program);
    const starts = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, [file, argument]));
    return (await Promise.all(starts)).map(({ stdout }) => stdout);
  } finally {
    sources.remove();
  }
}
