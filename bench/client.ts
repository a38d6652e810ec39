import { parseArgs } from 'node:util';
import { createClient } from '../src/client/index.js';

const { values: asked } = parseArgs({
  options: { images: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
/** Blocked images, a multiple of 200,000, and how many addresses a run asks for in turn: the pictures of a large site's pages of a day. */
const IMAGES = Number(asked.images);
const ASKED = 10_000;
const ROUNDS = 5;
const KEY = 'vg_sec_of-the-measurement';

const address = (n: number): string =>
  `https://cdn.example.ma/photos/2026/11/${((n * 2_654_435_761) >>> 0).toString(16)}-${n}.jpg`;

/** One line of the result: `perSecond` by the time that the processor spent, so that neighbours count for little. */
export interface ClientLine {
  readonly what: string;
  readonly perSecond: number;
}

export interface ClientResults {
  readonly lines: readonly ClientLine[];
  readonly bytesPerImage: number;
  /** Of a core, to take in the block list. */
  readonly seconds: number;
}

/** The client library as a site uses it, with a block list of a million images. Half a minute. */
async function measureClient(): Promise<ClientResults> {
  const start = process.cpuUsage().user;
  const client = createClient({
    baseUrl: 'http://127.0.0.1',
    key: KEY,
    fetch: answer,
    startTimeout: 120_000,
  });
  await client.start();
  const seconds = (process.cpuUsage().user - start) / 1e6;
  const { entries, bytes } = client.memory;
  if (entries !== IMAGES) throw new Error(`The client knows ${entries} images.`);

  const urls = (first: number, step: number, count: number, end = ''): string[] =>
    Array.from({ length: count }, (_, n) => `${address(first + n * step)}${end}`);
  const run = (what: string, list: string[], blocked: boolean): ClientLine => {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const before = process.cpuUsage().user;
      let found = 0;
      for (let turn = 0; turn < IMAGES / list.length; turn += 1) {
        for (const url of list) if (client.isBlocked(url)) found += 1;
      }
      if (found !== (blocked ? IMAGES : 0)) throw new Error(`${what}: ${found} of ${IMAGES} are blocked.`);
      if (round > 0) times.push(process.cpuUsage().user - before);
    }
    const middle = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
    return { what, perSecond: IMAGES / (middle / 1e6) };
  };
  const lines = [
    run('blocked, the pictures of a day in turn', urls(0, Math.floor(IMAGES / ASKED) - 3, ASKED), true),
    run('not blocked, the pictures of a day in turn', urls(IMAGES, 1, ASKED), false),
    run('not canonical, the pictures of a day in turn', urls(IMAGES, 1, ASKED, '?utm_source=x#top'), false),
    run('blocked, every one another (200,000)', urls(0, IMAGES / 200_000, 200_000), true),
    run('not blocked, every one another (200,000)', urls(IMAGES, 1, 200_000), false),
    run('not canonical, every one another (200,000)', urls(IMAGES, 1, 200_000, '#top'), false),
  ];
  await client.close();
  return { lines, bytesPerImage: bytes / entries, seconds };
}

/** The service's part: a block list, then no changes. The network is not what is measured. */
function answer(url: string, init: RequestInit): Promise<Response> {
  const headers = { 'vigie-cursor': 'c' };
  if (url.endsWith('/v1/blocklist')) return Promise.resolve(new Response(blocklist(), { headers }));
  if (!url.endsWith('/stream')) {
    const asOf = new Date().toISOString();
    return Promise.resolve(Response.json({ changes: [], cursor: 'c', more: false, asOf }));
  }
  return new Promise((_, reject) =>
    init.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );
}

function blocklist(): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      let text = '';
      for (const end = next + 1000; next < end; next += 1) {
        text += `{"image":{"url":"${address(next)}","addresses":[]},"blocked":true,"reason":"violence","since":"2026-11-23T10:00:00Z","version":1}\n`;
      }
      controller.enqueue(encoder.encode(text));
      if (next === IMAGES) controller.close();
    },
  });
}

const results = await measureClient();
if (asked.json) {
  process.stdout.write(`${JSON.stringify(results)}\n`);
} else {
  for (const { what, perSecond } of results.lines) {
    process.stdout.write(`isBlocked, ${what}: ${(perSecond / 1e6).toFixed(2)} million a second\n`);
  }
  process.stdout.write(
    `bytes per blocked image: ${results.bytesPerImage.toFixed(1)} (aim: at most 40 at a million)\n`,
  );
  process.stdout.write(`seconds of a core to take in the block list: ${results.seconds.toFixed(1)}\n`);
}
