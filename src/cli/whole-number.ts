import { InvalidArgumentError } from 'commander';

/** For an option whose value is a number from 1 on. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Must be a whole number from 1 on.');
}
