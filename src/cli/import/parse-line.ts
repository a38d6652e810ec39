import { isMapping } from '../../config/is-mapping.js';
import { invalid } from '../../core/errors.js';
import { type Line, LONGEST_LINE } from './read-lines.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\ufeff';

/**
 * What the JSON of a line says; undefined for an empty line. Ends of Windows and the mark at the beginning of a file are
 * no part of it.
 *
 * @throws VigieError INVALID
 */
export function parseLine({ number, bytes }: Line): unknown {
  if (bytes === null) throw invalid('', `Is longer than ${LONGEST_LINE / 1024} KiB.`);
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw invalid('', 'Is not UTF-8.');
  }
  if (number === 1 && text.startsWith(BOM)) text = text.slice(BOM.length);
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid('', `Is not JSON: ${(error as Error).message}`);
  }
  if (isMapping(value)) return value;
  throw invalid('', 'Must be a JSON object, one a line.');
}
