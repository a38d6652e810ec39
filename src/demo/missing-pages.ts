import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Adapter } from '../http/adapter.js';
import { leadFromRoot } from '../web/unknown-address.js';
import { answerMissing } from './answer-missing.js';
import { DemonstrationSite } from './demonstration-site.js';
import { leadFromSlash } from './lead-from-slash.js';

/** Pages for the addresses of the demonstration that no route knows. A route for all of them would make wrong methods unknown. */
@Injectable()
export class MissingPages implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly demonstration: DemonstrationSite,
  ) {}

  onModuleInit(): void {
    const { httpAdapter } = this.host;
    if (!(httpAdapter instanceof Adapter)) return;
    httpAdapter.missingAnswers.unshift(leadFromSlash, answerMissing, this.toFrontPage);
  }

  /** Who opens the service's address is led to the demonstration, where there is one. */
  private readonly toFrontPage = (request: FastifyRequest, reply: FastifyReply): Promise<boolean> =>
    leadFromRoot(request, reply, async () => ('site' in (await this.demonstration.find()) ? '/demo' : null));
}
