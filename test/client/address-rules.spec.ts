import {
  createClient,
  type ClientOptions,
  type StateStore,
  type VigieClient,
  type VigieClientError,
} from '../../src/client/index.js';
import { until } from '../setup/until.js';
import { FeedServer, KEY } from './feed-server.js';

const PHOTO = 'https://cdn.example.ma/photos/1.jpg';
const SMALL = `${PHOTO}?w=300`;
const LARGE = 'https://cdn.example.ma/resize/900x/photos/1.jpg';
const RULES = { ignoreParameters: ['w'], removePaths: ['/resize/{digits}x/'] };

let feed: FeedServer;
let clients: VigieClient[];
let errors: VigieClientError[];

beforeEach(async () => {
  feed = await FeedServer.open();
  clients = [];
  errors = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await feed.down();
});

async function started(options: Partial<ClientOptions> = {}): Promise<VigieClient> {
  const client = createClient({
    baseUrl: feed.url,
    key: KEY,
    onError: (error) => errors.push(error),
    ...options,
  });
  clients.push(client);
  await client.start();
  return client;
}

const asked = (): number => feed.countOf('/v1/address-rules');

function memory(): StateStore {
  let saved: Uint8Array | null = null;
  return {
    load: () => Promise.resolve(saved),
    save: (bytes) => {
      saved = bytes;
      return Promise.resolve();
    },
  };
}

