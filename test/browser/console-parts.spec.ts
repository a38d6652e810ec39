import type { Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
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
});
