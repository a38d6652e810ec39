import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../contract/session.js';
import { invalid } from '../core/errors.js';
import { isKnown } from './known-password.js';

/** Parts of an address that are shorter are in many words. */
const SHORTEST_PART = 3;

/**
 * What is asked of a password: that it is long, and none of those that everybody tries first, which are listed here, with the
 * person's own address. Signs and digits are not asked for, and none expires (NIST SP 800-63B, section 3.1.1.2).
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
  const parts = email.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const own = parts.filter((part) => part.length >= SHORTEST_PART);
  if (isKnown(password, own)) {
    throw invalid(
      pointer,
      'This is one of the passwords that are tried first: a well-known one, a pattern, or your address. ' +
        'Choose another, such as four words that have nothing to do with each other.',
    );
  }
}
