import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.js';
import { contentPolicy, pageHeaders } from './answer-headers.js';
import { BuiltFile } from './built-file.js';
import { SCRIPT, STYLES } from './content-types.js';
import { sendBuiltFile } from './send-built-file.js';

/** Under which addresses Swagger serves its page; what else is below them are its files. */
const PAGES = ['/docs', '/docs/', '/docs/index.html'];

/** Its package as it was published, of which the page needs few files. */
const ALL_FILES = '/docs/*';
const NEEDED: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', STYLES],
  ['swagger-ui-bundle.js', SCRIPT],
  ['swagger-ui-standalone-preset.js', SCRIPT],
  ['favicon-16x16.png', 'image/png'],
  ['favicon-32x32.png', 'image/png'],
]);

/** One that Swagger UI sets while it runs, as browsers tell its hash; `test/browser/docs.spec.ts` fails when it is another. */
const SET_BY_SCRIPT = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

const STYLE_ELEMENTS = /<style>([\s\S]*?)<\/style>/g;
const STYLE_ATTRIBUTES = / style="([^"]*)"/g;

/** Gives Swagger's page the headers of a page, and serves of its package what the page needs, out of memory. Must be called before its routes are registered. */
export function guardDocsPage(fastify: FastifyInstance): void {
  let headers: ReturnType<typeof pageHeaders> | undefined;
  const files = new Map<string, BuiltFile>();
  fastify.addHook('onRoute', (route) => {
    // Its own handler reads the file anew for everybody, and keeps it open until the slowest has it.
    if (route.url === ALL_FILES) route.handler = (request, reply) => sendNeeded(files, request, reply);
    if (!PAGES.includes(route.url)) return;
    route.onSend = (_request, reply, page: unknown, done) => {
      // The same at every question.
      if (typeof page === 'string' && page !== '') headers ??= pageHeaders(policyFor(page));
      if (headers !== undefined) reply.headers(headers);
      done(null, page);
    };
  });
}

/** @throws VigieError NOT_FOUND for all that the page does not need */
async function sendNeeded(
  files: Map<string, BuiltFile>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const name = (request.params as { readonly '*': string })['*'];
  const type = NEEDED.get(name);
  if (type === undefined) throw notFound('file');
  const file = files.get(name) ?? new BuiltFile(readFileSync(fileOfSwagger(name)));
  files.set(name, file);
  await sendBuiltFile(request, reply, file, { type, cacheControl: 'no-cache' });
}

/** Of the package that Nest's needs, wherever npm has put it. */
function fileOfSwagger(name: string): string {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('@nestjs/swagger')).resolve(`swagger-ui-dist/${name}`);
}

/**
 * Its own files, and the styles that Swagger writes into the page, by their hashes: no other one gets in. Its icons are in its
 * style sheet.
 */
function policyFor(page: string): string {
  const hashes = [STYLE_ELEMENTS, STYLE_ATTRIBUTES].flatMap((pattern) =>
    [...page.matchAll(pattern)].map(([, style = '']) => `'sha256-${hash('sha256', style, 'base64')}'`),
  );
  return contentPolicy({
    'script-src': "'self'",
    'style-src': ["'self'", "'unsafe-hashes'", SET_BY_SCRIPT, ...hashes].join(' '),
    'img-src': "'self' data:",
    'connect-src': "'self'",
  });
}
