import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createClient,
  type ClientOptions,
  type VigieClient,
  type VigieClientError,
} from '../../src/client/index.js';
import { fileStore } from '../../src/client/node.js';
import { until } from '../setup/until.js';
import { FeedServer, KEY } from './feed-server.js';

const PHOTO = 'https://cdn.example.ma/photos/1.jpg';
const OTHER = 'https://cdn.example.ma/photos/2.jpg';
const THIRD = 'https://cdn.example.ma/photos/3.jpg';

let feed: FeedServer;
let folder: string;
let clients: VigieClient[];
let errors: VigieClientError[];

beforeEach(async () => {
  feed = await FeedServer.open();
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-client-'));
  clients = [];
  errors = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await feed.down();
  await rm(folder, { recursive: true });
});

function make(options: Partial<ClientOptions> = {}): VigieClient {
  const client = createClient({
    baseUrl: feed.url,
    key: KEY,
    onError: (error) => errors.push(error),
    ...options,
  });
  clients.push(client);
  return client;
}

async function started(options: Partial<ClientOptions> = {}): Promise<VigieClient> {
  const client = make(options);
  await client.start();
  return client;
}

const nobody = (): Promise<Response> => Promise.reject(new Error('down'));
const codes = (): string[] => errors.map(({ code }) => code);

