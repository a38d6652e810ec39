import { VigieError } from '../core/errors.js';

/**
 * Says that a file that was named can't be read, and why.
 *
 * @param named as the command names it, such as `--file rule.yaml`
 * @param error what the system said
 */
export function unreadableFile(named: string, error: unknown): VigieError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'there is no such file.' : `can't be read (${code}).`;
  return new VigieError('INVALID', `${named}: ${why}`);
}