describe('a client of a site with address rules', () => {
  it('takes them from the service before it answers, and looks up by them', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.block(PHOTO, 3, 'privacy');
    const client = await started();
    for (const image of [PHOTO, SMALL, LARGE, `${LARGE}?w=2&utm_source=x`]) {
      expect(client.isBlocked(image)).toBe(true);
      expect(client.isBlocked({ url: image })).toBe(true);
      expect(client.stateOf(image)).toMatchObject({ blocked: true, reason: 'privacy', version: 3 });
    }
    expect(client.isBlocked(`${PHOTO}?h=300`)).toBe(false);
    expect(client.isBlocked('nothing')).toBe(false);
    expect(asked()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('finds what is still known by the address from before the rules', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.block(SMALL);
    const client = await started();
    expect([SMALL, PHOTO, LARGE].map((image) => client.isBlocked(image))).toEqual([true, false, false]);
    expect(client.stateOf(SMALL)).toMatchObject({ blocked: true, version: 1 });
    // The service has readdressed it: the old address is one of it.
    feed.block({ url: PHOTO, addresses: [SMALL] }, 2);
    await until(() => client.isBlocked(LARGE));
    feed.unblock({ url: PHOTO, addresses: [SMALL] }, 3);
    await until(() => [SMALL, PHOTO, LARGE].every((image) => !client.isBlocked(image)));
  });

  it('asks again when they have changed, and forgets what it said', async () => {
    feed.rules = { tag: 'one', addressRules: {} };
    feed.block(PHOTO);
    const client = await started();
    const changes: string[] = [];
    client.onChange(({ type }) => changes.push(type));
    for (let times = 0; times < 3; times += 1) expect(client.isBlocked(SMALL)).toBe(false);
    await feed.streamed();
    feed.rules = { tag: 'two', addressRules: RULES };
    // The service ends streams then.
    feed.endStreams();
    await until(() => client.isBlocked(SMALL));
    expect(changes).toEqual(['snapshot']);
    expect(asked()).toBe(2);
    await feed.streamed();
    feed.rules = { tag: 'three', addressRules: {} };
    feed.endStreams();
    await until(() => !client.isBlocked(SMALL));
  });

  it('keeps them with what it saves', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.block(PHOTO);
    const store = memory();
    await (await started({ store })).close();
    await feed.down();
    const client = await started({ store });
    expect(client.isBlocked(LARGE)).toBe(true);
    await feed.up();
    await until(() => client.staleness().asOf !== null && feed.streaming > 0);
    expect(asked()).toBe(1);
  });

  it('goes by those that it was given, and asks for none', async () => {
    feed.rules = { tag: 'one', addressRules: { ignoreParameters: ['h'] } };
    feed.block(PHOTO);
    const store = memory();
    const client = await started({ addressRules: RULES, store });
    expect([SMALL, `${PHOTO}?h=1`].map((image) => client.isBlocked(image))).toEqual([true, false]);
    expect(asked()).toBe(0);
    await client.close();
    // What was saved under others does not count.
    const other = await started({ addressRules: { ignoreParameters: ['h'] }, store });
    expect([SMALL, `${PHOTO}?h=1`].map((image) => other.isBlocked(image))).toEqual([false, true]);
  });

  it('refuses wrong ones with a sentence that names them', () => {
    const wrong = { addressRules: { removePaths: ['{any}'] } };
    expect(() => createClient({ baseUrl: feed.url, key: KEY, ...wrong })).toThrow(
      /^addressRules\/removePaths\/0: Must/,
    );
  });

  it('asks an old service for nothing', async () => {
    feed.block(PHOTO);
    const client = await started();
    expect([PHOTO, SMALL].map((image) => client.isBlocked(image))).toEqual([true, false]);
    expect(asked()).toBe(0);
  });

  it('answers by the default rules until the route gets through, and says so', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.refusals.set('/v1/address-rules', [{ status: 404 }]);
    feed.block(PHOTO);
    const client = await started();
    expect(client.isBlocked(PHOTO)).toBe(true);
    expect(errors).toMatchObject([{ code: 'REFUSED', status: 404 }]);
    await until(() => client.isBlocked(SMALL));
    expect(asked()).toBe(2);
  });

  it('keeps good rules where the route is gone for a moment, and asks again', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.block(PHOTO);
    const store = memory();
    const client = await started({ store });
    await feed.streamed();
    feed.refusals.set('/v1/address-rules', [{ status: 404 }]);
    feed.rules = { tag: 'two', addressRules: { ...RULES, ignoreWww: true } };
    feed.endStreams();
    await until(() => errors.length > 0);
    expect(client.isBlocked(SMALL)).toBe(true);
    feed.block(`${PHOTO}?h=1`);
    await until(() => client.isBlocked('https://www.cdn.example.ma/photos/1.jpg'));
    expect(asked()).toBe(3);
    expect(errors).toMatchObject([{ code: 'REFUSED', status: 404 }]);
  });

  it('tries again where the service fails', async () => {
    feed.rules = { tag: 'one', addressRules: RULES };
    feed.refusals.set('/v1/address-rules', [{ status: 503, headers: { 'retry-after': '0' } }]);
    feed.block(PHOTO);
    const client = await started();
    expect(client.isBlocked(SMALL)).toBe(true);
    expect(errors).toMatchObject([{ code: 'REFUSED', status: 503 }]);
  });

  it('leaves out what only a newer library knows, and says so', async () => {
    feed.rules = {
      tag: 'one',
      addressRules: { ...RULES, presets: ['photon', 'of-tomorrow'], ignoreWww: 'sometimes', foldMarks: true },
    };
    feed.block(PHOTO);
    const client = await started();
    expect(client.isBlocked(SMALL)).toBe(true);
    expect(client.isBlocked('https://i0.wp.com/cdn.example.ma/photos/1.jpg?w=3')).toBe(true);
    expect(errors).toMatchObject([{ code: 'PROTOCOL', message: expect.stringMatching('newer') as string }]);
  });

  it('asks again when it starts anew where it left something out: a newer library may know it', async () => {
    feed.rules = { tag: 'one', addressRules: { ...RULES, foldMarks: true } };
    feed.block(PHOTO);
    const store = memory();
    const client = await started({ store });
    await feed.streamed();
    // Not at every poll.
    expect(asked()).toBe(1);
    await client.close();
    const next = await started({ store });
    expect(next.isBlocked(SMALL)).toBe(true);
    await until(() => asked() === 2);
  });
});
