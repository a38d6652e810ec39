import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import files from '@fastify/static';
import express from 'express';
import fastify from 'fastify';
import { vigieExpress, vigieFastify } from '../../src/client/index.js';

const blocked = new Set<string>();
const client = {
  isBlocked: (image: string | object): boolean => typeof image === 'string' && blocked.has(image),
};
const BAD = 'https://cdn.example.ma/bad.jpg';
const page = `<!doctype html><p>é</p><img src="${BAD}"><img src="/own.jpg">`;
/** As a teaser that was cut off within a character. */
const broken = Buffer.concat([Buffer.from(page), Buffer.from([0xd8])]);
const options = { placeholder: 'P', origin: 'https://www.example.ma' };

/** What the site says of its own of `/page.html` and `/photo.jpg`, which lie in a folder. */
const CHANGED = new Date('2026-11-20T10:00:00Z');
const ownTag = (text: string): string =>
  `W/"${Buffer.byteLength(text).toString(16)}-${CHANGED.getTime().toString(16)}"`;
const PHOTO = 'some bytes of a picture';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-site-'));
  for (const [name, text] of Object.entries({ 'page.html': page, 'photo.jpg': PHOTO })) {
    await writeFile(path.join(folder, name), text);
    await utimes(path.join(folder, name), CHANGED, CHANGED);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** As a browser that reloads a page; by itself `fetch` says that it wants nothing that somebody has. */
const ask = (url: string, headers: object, method = 'GET'): Promise<Response> =>
  fetch(url, { method, headers: { 'cache-control': 'max-age=0', ...headers } });

interface Site {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(server: Server): Promise<Site> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => void (server.close(() => resolve()), server.closeAllConnections())),
  };
}

const sites = {
  express: () => {
    const app = express();
    app.use(vigieExpress(client, options));
    app.get('/page', (_, response) => void response.send(page));
    app.get('//page', (_, response) => void response.send(page));
    app.get('/broken', (_, response) => void response.type('html').send(broken));
    app.get('/json', (_, response) => void response.json({ page }));
    app.get('/data', (_, response) => void response.set('etag', '"data"').json({ page }));
    app.get('/zipped', (_, response) => {
      response.set({ 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync(page));
    });
    app.get('/latin', (_, response) => {
      response.set('content-type', 'text/html; charset=iso-8859-1').end(Buffer.from(page, 'latin1'));
    });
    app.get('/parts', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(page) });
      const bytes = Buffer.from(page);
      // In the middle of a character.
      response.write(bytes.subarray(0, 19));
      response.end(bytes.subarray(19));
    });
    app.get('/many', (_, response) => {
      const next = (left: number): unknown =>
        left === 0 ? response.end(page) : response.write(' ', () => next(left - 1));
      response.type('html');
      next(20_000);
    });
    const type = 'text/html; charset=utf-8';
    app.get('/flushed', (_, response) => {
      response.set({ 'content-type': type, 'set-cookie': ['a=1', 'b=2'] }).flushHeaders();
      response.write(page.slice(0, 30));
      response.end(page.slice(30));
    });
    // As frameworks do that stream what they draw.
    app.get('/flushed-twice', (_, response) => {
      response.writeHead(200, { 'content-type': type, 'set-cookie': ['a=1', 'b=2'], etag: '"own"' });
      response.flushHeaders();
      response.write(page.slice(0, 30));
      response.flushHeaders();
      response.end(page.slice(30));
    });
    // As a proxy hands on what it was answered.
    app.get('/listed', (_, response) => {
      response.writeHead(200, ['Content-Type', type, 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end(page);
    });
    app.get('/pairs', (_, response) => {
      const pairs = [
        ['Content-Type', type],
        ['Set-Cookie', ['a=1', 'b=2']],
      ];
      response.writeHead(200, pairs as never).end(page);
    });
    app.get('/chunked', (_, response) => {
      response.set({ 'content-type': 'text/html', 'transfer-encoding': 'chunked' }).write(page.slice(0, 30));
      response.end(page.slice(30));
    });
    app.use(express.static(folder));
    return listen(createServer(app));
  },
  fastify: async () => {
    const app = fastify();
    await app.register(vigieFastify(client, options));
    app.get('/page', (_, reply) => reply.type('text/html').header('etag', '"x"').send(page));
    app.get('//page', (_, reply) => reply.type('text/html').send(page));
    app.get('/broken', (_, reply) => reply.type('text/html; charset=utf-8').send(broken));
    app.get('/json', () => ({ page }));
    app.get('/zipped', (_, reply) =>
      reply.type('text/html').header('content-encoding', 'gzip').send(gzipSync(page)),
    );
    app.get('/latin', (_, reply) =>
      reply.type('text/html; charset=iso-8859-1').send(Buffer.from(page, 'latin1')),
    );
    app.get('/parts', (_, reply) => {
      const bytes = Buffer.from(page);
      return reply.type('text/html').send(Readable.from([bytes.subarray(0, 19), bytes.subarray(19)]));
    });
    app.get('/chunked', (_, reply) =>
      reply
        .type('text/html')
        .header('transfer-encoding', 'chunked')
        .send(Readable.from([page])),
    );
    const answer = (type: string): Response => {
      const cookies: [string, string][] = ['a=1', 'b=2'].map((cookie) => ['set-cookie', cookie]);
      return new Response(page, {
        status: 201,
        headers: [['content-type', type], ['etag', '"own"'], ...cookies],
      });
    };
    app.get('/answer', (_, reply) => reply.send(answer('text/html')));
    app.get('/plain-answer', (_, reply) => reply.send(answer('text/plain')));
    app.get('/data', (_, reply) => reply.header('etag', '"data"').send({ page }));
    await app.register(files, { root: folder });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, close: () => (app.server.closeAllConnections(), app.close()) };
  },
};

