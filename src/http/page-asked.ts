import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether a page is asked for, and not what a program reads; caches are told what that depends on. */
export function isPageAsked({ method, headers }: FastifyRequest, reply: FastifyReply): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  reply.header('vary', 'Accept');
  return takesHtml(headers.accept);
}

/** Whether an `Accept` names HTML: what takes anything is no browser that opens a page. */
const takesHtml = (accept = ''): boolean =>
  accept
    .toLowerCase()
    .split(',')
    .some((range) => /^\s*text\/html\s*(;|$)/.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range));
