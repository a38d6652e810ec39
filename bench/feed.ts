import { randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { connected } from './connected.js';
import { type DatabaseServer, query } from './database-server.js';
import { makeExampleSite } from './example-site.js';
import { residentMemory } from './memory.js';
import { ServerProcess } from './processes.js';

/** How much is measured. */
export interface FeedSettings {
  /** Blocks, one after the other, each seen before the next is made. */
  readonly blocks: number;
  /** Blocked images in the list. */
  readonly listed: number;
}

/** What came of it. Times in ms, memory in bytes. */
export interface FeedResults {
  /** From the block's answer in one process to its event in another's stream. */
  readonly afterAnswer: readonly number[];
  /** The same from the moment when the block was asked for: the commit is in it. */
  readonly afterRequest: readonly number[];
  /** As `afterAnswer`, while a transaction that has written is open in another database of the cluster. */
  readonly besideWriter: readonly number[];
  readonly list: {
    readonly images: number;
    readonly bytes: number;
    readonly milliseconds: number;
    readonly before: number;
    readonly most: number;
  };
}

/** Two processes on one database: how soon one sees what the other commits, and what a long block list costs. */
export async function measureFeed(
  server: DatabaseServer,
  { blocks, listed }: FeedSettings,
  say: (line: string) => void,
): Promise<FeedResults> {
  const { url, env, key } = await makeExampleSite(server, 'bench_feed');
  await fill(url, listed);
  const running: ServerProcess[] = [];
  const start = () => ServerProcess.start('../service/main.js', { ...env, ROLE: 'api' });
  try {
    const one = await start();
    running.push(one);
    const other = await start();
    running.push(other);
    const list = await measureList(other, key);
    say(`block list of ${list.images} images: ${(list.milliseconds / 1000).toFixed(1)} s`);
    const delays = await measureDelays(one, other, key, blocks);
    say(`${blocks} blocks seen in another process`);
    const besideWriter = await withWriter(await server.create('bench_neighbour'), async () => {
      const { afterAnswer } = await measureDelays(one, other, key, Math.ceil(blocks / 2));
      return afterAnswer;
    });
    say('the same beside a writer in another database');
    return { ...delays, besideWriter, list };
  } finally {
    for (const process of running) await process.stop();
  }
}

/** Has a transaction that has written open in a database meanwhile. */
const withWriter = <T>(url: string, work: () => Promise<T>): Promise<T> =>
  connected(url, async (client) => {
    await client.query('begin');
    await client.query('create table held_open ()');
    return work();
  });

async function fill(url: string, listed: number): Promise<void> {
  await query(
    url,
    `insert into image (site_id, key_kind, key, key_hash, url, blocked, shown_reason, since, version)
     select s.id, 'url', u.url, decode(md5(u.url), 'hex'), u.url, true, 'violence', now(), 1
     from site s, generate_series(1, ${listed}) n
     cross join lateral (select 'https://cdn.example.ma/photos/2026/' || lpad(n::text, 8, '0') || '.jpg' as url) u`,
  );
  await query(url, 'analyze image');
}

const ask = (origin: string, path: string, key: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(`${origin}${path}`, { agent: false, headers: { authorization: `Bearer ${key}` } }, resolve).on(
      'error',
      reject,
    );
  });

async function measureList({ origin, pid }: ServerProcess, key: string): Promise<FeedResults['list']> {
  const before = residentMemory(pid);
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, residentMemory(pid))), 20);
  const began = performance.now();
  let [images, bytes] = [0, 0];
  try {
    for await (const part of (await ask(origin, '/v1/blocklist', key)) as AsyncIterable<Buffer>) {
      bytes += part.length;
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) images += 1;
    }
  } finally {
    clearInterval(watching);
  }
  return { images, bytes, milliseconds: performance.now() - began, before, most };
}

async function measureDelays(
  one: ServerProcess,
  other: ServerProcess,
  key: string,
  blocks: number,
): Promise<Pick<FeedResults, 'afterAnswer' | 'afterRequest'>> {
  const stream = await ask(other.origin, '/v1/changes/stream', key);
  let seen: (text: string) => void = () => undefined;
  stream.setEncoding('utf8').on('data', (text: string) => seen(text));
  const afterAnswer: number[] = [];
  const afterRequest: number[] = [];
  // The first ones warm both processes up, and are not counted.
  for (let n = -20; n < blocks; n += 1) {
    const image = `https://cdn.example.ma/seen/${randomBytes(8).toString('hex')}.jpg`;
    const event = new Promise<number>((resolve) => {
      seen = (text) => (text.includes(image) ? resolve(performance.now()) : undefined);
    });
    const asked = performance.now();
    const response = await fetch(`${one.origin}/v1/images/block`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ image: { url: image }, reason: 'violence' }),
    });
    const answered = performance.now();
    if (!response.ok) throw new Error(`No image could be blocked: ${await response.text()}`);
    await response.text();
    const at = await event;
    if (n < 0) continue;
    afterAnswer.push(Math.max(0, at - answered));
    afterRequest.push(at - asked);
  }
  stream.destroy();
  return { afterAnswer, afterRequest };
}
