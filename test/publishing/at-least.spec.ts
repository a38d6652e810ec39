import { BlockIndex } from '../../src/visibility/block-index.js';
import { LogFollower } from '../../src/visibility/follow-log.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

/** Two processes: `behind` follows the log no more, so what `ahead` commits is news to it. */
let ahead: Service;
let behind: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/at-least/${(n += 1)}.jpg`;

beforeAll(async () => {
  ahead = await Service.open();
  site = await ahead.site();
  behind = await ahead.beside();
});
afterAll(async () => {
  await behind.close();
  await ahead.close();
});

const ask = (service: Service, url: string, version?: string, key = site.secretKey): Promise<Answer> =>
  service.ask(
    'GET',
    `/v1/images/state?${new URLSearchParams({ url }).toString()}`,
    key,
    undefined,
    version === undefined ? {} : { 'vigie-at-least': version },
  );
const block = (image: object, reason = 'privacy') =>
  ahead.ask('PUT', '/v1/images/block', site.secretKey, { image, reason });
const unblock = (url: string) =>
  ahead.ask('DELETE', `/v1/images/block?${new URLSearchParams({ url }).toString()}`, site.secretKey);

it('asks Postgres where the process is behind, also for what was asked before in the same words', async () => {
  const url = image();
  // The second time it goes the short way.
  for (let time = 0; time < 2; time += 1) expect((await ask(behind, url)).body['blocked']).toBe(false);
  await behind.app.get(LogFollower, { strict: false }).stop();
  await block({ url });
  expect((await ask(behind, url)).body['blocked']).toBe(false);
  const asked = await ask(behind, url, '1');
  expect(asked.body).toMatchObject({ blocked: true, reason: 'privacy', version: 1 });
  expect(asked.text).toBe((await ask(ahead, url)).text);
  expect((await ask(behind, url, '1', site.publishableKey)).body).not.toHaveProperty('reason');
  await unblock(url);
  expect((await ask(behind, url, '2')).body).toEqual({ image: { url }, blocked: false });
});

it('answers each of many images at least as new, in order, by id and by bound address', async () => {
  const [one, two, three] = [image(), image(), image()];
  await ahead.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'bound', urls: [two] });
  await block({ url: one });
  await block({ id: 'bound' }, 'hate');
  const images = [{ url: one }, { url: three }, { url: two }, { id: 'bound' }, { id: 'unknown', url: one }];
  const states = async (headers: Record<string, string>) => {
    const { body } = await behind.ask<{ states: { blocked: boolean }[] }>(
      'POST',
      '/v1/images/state',
      site.secretKey,
      { images },
      headers,
    );
    return body.states.map(({ blocked }) => blocked);
  };
  expect(await states({})).toEqual([false, false, false, false, false]);
  expect(await states({ 'vigie-at-least': '1' })).toEqual([true, false, true, true, true]);
});

it('needs no query where memory knows as much', async () => {
  const url = image();
  await block({ url });
  const query = jest.spyOn(ahead.app.get(BlockIndex, { strict: false }), 'get');
  const asked = jest.spyOn(ahead.database, 'inIndexedTransaction');
  expect((await ask(ahead, url, '1')).body['version']).toBe(1);
  expect(query).toHaveBeenCalled();
  // What follows the log may ask meanwhile, but not for a state: it never did so through this statement's values.
  expect(asked.mock.calls.length).toBeLessThan(2);
  query.mockRestore();
  asked.mockRestore();
});

it('refuses what is no version, and names the header', async () => {
  for (const wrong of ['', '-1', 'three', '1.5', '1, 2', '9999999999']) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await ahead.ask<{ errors: { pointer: string }[] }>(
        method,
        method === 'GET' ? '/v1/images/state?id=x' : '/v1/images/state',
        site.secretKey,
        method === 'GET' ? undefined : { images: [{ id: 'x' }] },
        { 'vigie-at-least': wrong },
      );
      expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, '/headers/Vigie-At-Least']);
    }
  }
});

it('behaviour 48: the state of an unblocked image says nothing of reports, however it is asked', async () => {
  const [reported, unknown] = [image(), image()];
  await ahead.reports(site, reported, 4);
  const said = async (url: string, version?: string) => {
    const { text, headers } = await ask(behind, url, version);
    return [text.replace(url, ''), headers['vigie-as-of'] !== undefined, Object.keys(headers).sort()];
  };
  expect(await said(reported, '1')).toEqual(await said(unknown, '1'));
  expect(await said(reported)).toEqual(await said(unknown));
  const { text } = await ahead.ask('GET', '/v1/blocklist', site.secretKey);
  expect(text).not.toContain(reported);
});

it('says of an answer from memory when it was true, once that is no longer now, with the same body and ETag', async () => {
  const url = image();
  await block({ url });
  expect((await ask(ahead, url)).headers['vigie-as-of']).toBeUndefined();
  const fresh = await ask(ahead, url);
  const index = ahead.app.get(BlockIndex, { strict: false });
  const then = new Date(Date.now() - 6_000);
  const old = jest.spyOn(index, 'asOf', 'get').mockReturnValue(then);
  await until(async () => (await ask(ahead, url)).headers['vigie-as-of'] === then.toISOString());
  const stale = await ask(ahead, url);
  expect([stale.text, stale.headers['etag']]).toEqual([fresh.text, fresh.headers['etag']]);
  old.mockRestore();
});
