import type { Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { axeFinds } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom } from './console.js';

/** What is loaded of the console when it is opened, without the network and with it. */
describeInBrowser("the console's parts", () => {
  let room: ConsoleRoom;
  let site: TestSite;
  beforeAll(async () => {
    room = await ConsoleRoom.open();
    site = await room.service.site('parts');
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const RULES = /assets\/(?:rules-page|form|texts-rules-fr)-/;
  /** A lead's window in which nothing of the page of rules has come, even ahead. */
  const withoutRules = async (): Promise<Page> => {
    const who = { email: 'lead@parts.ma', role: 'lead', site } as const;
    const { context, window } = await room.sit('/console/sites', who, { language: 'fr' });
    await context.route(RULES, (route) => route.abort());
    return window('/console/images');
  };
  const said = (page: Page) => page.getByRole('alert').filter({ hasText: 'Le service est injoignable' });
  const styled = (page: Page): Promise<boolean> =>
    page.evaluate(() => [...document.styleSheets].some(({ href }) => /\/form-/.test(href ?? '')));

  it('says that the service can not be reached, and loads the page when the network is back', async () => {
    const page = await withoutRules();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Règles' }).click();
    await said(page).waitFor();
    expect(await page.locator('h1').innerText()).toBe('Règles');
    expect(await page.locator('main').innerText()).not.toMatch(/https?:|Unable|Failed|a échoué/);
    // Pages that are there open.
    await page.getByRole('link', { name: 'Images' }).click();
    await page.getByRole('heading', { level: 1, name: 'Images' }).waitFor();
    await page.getByRole('link', { name: 'Règles' }).click();
    await said(page).waitFor();

    await page.context().unroute(RULES);
    await page.context().setOffline(false);
    await page.getByLabel('Lecteurs nécessaires').waitFor();
    expect(await styled(page)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('leaves the address to the page that is asked for while that is still loading', async () => {
    await room.service.site('more-parts');
    const who = { email: 'admin@parts.ma', role: 'admin' } as const;
    const { context, window } = await room.sit('/console/sites', who, { language: 'fr' });
    let come: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      come = resolve;
    });
    await context.route(RULES, async (route) => {
      await held;
      await route.continue();
    });
    const page = await window('/console/images?site=parts');
    await page.getByRole('link', { name: 'Règles' }).click();
    // What the page that stays does about the address, it does as it is drawn anew.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    });
    come();
    await page.getByRole('heading', { level: 1, name: 'Règles' }).waitFor();
    await page.waitForURL('**/console/rules?site=parts');
  });

  it('tries again when asked to, where only the service was away', async () => {
    const page = await withoutRules();
    const away = ({ pathname }: URL): boolean => pathname.startsWith('/console/');
    await page.context().route(away, (route) => route.abort());
    await page.getByRole('link', { name: 'Règles' }).click();
    await said(page).waitFor();
    await page.context().unroute(away);
    await page.context().unroute(RULES);
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await page.getByLabel('Lecteurs nécessaires').waitFor();
    expect(await styled(page)).toBe(true);
  });

  it('says so under its name where nobody can be asked who is there, and goes in by itself when one can', async () => {
    const { context } = await room.sit('/console/images', { email: 'lead@parts.ma', role: 'lead', site });
    const page = await context.newPage();
    await context.route('**/v1/session', (route) => route.abort());
    await page.goto('/console/images');
    const main = page.getByRole('main');
    await main.getByRole('heading', { level: 1, name: 'The service can not be reached' }).waitFor();
    expect(await page.title()).toBe('The service can not be reached – Vigie');
    expect(await axeFinds(page)).toEqual([]);
    await context.unroute('**/v1/session');
    await page.getByRole('heading', { level: 1, name: 'Images' }).waitFor();
  });

  it('opens pages without the network that were loaded ahead', async () => {
    const who = { email: 'lead@parts.ma', role: 'lead', site } as const;
    const { page } = await room.sit('/console/images', who, { language: 'fr' });
    await page.waitForFunction(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => /\/rules-page-/.test(name)).length > 0,
    );
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Règles' }).click();
    await page.getByRole('alert').filter({ hasText: 'injoignable' }).waitFor();
    expect(await page.getByText('n’a pas pu être chargé').count()).toBe(0);
  });

  const ARABIC = /assets\/ar-/;
  const spokenOn = (page: Page): Promise<unknown[]> =>
    page.evaluate((): unknown[] => [
      document.documentElement.lang,
      JSON.parse(localStorage.getItem('vigie-console:language') ?? 'null') as unknown,
    ]);

  it('stays in its language where another one can not be had, says why, and speaks it when asked again', async () => {
    const who = { email: 'lead@parts.ma', role: 'lead', site } as const;
    const { page, errors } = await room.sit('/console/account', who, { language: 'fr' });
    const languages = page.getByLabel('Langue');
    await languages.waitFor();
    await page.context().setOffline(true);
    await languages.selectOption('ar');
    await page.getByRole('alert').getByText('Impossible de charger la langue العربية').waitFor();
    expect(await languages.inputValue()).toBe('fr');
    expect(await spokenOn(page)).toEqual(['fr', 'fr']);
    await page.context().setOffline(false);
    await languages.selectOption('ar');
    await page.getByRole('heading', { level: 1, name: 'حسابك' }).waitFor();
    expect(await spokenOn(page)).toEqual(['ar', 'ar']);
    expect(errors).toEqual([]);
  });

  it('says so where one signs in, too, until another language is chosen', async () => {
    const { page } = await room.visit('/console/', { language: 'fr' });
    const choose = (name: string) => page.getByRole('button', { name, exact: true });
    await page.context().setOffline(true);
    await choose('العربية').click();
    const why = page.getByRole('alert').filter({ hasText: 'Impossible de charger la langue العربية' });
    await why.waitFor();
    expect(await choose('Français').getAttribute('aria-pressed')).toBe('true');
    expect(await spokenOn(page)).toEqual(['fr', 'fr']);
    expect(await axeFinds(page)).toEqual([]);
    await page.context().setOffline(false);
    await choose('العربية').click();
    await page.getByRole('heading', { name: 'تسجيل الدخول إلى Vigie' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('is not left blank where its first language does not come: says so in it, and speaks it when it can', async () => {
    const { context, page } = await room.visit('/console/', { language: 'ar' });
    for (const again of ['by itself', 'by the button']) {
      // As where the service goes away just after the page has come.
      const isAway = (url: URL): boolean => ARABIC.test(url.pathname) || url.pathname === '/console/';
      await context.route(isAway, (route) =>
        route.request().isNavigationRequest() ? route.continue() : route.abort(),
      );
      await page.reload();
      await page.getByRole('heading', { name: 'تعذّر الاتصال بالخدمة' }).waitFor();
      expect(await page.locator('main').evaluate((main) => getComputedStyle(main).direction)).toBe('rtl');
      expect(await axeFinds(page)).toEqual([]);
      await context.unroute(isAway);
      if (again === 'by the button') await page.getByRole('button', { name: 'إعادة المحاولة' }).click();
      await page.getByRole('heading', { name: 'تسجيل الدخول إلى Vigie' }).waitFor();
    }
  });

  it('is loaded again where the file of its first language is gone because there is a newer build', async () => {
    const { context, page } = await room.visit('/console/', { language: 'ar' });
    await context.route(ARABIC, (route) => route.fulfill({ status: 404 }), { times: 1 });
    const loads: string[] = [];
    page.on('framenavigated', (frame) => loads.push(frame.url()));
    await page.reload();
    await page.getByRole('heading', { name: 'تسجيل الدخول إلى Vigie' }).waitFor();
    expect(loads).toHaveLength(2);
  });
});
