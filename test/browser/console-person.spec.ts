import type { BrowserContext, Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { SignedIn } from '../setup/signed-in.js';
import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PASSWORD } from './console.js';
import { caseInFront, decisionsOf, pictureInFront, seenAs } from './review-desk.js';

describeInBrowser('what somebody works on in the console', () => {
  let room: ConsoleRoom;
  beforeAll(async () => {
    room = await ConsoleRoom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const sql = <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    room.service.database.dataSource.query<Row[]>(text, values);
  const leasesOf = async (site: TestSite): Promise<number> => {
    const held = `select 1 from moderation_case where site_id = $1 and lease_expires_at > clock_timestamp()`;
    return (await sql(held, [site.id])).length;
  };
  const atWork = async (slug: string, pictures: number, path = '/console/review') => {
    const site = await room.service.site(slug);
    const urls: string[] = [];
    for (let n = 0; n < pictures; n += 1) urls.push(await room.picture(site, `${slug}-${n}`));
    const email = `amina@${slug}.ma`;
    const moderator = await room.sit(path, { email, role: 'moderator', site });
    return { site, urls, email, ...moderator };
  };
  /** Another person's cookie takes the place of the one that is there. */
  const changeCookie = async (context: BrowserContext, email: string): Promise<void> => {
    const [name = '', value = ''] = (await SignedIn.in(room.service, email)).cookie.split('=', 2);
    await context.addCookies([{ name, value, url: room.origin, httpOnly: true, sameSite: 'Strict' }]);
  };
  const givePassword = async (page: Page, email: string): Promise<void> => {
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
  };
  const kept = (page: Page): Promise<string[]> =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => /:(?:note|sending):/.test(key)));

  it('is never decided in the name of whoever has the cookie by now', async () => {
    const { site, urls, page, context } = await atWork('cookie', 2);
    await caseInFront(page, urls[0]);
    await room.account('bilal@cookie.ma', 'moderator', site);
    await changeCookie(context, 'bilal@cookie.ma');
    const answers: number[] = [];
    page.on('response', (answer) => {
      if (answer.request().method() === 'POST' && answer.url().endsWith('/decision'))
        answers.push(answer.status());
    });
    await page.keyboard.press('k');
    await page.locator('.who', { hasText: 'bilal@cookie.ma' }).waitFor();
    expect(await decisionsOf(room, site)).toEqual([]);
    expect(answers.filter((status) => status < 300)).toEqual([]);
  });

  it('is asked about when it was not sent, gone when one signs out anyway, and not the next person’s', async () => {
    const { site, urls, page } = await atWork('unsent', 2);
    await room.account('bilal@unsent.ma', 'moderator', site);
    await caseInFront(page, urls[0]);
    await page.route('**/decision', (route) => route.abort());
    await page.keyboard.press('c');
    await page.keyboard.type('for colleagues');
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await page.locator('.notice.warn').waitFor();
    const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
    await signOut.click();
    await page.getByRole('button', { name: 'Wait' }).click();
    await caseInFront(page, urls[1]);
    expect(await kept(page)).toHaveLength(2);
    await signOut.click();
    await page.getByRole('button', { name: 'Sign out anyway' }).click();
    await page.locator('input[type=password]').waitFor();
    await until(async () => (await leasesOf(site)) === 1);
    expect(await kept(page)).toEqual([]);
    await page.unroute('**/decision');
    await givePassword(page, 'bilal@unsent.ma');
    await page.locator('.who', { hasText: 'bilal@unsent.ma' }).waitFor();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('.facts-address, .empty').first().waitFor();
    expect(await decisionsOf(room, site)).toEqual([]);
  });

  it('is asked about when a form is not saved, and is not the next person’s', async () => {
    const site = await room.service.site('form');
    await room.account('bilal@form.ma', 'lead', site);
    const { page, errors } = await room.sit('/console/rules', { email: 'amina@form.ma', role: 'lead', site });
    const readers = page.getByLabel('Readers needed', { exact: true });
    const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
    await readers.fill('7');
    await signOut.click();
    await page.getByRole('dialog').getByText('What you changed on this page').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await readers.inputValue()).toBe('7');
    await signOut.click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await givePassword(page, 'bilal@form.ma');
    await page.locator('.who', { hasText: 'bilal@form.ma' }).waitFor();
    expect(await readers.inputValue()).toBe('5');
    expect(errors).toEqual([]);
  });

  it('is asked about when it is a form of a site that was chosen before, and is not the next person’s either', async () => {
    const [first, second] = [
      await room.service.site('first', { reporters: 6 }),
      await room.service.site('second'),
    ];
    await room.account('next@vigie.ma', 'admin');
    const { page } = await room.sit('/console/rules', { email: 'admin@vigie.ma', role: 'admin' });
    const readers = page.getByLabel('Readers needed', { exact: true });
    const choose = async ({ slug }: TestSite): Promise<void> => {
      await page.getByRole('combobox', { name: 'Site', exact: true }).selectOption(slug);
    };
    const leave = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.getByRole('button', { name: 'Leave without saving' }).click();
    };
    await choose(first);
    await readers.fill('7');
    await choose(second);
    await until(async () => (await readers.inputValue()) === '5');
    await page.getByRole('link', { name: 'Members', exact: true }).click();
    await page.waitForURL('**/console/members**');
    await leave();
    await givePassword(page, 'next@vigie.ma');
    await page.locator('.who', { hasText: 'next@vigie.ma' }).waitFor();
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await until(async () => (await readers.inputValue()) === '5');
    await choose(first);
    await until(async () => (await readers.inputValue()) !== '5');
    expect(await readers.inputValue()).toBe('6');
  });

  it('is never left to who signs in anew after its session ended by itself', async () => {
    const site = await room.service.site('ended');
    await room.account('bilal@ended.ma', 'lead', site);
    const email = 'amina@ended.ma';
    const { page } = await room.sit('/console/rules', { email, role: 'lead', site });
    const readers = page.getByLabel('Readers needed', { exact: true });
    await readers.fill('7');
    await sql('delete from session where staff_id = (select id from staff where email = $1)', [email]);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page
      .locator('dialog.again')
      .getByRole('button', { name: 'Leave this page and sign in anew' })
      .click();
    await givePassword(page, 'bilal@ended.ma');
    await page.locator('.who', { hasText: 'bilal@ended.ma' }).waitFor();
    expect(await readers.inputValue()).toBe('5');
  });

  it('is nobody else’s to see: a new key that came once its page was left', async () => {
    const site = await room.service.site('late-key');
    await room.service.site('another');
    await room.account('late@vigie.ma', 'admin');
    const { page } = await room.sit('/console/keys', { email: 'admin@vigie.ma', role: 'admin' });
    const choose = () => page.getByRole('combobox', { name: 'Site', exact: true }).selectOption(site.slug);
    await choose();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/keys', async (route) => {
      if (route.request().method() === 'POST') await released;
      await route.continue();
    });
    const made = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.getByLabel('Name of the new key').last().fill('late');
    await page.getByRole('button', { name: 'Make a secret key' }).click();
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await page.waitForURL('**/console/rules**');
    release();
    await (await made).finished();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await givePassword(page, 'late@vigie.ma');
    await page.locator('.who', { hasText: 'late@vigie.ma' }).waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await choose();
    await page.locator('li', { hasText: 'late' }).waitFor();
    expect(await page.getByText('This is shown once').count()).toBe(0);
  });

  it('is given back before its session ends', async () => {
    const { site, page } = await atWork('given-back', 3);
    await until(async () => (await leasesOf(site)) === 2);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.locator('input[type=password]').waitFor();
    expect(await leasesOf(site)).toBe(0);
  });

  it('keeps no session open by itself: the first touch does', async () => {
    const { email, page } = await atWork('idle', 1, '/console/queue');
    await page.locator('.case-row').first().waitFor();
    const of = `from session where staff_id = (select id from staff where email = $1)`;
    await sql(
      `update session set seen_at = seen_at - interval '20 minutes' where staff_id = (select id from staff where email = $1)`,
      [email],
    );
    const seenAt = async () =>
      (await sql<{ at: string }>(`select seen_at::text as at ${of}`, [email]))[0]?.at;
    const before = await seenAt();
    const asked = () => page.waitForResponse((answer) => answer.url().includes('/v1/cases?'));
    await asked();
    await asked();
    expect(await seenAt()).toBe(before);
    await page.keyboard.press('Shift');
    await until(async () => (await seenAt()) !== before);
  });

  it('opens once from the queue, and without a word', async () => {
    const { urls, page } = await atWork('once', 2, '/console/queue');
    const taken: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().endsWith('/lease')) taken.push(request.url());
    });
    await page.locator('.case-name', { hasText: urls[1] ?? '' }).click();
    await caseInFront(page, urls[1]);
    await until(async () => (await page.locator('.stage-place').count()) === 2);
    expect(await page.locator('.notice').count()).toBe(0);
    expect(taken).toHaveLength(1);
  });

  it('says that one holds a case in another window', async () => {
    const { urls, page, window } = await atWork('two-windows', 1);
    await caseInFront(page, urls[0]);
    const other = await window('/console/queue');
    await other.locator('.case-name').first().click();
    await other.locator('.notice.bad', { hasText: 'another window of yours' }).waitFor();
  });

  it('never shows the next picture clearly, not even for a frame (behaviour 54)', async () => {
    const { urls, page } = await atWork('frame', 2);
    await caseInFront(page, urls[0]);
    await until(async () => (await page.locator('.stage-place img').count()) === 2);
    await page.evaluate(() => {
      const seen: string[] = [];
      const look = (): void => {
        const shown = document.querySelector('.stage-place:not([hidden]) .picture');
        const source = shown?.querySelector('img')?.src ?? '';
        seen.push(`${source} ${String(shown?.classList.contains('clear'))}`);
      };
      Object.assign(globalThis, { seen });
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.keyboard.down('v');
    await page.keyboard.press('k');
    await caseInFront(page, urls[1]);
    await page.keyboard.up('v');
    const next = await pictureInFront(page)
      .locator('img')
      .evaluate((one: HTMLImageElement) => one.src);
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.some((one) => one.endsWith('true'))).toBe(true);
    expect(seen.filter((one) => one === `${next} true`)).toEqual([]);
  });

  it('is shown by a press, until the next one or the next case, where somebody chose that', async () => {
    const { urls, page } = await atWork('press', 2);
    await caseInFront(page, urls[0]);
    await page.locator('.picture-settings summary').click();
    await page.getByLabel('Press instead of hold').check();
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    const clear = { blurred: false, grey: false };
    const hidden = { blurred: true, grey: true };
    await pictureInFront(page).click();
    expect(await seenAs(page)).toEqual(clear);
    await page.keyboard.press('v');
    expect(await seenAs(page)).toEqual(hidden);
    await page.keyboard.press('v');
    expect(await seenAs(page)).toEqual(clear);
    await page.keyboard.press('n');
    await caseInFront(page, urls[1]);
    expect(await seenAs(page)).toEqual(hidden);
    await page.keyboard.press('n');
    await caseInFront(page, urls[0]);
    expect(await seenAs(page)).toEqual(hidden);
    await page.reload();
    await pictureInFront(page).click();
    expect(await seenAs(page)).toEqual(clear);
  });

  it('takes the words of a decision away with it', async () => {
    const { urls, page } = await atWork('words', 2);
    await caseInFront(page, urls[0]);
    await page.keyboard.press('k');
    await page.locator('.toast', { hasText: 'Kept' }).waitFor();
    await page.keyboard.press('z');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    expect(await page.locator('.toast', { hasText: 'Kept' }).count()).toBe(0);
  });

  it('rests while the session is over, and goes on when somebody has signed in again', async () => {
    const { email, page } = await atWork('over', 1, '/console/queue');
    await page.locator('.case-row').first().waitFor();
    await sql('delete from session where staff_id = (select id from staff where email = $1)', [email]);
    await page.locator('dialog.again').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/v1/cases')) asked.push(request.url());
    });
    // Longer than the queue waits between two questions.
    await page.evaluate(() => new Promise((go) => setTimeout(go, 4_000)));
    expect(asked).toEqual([]);
    await page.locator('dialog.again input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await until(() => asked.length > 0);
  });

  it('goes on after an answer that broke off', async () => {
    const { site, page, errors } = await atWork('broken-off', 1, '/console/queue');
    await page.locator('.case-row').first().waitFor();
    let broken = 0;
    await page.route('**/v1/cases?**', async (route) => {
      if (broken > 0) return route.continue();
      broken += 1;
      await route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Sign in to this network' });
    });
    await until(() => broken === 1);
    await room.picture(site, 'later');
    await page.locator('.news-inside').waitFor();
    expect(errors).toEqual([]);
  });
});
