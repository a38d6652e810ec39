/** Bytes: a thousand addresses of the longest kind, and what is around them. */
export const BATCH_BODY = 4 * 1024 * 1024;
