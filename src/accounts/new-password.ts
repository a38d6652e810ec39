import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../contract/session.js';
import { invalid } from '../core/errors.js';

/**
 * What is asked of a password: that it is long, and not what everybody knows. Signs and digits are not asked for, and none
 * expires (NIST SP 800-63B, section 3.1.1.2).
 *
 * @param pointer of its field
 * @throws VigieError INVALID
 */
export function checkNewPassword(email: string, password: string, pointer = '/password'): void {
  const { length } = [...password];
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    throw invalid(pointer, `Must have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`);
  }
  if (password.trim().toLowerCase() === email.toLowerCase()) {
    throw invalid(pointer, 'Must not be your e-mail address.');
  }
  if (new Set(password).size === 1) throw invalid(pointer, 'Must not be one character again and again.');
}
