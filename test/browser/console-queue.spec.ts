import type { Locator, Page } from 'playwright-core';
import type { CaseView } from '../../src/contract/cases.js';
import type { TestSite } from '../setup/service.js';
import { axeFinds, isTooWide } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PHONE, SMALL_PHONE } from './console.js';
import { caseInFront } from './review-desk.js';
import { missingRoom } from './room-for-words.js';

/**
 * The queue: its filters are its address, rows stay where they are while they are told anew, and many cases are decided at
 * once with an outcome for each.
 */
describeInBrowser('the queue', () => {
  let room: ConsoleRoom;
  let sites = 0;

  beforeAll(async () => {
    room = await ConsoleRoom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const newSite = (): Promise<TestSite> => room.service.site(`queue-${(sites += 1)}`);
  const amina = (site: TestSite, role: 'moderator' | 'lead' = 'moderator') => ({
    email: `amina@${site.slug}.ma`,
    role,
    site,
  });
  const url = (site: TestSite, name: string): string => `https://cdn.${site.slug}.ma/photos/${name}.jpg`;
  const report = async (site: TestSite, ...names: string[]): Promise<void> => {
    for (const name of names) await room.service.reports(site, url(site, name), 1);
  };
  /** Somebody else at work, through the API. */
  const colleague = async (site: TestSite) => {
    const token = await room.service.staffToken(`karim@${site.slug}.ma`, 'moderator', site);
    const caseOf = async (name: string): Promise<CaseView> => {
      const { body } = await room.service.ask<{ items: CaseView[] }>('GET', '/v1/cases?limit=100', token);
      const found = body.items.find(({ image }) => image.url === url(site, name));
      if (found === undefined) throw new Error(`no case of ${name}`);
      return found;
    };
    return {
      caseOf,
      lease: async (name: string) =>
        room.service.ask('PUT', `/v1/cases/${(await caseOf(name)).id}/lease`, token, {}),
      keep: async (name: string) =>
        room.service.ask('POST', `/v1/cases/${(await caseOf(name)).id}/decision`, token, {
          action: 'keep',
          version: 1,
        }),
    };
  };
  const row = (page: Page, name: string): Locator => page.locator('.case-row', { hasText: `/${name}.jpg` });
  const names = async (page: Page): Promise<string[]> =>
    (await page.locator('.case-name').allTextContents()).map(
      (text) => /([^/]*)\.jpg/.exec(text)?.[1] ?? text,
    );
  /** Chooses a policy in the dialog, and does it. */
  const decide = async (page: Page): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Content rule').selectOption('violence');
    await dialog.getByRole('button', { name: /^Block \d/ }).click();
  };

  it('keeps its filters in its address: handed on, and gone back over', async () => {
    const site = await newSite();
    await report(site, 'one', 'two');
    await room.service.reports(site, url(site, 'hateful'), 1, 'hate');
    const { page, window } = await room.sit('/console/queue', amina(site));
    await row(page, 'one').waitFor();
    await page.getByLabel('Reason').selectOption('hate');
    await row(page, 'two').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?reason=hate');
    await page.getByLabel('Order').selectOption('oldest');
    await page.waitForURL('**/queue?reason=hate&order=oldest');
    const handedOn = await window('/console/queue?reason=hate&order=oldest');
    await row(handedOn, 'hateful').waitFor();
    expect(await handedOn.getByLabel('Order').inputValue()).toBe('oldest');
    expect(await names(handedOn)).toEqual(['hateful']);
    await page.goBack();
    await page.goBack();
    await row(page, 'two').waitFor();
    await page.getByRole('link', { name: 'Closed' }).click();
    await page.getByText('No case has been closed yet.').waitFor();
    expect(new URL(page.url()).search).toBe('?status=closed');
  });

  it('shows who took a case, and what is new, without moving a row', async () => {
    const site = await newSite();
    await report(site, 'first', 'second');
    const karim = await colleague(site);
    const { page } = await room.sit('/console/queue?order=newest', amina(site));
    await row(page, 'second').waitFor();
    await karim.lease('first');
    // The part before the @; the whole on pointing at it.
    await row(page, 'first')
      .getByTitle(`karim@${site.slug}.ma`)
      .getByText('karim', { exact: true })
      .waitFor();
    await report(site, 'third', 'fourth');
    await page.getByText('2 new cases').waitFor();
    expect(await names(page)).toEqual(['second', 'first']);
    await karim.keep('first');
    await row(page, 'first').getByText('Kept meanwhile.').waitFor();
    expect(await names(page)).toEqual(['second', 'first']);
    await page.keyboard.press('r');
    await row(page, 'fourth').waitFor();
    expect(await names(page)).toEqual(['fourth', 'third', 'second']);
  });

  it('leads from a closed case to its image, by mouse and by key, and never to a case that one did not ask for', async () => {
    const site = await newSite();
    await report(site, 'settled', 'waiting');
    const karim = await colleague(site);
    const { id, image } = await karim.caseOf('settled');
    await karim.keep('settled');
    const { page } = await room.sit('/console/queue?status=closed', amina(site));
    await row(page, 'settled').getByRole('link').click();
    await page.waitForURL(`**/console/images/${image.id}`);
    const cases = page.locator('section', { has: page.getByRole('heading', { name: 'Cases' }) });
    await cases.getByRole('listitem').waitFor();
    expect(await cases.getByRole('link').count()).toBe(0);
    await page.goBack();
    await row(page, 'settled').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/console/images/${image.id}`);

    // As the log and old addresses lead there.
    await page.goto(`/console/review/${id}`);
    const said = page.getByRole('alert').filter({ hasText: 'This case is closed: the image was kept.' });
    await page.getByText('No case is in front of you').waitFor();
    expect(await page.locator('.decision-bar').count()).toBe(0);
    expect(await axeFinds(page)).toEqual([]);
    await said.getByRole('link', { name: 'See the image' }).click();
    await page.waitForURL(`**/console/images/${image.id}`);
    await page.goto('/console/review/case_unknown');
    await page
      .getByRole('alert')
      .filter({ hasText: 'This case does not exist, or is not yours to decide.' })
      .waitFor();
    await page.getByText('No case is in front of you').waitFor();
    await page.keyboard.press('p');
    await caseInFront(page, url(site, 'waiting'));
  });

  it('counts only what will be decided: nothing of what a colleague holds', async () => {
    const site = await newSite();
    await report(site, 'h1', 'h2');
    const karim = await colleague(site);
    await karim.lease('h1');
    const { page } = await room.sit('/console/queue', amina(site));
    await row(page, 'h1').getByTitle(`karim@${site.slug}.ma`).waitFor();
    const ask = async (): Promise<string> => {
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const said = await dialog.innerText();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      return said;
    };
    await page.keyboard.press('a');
    expect(await ask()).toMatch(/^Keep 1 case\s[\s\S]*works on 1 of them[\s\S]*Keep 1$/);
    await row(page, 'h2').getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    expect(await page.getByRole('button', { name: 'Keep 0' }).isDisabled()).toBe(true);
    await page.getByText('Colleagues work on all of these now').waitFor();
  });

  it('blocks nine of which two changed meanwhile: seven done, two explained and still selected, and undone again (behaviour 38)', async () => {
    const site = await newSite();
    const nine = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'];
    await report(site, ...nine);
    const karim = await colleague(site);
    const { page, errors } = await room.sit('/console/queue', amina(site));
    await row(page, 'p9').waitFor();
    await page.keyboard.press('a');
    await page.getByText('9 selected').waitFor();
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('9 are visible to readers now and will be hidden.').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    // Both faster than the button.
    await karim.keep('p2');
    await karim.lease('p5');
    await decide(page);
    await page.getByText('7 cases blocked. 2 were not decided. What still can be stays selected:').waitFor();
    const failed = page.locator('.bulk-failed li');
    await page.getByText(`karim@${site.slug}.ma kept it already.`).waitFor();
    await page.getByText(`karim@${site.slug}.ma works on it until`).waitFor();
    expect(await failed.count()).toBe(2);
    // What is closed waits for nobody: its image is what one can see.
    expect(await failed.filter({ hasText: '/p2.jpg' }).getByRole('link').getAttribute('href')).toMatch(
      /^\/console\/images\/img_/,
    );
    expect(await failed.filter({ hasText: '/p5.jpg' }).getByRole('link').getAttribute('href')).toMatch(
      /^\/console\/review\/case_/,
    );
    const state = async (name: string) => (await room.service.state(site, { url: url(site, name) })).body;
    expect(await state('p1')).toMatchObject({ blocked: true, reviewed: true });
    expect(await state('p5')).toMatchObject({ blocked: false });
    const own = row(page, 'p1').getByText('Blocked by you.');
    await own.waitFor();
    expect(await own.evaluate((said) => getComputedStyle(said).color)).toBe(
      await row(page, 'p1')
        .locator('.case-facts')
        .evaluate((facts) => getComputedStyle(facts).color),
    );
    expect(await row(page, 'p1').getByText('Free').count()).toBe(0);
    expect(await axeFinds(page)).toEqual([]);
    // The one that a colleague works on can be decided later; the one that was kept is closed.
    await page.getByText('1 selected').waitFor();
    await page.locator('.bulk-dock').getByRole('button', { name: 'Undo these 7' }).click();
    await page.getByText('7 decisions were taken back.').waitFor();
    expect(await state('p1')).toMatchObject({ blocked: false });
    await own.waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('decides what was selected as it was then, and asks before it is left in the middle (behaviour 38)', async () => {
    const site = await newSite();
    await report(site, 'v1', 'v2');
    const { page } = await room.sit('/console/queue', amina(site));
    await row(page, 'v2').waitFor();
    await page.keyboard.press('a');
    await page.getByText('2 selected').waitFor();
    const told = page.waitForResponse(
      async (answer) => answer.url().includes('/v1/cases?') && (await answer.text()).includes('"version":2'),
    );
    await room.service.database.dataSource.query(
      'update moderation_case set version = 2 where id = (select min(id) from moderation_case where site_id = $1)',
      [site.id],
    );
    await told;
    await page.keyboard.press('b');
    let answer = (): void => undefined;
    const held = new Promise<void>((go) => {
      answer = go;
    });
    await page.route('**/v1/decisions', async (route) => {
      await held;
      await route.continue();
    });
    await decide(page);
    await page.getByText('0 of 2 decided…').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByText('Leave while cases are being decided?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    // Another choice leaves these cases as well.
    await page.getByLabel('Reason').selectOption('hate');
    await page.getByRole('dialog').getByText('Leave while cases are being decided?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(new URL(page.url()).search).toBe('');
    answer();
    await page.getByText('1 case blocked. 1 was not decided.').waitFor();
    await page.getByText('Somebody changed the case meanwhile.').waitFor();
    expect(await page.getByText('1 selected').count()).toBe(0);
    expect(await page.getByLabel('Reason').inputValue()).toBe('');
  });

  it('looks again at what nobody answered, and says what is so', async () => {
    const site = await newSite();
    await report(site, 'u1', 'u2');
    const { page } = await room.sit('/console/queue', amina(site));
    await row(page, 'u2').waitFor();
    await page.keyboard.press('a');
    await page.route('**/v1/decisions', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press('b');
    await decide(page);
    await page.getByText('2 cases blocked.').first().waitFor();
    await page.keyboard.press('z');
    await page.getByText('2 decisions were taken back.').waitFor();
    await page.unroute('**/v1/decisions');
    await page.route('**/v1/decisions', (route) => route.abort());
    await page.keyboard.press('r');
    await row(page, 'u1').getByText('Blocked by you.').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('b');
    await decide(page);
    await page.getByText('No answer came, and it is not decided.').first().waitFor();
  });

  it('says what could not be taken back', async () => {
    const site = await newSite();
    await report(site, 'q1', 'q2');
    const { page } = await room.sit('/console/queue', amina(site));
    await row(page, 'q2').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('b');
    await decide(page);
    await page.getByText('2 cases blocked.').first().waitFor();
    const token = await room.service.staffToken(`karim@${site.slug}.ma`, 'moderator', site);
    const of = new URLSearchParams({ site: site.slug, url: url(site, 'q1') }).toString();
    await room.service.ask('DELETE', `/v1/images/block?${of}`, token);
    await page.keyboard.press('z');
    await page.getByText('1 decision was taken back.').waitFor();
    await page.getByText('Something newer stands on it').waitFor();
  });

  it('never lets a severe case be selected, and says why', async () => {
    const site = await newSite();
    await report(site, 'plain');
    await room.service.reports(site, url(site, 'grave'), 1, 'child_abuse');
    const { page } = await room.sit('/console/queue', amina(site));
    const box = row(page, 'grave').getByRole('checkbox');
    await box.waitFor();
    expect(await box.isDisabled()).toBe(true);
    await row(page, 'grave').getByText('Severe: never together with others. Open it.').waitFor();
    await page.keyboard.press('a');
    await page.getByText('1 selected').waitFor();
    expect(await row(page, 'grave').locator('img').count()).toBe(0);
  });

  it('works by keyboard: along the rows, selecting a range, and into the case', async () => {
    const site = await newSite();
    await report(site, 'k1', 'k2', 'k3', 'k4');
    const { page } = await room.sit('/console/queue?order=oldest', amina(site), { language: 'ar' });
    await row(page, 'k4').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+X');
    await page.getByText('3 ملفات محددة').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('k');
    expect(await row(page, 'k3').locator(':focus').count()).toBe(1);
    const id = await row(page, 'k3').getAttribute('data-case');
    await page.keyboard.press('Escape');
    await page.getByText('3 ملفات محددة').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/console/review/${id}`);
  });

  it('keeps reasons apart, also where no other page was opened before', async () => {
    const site = await newSite();
    await room.service.reports(site, url(site, 'two'), 1, 'hate');
    await room.service.reports(site, url(site, 'two'), 3, 'spam');
    const { page } = await room.sit('/console/queue', amina(site));
    await row(page, 'two').waitFor();
    const [first, second] = await row(page, 'two')
      .locator('.reasons .badge')
      .evaluateAll((badges) => badges.map((badge) => badge.getBoundingClientRect()));
    if (first === undefined || second === undefined) throw new Error('there are not two reasons');
    expect(second.left - first.right).toBeGreaterThanOrEqual(4);
    expect(second.top).toBe(first.top);
  });

  it('loads more cases when asked, and keeps them', async () => {
    const site = await newSite();
    await report(site, ...Array.from({ length: 52 }, (_, n) => `m${n}`));
    const { page } = await room.sit('/console/queue', amina(site));
    await page.getByRole('button', { name: /Show more/ }).click();
    await row(page, 'm51').waitFor();
    expect(await page.locator('.case-row').count()).toBe(52);
  });

  it('tells the last cases anew as well, however many have come before them since', async () => {
    const site = await newSite();
    await report(site, ...Array.from({ length: 50 }, (_, n) => `p${n}`));
    const { page } = await room.sit('/console/queue?order=newest', amina(site));
    await row(page, 'p0').waitFor();
    await report(site, ...Array.from({ length: 12 }, (_, n) => `new${n}`));
    await page.getByText('12 new cases').waitFor();
    await (await colleague(site)).keep('p0');
    await row(page, 'p0').getByText('Kept').waitFor({ timeout: 15_000 });
    expect(await page.locator('.case-row').count()).toBe(50);
  });

  it('says so where no more cases could be loaded', async () => {
    const site = await newSite();
    await report(site, ...Array.from({ length: 51 }, (_, n) => `n${n}`));
    const { page } = await room.sit('/console/queue', amina(site));
    await page.route(/\/v1\/cases\?.*cursor=/, (route) => route.abort());
    await page.getByRole('button', { name: /Show more/ }).click();
    await page.getByText('The service can not be reached').waitFor();
  });

  it('shows nothing of another choice where more of it comes late', async () => {
    const site = await newSite();
    await report(site, ...Array.from({ length: 52 }, (_, n) => `l${n}`));
    await room.service.reports(site, url(site, 'hateful'), 1, 'hate');
    const { page } = await room.sit('/console/queue?order=oldest', amina(site));
    let goOn = (): void => undefined;
    const chosen = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(/\/v1\/cases\?.*cursor=/, async (route) => {
      await chosen;
      await route.continue();
    });
    const late = page.waitForResponse(/\/v1\/cases\?.*cursor=/);
    await page.getByRole('button', { name: /Show more/ }).click();
    await page.getByLabel('Reason').selectOption('hate');
    await row(page, 'hateful').waitFor();
    await row(page, 'l0').waitFor({ state: 'detached' });
    goOn();
    await (await late).finished();
    // Told anew since.
    await page.waitForResponse(/\/v1\/cases\?.*reason=hate/);
    expect(await names(page)).toEqual(['hateful']);
  });

  it('shows hostile addresses as text', async () => {
    const site = await newSite();
    const hostile = `https://cdn.${site.slug}.ma/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/"><script>alert(1)</script>.jpg`;
    await room.service.reports(site, hostile, 1);
    const { page, errors } = await room.sit('/console/queue', amina(site));
    await page.locator('.case-name', { hasText: 'script' }).waitFor();
    expect(await page.locator('.case-row script').count()).toBe(0);
    const href = await page.locator('.case-name').first().getAttribute('href');
    expect(href).toMatch(/^\/console\/review\/case_\w/);
    expect(errors).toEqual([]);
  });

  it.each(['fr', 'ar', 'es', 'en'] as const)(
    'has room for every word of its choices on a small phone in %s',
    async (language) => {
      const seat = { language, viewport: SMALL_PHONE };
      const { page } = await room.sit('/console/queue', amina(await newSite(), 'lead'), seat);
      const choices = page.locator('.queue-filters select');
      await choices.nth(1).waitFor();
      expect(await missingRoom(choices)).toEqual([0, 0]);
      expect(await isTooWide(page)).toBe(false);
    },
  );

  it.each([
    ['en', 'light', undefined],
    ['ar', 'dark', PHONE],
    ['fr', 'light', PHONE],
  ] as const)('passes axe and fits in %s, %s (behaviour 55)', async (language, theme, viewport) => {
    const site = await newSite();
    await room.picture(site, 'souk', { readers: 5 });
    await report(site, 'manif');
    const { page, errors } = await room.sit('/console/queue', amina(site, 'lead'), {
      language,
      theme,
      ...(viewport === undefined ? {} : { viewport }),
    });
    await row(page, 'souk').locator('img').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.locator('.bulk-actions').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    expect(errors).toEqual([]);
  });
});
