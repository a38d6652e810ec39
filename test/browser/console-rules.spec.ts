import type { Page } from 'playwright-core';
import type { CaseView } from '../../src/contract/cases.js';
import type { RuleChange } from '../../src/core/threshold-rule.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { axeFinds, sticksOut } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PHONE, SMALL_PHONE } from './console.js';
import { caseInFront } from './review-desk.js';

/** More letters than people write alike by chance. */
const SAME_WORDS = 'Take this picture down, all of us say so';

/**
 * Whose reports count, as moderators and leads see it: a rule is tried on what happened and applied, held cases and the
 * breaker say why, readers are muted and counted again.
 */
describeInBrowser("the console's rules", () => {
  let room: ConsoleRoom;
  let sites = 0;

  beforeAll(async () => {
    room = await ConsoleRoom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const newSite = (rule: RuleChange = {}): Promise<TestSite> =>
    room.service.site(`rules-${(sites += 1)}`, rule);
  const somebody = (site: TestSite, role: 'moderator' | 'lead' = 'lead') => ({
    email: `${role}@${site.slug}.ma`,
    role,
    site,
  });
  const url = (site: TestSite, name: string): string => `https://cdn.${site.slug}.ma/photos/${name}.jpg`;
  const isBlocked = async (site: TestSite, name: string): Promise<unknown> =>
    (await room.service.state(site, { url: url(site, name) })).body['blocked'];
  const caseOf = async (
    site: TestSite,
    name: string,
    status: 'open' | 'closed' = 'open',
  ): Promise<CaseView> => {
    const token = await room.service.staffToken(`reads@${site.slug}.ma`, 'lead', site);
    const { body } = await room.service.ask<{ items: CaseView[] }>(
      'GET',
      `/v1/cases?status=${status}&limit=100`,
      token,
    );
    const found = body.items.find(({ image }) => image.url === url(site, name));
    if (found === undefined) throw new Error(`no case of ${name}`);
    return found;
  };
  /** So many readers with the same words, then so many with none: the first look coordinated. */
  const pileOn = async (site: TestSite, name: string, together: number, others: number): Promise<void> => {
    for (let n = 0; n < together + others; n += 1) {
      await room.service.ask('POST', '/v1/reports', site.secretKey, {
        image: { url: url(site, name) },
        reason: 'violence',
        reporter: { account: `${name}-${n}` },
        ...(n < together ? { comment: SAME_WORDS } : {}),
      });
    }
  };
  /** An image that today's rule leaves alone, and one that asks for three readers blocks. */
  const threeReaders = async (site: TestSite): Promise<void> => {
    await room.service.reports(site, url(site, 'three'), 3);
    await room.service.reports(site, url(site, 'one'), 1);
  };
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const tryIt = (page: Page): Promise<void> =>
    page.getByRole('button', { name: 'Try it', exact: true }).click();
  const looksRight = async (page: Page): Promise<void> => {
    expect({ axe: await axeFinds(page), tooWide: await sticksOut(page) }).toEqual({ axe: [], tooWide: [] });
  };

  const WORDS = {
    fr: {
      readers: 'Lecteurs nécessaires',
      days: 'ces 7 derniers jours',
      start: 'Essayer',
      blocked: 'Images bloquées',
      differences: 'Une image sur laquelle elles diffèrent',
      apply: 'Appliquer comme version 2',
      saved: 'La version 2 est en vigueur.',
    },
    ar: {
      readers: 'عدد القراء اللازم',
      days: 'آخر 7 أيام',
      start: 'تجربة',
      blocked: 'صور محجوبة',
      differences: 'صورة واحدة تختلفان فيها',
      apply: 'تطبيق كإصدار 2',
      saved: 'الإصدار 2 سارٍ الآن.',
    },
  } as const;

  it.each(['rules', 'statistics', 'mutes', 'members', 'webhooks'])(
    'are of the site that the address names, as all pages about one site are, and names the one that is chosen: %s',
    async (name) => {
      const [own, other, foreign] = [await newSite(), await newSite(), await newSite()];
      await room.account(somebody(own).email, 'lead', other);
      const { page, window } = await room.sit(`/console/${name}?site=${other.slug}`, somebody(own));
      const chosen = (of: Page) => of.getByRole('combobox', { name: 'Site', exact: true });
      const asked = (of: Page, { slug }: TestSite): Promise<void> =>
        of.waitForURL(`**/console/${name}?site=${slug}`);
      await until(async () => (await chosen(page).inputValue()) === other.slug);
      await chosen(page).selectOption(own.slug);
      await asked(page, own);
      await page.goBack();
      await until(async () => (await chosen(page).inputValue()) === other.slug);
      // Of a site that one does not see, nor knows of, no page tells.
      for (const unknown of [foreign.slug, 'nowhere']) {
        const another = await window(`/console/${name}?site=${unknown}`);
        await asked(another, other);
        expect(await chosen(another).inputValue()).toBe(other.slug);
      }
      await page.getByRole('link', { name: 'Sites', exact: true }).click();
      await page.waitForURL('**/console/sites');
    },
  );

  it.each(['fr', 'ar'] as const)(
    'tries a rule on what happened and makes it the rule, in %s',
    async (language) => {
      const site = await newSite();
      await threeReaders(site);
      const words = WORDS[language];
      const { page, errors } = await room.sit('/console/rules', somebody(site), { language });
      await page.getByLabel(words.readers, { exact: true }).fill('3');
      const trial = page.locator('#try-rule');
      await trial.getByLabel(words.days).check();
      await trial.getByRole('button', { name: words.start, exact: true }).click();
      await trial.getByText(words.differences).waitFor();
      const blocked = trial.getByRole('row').filter({ hasText: words.blocked });
      expect(await blocked.getByRole('cell').allInnerTexts()).toEqual(['0', expect.stringMatching(/^1\b/)]);
      await trial.getByText(words.differences).click();
      await trial.locator('.differences').getByText('/three.jpg').waitFor();
      await looksRight(page);
      await trial.getByRole('button', { name: words.apply }).click();
      await page.getByText(words.saved).waitFor();
      // Only what comes from now on.
      expect(await isBlocked(site, 'three')).toBe(false);
      expect(errors).toEqual([]);
    },
  );

  it.each([
    ['en', 'Readers needed'],
    ['fr', WORDS.fr.readers],
    ['ar', WORDS.ar.readers],
    ['es', 'Lectores necesarios'],
  ] as const)('shows both rules side by side on a small phone, in %s', async (language, readers) => {
    const site = await newSite();
    await threeReaders(site);
    const { page } = await room.sit('/console/rules', somebody(site), { language, viewport: SMALL_PHONE });
    await page.getByLabel(readers, { exact: true }).fill('3');
    await page.locator('#try-rule .button.main').click();
    await page.locator('.side-by-side').waitFor();
    const beyond = await page
      .locator('.table-scroll:has(.side-by-side)')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(beyond).toBe(0);
    await looksRight(page);
  });

  it('leads from what a trial found to the case only where nobody has decided it', async () => {
    const site = await newSite();
    await threeReaders(site);
    await room.service.reports(site, url(site, 'settled'), 3);
    const token = await room.service.staffToken(`decides@${site.slug}.ma`, 'moderator', site);
    const { id, version } = await caseOf(site, 'settled');
    const keep = { action: 'keep', version };
    expect((await room.service.ask('POST', `/v1/cases/${id}/decision`, token, keep)).status).toBe(201);
    const { page } = await room.sit('/console/rules', somebody(site));
    await page.getByLabel('Readers needed', { exact: true }).fill('3');
    await tryIt(page);
    await page.locator('.differences summary').click();
    const linksOf = (name: string): Promise<(string | null)[]> =>
      page
        .locator('.difference', { hasText: `/${name}.jpg` })
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const [settled, open] = [(await caseOf(site, 'settled', 'closed')).image.id, await caseOf(site, 'three')];
    expect(await linksOf('settled')).toEqual([`/console/images/${settled}`]);
    expect(await linksOf('three')).toEqual([
      `/console/images/${open.image.id}`,
      `/console/review/${open.id}`,
    ]);
  });

  it('blocks open images only after it has shown them, and only those that stay chosen', async () => {
    const site = await newSite();
    await threeReaders(site);
    await room.service.reports(site, url(site, 'also-three'), 3);
    const { page } = await room.sit('/console/rules', somebody(site));
    await page.getByLabel('Readers needed', { exact: true }).fill('3');
    await tryIt(page);
    await button(page, 'Apply, and act on the 2 open images it crosses…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 images are blocked at once').waitFor();
    await looksRight(page);
    await dialog.getByRole('checkbox', { name: '/also-three.jpg' }).uncheck();
    await dialog.getByText('One image is blocked at once').waitFor();
    await dialog.getByRole('button', { name: 'Apply version 2 to these 1' }).click();
    await page.getByText('Version 2 is in force. Blocked: 1; held: 0; left as they were: 0.').waitFor();
    expect([await isBlocked(site, 'three'), await isBlocked(site, 'also-three')]).toEqual([true, false]);
  });

  it('keeps the form where another version came meanwhile, and asks to try again', async () => {
    const site = await newSite();
    await threeReaders(site);
    const { page } = await room.sit('/console/rules', somebody(site));
    const readers = page.getByLabel('Readers needed', { exact: true });
    await readers.fill('3');
    await tryIt(page);
    const apply = button(page, 'Apply as version 2');
    await apply.waitFor();
    const other = await room.service.staffToken('other@vigie.ma', 'admin');
    await room.service.ask('PUT', `/v1/sites/${site.slug}/threshold-rule`, other, { caseAt: 2 });
    await apply.click();
    await page.getByText('of another rule, or of another time').waitFor();
    await page.getByText('Moderators see an image once 2 readers have reported it.').waitFor();
    expect(await readers.inputValue()).toBe('3');
    await tryIt(page);
    await button(page, 'Apply as version 3').click();
    await page.getByText('Version 3 is in force.').first().waitFor();
  });

  it('says in a sentence why a case is held, and how much each reader weighs', async () => {
    const site = await newSite();
    await pileOn(site, 'held', 4, 2);
    expect(await isBlocked(site, 'held')).toBe(false);
    const { page, errors } = await room.sit('/console/review', somebody(site, 'moderator'));
    await caseInFront(page, '/held.jpg');
    await page
      .getByText(/^6 readers reported it; 4 reports were set aside: .*4 have the same words/)
      .waitFor();
    await page.getByText(/2 others count, 5 are needed\.$/).waitFor();
    await page.getByText('Who reported (6)').click();
    await page.locator('.readers li').nth(5).getByText('weighs 1').waitFor();
    // Leads mute.
    expect(await page.locator('.readers').getByRole('button').count()).toBe(0);
    await looksRight(page);
    await page.goto('/console/log');
    await page
      .getByText('Held for a moderator instead of being blocked: reports look coordinated.')
      .waitFor();
    expect(errors).toEqual([]);
  });

  it('mutes a reader with words on what that does, takes it back, and lifts it on its own page', async () => {
    const site = await newSite();
    await pileOn(site, 'piled', 2, 1);
    const { page, errors } = await room.sit('/console/review', somebody(site));
    await caseInFront(page, '/piled.jpg');
    await page.getByText('Who reported (3)').click();
    const mute = async (): Promise<void> => {
      await button(page, 'Mute reader 2').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('They notice nothing').waitFor();
      await dialog.getByLabel('Note').fill('Sends the same words everywhere');
      await looksRight(page);
      await dialog.getByRole('button', { name: 'Mute this reader' }).click();
      await page.locator('.readers li').nth(1).getByText('Muted').waitFor();
    };
    await mute();
    await button(page, 'Undo').click();
    await button(page, 'Mute reader 2').waitFor();
    await mute();
    await page.goto('/console/mutes');
    await page.getByText(`Muted by lead@${site.slug}.ma`).waitFor();
    await page.getByText('Sends the same words everywhere').waitFor();
    await looksRight(page);
    await button(page, /^Lift the mute/).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
    await page.getByText('Nobody is muted').waitFor();
    await looksRight(page);
    await page.goto('/console/log');
    await page.getByText('The mute of a reader of this case was lifted.').first().waitFor();
    expect(errors).toEqual([]);
  });

  it.each(['en', 'ar'] as const)(
    'says on every page of work that blocking is paused, in %s',
    async (language) => {
      const site = await newSite({ breaker: { perHour: 1, factor: 1 } });
      for (const name of ['first', 'second']) await room.service.reports(site, url(site, name), 5);
      expect((await caseOf(site, 'second')).held).toBe(true);
      const { page, errors } = await room.sit('/console/queue', somebody(site), {
        language,
        viewport: PHONE,
      });
      for (const path of ['queue', 'review', 'rules']) {
        await page.goto(`/console/${path}`);
        await page.locator('.breaker').waitFor();
        await looksRight(page);
      }
      await page.locator('.breaker').getByRole('link').click();
      await page.waitForURL('**/queue?**status=held**');
      await page.locator('.case-row', { hasText: '/second.jpg' }).waitFor();
      expect(await page.locator('.case-row').count()).toBe(1);
      expect(errors).toEqual([]);
    },
  );
});
