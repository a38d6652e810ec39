import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Adapter } from '../http/adapter.js';
import { isPageAsked } from '../http/page-asked.js';
import { preferredLocale } from '../http/preferred-locale.js';
import { UNKNOWN_ADDRESS_HEADERS, unknownAddressPage } from './unknown-address-page.js';

const CONSOLE = '/console/';

/** Where programs ask: what is not there is a problem for browsers, too. */
const OF_PROGRAMS = /^\/v1(?=[/?]|$)/;

/** Who opens the service's address is led to the console; an address at which nothing is, is a page for who takes HTML. */
@Injectable()
export class UnknownAddress implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const { httpAdapter } = this.host;
    if (!(httpAdapter instanceof Adapter)) return;
    httpAdapter.missingAnswers.push((request, reply) => leadFromRoot(request, reply, () => CONSOLE), answer);
  }
}

/**
 * Leads who opens the service's address, and nothing below it, to a page.
 *
 * @param where its path; null: it is for others to answer
 * @returns whether it has answered
 */
export async function leadFromRoot(
  request: FastifyRequest,
  reply: FastifyReply,
  where: () => string | null | Promise<string | null>,
): Promise<boolean> {
  if (!/^\/(\?|$)/.test(request.url) || !isPageAsked(request, reply)) return false;
  const path = await where();
  if (path !== null) void reply.redirect(path, 302);
  return path !== null;
}

function answer(request: FastifyRequest, reply: FastifyReply): boolean {
  if (OF_PROGRAMS.test(request.url) || !isPageAsked(request, reply)) return false;
  const page = unknownAddressPage(preferredLocale(request.headers['accept-language'], 'en'));
  void reply.code(404).headers(UNKNOWN_ADDRESS_HEADERS).header('vary', 'Accept, Accept-Language').send(page);
  return true;
}
