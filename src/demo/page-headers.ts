import { applyDecorators, Header } from '@nestjs/common';
import { contentPolicy, pageHeaders } from '../http/answer-headers.js';

/** As strict as docs/site-guide.md asks sites to be: the widget must do under it, and `blob:` is its worker's. */
export const CONTENT_SECURITY_POLICY = contentPolicy({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'worker-src': 'blob:',
});

/** The headers of every page of the demonstration. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  ...pageHeaders(CONTENT_SECURITY_POLICY),
  'referrer-policy': 'strict-origin-when-cross-origin',
  // The key in it may be revoked, and times are told from now.
  'cache-control': 'no-cache',
} as const;

export const PageHeaders = (): MethodDecorator =>
  applyDecorators(...Object.entries(PAGE_HEADERS).map(([name, value]) => Header(name, value)));
