import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import { VigieError } from '../core/errors.js';

/** Bytes of a body that are not counted: a report has fewer, and is taken whatever others send. */
const FREE = 16 * 1024;

/** Bytes that all bodies of a process may have beyond these, while they come and until they are answered. */
export const BODIES_AT_MOST = 64 * 1024 * 1024;

/** Of these, what the bodies of one network may have: else it could keep all others from sending any. The largest body is 6 MB. */
export const BODIES_OF_A_NETWORK = BODIES_AT_MOST / 4;

/**
 * For Fastify's preParsing hook: bounds what bodies take of memory, all together. A body is read before anybody knows whose it is, and
 * whoever sends all but the end of one has it held for half a minute, on as many connections as there may be. A network has a share.
 */
export function boundBodies(networkOf: (request: FastifyRequest) => string): preParsingHookHandler {
  let held = 0;
  const shares = new Map<string, number>();
  const add = (network: string, bytes: number): void => {
    held += bytes;
    const share = (shares.get(network) ?? 0) + bytes;
    if (share === 0) shares.delete(network);
    else shares.set(network, share);
  };
  return (request, reply, payload, done) => {
    if (isSmall(request.headers)) return done(null, payload);
    const network = networkOf(request);
    let received = 0;
    let own = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback) {
        received += chunk.length;
        const more = Math.max(0, received - FREE) - own;
        if ((shares.get(network) ?? 0) + more > BODIES_OF_A_NETWORK)
          return next(tooMany(' from your network'));
        if (held + more > BODIES_AT_MOST) return next(tooMany());
        own += more;
        add(network, more);
        next(null, chunk);
      },
    });
    const release = (): void => {
      add(network, -own);
      own = 0;
      // What was answered before it was read is read and dropped, as without this, or the next request would never be.
      payload.unpipe(counted);
      payload.resume();
    };
    reply.raw.once('finish', release).once('close', release);
    // Not by a pipeline, which would end the connection with the refusal. Of an error nobody need hear who has answered already.
    payload.once('error', (error) => counted.destroy(error));
    counted.on('error', () => undefined);
    payload.pipe(counted);
    done(null, counted);
  };
}

/** Whether it has no body, or says that it is a small one. */
const isSmall = ({
  'content-length': length,
  'transfer-encoding': coding,
}: {
  readonly 'content-length'?: string | undefined;
  readonly 'transfer-encoding'?: string | undefined;
}): boolean => coding === undefined && Number(length ?? 0) <= FREE;

const tooMany = (whose = ''): VigieError =>
  new VigieError(
    'UNAVAILABLE',
    `Too many large bodies${whose} are being read at once. Send the request again in a second.`,
  );
