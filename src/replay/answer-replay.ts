import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReplayAnswer } from '../contract/replay.js';
import { VigieError } from '../core/errors.js';
import { isUnexpected, toProblem } from '../http/problems.js';
import { STOPPING } from '../http/stopping.js';
import { ReplayStream } from './replay-stream.js';
import { ReplayViews } from './replay-views.js';
import { type AskedReplay, RunReplay } from './run-replay.js';

/** Answers with a replay: at its end, or as a stream that says how far it is. It ends when its caller goes. */
@Injectable()
export class AnswerReplay implements OnModuleDestroy {
  private readonly logger = new Logger(AnswerReplay.name);
  private readonly underWay = new Set<AbortController>();

  constructor(
    private readonly replays: RunReplay,
    private readonly views: ReplayViews,
  ) {}

  /** @throws VigieError as RunReplay does, as long as no answer has begun */
  async answer(asked: AskedReplay, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const streams = request.headers.accept?.includes('text/event-stream') === true;
    const stream = streams ? new ReplayStream(reply) : null;
    const gone = new AbortController();
    this.underWay.add(gone);
    reply.raw.once('close', () => gone.abort(new CallerGone()));
    try {
      const answer = await this.run(asked, gone.signal, stream);
      if (stream === null) await reply.code(200).send(answer);
      else stream.end('result', answer);
    } catch (error) {
      if (error instanceof CallerGone) return;
      if (stream?.hasBegun !== true) throw error;
      const problem = toProblem(error, request.id);
      if (isUnexpected(problem, error)) this.logger.error(error);
      stream.end('problem', problem);
    } finally {
      this.underWay.delete(gone);
    }
  }

  onModuleDestroy(): void {
    for (const gone of this.underWay) gone.abort(new VigieError('UNAVAILABLE', STOPPING));
  }

  private async run(
    asked: AskedReplay,
    signal: AbortSignal,
    stream: ReplayStream | null,
  ): Promise<ReplayAnswer> {
    const progress = (done: number, of: number): void => stream?.progress(done, of);
    return this.views.answer(await this.replays.run(asked, { signal, progress }));
  }
}

/** Nobody waits for the answer any more. */
class CallerGone extends Error {}