describe.each(['express', 'fastify'] as const)('the middleware for %s', (kind) => {
  let site: Site;
  beforeAll(async () => (site = await sites[kind]()));
  afterAll(() => site.close());
  beforeEach(() => {
    blocked.clear();
    blocked.add(BAD).add('https://www.example.ma/own.jpg');
  });
  const filtered =
    '<!doctype html><p>é</p><img class="vigie-blocked" src="P"><img class="vigie-blocked" src="P">';

  it.each(['/page', '//page', '/parts', '/chunked'])(
    'replaces blocked images in %s, and its length is right',
    async (path) => {
      const answer = await fetch(`${site.url}${path}`);
      expect(await answer.text()).toBe(filtered);
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(filtered)));
      expect(answer.status).toBe(200);
    },
  );

  it('replaces them in a page that says it is UTF-8 and is not, as a browser reads it', async () => {
    expect(await (await fetch(`${site.url}/broken`)).text()).toBe(`${filtered}\ufffd`);
    blocked.clear();
    expect(Buffer.from(await (await fetch(`${site.url}/broken`)).arrayBuffer())).toEqual(broken);
  });

  it('leaves other answers as they are', async () => {
    expect(await (await fetch(`${site.url}/json`)).json()).toEqual({ page });
    expect(await (await fetch(`${site.url}/zipped`)).text()).toBe(page);
    expect(Buffer.from(await (await fetch(`${site.url}/latin`)).arrayBuffer()).toString('latin1')).toBe(page);
    expect((await fetch(`${site.url}/nowhere`)).status).toBe(404);
    const head = await fetch(`${site.url}/page`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('does not let a browser go on showing what was blocked since', async () => {
    blocked.clear();
    const first = await fetch(`${site.url}/page`);
    expect(await first.text()).toBe(page);
    const tag = first.headers.get('etag') ?? '';
    const again = (): Promise<Response> => fetch(`${site.url}/page`, { headers: { 'if-none-match': tag } });
    expect((await again()).status).toBe(304);
    blocked.add(BAD);
    const last = await again();
    expect(last.status).toBe(200);
    expect(await last.text()).toContain('src="P"');
    expect(last.headers.get('etag')).not.toBe(tag);
  });

  it.each([
    ['tag', { 'if-none-match': ownTag(page) }],
    ['tag, among others', { 'if-none-match': `"a", ${ownTag(page)}, W/"vigie-1-2"` }],
    ['date', { 'if-modified-since': CHANGED.toUTCString() }],
    ['tag and date', { 'if-none-match': ownTag(page), 'if-modified-since': CHANGED.toUTCString() }],
  ])("sends a page anew to whoever has it by the site's own %s", async (_, headers) => {
    const answer = await ask(`${site.url}/page.html`, headers);
    expect([answer.status, await answer.text()]).toEqual([200, filtered]);
    expect(answer.headers.get('etag')).toMatch(/^W\/"vigie-/);
    expect(answer.headers.get('last-modified')).toBeNull();
    const head = await ask(`${site.url}/page.html`, headers, 'HEAD');
    expect(head.status).toBe(200);
  });

  it.each([{}, { 'if-range': CHANGED.toUTCString() }])(
    'sends whole what may be a page to whoever asks for a part of one: %o',
    async (headers) => {
      const asked = { range: 'bytes=10-', accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...headers };
      const answer = await ask(`${site.url}/page.html`, asked);
      expect([answer.status, await answer.text()]).toEqual([200, filtered]);
    },
  );

  it.each(['image/avif,image/webp,*/*;q=0.8', '*/*'])(
    'leaves parts to whoever asks for something else: %s',
    async (accept) => {
      const answer = await ask(`${site.url}/photo.jpg`, { range: 'bytes=0-3', accept });
      expect([answer.status, await answer.text()]).toEqual([206, PHOTO.slice(0, 4)]);
    },
  );

  it('says nothing by HEAD of a page that GET does not say', async () => {
    const headersOf = async (method: string, name: string): Promise<(string | null)[]> => {
      const { headers } = await fetch(`${site.url}/${name}`, { method });
      return ['etag', 'last-modified', 'content-length', 'content-type'].map((each) => headers.get(each));
    };
    for (const name of ['page.html', 'page']) {
      const got = await headersOf('GET', name);
      for (const [index, value] of (await headersOf('HEAD', name)).entries())
        expect([null, got[index]]).toContain(value);
    }
    expect(await headersOf('HEAD', 'photo.jpg')).toEqual(await headersOf('GET', 'photo.jpg'));
  });

  it.each([
    ['/photo.jpg', { 'if-none-match': ownTag(PHOTO) }],
    ['/photo.jpg', { 'if-none-match': `"a", ${ownTag(PHOTO).slice(2)}` }],
    ['/photo.jpg', { 'if-none-match': '*' }],
    ['/photo.jpg', { 'if-none-match': ownTag(PHOTO), range: 'bytes=0-3' }],
    ['/photo.jpg', { 'if-modified-since': CHANGED.toUTCString() }],
    ['/data', { 'if-none-match': '"data"' }],
  ])('says of %s, which is no page, that it is what somebody has, by %o', async (name, headers) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(`${site.url}${name}`, headers, method);
      expect([answer.status, await answer.text()]).toEqual([304, '']);
      expect(answer.headers.get('etag')).toBe(name === '/data' ? '"data"' : ownTag(PHOTO));
    }
  });

  it.each([
    { 'if-none-match': '"other"', 'if-modified-since': CHANGED.toUTCString() },
    { 'if-none-match': 'W/"vigie-1-2"' },
    { 'if-modified-since': new Date(CHANGED.getTime() - 1000).toUTCString() },
    { 'if-modified-since': 'yesterday' },
  ])('sends it where it is another one: %o', async (headers) => {
    const answer = await ask(`${site.url}/photo.jpg`, headers);
    expect([answer.status, await answer.text()]).toEqual([200, PHOTO]);
  });
});

