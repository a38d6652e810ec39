import { keyFrom, type NewKey } from '../access/keys/api-keys.js';
import { deriveKey } from '../config/secret.js';

/** Inject the demonstration's publishable key with `@Inject(DEMONSTRATION_KEY) key: NewKey`. */
export const DEMONSTRATION_KEY = Symbol('publishable key of the demonstration');

/**
 * The publishable key of the demonstration site. Of keys only hashes are stored, and the demonstration's pages must show
 * theirs to every browser: so it follows from the installation's secret. Whoever opens a page may know it anyway.
 */
export const demonstrationKey = (secret: Buffer): NewKey =>
  keyFrom('publishable', deriveKey(secret, 'demonstration: publishable key'));
