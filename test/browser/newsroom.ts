import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { Reporters } from '../../src/access/readers/reporter.js';
import { WITHOUT_CAPS } from '../../src/core/network-caps.js';
import { createKey } from '../../src/sites/create-key.js';
import { createSite } from '../../src/sites/create-site.js';
import { Service, type TestSite } from '../setup/service.js';
import { type BrowserKind, launchBrowser } from './chromium.js';
import { NewsSite } from './news-site.js';
import { Reader } from './reader.js';

/** The whole service, listening; a site with its own web server on another origin; and a browser for its readers. */
export class Newsroom {
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly service: Service,
    readonly vigie: string,
    readonly news: NewsSite,
    readonly site: TestSite,
    readonly browser: Browser,
  ) {}

  static async open(kind: BrowserKind = {}): Promise<Newsroom> {
    const service = await Service.open({ RATE_LIMITS: 'off' });
    const fastify = service.app.getHttpAdapter().getInstance();
    await fastify.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fastify.server.address() as AddressInfo;
    const [news, browser] = await Promise.all([NewsSite.open(), launchBrowser(kind)]);
    const site = await makeSite(service, news.origin);
    return new Newsroom(service, `http://127.0.0.1:${port}`, news, site, browser);
  }

  /** The line that a page has, with more attributes. */
  script(attributes = ''): string {
    return `<script src="${this.vigie}/widget.js" data-key="${this.site.publishableKey}" ${attributes} async></script>`;
  }

  /** Somebody with a browser profile of their own. */
  async reader(options: BrowserContextOptions = {}): Promise<Reader> {
    const context = await this.browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    this.contexts.push(context);
    return Reader.on(context);
  }

  /** So many accounts of the site report an image. */
  async block(url: string): Promise<void> {
    await this.service.reports(this.site, url, 5);
  }

  async leave(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.news.close();
    await this.service.close();
  }
}

async function makeSite(service: Service, origin: string): Promise<TestSite> {
  const slug = 'news';
  return service.database.inTransaction(async (tx) => {
    const context = { staffId: null, production: false };
    const site = await createSite(tx, { slug, name: 'News', origins: [origin], locale: 'es' }, context);
    await tx.manager.query('update threshold_rule set rule = rule || $2 where site_id = $1', [
      site.id,
      // Everybody in these tests comes from one address.
      JSON.stringify(WITHOUT_CAPS),
    ]);
    const { key: publishableKey } = await createKey(tx, site.id, 'publishable', '', null);
    const { key: secretKey } = await createKey(tx, site.id, 'secret', '', null);
    return {
      id: site.id,
      slug,
      publishableKey,
      secretKey,
      readerSigningSecret: service.app.get(Reporters).readerSigningSecret(site),
      origin,
    };
  });
}
