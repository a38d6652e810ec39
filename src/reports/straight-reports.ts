import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { SiteCaller } from '../access/caller.js';
import { checkOrigin } from '../access/origins/check-origin.js';
import { KeyDirectory } from '../access/keys/key-directory.js';
import { RateLimits } from '../access/limits/rate-limits.js';
import { SubmitReportBody } from '../contract/reports.js';
import { readRequest } from '../http/validation.pipe.js';
import { SubmitReport } from './submit-report.js';

/**
 * Reports of a site whose key is known already, which are nearly all. They are judged and answered by the same parts as on
 * the framework's way, in the same order, and without its guard, pipes and interceptors: these were some tenth
 * of Node's time for a report (--cpu-prof). Errors end in the same place. Whatever is in the least unusual goes that way.
 */
@Injectable()
export class StraightReports {
  constructor(
    private readonly keys: KeyDirectory,
    private readonly limits: RateLimits,
    private readonly submitReport: SubmitReport,
    host: HttpAdapterHost,
  ) {
    // Routes are registered after providers are made: early enough for a hook.
    const fastify = host.httpAdapter?.getInstance<FastifyInstance | undefined>();
    fastify?.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || route.url !== '/v1/reports') return;
      route.preHandler = [
        ...[route.preHandler ?? []].flat(),
        (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => {
          const caller = this.callerOf(request);
          if (caller === null) done();
          else this.take(caller, request, reply).catch(done);
        },
      ];
    });
  }

  private callerOf({ headers, url }: FastifyRequest): SiteCaller | null {
    // A key in the address is for the guard to judge.
    if (headers.authorization === undefined || url.includes('?')) return null;
    const verdict = this.keys.recall(headers.authorization);
    if (verdict === undefined || 'refused' in verdict || verdict.caller.kind === 'staff') return null;
    return verdict.caller;
  }

  private async take(caller: SiteCaller, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.limits.count('reports', caller, request, reply);
    request.hasKnownKey = true;
    if (caller.kind === 'publishable') checkOrigin(caller.site, request, reply);
    const body = readRequest(SubmitReportBody, request.body, 'body') as SubmitReportBody;
    const language = request.headers['accept-language'];
    const { recorded, answer } = await this.submitReport.submit(caller, body, language, request, reply);
    reply.code(recorded ? 201 : 200).send(answer);
  }
}
