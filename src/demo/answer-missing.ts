import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPageAsked } from '../http/page-asked.js';
import { PAGE_HEADERS } from './page-headers.js';
import { missingPage } from './pages/missing-page.js';

/** Where the demonstration's pages are, and which of them are in Arabic. */
const PAGES = /^\/(demo|articles(\/ar)?)(?=[/?]|$)/;

/**
 * What a request for a page that is not there is answered with, under 404, where a page is asked for.
 *
 * @returns null: whoever asks for anything else is to be told of the problem
 */
export function pageInstead(request: FastifyRequest, reply: FastifyReply): string | null {
  const [place, , arabic] = PAGES.exec(request.url) ?? [];
  if (place === undefined || !isPageAsked(request, reply)) return null;
  reply.code(404);
  return missingPage(arabic === undefined ? 'fr' : 'ar', new Date());
}

/** Answers so what no route knows. @returns whether it has answered */
export function answerMissing(request: FastifyRequest, reply: FastifyReply): boolean {
  const page = pageInstead(request, reply);
  if (page !== null) void reply.headers(PAGE_HEADERS).send(page);
  return page !== null;
}
