import { IsNull } from 'typeorm';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { createDemonstration, type Demonstration } from '../../src/demo/create-demonstration.js';
import { CONTENT_SECURITY_POLICY } from '../../src/demo/page-headers.js';
import { STORIES } from '../../src/demo/articles.js';
import { PICTURES } from '../../src/demo/pictures.js';
import { Neck } from '../../src/moderation/neck.js';
import { ApiKey } from '../../src/database/entities/api-key.entity.js';
import { DEFAULT_THRESHOLD_RULE } from '../../src/core/threshold-rule.js';
import { changeThresholdRule } from '../../src/sites/change-threshold-rule.js';
import { createKey } from '../../src/sites/create-key.js';
import { lockSite } from '../../src/sites/lock-site.js';
import { readThresholdRule } from '../../src/sites/read-threshold-rule.js';
import { SECRET, Service } from '../setup/service.js';

const PUBLIC_URL = 'http://127.0.0.1:4599';
const HOST = { host: '127.0.0.1:4599' };
const KEY = demonstrationKey(SECRET);
/** In a page that says why there is no widget, and in no other. */
const NOTICE = '<aside class="notice"';

let service: Service;

async function open(): Promise<Service> {
  return Service.open({ ROLE: 'api', PUBLIC_URL });
}

describe('the pages of the demonstration', () => {
  let demo: Demonstration;

  beforeAll(async () => {
    service = await open();
    demo = await createDemonstration(service.app.get(Neck), PUBLIC_URL, KEY);
  });
  afterAll(() => service.close());

  const page = (path: string, headers: Record<string, string> = HOST) =>
    service.ask('GET', path, undefined, undefined, headers);

  it('has an article for every picture, and an image of it to report on every page', async () => {
    expect(STORIES.map(({ slug }) => slug).sort()).toEqual(PICTURES.map(({ slug }) => slug).sort());
    for (const { number, pagePath, alt } of PICTURES) {
      const { status, text } = await page(pagePath);
      expect({ pagePath, status }).toEqual({ pagePath, status: 200 });
      expect(text).toMatch(
        new RegExp(`<img[^>]* src="/demo/pictures/${number}\\.webp"[^>]* data-vigie`, 's'),
      );
      expect(text).toContain(`alt="${alt.replaceAll("'", '&#39;')}"`);
      expect(text.match(/<h1[ >]/g)).toHaveLength(1);
    }
  });

  it('leads from the front page to every article, and from every page only to pages that are there', async () => {
    const front = await page('/demo');
    const links = (text: string) => [...text.matchAll(/href="(\/[^"#]*)/g)].map(([, path = '']) => path);
    expect(links(front.text)).toEqual(expect.arrayContaining(PICTURES.map(({ pagePath }) => pagePath)));
    const arabic = await page('/articles/ar/front-de-mer');
    const all = [...new Set([...links(front.text), ...links(arabic.text)])];
    for (const path of all)
      expect({ path, status: (await page(path)).status }).toEqual({ path, status: 200 });
  });

  it('puts the widget in by its one line, with the key that follows from the secret', async () => {
    const { text } = await page('/demo');
    expect(text).toMatch(new RegExp(`<script src="/widget\\.js" data-key="${KEY.key}" async></script>`));
    expect(text).not.toContain(NOTICE);
    const state = await service.ask('GET', `/v1/images/state?url=https://a.ma/1.jpg&key=${KEY.key}`);
    expect(state.status).toBe(200);
  });

  it('lets the widget speak one of its languages, and takes no other words for that', async () => {
    expect((await page('/articles/moisson?widget=es')).text).toContain(
      `<script src="/widget.js" data-key="${KEY.key}" data-lang="es" async></script>`,
    );
    for (const asked of ['xx', '"><script>', 'es&widget=en', '']) {
      const { status, text } = await page(`/articles/moisson?widget=${asked}`);
      expect({ asked, status }).toEqual({ asked, status: 200 });
      expect(text).not.toContain('data-lang=');
    }
  });

  it.each(['/demo', '/articles/front-de-mer', '/articles/ar/front-de-mer'])(
    'lets %s load nothing from elsewhere and nobody frame it',
    async (path) => {
      const { headers, text } = await page(path);
      expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
      expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
      expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      // Neither an inline style or handler, which the policy would refuse, nor an address of another host.
      expect(text).not.toMatch(/\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
      expect(text).not.toMatch(/<script(?![^>]* src=)/);
    },
  );

  it('reads from right to left in Arabic, and says where it does not', async () => {
    const { text } = await page('/articles/ar/front-de-mer');
    expect(text).toMatch(/<html lang="ar" dir="rtl">/);
    expect(text).toMatch(/class="cards"\s+lang="fr" dir="ltr"/);
    expect(text).toContain('src="/demo/pictures/1.webp"');
  });

  it('keeps French punctuation with its word, and writes Arabic in one way, on every page', async () => {
    for (const path of ['/demo', '/articles/ar/front-de-mer', ...PICTURES.map(({ pagePath }) => pagePath)]) {
      const { text } = await page(path);
      const read = `${text.replace(/<[^>]*>/g, '\n')}\n${[...text.matchAll(/ alt="([^"]*)"/g)].map(([, alt]) => alt).join('\n')}`;
      const entities = read.replace(/&#?\w+;/g, '');
      expect({ path, wrong: entities.match(/.{0,20}(?:\S [:;?!»]|« |اً).{0,20}/g) }).toEqual({
        path,
        wrong: null,
      });
    }
  });

  it('tells the panel the rule that is in force', async () => {
    const told = async (): Promise<unknown> => {
      const [, rule = ''] = /data-rule="([^"]*)"/.exec((await page('/articles/moisson')).text) ?? [];
      return JSON.parse(rule.replaceAll('&quot;', '"'));
    };
    const week = { automatic: true, enough: 5, enoughAfterKeep: 15, keepHours: 168 };
    expect(await told()).toEqual(week);
    const set = (change: object) =>
      service.ask('PUT', '/v1/sites/demo/threshold-rule', demo.staffToken, change);
    await set({ reporters: 3, autoBlock: false, afterKeep: { factor: 4, cooldownHours: 0 } });
    expect(await told()).toEqual({ automatic: false, enough: 3, enoughAfterKeep: 3, keepHours: 0 });
    await set({ reporters: 5, autoBlock: true, afterKeep: { factor: 3, cooldownHours: 168 } });
    expect(await told()).toEqual(week);
  });

  it('is found under one of the names of this machine, so that readers and pictures are not two of each', async () => {
    const { status, headers } = await page('/articles/samu-nuit?x=1', { host: 'localhost:4599' });
    expect([status, headers['location']]).toEqual([307, `${PUBLIC_URL}/articles/samu-nuit?x=1`]);
    for (const host of ['evil.example', 'evil.example:4599', 'localhost:80']) {
      expect({ host, status: (await page('/demo', { host })).status }).toEqual({ host, status: 200 });
    }
    // What names no host at all.
    expect((await page('/demo', { host: 'localhost@evil.example:4599' })).status).toBe(400);
  });

  it('says so where it is opened under an address from which the site takes no reports', async () => {
    const { text } = await page('/demo', { host: 'vigie.internal:8080' });
    expect(text).toContain(NOTICE);
    expect(text).toContain(`href="${PUBLIC_URL}/demo"`);
  });

  it.each(['/articles/nothing', '/articles/ar/samu-nuit', '/articles/ar/nothing'])(
    'has no page at %s',
    async (path) => {
      const { status, headers } = await page(path);
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
    },
  );

  describe('what is not there', () => {
    const BROWSER = { ...HOST, accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

    it.each([
      ['/demo/nothing', 'fr', 'href="/demo"'],
      ['/articles/nothing/', 'fr', 'href="/demo"'],
      ['/demo/pictures', 'fr', 'href="/demo"'],
      ['/articles', 'fr', 'href="/demo"'],
      ['/articles/nothing?from=mail', 'fr', 'href="/demo"'],
      ['/articles/nothing/at/all', 'fr', 'href="/demo"'],
      ['/articles/ar/nothing', 'ar', 'href="/articles/ar/front-de-mer"'],
      ['/articles/ar/nothing/at/all', 'ar', 'href="/articles/ar/front-de-mer"'],
    ])('is said by a page to whoever opens %s, with a way back', async (path, language, back) => {
      // Not by `ask`, to which whatever is no problem breaks the contract.
      const answer = await service.app.inject({ method: 'GET', url: path, headers: BROWSER });
      const { statusCode, headers, payload: text } = answer;
      expect([statusCode, headers['content-type'], headers['vary']]).toEqual([
        404,
        'text/html; charset=utf-8',
        'Accept',
      ]);
      expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
      expect(text).toContain(`<html lang="${language}"`);
      expect(text.match(/<h1[ >]/g)).toHaveLength(1);
      expect(text.slice(text.indexOf('<main'), text.indexOf('</main>'))).toContain(back);
    });

    it.each(['/demo/nothing', '/articles/nothing', '/articles/ar/nothing/at/all'])(
      'is a problem for programs at %s',
      async (path) => {
        for (const accept of ['application/json', '*/*', 'text/html;q=0, application/json']) {
          const { status, headers, body } = await page(path, { ...HOST, accept });
          expect([status, headers['content-type'], headers['vary']]).toEqual([
            404,
            'application/problem+json',
            'Accept',
          ]);
          expect(body).toMatchObject({ type: '/problems/not-found' });
        }
      },
    );

    it.each([
      ['POST', '/articles/nothing', 'GET, HEAD'],
      ['GET', '/demo/moderator', 'POST'],
    ] as const)('leaves %s %s a wrong method', async (method, path, allow) => {
      const { status, headers } = await service.ask(method, path, undefined, undefined, BROWSER);
      expect([status, headers['content-type'], headers['allow']]).toEqual([
        405,
        'application/problem+json',
        allow,
      ]);
    });

    it('is a problem elsewhere, and where nobody reads', async () => {
      for (const [method, path] of [
        ['GET', '/v1/nothing'],
        ['POST', '/demo/nothing'],
      ] as const) {
        const { status, headers } = await service.ask(method, path, undefined, undefined, BROWSER);
        expect([path, status, headers['content-type']]).toEqual([path, 404, 'application/problem+json']);
      }
    });
  });

  it.each([
    ['/demo/', '/demo'],
    ['/demo/?widget=es&x=%C3%A9', '/demo?widget=es&x=%C3%A9'],
    ['/articles/front-de-mer/', '/articles/front-de-mer'],
    ['/articles/ar/front-de-mer/?a=/', '/articles/ar/front-de-mer?a=/'],
  ])('is where %s leads, with a slash behind it', async (path, to) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers } = await service.app.inject({ method, url: path, headers: HOST });
      expect([statusCode, headers['location']]).toEqual([308, to]);
    }
    expect((await page(to)).status).toBe(200);
  });

  it('has no page behind a slash where there is none without, nor where several are', async () => {
    for (const path of ['//demo/', '/demo//', '/articles/', '/articles/ar/', '/articles/ar/samu-nuit/']) {
      const { status, headers } = await page(path);
      expect([path, status, headers['location']]).toEqual([path, 404, undefined]);
    }
    expect((await service.ask('POST', '/demo/', undefined, {}, HOST)).status).toBe(404);
  });

  it("is where the service's address leads who opens it", async () => {
    const open = (accept: string) => service.app.inject({ method: 'GET', url: '/', headers: { accept } });
    const { statusCode, headers } = await open('text/html');
    expect([statusCode, headers['location']]).toEqual([302, '/demo']);
    expect((await open('application/json')).statusCode).toBe(404);
  });

  it('has an icon, a style and a script', async () => {
    for (const [path, type] of [
      ['/demo/icon.svg', 'image/svg+xml'],
      ['/demo/demo.css', 'text/css; charset=utf-8'],
      ['/demo/demo.js', 'text/javascript; charset=utf-8'],
    ] as const) {
      const { status, headers } = await page(path);
      expect({ path, status, type: headers['content-type'] }).toEqual({ path, status: 200, type });
    }
  });
});

