import { applyDecorators, Header } from '@nestjs/common';

/** As strict as docs/site-guide.md asks sites to be: the widget must do under it, and `blob:` is its worker's. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of every page of the demonstration. */
export const PageHeaders = (): MethodDecorator =>
  applyDecorators(
    Header('content-type', 'text/html; charset=utf-8'),
    Header('content-security-policy', CONTENT_SECURITY_POLICY),
    Header('x-content-type-options', 'nosniff'),
    Header('referrer-policy', 'strict-origin-when-cross-origin'),
    // The key in it may be revoked, and times are told from now.
    Header('cache-control', 'no-cache'),
  );
