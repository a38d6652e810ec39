import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { VigieConfig } from '../../src/config/load-config.js';
import type { MembershipRole } from '../../src/database/entities/membership.entity.js';
import { freePort } from '../setup/free-port.js';
import { Service, type TestSite } from '../setup/service.js';
import { PASSWORD, SignedIn } from '../setup/signed-in.js';
import { launchBrowser } from './chromium.js';
import { keepPicture } from './pictures.js';

export { PASSWORD };

const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest that people have. */
export const SMALL_PHONE = { width: 320, height: 640 };

/** How somebody has set their console. */
export interface Seat {
  readonly language?: 'en' | 'fr' | 'ar' | 'es';
  readonly theme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly options?: BrowserContextOptions;
}

/** Somebody at a window of the console. */
export interface Moderator {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: a policy, a defect of ours. */
  readonly errors: string[];
  /** Another window of the same browser. */
  readonly window: (path?: string) => Promise<Page>;
}

/**
 * The service with its console, listening, and a browser. In a spec:
 *
 *     room = await ConsoleRoom.open();                             // beforeAll; room.close() in afterAll
 *     site = await room.service.site('news');
 *     url = await room.picture(site, 'souk', { readers: 5 });      // reported, seen, its copy kept: nothing is fetched
 *     { page, errors } = await room.sit('/console/review', { email, role: 'moderator', site }, { language: 'ar' });
 *
 * `sit` signs in by the door and hands the cookie to the browser; `visit` opens a page for nobody. `room.leave()` in
 * afterEach closes the windows. `axeFinds(page)` (test/browser/axe.ts) is what must be [].
 */
export class ConsoleRoom {
  private readonly contexts: BrowserContext[] = [];
  private readonly known = new Set<string>();

  private constructor(
    readonly service: Service,
    readonly origin: string,
    readonly browser: Browser,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}, settings: Partial<VigieConfig> = {}): Promise<ConsoleRoom> {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const service = await Service.open({ PUBLIC_URL: origin, ...env }, settings);
    await service.app.getHttpAdapter().getInstance().listen({ host: '127.0.0.1', port });
    return new ConsoleRoom(service, origin, await launchBrowser());
  }

  /** Makes an account, unless it was made here before. Its password is `PASSWORD`. */
  async account(email: string, role: MembershipRole | 'admin', site?: TestSite): Promise<void> {
    const key = `${email} ${role} ${site?.id ?? ''}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    await SignedIn.account(this.service, email, role, site);
  }

  /** Somebody signed in, at a page. */
  async sit(
    path: string,
    who: { readonly email: string; readonly role: MembershipRole | 'admin'; readonly site?: TestSite },
    seat: Seat = {},
  ): Promise<Moderator> {
    await this.account(who.email, who.role, who.site);
    const { cookie } = await SignedIn.in(this.service, who.email);
    return this.open(path, seat, cookie);
  }

  /** Nobody, at a page. */
  visit(path: string, seat: Seat = {}): Promise<Moderator> {
    return this.open(path, seat);
  }

  private async open(path: string, seat: Seat, cookie?: string): Promise<Moderator> {
    const { language = 'en', theme = 'light', viewport = DESK } = seat;
    const context = await this.browser.newContext({
      baseURL: this.origin,
      viewport,
      reducedMotion: 'reduce',
      ...seat.options,
    });
    this.contexts.push(context);
    await context.addInitScript(
      (chosen) => {
        for (const [name, value] of Object.entries(chosen)) {
          const key = `vigie-console:${name}`;
          // What is chosen on the page stays.
          if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(value));
        }
      },
      { language, theme },
    );
    if (cookie !== undefined) {
      const [name = '', value = ''] = cookie.split('=', 2);
      await context.addCookies([{ name, value, url: this.origin, httpOnly: true, sameSite: 'Strict' }]);
    }
    const errors: string[] = [];
    const window = async (where = path): Promise<Page> => {
      const page = await context.newPage();
      page.on('console', (message) => {
        // The browser writes down every refusal; tests ask the page for those.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(where);
      await page.locator('h1').first().waitFor();
      return page;
    };
    return { context, page: await window(), errors, window };
  }

  /** An image that so many readers reported, with the copy that moderators see; its address. */
  async picture(
    site: TestSite,
    name: string,
    { readers = 1, reason = 'violence' }: { readonly readers?: number; readonly reason?: string } = {},
  ): Promise<string> {
    const url = `https://cdn.${site.slug}.ma/photos/${name}.jpg`;
    const { status, text } = await this.service.reports(site, url, readers, reason);
    if (status >= 300) throw new Error(`not reported: ${text}`);
    await keepPicture(this.service, site, url, name);
    return url;
  }

  /** Closes all windows. */
  async leave(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.browser.close();
    await this.service.close();
  }
}
