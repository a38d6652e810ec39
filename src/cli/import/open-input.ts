import { accessSync, constants, createReadStream, statSync, type Stats } from 'node:fs';
import { VigieError } from '../../core/errors.js';
import type { Cli } from '../cli.js';
import { unreadableFile } from '../unreadable-file.js';

/** Bytes read at once. */
const CHUNK = 256 * 1024;

/** Where lines come from. */
export interface Input {
  /** Bytes; null where nobody knows. */
  readonly size: number | null;
  /** Can it be read once more from the beginning? */
  readonly again: boolean;
  open(): AsyncIterable<Buffer>;
}

/**
 * The file of this name, or standard input for `-`.
 *
 * @throws VigieError INVALID when it can't be read, or would be overwritten with its own bad lines
 */
export function openInput(cli: Cli, file: string, errorsFile: string | undefined): Input {
  if (file === '-') return { size: null, again: false, open: () => cli.input() };
  let stat: Stats;
  try {
    accessSync(file, constants.R_OK);
    stat = statSync(file);
  } catch (error) {
    throw unreadableFile(file, error);
  }
  if (stat.isDirectory()) throw new VigieError('INVALID', `${file}: is a folder; name a file in it.`);
  if (errorsFile !== undefined && isSame(errorsFile, stat)) {
    throw new VigieError('INVALID', `--errors ${file}: is the file that is imported.`);
  }
  // A pipe that has a name gives what it gives once.
  const again = stat.isFile();
  const open = (): AsyncIterable<Buffer> => createReadStream(file, { highWaterMark: CHUNK });
  return { size: again ? stat.size : null, again, open };
}

function isSame(file: string, stat: Stats): boolean {
  try {
    const { ino, dev } = statSync(file);
    return ino === stat.ino && dev === stat.dev;
  } catch {
    // It is not there yet, or can't be: whoever writes it says why.
    return false;
  }
}
