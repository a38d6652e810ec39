import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
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
});

describe('the middleware for express, of a head that is written first,', () => {
  let site: Site;
  beforeAll(async () => (site = await sites.express()));
  afterAll(() => site.close());
  beforeEach(() => void blocked.add(BAD));

  it.each(['/flushed', '/listed', '/pairs'])('holds it back with the rest of %s', async (path) => {
    const answer = await fetch(`${site.url}${path}`);
    expect(await answer.text()).toContain('<img class="vigie-blocked" src="P">');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('takes a page of very many parts, each written once the one before it was', async () => {
    const answer = await fetch(`${site.url}/many`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^ {20000}<!doctype html>.*<img class="vigie-blocked" src="P">/);
  });
});
