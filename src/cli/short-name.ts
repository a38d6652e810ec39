import { InvalidArgumentError } from 'commander';
import { LONGEST_KEY_NAME } from '../contract/keys.js';
import { hasLength } from '../contract/text-length.js';

/** For an option whose value is the name of a key or token. */
export function shortName(value: string): string {
  if (hasLength(value, 0, LONGEST_KEY_NAME)) return value;
  throw new InvalidArgumentError(`Must be a text of at most ${LONGEST_KEY_NAME} characters.`);
}
