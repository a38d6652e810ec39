import type { FastifyRequest } from 'fastify';
import { refused, VigieError } from '../../core/errors.js';
import { readUrl } from '../../core/read-url.js';

/** Which pages are Vigie's own: what a browser sends from anywhere else changes nothing in anybody's name. */
export class OwnOrigin {
  private readonly published: string;

  /** @param publicUrl where people reach us */
  constructor(publicUrl: string) {
    this.published = new URL(publicUrl).origin;
  }

  /**
   * What a request must say of where it comes from, if a browser might have been made to send it: our own origin, or the
   * address at which it reached us.
   *
   * @param needed must there be an Origin? Every browser of today sends one with whatever is neither GET nor HEAD.
   * @throws VigieError FORBIDDEN
   */
  check(request: FastifyRequest, { needed }: { readonly needed: boolean }): void {
    const { origin, 'sec-fetch-site': from } = request.headers;
    if (from === 'cross-site') throw foreign('another site');
    if (origin === undefined) {
      if (!needed) return;
      throw new VigieError(
        'FORBIDDEN',
        'A request by cookie that changes something needs the header Origin. Send it from a page of Vigie, or use a token.',
      );
    }
    if (origin !== this.published && origin !== this.reachedAt(request)) {
      throw foreign('another address than Vigie has here (its operator sets that with PUBLIC_URL)');
    }
  }

  /** Behind proxies that are trusted, what they say. Where people come by https, what a page without it sends is not ours. */
  private reachedAt({ protocol, host }: FastifyRequest): string | undefined {
    if (host === '' || (protocol !== 'https' && this.published.startsWith('https:'))) return undefined;
    return readUrl(`${protocol}://${host}`)?.origin;
  }
}

const foreign = (where: string): VigieError =>
  refused(
    'FORBIDDEN',
    'foreign-page',
    `This request comes from a page of ${where}. Open Vigie itself and do it there.`,
  );
