import { hash } from 'node:crypto';
import { Service } from '../setup/service.js';

/** What people and programs are told at addresses at which nothing is. */

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const PROGRAMS = ['application/json', '*/*', 'text/html;q=0, application/json'];

let service: Service;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL: 'https://vigie.example' });
});
afterAll(() => service.close());

// Not by `ask`, to which whatever is no problem breaks the contract.
const visit = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  service.app.inject({ method, url, headers: { accept: BROWSER, ...headers } });

describe("the service's address", () => {
  it.each(['/', '/?from=mail'])('leads a person who opens it to the console: %s', async (url) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers } = await visit(url, {}, method);
      expect([statusCode, headers['location'], headers['vary'], headers['cache-control']]).toEqual([
        302,
        '/console/',
        'Accept',
        'no-store',
      ]);
    }
  });

  it('is a problem for programs, whatever they ask there', async () => {
    for (const accept of PROGRAMS) {
      const { status, body } = await service.ask('GET', '/', undefined, undefined, { accept });
      expect([status, body['type']]).toEqual([404, '/problems/not-found']);
    }
    const { status, body } = await service.ask('POST', '/', undefined, {}, { accept: BROWSER });
    expect([status, body['type']]).toEqual([404, '/problems/not-found']);
  });
});

describe('an address at which nothing is', () => {
  it.each([
    ['fr-MA,fr;q=0.9,en;q=0.8', 'fr', 'ltr', 'Page introuvable'],
    ['ar', 'ar', 'rtl', 'الصفحة غير موجودة'],
    ['de, es;q=0.5', 'es', 'ltr', 'Página no encontrada'],
    ['de', 'en', 'ltr', 'No page here'],
  ])('is a page for a person, in their language: %s', async (language, lang, dir, title) => {
    const { statusCode, headers, payload } = await visit('/admin?x=<b>', { 'accept-language': language });
    expect([statusCode, headers['content-type'], headers['vary']]).toEqual([
      404,
      'text/html; charset=utf-8',
      'Accept, Accept-Language',
    ]);
    expect(payload).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(payload).toContain(`<h1>${title}</h1>`);
    expect(payload).toContain('href="/console/"');
    expect(payload).not.toContain('<b>');
  });

  it('lets its page do nothing, and have no style but its own', async () => {
    const { headers, payload } = await visit('/admin');
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(payload) ?? [];
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash('sha256', style, 'base64')}'`);
    expect(policy).not.toContain('script-src');
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('is a problem for programs', async () => {
    for (const accept of PROGRAMS) {
      const { status, body } = await service.ask('GET', '/admin', undefined, undefined, { accept });
      expect([status, body['type']]).toEqual([404, '/problems/not-found']);
    }
  });

  it.each([
    ['GET', '/v1'],
    ['GET', '/v1?x=1'],
    ['GET', '/v1/nothing'],
    ['GET', '/v1/images/nothing/at/all'],
    ['GET', '/console/assets/nothing.js'],
    ['POST', '/admin'],
  ] as const)('is a problem for browsers, too: %s %s', async (method, url) => {
    const { status, body } = await service.ask(method, url, undefined, undefined, { accept: BROWSER });
    expect([status, body['type']]).toEqual([404, '/problems/not-found']);
  });
});