describe('a client that has started', () => {
  it('knows what is blocked by address in any spelling, by id, and by both', async () => {
    feed.block({ id: 'photo-1', url: PHOTO, addresses: [PHOTO, OTHER] }, 3, 'privacy');
    const client = await started();
    for (const image of [
      PHOTO,
      OTHER,
      `${PHOTO}?utm_source=x#top`,
      'HTTPS://CDN.example.ma:443/photos/1.jpg',
    ]) {
      expect(client.isBlocked(image)).toBe(true);
      expect(client.isBlocked({ url: image })).toBe(true);
    }
    expect(client.isBlocked({ id: 'photo-1' })).toBe(true);
    expect(client.isBlocked({ id: 'photo-1', url: THIRD })).toBe(true);
    expect(client.isBlocked({ id: 'photo-2', url: PHOTO })).toBe(true);
    expect(client.isBlocked({ id: 'photo-2', url: THIRD })).toBe(false);
    expect(client.isBlocked(THIRD)).toBe(false);
    expect(client.isBlocked('photo-1')).toBe(false);
    expect(client.stateOf(PHOTO)).toEqual({
      blocked: true,
      known: true,
      reason: 'privacy',
      version: 3,
      since: '2026-11-23T10:00:00Z',
    });
    expect(client.stateOf({ id: 'photo-2' })).toEqual({ blocked: false, known: true });
    expect(client.memory.entries).toBe(3);
  });

  it('learns of a block and of its end while it runs, and says so', async () => {
    const client = await started();
    const seen: unknown[] = [];
    const off = client.onChange((change) => seen.push(change));
    await feed.streamed();
    feed.block({ id: 'photo-1', addresses: [PHOTO] }, 1);
    await until(() => client.isBlocked(PHOTO));
    feed.unblock({ id: 'photo-1', addresses: [PHOTO] }, 2);
    await until(() => !client.isBlocked(PHOTO));
    expect(client.isBlocked({ id: 'photo-1' })).toBe(false);
    expect(seen).toMatchObject([
      {
        type: 'image',
        blocked: true,
        image: { id: 'photo-1', addresses: [PHOTO] },
        reason: 'violence',
        version: 1,
      },
      { type: 'image', blocked: false, version: 2 },
    ]);
    off();
    feed.block(OTHER);
    await until(() => client.isBlocked(OTHER));
    expect(seen).toHaveLength(2);
  });

  it('behaviour 44: of messages that come twice and out of order, the version decides', async () => {
    const client = await started();
    await feed.streamed();
    const image = { id: 'photo-1', addresses: [PHOTO] };
    feed.say({ image, blocked: false, version: 4 });
    feed.say({ image, blocked: true, reason: 'spam', version: 3 });
    feed.say({ image: { url: OTHER, addresses: [] }, blocked: true, reason: 'spam', version: 2 });
    feed.say({ image: { url: OTHER, addresses: [] }, blocked: false, version: 1 });
    feed.say({ image: { url: OTHER, addresses: [] }, blocked: true, reason: 'hate', version: 2 });
    feed.block(THIRD);
    await until(() => client.isBlocked(THIRD));
    expect(client.isBlocked(PHOTO)).toBe(false);
    expect(client.stateOf(OTHER)).toMatchObject({ blocked: true, reason: 'spam', version: 2 });
    // An address that was bound later is news, although the version of its image is not.
    feed.say({ image: { url: OTHER, addresses: [PHOTO] }, blocked: true, reason: 'spam', version: 5 });
    await until(() => client.isBlocked(PHOTO));
  });

  it('goes on where it was after its stream breaks, without another block list', async () => {
    const client = await started();
    await feed.streamed();
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    feed.endStreams();
    feed.block(OTHER);
    await until(() => client.isBlocked(OTHER));
    await feed.streamed();
    expect(feed.countOf('/v1/blocklist')).toBe(1);
  });

  it('comes back when a stream falls silent', async () => {
    const client = await started({ timing: { silence: 150 } });
    await until(() => feed.countOf('/v1/changes/stream') > 1);
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    expect(codes()).toContain('SILENT');
  });

  it('asks by long polling where streams do not get through, and tries them again later', async () => {
    feed.holdsStreams = true;
    const client = await started({ timing: { firstWord: 50, polling: 400 } });
    await until(() => feed.asked.some((asked) => asked.includes('wait=20')));
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    expect(feed.countOf('/v1/changes/stream')).toBe(1);
    feed.holdsStreams = false;
    feed.block(OTHER);
    await until(() => Date.now() > 0 && feed.countOf('/v1/changes/stream') === 1);
    // Each change ends a poll; after `polling` the next one finds that a stream is due.
    await until(() => {
      if (feed.streaming === 0)
        feed.say({ image: { url: THIRD, addresses: [] }, blocked: false, version: 1 });
      return feed.streaming > 0;
    });
    feed.block(THIRD, 5);
    await until(() => client.isBlocked(THIRD));
  });

  it('polls when the service has too many streams', async () => {
    feed.refusals.set('/v1/changes/stream', [{ status: 503, headers: { 'retry-after': '1' } }]);
    const client = await started();
    await until(() => feed.asked.some((asked) => asked.includes('wait=20')));
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
  });

  it('polls where something on the way refuses streams, which says nothing of its key', async () => {
    feed.refusals.set('/v1/changes/stream', [{ status: 403 }]);
    const client = await started();
    await until(() => feed.asked.some((asked) => asked.includes('wait=20')));
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    expect(feed.asked.filter((asked) => asked.includes('/stream'))).toHaveLength(1);
  });

  it('takes the block list again when its cursor is not good any more, and uses the old state until it has it', async () => {
    feed.block(PHOTO, 7);
    const client = await started();
    await feed.streamed();
    const seen: string[] = [];
    client.onChange(({ type }) => seen.push(type));
    let goOn: () => void = () => undefined;
    feed.listGoesOn = new Promise((resolve) => (goOn = resolve));
    feed.restore('b', OTHER, THIRD);
    await until(() => feed.countOf('/v1/blocklist') === 2);
    expect([PHOTO, OTHER, THIRD].map((url) => client.isBlocked(url))).toEqual([true, false, false]);
    goOn();
    await until(() => client.isBlocked(THIRD));
    expect([PHOTO, OTHER].map((url) => client.isBlocked(url))).toEqual([false, true]);
    expect(seen).toEqual(['snapshot']);
    expect(errors.map(({ status }) => status)).toContain(410);
  });

  it('keeps the old state when a block list breaks off', async () => {
    feed.block(PHOTO);
    const client = await started();
    await feed.streamed();
    feed.breaksListAfter = 1;
    feed.restore('b', OTHER, THIRD);
    await until(() => codes().includes('UNREACHABLE'));
    expect([PHOTO, OTHER, THIRD].map((url) => client.isBlocked(url))).toEqual([true, false, false]);
    feed.breaksListAfter = Infinity;
    await until(() => client.isBlocked(THIRD));
    expect(client.isBlocked(PHOTO)).toBe(false);
  });

  it('says how old it is', async () => {
    const client = make();
    expect(client.staleness()).toEqual({ ms: Infinity, asOf: null });
    await client.start();
    await feed.streamed();
    const { asOf } = client.staleness();
    await until(() => client.staleness().ms > 20);
    await until(() => {
      feed.beat();
      return client.staleness().asOf !== asOf;
    });
    expect(client.staleness().ms).toBeLessThan(10_000);
    await feed.down();
    const then = client.staleness().ms;
    await until(() => client.staleness().ms > then + 20);
  });

  it('sends its key to nobody but the service, and only in the header', async () => {
    await started();
    await feed.streamed();
    expect([...feed.authorizations]).toEqual([`Bearer ${KEY}`]);
    expect(feed.asked.join()).not.toContain(KEY);
  });

  it('tells of a listener that fails, and goes on', async () => {
    const client = await started();
    client.onChange(() => {
      throw new Error('of the listener');
    });
    await feed.streamed();
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    expect(codes()).toContain('LISTENER');
  });
});

