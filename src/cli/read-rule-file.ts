import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VigieError } from '../core/errors.js';

/**
 * What a file says of a rule, as it stands there.
 *
 * @throws VigieError INVALID when there is no such file, or it is neither JSON nor YAML
 */
export function readRuleFile(file: string): unknown {
  const fail = (why: string): VigieError => new VigieError('INVALID', `--file ${file}: ${why}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw fail(code === 'ENOENT' ? 'there is no such file.' : `can't be read (${code ?? 'unknown error'}).`);
  }
  try {
    // YAML 1.2 takes JSON as it is.
    return parse(text) as unknown;
  } catch (error) {
    const [sentence = 'unreadable'] = (error as Error).message.split('\n');
    throw fail(`is neither JSON nor YAML: ${sentence}`);
  }
}
