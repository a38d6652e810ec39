import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VigieError } from '../core/errors.js';
import { unreadableFile } from './unreadable-file.js';

/**
 * What a file says of a rule, as it stands there.
 *
 * @throws VigieError INVALID when there is no such file, or it is neither JSON nor YAML
 */
export function readRuleFile(file: string): unknown {
  const named = `--file ${file}`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadableFile(named, error);
  }
  try {
    // YAML 1.2 takes JSON as it is.
    return parse(text) as unknown;
  } catch (error) {
    const [sentence = 'unreadable'] = (error as Error).message.split('\n');
    throw new VigieError('INVALID', `${named}: is neither JSON nor YAML: ${sentence}`);
  }
}
