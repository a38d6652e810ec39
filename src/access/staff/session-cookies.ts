import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Its prefix makes browsers refuse it without https, for other paths, and from neighbouring hosts (RFC 6265bis, 4.1.3.2). */
const SECURE_COOKIE = '__Host-vigie';

/** Over plain http, which is for this machine and intranets. */
const PLAIN_COOKIE = 'vigie_session';

/** What a cookie of ours holds: 32 bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The cookie by which a browser is signed in: how it is called, read and given. */
export class SessionCookies {
  private readonly overHttps: boolean;

  /** @param publicUrl where people reach us: https there holds also for requests that a proxy hands over without it */
  constructor(publicUrl: string) {
    this.overHttps = publicUrl.startsWith('https:');
  }

  /** What the request's cookie holds; undefined when it has none, or none that could be ours. */
  read(request: FastifyRequest): string | undefined {
    const { cookie } = request.headers;
    if (cookie === undefined) return undefined;
    const token = parseCookie(cookie, { decode: (value) => value })[this.nameFor(request)];
    return token !== undefined && TOKEN.test(token) ? token : undefined;
  }

  /** Gives the browser its cookie, until it is closed: when the session is over, we say. */
  give(request: FastifyRequest, reply: FastifyReply, token: string): void {
    reply.header('set-cookie', this.cookie(request, token));
  }

  /** Takes it away. */
  clear(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('set-cookie', this.cookie(request, '', 0));
  }

  private cookie(request: FastifyRequest, value: string, maxAge?: number): string {
    return stringifySetCookie({
      name: this.nameFor(request),
      value,
      httpOnly: true,
      secure: this.isSecure(request),
      // A link from elsewhere opens the console without it; the console's own requests then bring it.
      sameSite: 'strict',
      path: '/',
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  }

  private nameFor(request: FastifyRequest): string {
    return this.isSecure(request) ? SECURE_COOKIE : PLAIN_COOKIE;
  }

  private isSecure({ protocol }: FastifyRequest): boolean {
    return this.overHttps || protocol === 'https';
  }
}
