import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_HEADERS } from './page-headers.js';
import { missingPage } from './pages/missing-page.js';

/** Where the demonstration's pages are, and which of them are in Arabic. */
const PAGES = /^\/(demo|articles(\/ar)?)(?=[/?]|$)/;

/**
 * Answers a request for a page that is not there with one that says so, where a page is asked for: whoever asks for anything
 * else is to be told of the problem.
 *
 * @returns whether it has answered
 */
export function answerMissing(request: FastifyRequest, reply: FastifyReply): boolean {
  const [place, , arabic] = PAGES.exec(request.url) ?? [];
  if (place === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  reply.header('vary', 'Accept');
  if (!takesHtml(request.headers.accept ?? '')) return false;
  void reply
    .code(404)
    .headers(PAGE_HEADERS)
    .send(missingPage(arabic === undefined ? 'fr' : 'ar', new Date()));
  return true;
}

/** Only where it is named: what takes anything is no browser that opens a page. */
const takesHtml = (accept: string): boolean =>
  accept
    .toLowerCase()
    .split(',')
    .some((range) => /^\s*text\/html\s*(;|$)/.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range));
