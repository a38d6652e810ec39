import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isMapping } from '../config/is-mapping.js';
import { VigieError } from '../core/errors.js';
import { unreadableFile } from './unreadable-file.js';

/**
 * What a file says of a rule, as it stands there.
 *
 * @throws VigieError INVALID when there is no such file, it is neither JSON nor YAML, or it holds no fields
 */
export function readRuleFile(file: string): object {
  const named = `--file ${file}`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadableFile(named, error);
  }
  let rule: unknown;
  try {
    // YAML 1.2 takes JSON as it is.
    rule = parse(text);
  } catch (error) {
    const [sentence = 'unreadable'] = (error as Error).message.split('\n');
    throw new VigieError('INVALID', `${named}: is neither JSON nor YAML: ${sentence.replace(/:$/, '.')}`);
  }
  if (isMapping(rule)) return rule;
  throw new VigieError('INVALID', `${named}: holds no fields of a rule, such as "reporters: 4".`);
}
