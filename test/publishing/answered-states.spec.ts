/** A state that is asked for again in the same words is told without the framework's way: it must be told no worse. */
import { KeyDirectory } from '../../src/access/keys/key-directory.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/answered/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

/** Asks three times, the first time on the long way; all answers must be the same. */
async function thrice(ask: () => Promise<Answer>): Promise<Answer> {
  const [first, ...more] = [await ask(), await ask(), await ask()];
  const told = ({ status, text, headers }: Answer) => ({
    status,
    text,
    headers: { ...headers, 'x-request-id': '', date: '', vary: String(headers['vary']).toLowerCase() },
  });
  if (first === undefined) throw new Error('no answer');
  for (const answer of more) expect(told(answer)).toEqual(told(first));
  return first;
}

it('says the same again, byte for byte and header for header, whatever the key', async () => {
  const [visible, blocked] = [image(), image()];
  await service.reports(site, blocked, 5);
  for (const url of [visible, blocked]) {
    for (const key of [site.secretKey, site.publishableKey]) {
      const { status, body } = await thrice(() => service.state(site, { url }, key));
      expect({ status, blocked: body['blocked'] }).toEqual({ status: 200, blocked: url === blocked });
    }
  }
});

it('follows every change of the image at once', async () => {
  const url = image();
  const query = `?${new URLSearchParams({ url }).toString()}`;
  expect((await thrice(() => service.state(site, { url }))).body).toEqual({ image: { url }, blocked: false });
  await service.reports(site, url, 5, 'hate');
  const byRule = await thrice(() => service.state(site, { url }));
  expect(byRule.body).toMatchObject({ blocked: true, reason: 'hate', reviewed: false, version: 1 });
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'privacy' });
  const byHand = await thrice(() => service.state(site, { url }));
  expect(byHand.body).toMatchObject({ blocked: true, reason: 'privacy', reviewed: true, version: 2 });
  await service.ask('PUT', '/v1/images/protection', site.secretKey, { image: { url } });
  await service.ask('DELETE', `/v1/images/block${query}`, site.secretKey);
  expect((await thrice(() => service.state(site, { url }))).body).toEqual({ image: { url }, blocked: false });
});

it('gives each site and each kind of key its own answer', async () => {
  const other = await service.site('other');
  const url = image();
  await service.reports(site, url, 5);
  expect((await thrice(() => service.state(site, { url }))).body).toHaveProperty('reason');
  const short = await thrice(() => service.state(site, { url }, site.publishableKey));
  expect(short.body).not.toHaveProperty('reason');
  expect((await thrice(() => service.state(site, { url }, other.secretKey))).body).toEqual({
    image: { url },
    blocked: false,
  });
});

it('asks an image by two names on both', async () => {
  const [url, id] = [image(), `photo-${n}`];
  expect((await thrice(() => service.state(site, { url, id }))).body['blocked']).toBe(false);
  await service.reports(site, url, 5);
  expect((await thrice(() => service.state(site, { url, id }))).body['blocked']).toBe(true);
});

it('answers 304 to who has the body, and 200 again to who has another', async () => {
  const url = image();
  const address = `/v1/images/state?${new URLSearchParams({ url }).toString()}`;
  const { headers } = await thrice(() => service.state(site, { url }));
  const ask = (etag: string) =>
    service.ask('GET', address, site.secretKey, undefined, { 'if-none-match': etag });
  expect(await ask(String(headers['etag']))).toMatchObject({ status: 304, text: '' });
  expect((await ask('"another"')).status).toBe(200);
});

it('refuses a foreign origin that asks what the site has asked', async () => {
  const url = image();
  const address = `/v1/images/state?${new URLSearchParams({ url }).toString()}`;
  await thrice(() => service.state(site, { url }, site.publishableKey));
  const from = (origin: string) => service.ask('GET', address, site.publishableKey, undefined, { origin });
  expect((await from('https://www.evil.example')).status).toBe(403);
  const own = await from(site.origin);
  expect(own).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': site.origin } });
});

it('refuses a key from the moment on at which it is revoked', async () => {
  const closing = await service.site('closing');
  const url = image();
  expect((await thrice(() => service.state(site, { url }, closing.secretKey))).status).toBe(200);
  await service.database.inTransaction((tx) =>
    tx.manager.query('update api_key set revoked_at = now() where site_id = $1', [closing.id]),
  );
  service.app.get(KeyDirectory).forget();
  expect((await service.state(site, { url }, closing.secretKey)).status).toBe(401);
});

it('tells of many images what each of them has by itself, as it changes, to each kind of key', async () => {
  const [one, two, three] = [image(), image(), image()];
  const images = [{ url: one }, { url: two }, { id: 'no such id' }, { url: three }, { url: one }];
  const asked = (key: string): Promise<Answer> =>
    service.ask(
      'POST',
      '/v1/images/state',
      key,
      { images },
      key === site.publishableKey ? { origin: site.origin } : {},
    );
  const checkAll = async (): Promise<void> => {
    for (const key of [site.secretKey, site.publishableKey, site.secretKey]) {
      const alone = await Promise.all(images.map((ref) => service.state(site, ref, key)));
      const { text, headers } = await thrice(() => asked(key));
      expect(text).toBe(`{"states":[${alone.map((answer) => answer.text).join(',')}]}`);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
  };
  await checkAll();
  await service.reports(site, two, 5, 'hate');
  await checkAll();
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url: two }, reason: 'privacy' });
  await checkAll();
  await service.ask('PUT', '/v1/images/protection', site.secretKey, { image: { url: two } });
  await service.ask(
    'DELETE',
    `/v1/images/block?${new URLSearchParams({ url: two }).toString()}`,
    site.secretKey,
  );
  await checkAll();
});
