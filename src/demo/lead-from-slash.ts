import type { FastifyReply, FastifyRequest } from 'fastify';
import { STORIES } from './articles.js';
import { IN_ARABIC } from './articles/arabic.js';

/** Where the pages are. None other is led to: behind two slashes stands another host. */
const PAGES: ReadonlySet<string> = new Set([
  '/demo',
  IN_ARABIC.pagePath,
  ...STORIES.map(({ picture }) => picture.pagePath),
]);

/** Leads who opens a page with a slash behind its address to the page. @returns whether it has answered */
export function leadFromSlash({ method, url }: FastifyRequest, reply: FastifyReply): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const [, path = '', query = ''] = /^([^?]+)\/(\?.*)?$/.exec(url) ?? [];
  if (!PAGES.has(path)) return false;
  void reply.redirect(path + query, 308);
  return true;
}
