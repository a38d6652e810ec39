import { until } from '../setup/until.js';
import { SiteWithClients } from './site-with-clients.js';

const photo = (n: number): string => `https://cdn.example.ma/photos/${n}.jpg`;

describe('the client library against the service itself', () => {
  let room: SiteWithClients;

  beforeAll(async () => {
    room = await SiteWithClients.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    room.site = await room.service.site(`site-${Math.random().toString(36).slice(2)}`);
  });
  afterEach(() => room.leave());

  it('knows what was blocked before it started, and learns of what is blocked and shown again since', async () => {
    await room.block({ url: photo(1) });
    const client = await room.started();
    expect(client.stateOf(photo(1))).toMatchObject({
      blocked: true,
      known: true,
      reason: 'privacy',
      version: 1,
    });
    await room.block({ id: 'photo-2' });
    await until(() => client.isBlocked({ id: 'photo-2' }));
    expect(client.isBlocked(photo(2))).toBe(false);
    await room.unblock({ url: photo(1) });
    await until(() => !client.isBlocked(photo(1)));
    await room.service.reports(room.site, photo(3), 5);
    await until(() => client.isBlocked(`${photo(3)}?utm_source=x`));
    expect(client.stateOf(photo(3))).toMatchObject({ reason: 'violence' });
    expect(client.staleness().asOf).not.toBeNull();
    expect(room.errors).toEqual([]);
  });

  it('follows addresses that are bound to an image, and their end', async () => {
    const client = await room.started();
    await room.block({ url: photo(1) });
    await until(() => client.isBlocked(photo(1)));
    const urls = [photo(1), photo(2)];
    const bound = await room.service.ask('PUT', '/v1/images/addresses', room.site.secretKey, {
      id: 'photo-1',
      urls,
    });
    expect(bound.status).toBe(200);
    await until(() => client.isBlocked({ id: 'photo-1' }) && client.isBlocked(photo(2)));
    await room.unblock({ id: 'photo-1' });
    await until(() => !client.isBlocked({ id: 'photo-1' }));
    expect(urls.map((url) => client.isBlocked(url))).toEqual([false, false]);
  });

  it('ends with the set of the block list after many changes at once', async () => {
    const client = await room.started();
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(numbers.map((n) => room.block(n % 2 === 0 ? { url: photo(n) } : { id: `photo-${n}` })));
    await Promise.all(numbers.filter((n) => n % 6 === 0).map((n) => room.unblock({ url: photo(n) })));
    await room.block({ id: 'last' });
    await until(() => client.isBlocked({ id: 'last' }));
    const fresh = await room.started();
    for (const n of numbers) {
      const expected = n % 6 !== 0;
      for (const each of [client, fresh]) {
        expect(each.isBlocked(n % 2 === 0 ? photo(n) : { id: `photo-${n}` })).toBe(expected);
      }
    }
    expect(client.memory.entries).toBe(fresh.memory.entries);
  });

  it('is told at once that a publishable key is not enough', async () => {
    await expect(room.started(room.site.publishableKey)).rejects.toMatchObject({
      code: 'REFUSED',
      status: 403,
    });
  });
});