describe('the middleware for express, of a head that is written first,', () => {
  let site: Site;
  beforeAll(async () => (site = await sites.express()));
  afterAll(() => site.close());
  beforeEach(() => void blocked.add(BAD));

  it.each(['/flushed', '/flushed-twice', '/listed', '/pairs'])(
    'holds it back with the rest of %s',
    async (path) => {
      const answer = await fetch(`${site.url}${path}`);
      expect(await answer.text()).toContain('<img class="vigie-blocked" src="P">');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    },
  );

  it('takes a page of very many parts, each written once the one before it was', async () => {
    const answer = await fetch(`${site.url}/many`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^ {20000}<!doctype html>.*<img class="vigie-blocked" src="P">/);
  });
});

describe('the middleware for fastify, of an answer of the kind that fetch gives,', () => {
  let site: Site;
  beforeAll(async () => (site = await sites.fastify()));
  afterAll(() => site.close());
  beforeEach(() => void blocked.add(BAD));

  it('replaces blocked images, and keeps its status and headers', async () => {
    const answer = await fetch(`${site.url}/answer`);
    expect(await answer.text()).toContain('<img class="vigie-blocked" src="P">');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/html']);
    expect(answer.headers.get('etag')).toMatch(/^W\/"vigie-/);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const plain = await fetch(`${site.url}/plain-answer`);
    expect([plain.status, plain.headers.get('etag'), await plain.text()]).toEqual([201, '"own"', page]);
    expect(plain.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});
