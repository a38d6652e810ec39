import type { Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { SignedIn } from '../setup/signed-in.js';
import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom } from './console.js';

/** Who works by keyboard, or hears the page, stays where they were when what they pressed is taken away. */
describeInBrowser('the focus in the console', () => {
  let room: ConsoleRoom;
  let site: TestSite;
  const admin = { email: 'admin@focus.ma', role: 'admin' } as const;
  const lead = () => ({ email: 'lead@focus.ma', role: 'lead' as const, site });

  beforeAll(async () => {
    room = await ConsoleRoom.open();
    site = await room.service.site('focus');
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const press = async (page: Page, name: string | RegExp): Promise<void> => {
    const one = page.getByRole('button', { name }).first();
    await one.focus();
    await page.keyboard.press('Enter');
  };
  /** Answers the question: do it. */
  const yes = (page: Page): Promise<void> =>
    page.getByRole('dialog').locator('footer button').last().press('Enter');
  /** Waits until something in the page has the focus that has, or holds, these words. */
  const focusAt = (page: Page, words: string): Promise<void> =>
    until(
      () =>
        page.evaluate((text) => {
          const { activeElement: at } = document;
          return at?.closest('#main') != null && at.tagName !== 'MAIN' && at.textContent.includes(text);
        }, words),
      () => `the focus at ${words}`,
    );

  it('goes on to the next member when one is removed, and to what stands before when none follows', async () => {
    for (const name of ['b', 'c']) await room.account(`${name}@members.ma`, 'moderator', site);
    const { page, errors } = await room.sit('/console/members', lead());
    await press(page, 'Remove: b@members.ma');
    await yes(page);
    await page.getByText('b@members.ma is no longer a member').waitFor();
    await focusAt(page, 'c@members.ma');
    await press(page, 'Remove: c@members.ma');
    await yes(page);
    await page.getByText('c@members.ma is no longer a member').waitFor();
    await focusAt(page, 'lead@focus.ma');
    // From there one goes on, as if nothing had happened.
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('li');
    expect(errors).toEqual([]);
  });

  it('stays with an account that was closed, and that is open again', async () => {
    await room.account('closing@focus.ma', 'moderator', site);
    const { page } = await room.sit('/console/members?all', admin);
    await press(page, 'Close account: closing@focus.ma');
    await yes(page);
    await focusAt(page, 'Open account');
    await press(page, 'Open account: closing@focus.ma');
    await yes(page);
    await page.getByRole('button', { name: 'Close account: closing@focus.ma' }).waitFor();
    await until(() => page.evaluate(() => document.activeElement?.closest('.actions') != null));
  });

  it('is in the place of what went while a secret was shown', async () => {
    const { page } = await room.sit('/console/keys', admin);
    await press(page, 'Make a secret key');
    await page.getByText('Two keys of this kind are live').waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).press('Enter');
    await focusAt(page, 'Two keys of this kind are live');
    await press(page, /^Revoke/);
    await yes(page);
    await page.getByText(/^The key that ends in \w+ is revoked\.$/).waitFor();
    await focusAt(page, 'revoked');
  });

  it('stays among the sessions when one is ended, and never ends another by itself', async () => {
    const email = 'sessions@focus.ma';
    const { page } = await room.sit('/console/account', { email, role: 'moderator', site });
    for (let n = 0; n < 2; n += 1) await SignedIn.in(room.service, email);
    await page.reload();
    const ends = page.getByRole('button', { name: /^End the session/ });
    await until(async () => (await ends.count()) === 2);
    await press(page, /^End the session/);
    await until(async () => (await ends.count()) === 1);
    await focusAt(page, 'Last used');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('li');
    await page.keyboard.press('Enter');
    await press(page, 'End all others');
    await until(async () => (await ends.count()) === 0);
    await focusAt(page, 'This one');
  });

  it('is left alone where somebody has put it nowhere', async () => {
    await room.account('gone@focus.ma', 'moderator', site);
    const { page } = await room.sit('/console/members', lead());
    await page.getByRole('button', { name: 'Remove: gone@focus.ma' }).focus();
    await page.locator('h1').click();
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      document.querySelector('[aria-label="Remove: gone@focus.ma"]')?.closest('li')?.remove();
    });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  });
});
