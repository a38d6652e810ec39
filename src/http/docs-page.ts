import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.js';
import { contentPolicy, pageHeaders } from './answer-headers.js';

/** Under which addresses Swagger serves its page; what else is below them are its files. */
const PAGES = ['/docs', '/docs/', '/docs/index.html'];

/** Its package as it was published, of which the page needs few files. */
const ALL_FILES = '/docs/*';
const NEEDED =
  /^\/docs\/(?:swagger-ui\.css|swagger-ui-(?:bundle|standalone-preset)\.js|favicon-\d+x\d+\.png)$/;

/** One that Swagger UI sets while it runs, as browsers tell its hash; `test/browser/docs.spec.ts` fails when it is another. */
const SET_BY_SCRIPT = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

const STYLES = /<style>([\s\S]*?)<\/style>/g;
const STYLE_ATTRIBUTES = / style="([^"]*)"/g;

/** Gives Swagger's page the headers of a page, and serves of its package what the page needs. Must be called before its routes are registered. */
export function guardDocsPage(fastify: FastifyInstance): void {
  let headers: ReturnType<typeof pageHeaders> | undefined;
  fastify.addHook('onRoute', (route) => {
    if (route.url === ALL_FILES) route.onRequest = refuseOthers;
    if (!PAGES.includes(route.url)) return;
    route.onSend = (_request, reply, page: unknown, done) => {
      // The same at every question.
      if (typeof page === 'string' && page !== '') headers ??= pageHeaders(policyFor(page));
      if (headers !== undefined) reply.headers(headers);
      done(null, page);
    };
  });
}

function refuseOthers({ url }: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  done(NEEDED.test(url.split('?', 1)[0] ?? '') ? undefined : notFound('file'));
}

/**
 * Its own files, and the styles that Swagger writes into the page, by their hashes: no other one gets in. Its icons are in its
 * style sheet.
 */
function policyFor(page: string): string {
  const hashes = [STYLES, STYLE_ATTRIBUTES].flatMap((pattern) =>
    [...page.matchAll(pattern)].map(([, style = '']) => `'sha256-${hash('sha256', style, 'base64')}'`),
  );
  return contentPolicy({
    'script-src': "'self'",
    'style-src': ["'self'", "'unsafe-hashes'", SET_BY_SCRIPT, ...hashes].join(' '),
    'img-src': "'self' data:",
    'connect-src': "'self'",
  });
}