describe('a client without a first state', () => {
  it.each([
    ['failOpen', false],
    ['failClosed', true],
  ] as const)(
    'behaviour 47: answers as %s says, and catches up when the service comes',
    async (mode, blocked) => {
      await feed.down();
      const client = make({ mode, startTimeout: 50 });
      expect(client.isBlocked(PHOTO)).toBe(blocked);
      await expect(client.start()).rejects.toMatchObject({
        code: 'TIMEOUT',
        message: expect.stringContaining(blocked ? 'images are not shown' : 'images are shown') as string,
      });
      expect(client.isBlocked({ id: 'photo-1' })).toBe(blocked);
      expect(client.stateOf(PHOTO)).toEqual({ blocked, known: false });
      feed.block(OTHER);
      await feed.up();
      await until(() => client.isBlocked(OTHER) && !client.isBlocked(PHOTO));
    },
  );

  it('says at once that its key is refused', async () => {
    const client = make({ key: 'vg_sec_of-nobody' });
    await expect(client.start()).rejects.toMatchObject({
      code: 'REFUSED',
      status: 401,
      message: expect.stringMatching(/Because of 401.*secret key/) as string,
    });
  });

  it('waits as long as the service asks', async () => {
    feed.refusals.set('/v1/blocklist', [{ status: 429, headers: { 'retry-after': '1' } }]);
    const start = Date.now();
    await started();
    expect(Date.now() - start).toBeGreaterThanOrEqual(1000);
  });

  it('starts once, whoever asks', async () => {
    const client = make();
    await Promise.all([client.start(), client.start()]);
    expect(feed.countOf('/v1/blocklist')).toBe(1);
  });

  it('ends its start when it is closed', async () => {
    await feed.down();
    const client = make();
    const start = client.start();
    await client.close();
    await expect(start).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(make().close()).resolves.toBeUndefined();
  });
});

