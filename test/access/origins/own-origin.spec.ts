import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnOrigin } from '../../../src/access/origins/own-origin.js';
import { SessionCookies } from '../../../src/access/staff/session-cookies.js';

const asked = (protocol: string, host: string, headers: Record<string, string> = {}) =>
  ({ protocol, host, headers }) as unknown as FastifyRequest;

/** Whether a page of this origin may change something, asked for at that address. */
const isOwn = (publicUrl: string, origin: string, protocol: string, host: string): boolean => {
  try {
    new OwnOrigin(publicUrl).check(asked(protocol, host, { origin }), { needed: true });
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'FORBIDDEN' });
    return false;
  }
};

describe('our own origin', () => {
  it.each([
    // PUBLIC_URL, whatever a proxy in front of us makes of the address.
    ['https://vigie.ma', 'https://vigie.ma', 'http', '10.0.0.7:3000', true],
    ['https://vigie.ma/behind/a/path', 'https://vigie.ma', 'https', 'vigie.ma', true],
    ['https://vigie.ma:8443', 'https://vigie.ma', 'http', '10.0.0.7', false],
    // Where the request arrived, with a port that browsers leave out.
    ['http://127.0.0.1:3000', 'http://localhost:3000', 'http', 'localhost:3000', true],
    ['http://127.0.0.1:3000', 'https://vigie.ma', 'https', 'vigie.ma:443', true],
    ['http://127.0.0.1:3000', 'https://vigie.ma', 'http', 'vigie.ma', false],
    // A page without https, where people come by https: anybody on the way can make one.
    ['https://vigie.ma', 'http://vigie.ma', 'http', 'vigie.ma', false],
    ['https://vigie.ma', 'null', 'https', 'vigie.ma', false],
    ['https://vigie.ma', 'http://', 'http', '', false],
    ['https://vigie.ma', 'https://vigie.ma.evil.example', 'https', 'vigie.ma', false],
  ])('PUBLIC_URL %s, a page of %s, asked %s://%s: %s', (publicUrl, origin, protocol, host, expected) => {
    expect(isOwn(publicUrl, origin, protocol, host)).toBe(expected);
  });
});

describe('the cookie', () => {
  const token = 'x'.repeat(43);
  const given = (publicUrl: string, protocol: string): string => {
    const reply = { header: jest.fn() };
    new SessionCookies(publicUrl).give(asked(protocol, 'x'), reply as unknown as FastifyReply, token);
    return String((reply.header.mock.calls[0] as string[])[1]);
  };

  it('is __Host- and Secure where people come by https, or this request does', () => {
    expect(given('https://vigie.ma', 'http')).toBe(
      `__Host-vigie=${token}; Path=/; HttpOnly; Secure; SameSite=Strict`,
    );
    expect(given('http://10.0.0.7', 'https')).toMatch(/^__Host-vigie=.*; Secure;/);
    expect(given('http://10.0.0.7', 'http')).toBe(
      `vigie_session=${token}; Path=/; HttpOnly; SameSite=Strict`,
    );
  });

  it('is read by its name for this request alone, and only where it could be ours', () => {
    const read = (protocol: string, cookie: string) =>
      new SessionCookies('http://10.0.0.7').read(asked(protocol, 'x', { cookie }));
    expect(read('https', `a=b; __Host-vigie=${token}; vigie_session=${'y'.repeat(43)}`)).toBe(token);
    expect(read('http', `__Host-vigie=${token}`)).toBeUndefined();
    for (const wrong of ['', 'x', `${token}x`, `"${token}"`, `${token.slice(1)}%`]) {
      expect(read('http', `vigie_session=${wrong}`)).toBeUndefined();
    }
  });
});
