import { MAX_URL_LENGTH } from '../core/canonical-url.js';

/** How the description says a host of images, `*.` and a port included (core/image-hosts.ts has the whole rule). */
export const IMAGE_HOST = { maxLength: MAX_URL_LENGTH, pattern: '^(\\*\\.)?[^/?#@\\\\]+$' } as const;