describe('a client with a store', () => {
  it('behaviour 47: keeps its last state while the service is down, and a site that restarts meanwhile loads it', async () => {
    const store = fileStore(path.join(folder, 'new', 'state'));
    feed.block({ id: 'photo-1', addresses: [PHOTO] }, 3, 'hate');
    const first = await started({ store });
    await feed.streamed();
    feed.block(OTHER, 6);
    feed.unblock(THIRD, 9);
    await until(() => first.isBlocked(OTHER));
    await feed.down();
    expect(first.isBlocked(PHOTO)).toBe(true);
    await first.close();
    expect(first.isBlocked(PHOTO)).toBe(true);

    const second = await started({ store, mode: 'failClosed' });
    expect(second.stateOf({ id: 'photo-1' })).toMatchObject({ blocked: true, reason: 'hate', version: 3 });
    expect([PHOTO, OTHER, THIRD].map((url) => second.isBlocked(url))).toEqual([true, true, false]);
    expect(second.staleness().asOf).not.toBeNull();
    // It goes on by cursor, and folds by the versions that it saved.
    await feed.up();
    await feed.streamed();
    feed.say({ image: { url: OTHER, addresses: [] }, blocked: false, version: 5 });
    feed.say({ image: { url: THIRD, addresses: [] }, blocked: true, version: 8 });
    feed.unblock({ id: 'photo-1', addresses: [PHOTO] }, 4);
    await until(() => !second.isBlocked(PHOTO));
    expect([OTHER, THIRD].map((url) => second.isBlocked(url))).toEqual([true, false]);
    expect(feed.countOf('/v1/blocklist')).toBe(1);
  });

  it('saves while it runs, too', async () => {
    const file = path.join(folder, 'state');
    const client = await started({ store: fileStore(file), saveEvery: 10 });
    await feed.streamed();
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    const other = async (): Promise<boolean> => {
      const store = { load: () => readFile(file), save: () => Promise.resolve() };
      const reader = createClient({
        baseUrl: feed.url,
        key: KEY,
        store,
        startTimeout: 50,
        fetch: nobody,
      });
      try {
        await reader.start();
        return reader.isBlocked(PHOTO);
      } finally {
        await reader.close();
      }
    };
    await until(() => other().catch(() => false));
    await client.close();
    expect(await readdir(folder)).toEqual(['state']);
  });

  it('ignores a damaged file and says so', async () => {
    const file = path.join(folder, 'state');
    const store = fileStore(file);
    feed.block(PHOTO);
    await (await started({ store })).close();
    const whole = await readFile(file);
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(flipped.length - 9000) ^ 1, flipped.length - 9000);
    const damages: (() => Promise<void>)[] = [
      () => truncate(file, whole.length - 4),
      () => truncate(file, 7),
      () => writeFile(file, ''),
      () => writeFile(file, 'something else entirely, of 44 characters....'),
      () => writeFile(file, flipped),
    ];
    for (const damage of damages) {
      await writeFile(file, whole);
      await damage();
      errors = [];
      const client = await started({ store });
      expect(client.isBlocked(PHOTO)).toBe(true);
      expect(codes()).toEqual(['STORE']);
      await client.close();
    }
  });

  it('does not take over the state of another service', async () => {
    const store = fileStore(path.join(folder, 'state'));
    feed.block(PHOTO);
    await (await started({ store })).close();
    const client = make({ store, baseUrl: 'https://other.example', fetch: nobody, startTimeout: 50 });
    await expect(client.start()).rejects.toMatchObject({ code: 'TIMEOUT' });
    // The file may be read later than that.
    await until(() => errors.length > 0);
    expect(errors[0]?.message).toContain(`It is a state of ${feed.url}, not of https://other.example.`);
  });

  it('goes on without a store that fails', async () => {
    const broken = {
      load: () => Promise.reject(new Error('disk')),
      save: () => Promise.reject(new Error('full')),
    };
    feed.block(PHOTO);
    const client = await started({ store: broken });
    expect(client.isBlocked(PHOTO)).toBe(true);
    await client.close();
    expect(codes()).toEqual(['STORE', 'STORE']);
  });
});

