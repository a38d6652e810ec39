import { createHash } from 'node:crypto';
import type { VigieClient } from '../../src/client/index.js';
import { ChangeFeed } from '../../src/visibility/change-feed.js';
import { until } from '../setup/until.js';
import { SiteWithClients } from './site-with-clients.js';

/** More characters than the library takes in a line. */
const MANY = 2_200;
const address = (n: number): string => `https://cdn.example.ma/photo.jpg?v=${n}-${'x'.repeat(1_950)}`;

describe('an image with very many addresses', () => {
  let room: SiteWithClients;

  beforeAll(async () => {
    room = await SiteWithClients.open();
    await room.block({ id: 'photo' });
    await room.block({ id: 'other' });
    await fill();
  });
  afterAll(() => room.close());
  afterEach(() => room.leave());

  /** Straight in the table: 22 questions at the door would take a minute. */
  async function fill(): Promise<void> {
    const urls = Array.from({ length: MANY }, (_, n) => address(n));
    await room.service.database.dataSource.query(
      `insert into address (site_id, hash, url, image_id)
       select i.site_id, decode(n.hash, 'hex'), n.url, i.id
       from image i, unnest($2::text[], $3::text[]) n (hash, url)
       where i.site_id = $1 and i.key = 'photo'`,
      [room.site.id, urls.map((url) => createHash('md5').update(url).digest('hex')), urls],
    );
  }

  /** As in a process that begins now: what was before is not in its memory. */
  async function forgetChanges(): Promise<void> {
    const feed = room.service.app.get(ChangeFeed, { strict: false });
    const [log] = await room.service.database.dataSource.query<{ head: string }[]>(
      'select max(seq) as head from event',
    );
    await until(() => feed.head >= Number(log?.head));
    feed.restart(String(feed.epoch), feed.head);
  }

  /** Of all its addresses, and of the id. */
  const blockedOf = (client: VigieClient): number =>
    Array.from({ length: MANY }, (_, n) => address(n)).filter((url) => client.isBlocked(url)).length +
    Number(client.isBlocked({ id: 'photo' }));

  it('stands in several lines of the block list, under one key and version, with each address once', async () => {
    const headers = { authorization: `Bearer ${room.site.secretKey}` };
    const text = await (await fetch(`${room.baseUrl}/v1/blocklist`, { headers })).text();
    interface Line {
      image: { id: string; url?: string; addresses: string[] };
      version: number;
      since: string;
      reason: string;
    }
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ image }) => image.id === 'photo');
    expect(lines.map(({ image }) => image.addresses.length)).toEqual([1_000, 1_000, 200]);
    const told = lines.map(({ image: { url }, version, since, reason }) => [url, version, since, reason]);
    expect(told).toEqual([told[0], told[0], told[0]]);
    expect(new Set(lines.flatMap(({ image }) => image.addresses)).size).toBe(MANY);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(2_200_000);
  });

  it('is taken whole by a client that starts, with the images after it', async () => {
    const client = await room.started();
    expect([blockedOf(client), client.isBlocked({ id: 'other' })]).toEqual([MANY + 1, true]);
    expect(client.stateOf(address(0))).toEqual(client.stateOf(address(MANY - 1)));
    expect(room.errors).toEqual([]);
  });

  it('is followed by a client that runs, over its stream, when it is shown and blocked again', async () => {
    const client = await room.started();
    for (const [blocked, change] of [
      [0, () => room.unblock({ id: 'photo' })],
      [MANY + 1, () => room.block({ id: 'photo' })],
    ] as const) {
      await change();
      await until(() => client.isBlocked(address(MANY - 1)) === blocked > 0 || room.errors.length > 0);
      await until(() => blockedOf(client) === blocked || room.errors.length > 0);
      expect([room.errors, blockedOf(client)]).toEqual([[], blocked]);
    }
    await room.unblock({ id: 'other' });
    await until(() => !client.isBlocked({ id: 'other' }));
    expect(room.errors).toEqual([]);
  });

  it('is resumed within a change by the cursor before it, until its last part', async () => {
    const taken = await room.service.ask('GET', '/v1/changes', room.site.secretKey);
    const cursor = String(taken.body['cursor']);
    await room.unblock({ id: 'photo' });
    const stop = new AbortController();
    const response = await fetch(`${room.baseUrl}/v1/changes/stream?cursor=${cursor}`, {
      headers: { authorization: `Bearer ${room.site.secretKey}` },
      signal: stop.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.split('\ndata: ').length === 4 && text.endsWith('\n\n')) break;
    }
    stop.abort();
    const ids = [...text.matchAll(/^id: (\S+)\ndata: /gm)].map((match) => String(match[1]));
    expect(ids).toHaveLength(3);
    const changesAfter = async (id = ''): Promise<unknown[]> => {
      const { body } = await room.service.ask<{ changes: unknown[] }>(
        'GET',
        `/v1/changes?cursor=${id}`,
        room.site.secretKey,
      );
      return body.changes;
    };
    expect((await changesAfter(ids[0])).length).toBe(1);
    expect((await changesAfter(ids[1])).length).toBe(1);
    expect((await changesAfter(ids[2])).length).toBe(0);
  });

  it.each(['from memory', 'from Postgres'])(
    'is told in answers of a bounded size to those who poll, %s, and by nobody left out',
    async (from) => {
      interface Answer {
        readonly changes: readonly { image: { url?: string; addresses: string[] }; version: number }[];
        readonly cursor: string;
        readonly more: boolean;
      }
      const ask = (query: string) =>
        room.service.ask<Answer>('GET', `/v1/changes?${query}`, room.site.secretKey).then(({ body }) => body);
      let { cursor } = await ask('');
      for (let turn = 0; turn < 5; turn += 1) {
        await room.block({ id: 'photo' });
        await room.unblock({ id: 'photo' });
      }
      await room.block({ url: `https://cdn.example.ma/last-${from === 'from memory' ? 1 : 2}.jpg` });
      if (from === 'from Postgres') await forgetChanges();
      const told: Answer[] = [];
      do {
        const page = await ask(`limit=1000&wait=5&cursor=${cursor}`);
        told.push(page);
        cursor = page.cursor;
      } while (told.at(-1)?.changes.at(-1)?.image.url?.includes('last') !== true);
      const sizes = told.map(({ changes }) =>
        changes.reduce((sum, { image }) => sum + image.addresses.length, 0),
      );
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000);
      const ofPhoto = told.flatMap(({ changes }) =>
        changes.filter(({ image }) => image.addresses.length > 0).map(({ version }) => version),
      );
      expect(ofPhoto).toEqual(ofPhoto.map((_, index) => (ofPhoto[0] ?? 0) + index));
      expect(ofPhoto.length).toBeGreaterThanOrEqual(9);
    },
  );
});
