import { isIP } from 'node:net';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

const SENTENCE =
  'Requests come through a proxy, and TRUST_PROXY names none: all readers seem to be in one network, so that they can ' +
  'block nothing without an account. Set TRUST_PROXY to the number of proxies in front of Vigie.';

const PRIVATE: readonly string[] = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];

/**
 * Tells the operator once when a proxy that nobody named stands in front of Vigie: a private address forwards for
 * others. From a public one the header says nothing, since anybody may send it. For where no proxy is trusted.
 */
export class UnnamedProxy {
  private told = false;

  constructor(private readonly log: Pick<FastifyBaseLogger, 'warn'>) {}

  notice({ headers, raw }: Pick<FastifyRequest, 'headers' | 'raw'>): void {
    if (this.told || headers['x-forwarded-for'] === undefined) return;
    const { remoteAddress = '' } = raw.socket;
    if (isIP(remoteAddress) === 0 || !PRIVATE.includes(ipaddr.process(remoteAddress).range())) return;
    this.told = true;
    this.log.warn(SENTENCE);
  }
}