describe('fileStore', () => {
  it('takes away what was left by a process that was killed while it wrote, and by none that writes', async () => {
    const store = fileStore(path.join(folder, 'state'));
    const left = ['state.1-1.tmp', 'state.77-12.tmp'];
    const others = ['state.9-9.tmp', 'state.x.tmp', 'state.1-1.tmp.old', 'other.1-1.tmp'];
    const anHourAgo = new Date(Date.now() - 3_600_000);
    for (const name of [...left, ...others]) {
      await writeFile(path.join(folder, name), '');
      if (name !== 'state.9-9.tmp') await utimes(path.join(folder, name), anHourAgo, anHourAgo);
    }
    await store.save(new Uint8Array(8));
    expect((await readdir(folder)).sort()).toEqual(['state', ...others].sort());
  });

  it('leaves nothing behind when it can not write', async () => {
    await mkdir(path.join(folder, 'state'));
    await expect(fileStore(path.join(folder, 'state')).save(new Uint8Array(8))).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['state']);
  });
});

describe('a client with a store that never answers', () => {
  const hangs = { load: () => new Promise<null>(() => undefined), save: () => Promise.resolve() };

  it('asks the service instead', async () => {
    feed.block(PHOTO);
    const client = await started({ store: hangs, startTimeout: 4000 });
    expect(client.isBlocked(PHOTO)).toBe(true);
    expect(errors[0]).toMatchObject({ code: 'STORE', message: expect.stringContaining('2 s') as string });
  });

  it('can be closed meanwhile', async () => {
    const client = make({ store: hangs });
    const start = client.start();
    await client.close();
    await expect(start).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('a client with a store that never says that it has saved', () => {
  let saves: (() => void)[];
  const store = {
    load: () => Promise.resolve(null),
    save: () => new Promise<void>((resolve) => saves.push(resolve)),
  };
  beforeEach(() => (saves = []));

  it('goes on following, says so once, and saves nothing meanwhile', async () => {
    const client = await started({ store, saveEvery: 1, startTimeout: 2000 });
    await feed.streamed();
    await until(() => saves.length === 1);
    feed.block(PHOTO);
    await until(() => client.isBlocked(PHOTO));
    await until(() => errors.length > 0);
    feed.block(OTHER);
    await until(() => client.isBlocked(OTHER));
    expect(errors).toMatchObject([
      { code: 'STORE', message: expect.stringContaining('nothing for 1 s') as string },
    ]);
    expect(saves).toHaveLength(1);
    saves[0]?.();
  });

  it('can be closed', async () => {
    const client = await started({ store, startTimeout: 2000 });
    await client.close();
    expect(saves).toHaveLength(1);
    expect(codes()).toEqual(['STORE']);
    await client.close();
    expect(codes()).toEqual(['STORE']);
  });
});

describe('close()', () => {
  it('leaves no connection behind and asks nothing more', async () => {
    const client = await started();
    await feed.streamed();
    await client.close();
    await client.close();
    await until(() => feed.streaming === 0);
    const asked = feed.asked.length;
    feed.endStreams();
    feed.block(PHOTO);
    expect(client.isBlocked(PHOTO)).toBe(false);
    expect(feed.asked).toHaveLength(asked);
  });
});

describe('createClient', () => {
  it.each<[string, Partial<Record<keyof ClientOptions, unknown>>, string]>([
    ['a base URL that is none', { baseUrl: 'vigie.example.ma' }, 'baseUrl: must be the address'],
    ['one with credentials', { baseUrl: 'https://u:p@vigie.example.ma' }, 'baseUrl: must not hold'],
    ['no key', { key: '' }, 'key: give the secret key'],
    ['a key with a line break', { key: 'vg_sec_x\n' }, 'key: give the secret key'],
    ['a mode that is none', { mode: 'open' }, 'mode: must be'],
    ['a time that is none', { startTimeout: '10s' }, 'startTimeout: must be a number'],
    ['a time that no timer has', { startTimeout: Infinity }, 'startTimeout: must be a number'],
    ['such a time among the odd ones', { timing: { silence: 2 ** 31 } }, 'silence: must be a number'],
  ])('refuses %s, in a sentence', (_, options, sentence) => {
    expect(() =>
      createClient({ baseUrl: 'https://v.example', key: KEY, ...options } as ClientOptions),
    ).toThrow(sentence);
  });
});
