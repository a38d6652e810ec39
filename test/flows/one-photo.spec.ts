import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../src/config/load-config.js';
import { PhotoFiles } from '../../src/demo/photo-files.js';
import type { PhotoFile } from '../../src/demo/one-photo.js';
import { SECRET, Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

/**
 * One photo under six addresses on three articles, two reports each from different people. Its stops: reports through the
 * site's door; the jobs that fetch what is at the addresses, from a real image host; bytes through the neck, which makes
 * one image of them; the threshold; case, states, block list and changes through theirs. Then the photo is swapped at one
 * address, and put back.
 */

/** What the host serves: four addresses that the site's rules know as one, and two copies of the same bytes. */
const UPLOAD = '/uploads/2026/11/souk';
const AGENCY = '/agence/depeche-1234.jpg';
const GALLERY = '/galerie/souk-du-samedi.jpg';
const FILES = new Map<string, PhotoFile>([
  [`${UPLOAD}.jpg`, 'original'],
  [`${UPLOAD}-scaled.jpg`, 'scaled'],
  [`${UPLOAD}-600x400.jpg`, 'size'],
  [AGENCY, 'original'],
  [GALLERY, 'original'],
]);
const SHOWN = [
  `${UPLOAD}.jpg`,
  `${UPLOAD}-scaled.jpg`,
  `${UPLOAD}-600x400.jpg`,
  AGENCY,
  `${UPLOAD}.jpg?w=720&utm_source=lettre`,
  GALLERY,
];

interface Case {
  readonly id: string;
  readonly status: string;
  readonly image: { readonly id: string; readonly url: string };
}
interface Told {
  readonly image: { readonly url?: string; readonly addresses?: readonly string[] };
  readonly blocked: boolean;
  readonly version: number;
}

/** A site's host of images. */
class ImageHost {
  readonly files = new Map(FILES);
  readonly agents = new Set<string | undefined>();
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async open(): Promise<ImageHost> {
    const drawn = new PhotoFiles();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = new ImageHost(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      host.agents.add(request.headers['user-agent']);
      const file = host.files.get(request.url?.split('?')[0] ?? '');
      if (file === undefined) return void response.writeHead(404).end();
      void drawn.get(file).then(({ bytes, etag }) => {
        if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
        response.writeHead(200, { 'content-type': 'image/jpeg', etag }).end(bytes);
      });
    });
    return host;
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

describe('one photo under six addresses on three articles', () => {
  let host: ImageHost;
  let service: Service;
  let site: TestSite;
  let admin: string;
  let cursor: unknown;
  const known = new Map<string, Told>();

  beforeAll(async () => {
    host = await ImageHost.open();
    const { images } = loadConfig({ NODE_ENV: 'test', VIGIE_SECRET: SECRET.toString() });
    // Looked at again after a second, as it would be within minutes.
    const often = { ...images, recheckSeconds: [1], perHostPerMinute: 100_000, atOnce: 100 };
    service = await Service.open({ OUTBOUND_ALLOW: '127.0.0.0/8' }, { images: often });
    site = await service.site();
    admin = await service.staffToken('admin@example.ma', 'admin');
    const { status } = await service.ask('PATCH', `/v1/sites/${site.slug}`, admin, {
      imageHosts: [new URL(host.origin).host],
      addressRules: { presets: ['wordpress'], ignoreParameters: ['w'] },
    });
    expect(status).toBe(200);
    cursor = (await service.ask('GET', '/v1/changes', site.secretKey)).body['cursor'];
  });
  afterAll(async () => {
    await service.close();
    await host.close();
  });

  /** In the order of SHOWN. */
  const blocked = (): Promise<boolean[]> =>
    Promise.all(
      SHOWN.map(async (path) => {
        const { body } = await service.state(site, { url: `${host.origin}${path}` });
        return body['blocked'] === true;
      }),
    );
  const imageOf = async (path: string): Promise<unknown> => {
    const query = new URLSearchParams({ site: site.slug, url: `${host.origin}${path}` }).toString();
    return (await service.ask('GET', `/v1/images?${query}`, admin)).body['id'];
  };
  const images = async (): Promise<number> => new Set(await Promise.all(SHOWN.map(imageOf))).size;
  const openCases = async (): Promise<readonly Case[]> => {
    const { body } = await service.ask<{ items: Case[] }>('GET', `/v1/cases?site=${site.slug}`, admin);
    return body.items;
  };
  const all = (told: Told): string[] => [told.image.url ?? '', ...(told.image.addresses ?? [])];

  /** What a site believes that took the block list. */
  const listed = async (): Promise<Set<string>> => {
    const { text } = await service.ask('GET', '/v1/blocklist', site.secretKey);
    const lines = text.split('\n').filter((line) => line !== '');
    return new Set(lines.flatMap((line) => all(JSON.parse(line) as Told)));
  };
  /** What a site believes that has followed the changes since before the first report. */
  async function followed(): Promise<Set<string>> {
    for (let more = true; more;) {
      const query = new URLSearchParams({ cursor: String(cursor) }).toString();
      const { body } = await service.ask<{ changes: Told[]; more: boolean; cursor: string }>(
        'GET',
        `/v1/changes?${query}`,
        site.secretKey,
      );
      for (const told of body.changes) for (const url of all(told)) known.set(url, told);
      ({ more, cursor } = body);
    }
    return new Set([...known].filter(([, { blocked }]) => blocked).map(([url]) => url));
  }
  /** As the site's rules have them: four of the six are one, which is known by all four. */
  const UPLOADS = [`${UPLOAD}.jpg`, `${UPLOAD}-scaled.jpg`, `${UPLOAD}-600x400.jpg`, `${UPLOAD}.jpg?w=720`];
  const urlsOf = (...paths: string[]): Set<string> => new Set(paths.map((path) => `${host.origin}${path}`));
  const urlsOfAll = (): Set<string> => urlsOf(...UPLOADS, AGENCY, GALLERY);

  it('is one case, and is blocked everywhere', async () => {
    for (const [index, path] of SHOWN.entries()) {
      const { status } = await service.report(site, `${host.origin}${path}`, `person-${index}`);
      expect({ path, status }).toEqual({ path, status: 201 });
    }
    await until(async () => (await blocked()).every(Boolean) && (await images()) === 1);
    const cases = await openCases();
    expect(cases.map(({ status, image }) => [status, image.url])).toEqual([
      ['open', `${host.origin}${UPLOAD}.jpg`],
    ]);
    expect([...host.agents]).toEqual([expect.stringContaining('Vigie-Images/1 (+http')]);
    expect(await listed()).toEqual(urlsOfAll());
    expect(await followed()).toEqual(urlsOfAll());
  });

  it('is visible where it is swapped, with a case, and stays blocked elsewhere', async () => {
    host.files.set(AGENCY, 'other');
    await until(async () => !(await blocked())[3]);
    expect(await blocked()).toEqual([true, true, true, false, true, true]);
    expect(await images()).toBe(2);
    const urls = (await openCases()).map(({ image }) => image.url).sort();
    expect(urls).toEqual([`${host.origin}${AGENCY}`, `${host.origin}${UPLOAD}.jpg`]);
    const others = urlsOf(...UPLOADS, GALLERY);
    expect(await listed()).toEqual(others);
    expect(await followed()).toEqual(others);
  });

  it('is blocked again where it is put back', async () => {
    host.files.set(AGENCY, 'original');
    await until(async () => (await blocked()).every(Boolean));
    expect(await images()).toBe(1);
    expect((await openCases()).map(({ image }) => image.url)).toEqual([`${host.origin}${UPLOAD}.jpg`]);
    expect(await listed()).toEqual(urlsOfAll());
    expect(await followed()).toEqual(urlsOfAll());
  });
});
