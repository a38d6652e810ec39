import { InvalidArgumentError } from 'commander';
import { hasLength } from '../contract/text-length.js';

/** Characters of the name by which keys, or tokens, are told apart: as the API takes them. */
const LONGEST = 100;

/** For an option whose value is such a name. */
export function shortName(value: string): string {
  if (hasLength(value, 0, LONGEST)) return value;
  throw new InvalidArgumentError(`Must be a text of at most ${LONGEST} characters.`);
}