describe('the key of the demonstration', () => {
  beforeEach(async () => {
    service = await open();
  });
  afterEach(() => service.close());

  const front = async () => (await service.ask('GET', '/demo', undefined, undefined, HOST)).text;
  const random = (siteId: string) =>
    service.database.inTransaction((tx) => createKey(tx, siteId, 'publishable', '', null));

  /** A demonstration that was made before its key followed from the secret. */
  async function older(): Promise<string> {
    const { siteId } = await createDemonstration(service.app.get(Neck), PUBLIC_URL, KEY);
    const { perNetwork, minNetworks } = DEFAULT_THRESHOLD_RULE;
    await service.database.inTransaction(async (tx) => {
      await tx.manager.delete(ApiKey, { hash: KEY.hash });
      await changeThresholdRule(tx, siteId, { perNetwork, minNetworks }, undefined, null);
    });
    return siteId;
  }

  it('is given to a site that lacks it and has room, with a rule under which one network is enough', async () => {
    const siteId = await older();
    await random(siteId);
    // Of two first visits at once, one makes it.
    const pages = await Promise.all([front(), front()]);
    for (const text of pages) expect(text).toContain(`data-key="${KEY.key}"`);
    const rows = await service.database.inTransaction((tx) =>
      tx.manager.findBy(ApiKey, { kind: 'publishable', revokedAt: IsNull() }),
    );
    expect(rows).toHaveLength(2);
    const { rule } = await service.database.inTransaction(async (tx) => {
      const { ruleVersion } = await lockSite(tx, siteId);
      return readThresholdRule(tx, siteId, ruleVersion);
    });
    expect(rule).toMatchObject({ perNetwork: 1000, minNetworks: 1 });
  });

  it('is asked for where the site has two others, and taken once one of them is revoked', async () => {
    const siteId = await older();
    const { row } = await random(siteId);
    await random(siteId);
    const text = await front();
    expect(text).toContain(NOTICE);
    expect(text).not.toContain('<script');
    await service.database.inTransaction((tx) =>
      tx.manager.update(ApiKey, row.id, { revokedAt: new Date() }),
    );
    expect(await front()).toContain(`data-key="${KEY.key}"`);
  });

  it('does not come back once it was revoked', async () => {
    await createDemonstration(service.app.get(Neck), PUBLIC_URL, KEY);
    await service.database.inTransaction((tx) =>
      tx.manager.update(ApiKey, { hash: KEY.hash }, { revokedAt: new Date() }),
    );
    for (let visit = 0; visit < 2; visit += 1) {
      const text = await front();
      expect(text).toContain(NOTICE);
      expect(text).toContain('revivre\u00a0: rien');
      expect(text).toContain('keys list --site demo');
      expect(text).not.toContain(KEY.key);
    }
  });

  it('is not made in a database that has no demonstration', async () => {
    await service.site();
    const text = await front();
    expect(text).toContain(NOTICE);
    expect(text).toContain('DATA_DIR');
    expect(text).not.toContain('<script');
  });
});

describe('in production', () => {
  it('there is neither page nor picture nor moderator', async () => {
    service = await Service.open({ ROLE: 'api', PUBLIC_URL }, { production: true });
    await createDemonstration(service.app.get(Neck), PUBLIC_URL, KEY);
    for (const path of [
      '/demo',
      '/articles/front-de-mer',
      '/articles/ar/front-de-mer',
      '/demo/pictures/1.webp',
      '/demo/demo.js',
    ]) {
      const { status } = await service.ask('GET', path, undefined, undefined, HOST);
      expect({ path, status }).toEqual({ path, status: 404 });
    }
    const body = { image: { url: `${PUBLIC_URL}/demo/pictures/1.webp` }, action: 'block' };
    const answer = await service.ask('POST', '/demo/moderator', undefined, body, {
      ...HOST,
      origin: PUBLIC_URL,
    });
    expect(answer.status).toBe(404);
    await service.close();
  });
});
