import { Service, type TestSite } from '../setup/service.js';
import { cookieOf, SignedIn } from '../setup/signed-in.js';

/** Signing in with a password, by the doors: the cookie, what it opens, and how it ends. */

let service: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
});
afterAll(() => service.close());

it('signs in with a cookie that no script reads, and opens what the role allows', async () => {
  const amina = await SignedIn.as(service, 'amina@example.ma', 'lead', site);
  expect(amina.answer.status).toBe(201);
  expect(String(amina.answer.headers['set-cookie'])).toMatch(
    /^vigie_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(amina.answer.body).toEqual({
    staff: { id: expect.stringMatching(/^stf_/) as string, email: 'amina@example.ma' },
    admin: false,
    legal: false,
    sites: [
      expect.objectContaining({
        slug: 'example',
        role: 'lead',
        locale: 'fr',
        id: expect.stringMatching(/^sit_/) as string,
      }),
    ],
    secondFactor: false,
    csrfToken: expect.any(String) as string,
    expiresAt: expect.any(String) as string,
    idleSeconds: 3600,
    leaseSeconds: 300,
  });
  const { csrfToken } = amina.answer.body;
  expect((await amina.ask('GET', '/v1/session')).body).toEqual({ ...amina.answer.body, csrfToken });
  expect((await amina.ask('GET', '/v1/cases')).status).toBe(200);
  expect((await amina.ask('GET', '/v1/sites/example/members')).status).toBe(200);
  expect((await amina.ask('GET', '/v1/sites/example/keys')).status).toBe(403);
  expect((await amina.ask('POST', '/v1/cases/claim', {})).status).toBe(204);
});

it('signs out: the cookie is taken away, and opens nothing any more', async () => {
  const session = await SignedIn.in(service, 'amina@example.ma');
  const out = await session.ask('DELETE', '/v1/session');
  expect([out.status, cookieOf(out)]).toEqual([204, null]);
  expect(String(out.headers['set-cookie'])).toMatch(/^vigie_session=; Max-Age=0; Path=\//);
  const after = await session.ask('GET', '/v1/session');
  expect([after.status, after.body['type']]).toEqual([401, '/problems/unauthenticated']);
});

it('is called __Host-vigie and Secure where people come by https', async () => {
  const https = await service.beside({ PUBLIC_URL: 'https://vigie.example.ma', ROLE: 'api' });
  const session = await SignedIn.in(https, 'amina@example.ma');
  expect(String(session.answer.headers['set-cookie'])).toMatch(
    /^__Host-vigie=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const plain = { cookie: session.cookie.replace('__Host-vigie', 'vigie_session') };
  expect((await https.ask('GET', '/v1/session', undefined, undefined, plain)).status).toBe(401);
  expect((await session.ask('GET', '/v1/session')).status).toBe(200);
  const origin = { origin: 'https://vigie.example.ma' };
  expect((await session.ask('DELETE', '/v1/session', undefined, origin)).status).toBe(204);
  await https.close();
});
