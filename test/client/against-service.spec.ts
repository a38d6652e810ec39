import type { AddressInfo } from 'node:net';
import { createClient, type VigieClient, type VigieClientError } from '../../src/client/index.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

const photo = (n: number): string => `https://cdn.example.ma/photos/${n}.jpg`;

describe('the client library against the service itself', () => {
  let service: Service;
  let site: TestSite;
  let baseUrl: string;
  let errors: VigieClientError[];
  const clients: VigieClient[] = [];

  beforeAll(async () => {
    service = await Service.open();
    await service.app.listen(0, '127.0.0.1');
    baseUrl = `http://127.0.0.1:${(service.app.getHttpServer().address() as AddressInfo).port}`;
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    errors = [];
    site = await service.site(`site-${Math.random().toString(36).slice(2)}`);
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

  async function started(key = site.secretKey): Promise<VigieClient> {
    const client = createClient({ baseUrl, key, onError: (error) => errors.push(error) });
    clients.push(client);
    await client.start();
    return client;
  }
  const block = (image: object): Promise<unknown> =>
    service.ask('PUT', '/v1/images/block', site.secretKey, { image, reason: 'privacy' });
  const unblock = (query: string): Promise<unknown> =>
    service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey);

  it('knows what was blocked before it started, and learns of what is blocked and shown again since', async () => {
    await block({ url: photo(1) });
    const client = await started();
    expect(client.stateOf(photo(1))).toMatchObject({
      blocked: true,
      known: true,
      reason: 'privacy',
      version: 1,
    });
    await block({ id: 'photo-2' });
    await until(() => client.isBlocked({ id: 'photo-2' }));
    expect(client.isBlocked(photo(2))).toBe(false);
    await unblock(`url=${encodeURIComponent(photo(1))}`);
    await until(() => !client.isBlocked(photo(1)));
    await service.reports(site, photo(3), 5);
    await until(() => client.isBlocked(`${photo(3)}?utm_source=x`));
    expect(client.stateOf(photo(3))).toMatchObject({ reason: 'violence' });
    expect(client.staleness().asOf).not.toBeNull();
    expect(errors).toEqual([]);
  });

  it('follows addresses that are bound to an image, and their end', async () => {
    const client = await started();
    await block({ url: photo(1) });
    await until(() => client.isBlocked(photo(1)));
    const urls = [photo(1), photo(2)];
    const bound = await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'photo-1', urls });
    expect(bound.status).toBe(200);
    await until(() => client.isBlocked({ id: 'photo-1' }) && client.isBlocked(photo(2)));
    await unblock('id=photo-1');
    await until(() => !client.isBlocked({ id: 'photo-1' }));
    expect(urls.map((url) => client.isBlocked(url))).toEqual([false, false]);
  });

  it('ends with the set of the block list after many changes at once', async () => {
    const client = await started();
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(numbers.map((n) => block(n % 2 === 0 ? { url: photo(n) } : { id: `photo-${n}` })));
    await Promise.all(
      numbers.filter((n) => n % 6 === 0).map((n) => unblock(`url=${encodeURIComponent(photo(n))}`)),
    );
    await block({ id: 'last' });
    await until(() => client.isBlocked({ id: 'last' }));
    const fresh = await started();
    for (const n of numbers) {
      const expected = n % 6 !== 0;
      for (const each of [client, fresh]) {
        expect(each.isBlocked(n % 2 === 0 ? photo(n) : { id: `photo-${n}` })).toBe(expected);
      }
    }
    expect(client.memory.entries).toBe(fresh.memory.entries);
  });

  it('is told at once that a publishable key is not enough', async () => {
    await expect(started(site.publishableKey)).rejects.toMatchObject({ code: 'REFUSED', status: 403 });
  });
});
