import { Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
});
afterAll(() => service.close());

const ask = (headers: Record<string, string> = {}) =>
  service.ask('GET', `/v1/reasons?key=${site.publishableKey}`, undefined, undefined, {
    origin: site.origin,
    ...headers,
  });

it('tells the reasons that a reader may give, and the language of the site', async () => {
  const admin = await service.staffToken('admin@vigie.ma', 'admin');
  await service.ask('PATCH', '/v1/sites/example', admin, { reasons: ['spam', 'violence'], locale: 'ar' });
  const { status, body, headers } = await ask();
  expect([status, body]).toEqual([200, { reasons: ['violence', 'spam'], locale: 'ar', automatic: true }]);
  expect(headers['access-control-allow-origin']).toBe(site.origin);
  const again = await ask({ 'if-none-match': String(headers['etag']) });
  expect([again.status, again.text]).toEqual([304, '']);
});

it('names exactly those with which a report is taken', async () => {
  const { body } = await ask();
  for (const reason of ['violence', 'spam', 'hate']) {
    const { status } = await service.report(site, 'https://cdn.example.ma/1.jpg', reason, reason);
    expect([reason, status === 201]).toEqual([reason, (body['reasons'] as string[]).includes(reason)]);
  }
});

it('answers pages of other sites and strangers as every route does', async () => {
  expect((await ask({ origin: 'https://www.other.ma' })).status).toBe(403);
  expect((await service.ask('GET', '/v1/reasons')).status).toBe(401);
});
