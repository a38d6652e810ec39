import type { Page } from 'playwright-core';
import type { ImageHistory } from '../../src/contract/image-history.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { axeFinds, isTooWide, sticksOut } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PHONE, SMALL_PHONE } from './console.js';

/** Images and logs: found by whatever names them, with what can be done to them and what that leaves. */
describeInBrowser('images and logs', () => {
  let room: ConsoleRoom;
  let site: TestSite;
  const amina = () => ({ email: 'amina@images.ma', role: 'lead' as const, site });

  beforeAll(async () => {
    room = await ConsoleRoom.open();
    site = await room.service.site('images');
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const url = (name: string): string => `https://cdn.${site.slug}.ma/photos/${name}.jpg`;
  const state = async (address: string) => (await room.service.state(site, { url: address })).body;
  const find = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('searchbox', { name: 'Find an image' }).fill(text);
    await page.getByRole('button', { name: 'Find', exact: true }).click();
  };
  /** Presses an action, and again in the dialog that says what will happen. */
  const act = async (page: Page, name: string, says: string, policy?: string): Promise<void> => {
    await page.getByRole('group').getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(says).first().waitFor();
    if (policy !== undefined) await dialog.getByLabel('Content rule').selectOption(policy);
    await dialog.getByRole('button', { name }).click();
  };

  it.each([
    ['with marks and scripts', 'a%20b/"><script>alert(1)</script>&x=%00%22?id=1&w=ü#top'],
    ['in Arabic', 'صور/سوق الخميس.jpg'],
    ['that turns what follows around', 'x\u202egpj.exe'],
  ])('finds an address %s', async (_, path) => {
    const address = `https://cdn.${site.slug}.ma/${path}`;
    await room.service.reports(site, address, 1);
    const { page, errors } = await room.sit('/console/images', amina());
    await find(page, address);
    await page.waitForURL('**/console/images/img_*');
    await page.getByText('Shown to readers. A case awaits a decision.').waitFor();
    expect(await page.locator('main script').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('finds an image by the id of this service, and says of an own id that nobody knows it', async () => {
    await room.service.reports(site, url('by-id'), 1);
    const token = await room.service.staffToken('k@images.ma', 'moderator', site);
    const asked = new URLSearchParams({ site: site.slug, url: url('by-id') }).toString();
    const { body } = await room.service.ask<ImageHistory>('GET', `/v1/images?${asked}`, token);
    const { page } = await room.sit('/console/images', amina());
    await find(page, body.id);
    await page.waitForURL(`**/console/images/${body.id}`);
    await page.goto(`/console/images?${new URLSearchParams({ q: 'photo-77' }).toString()}`);
    await page.getByText('No image of this id is known here').waitFor();
  });

  it('says of what was never reported that it is shown, and blocks it all the same; undone', async () => {
    const { page } = await room.sit('/console/images', amina());
    await find(page, url('never'));
    await page.getByText('Never reported: it is shown to readers.').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await act(page, 'Block', 'Readers no longer see it.', 'privacy');
    await page.getByText('Hidden from readers for Privacy').waitFor();
    expect(await state(url('never'))).toMatchObject({ blocked: true, reason: 'privacy' });
    await page.keyboard.press('z');
    await page.getByText('Shown to readers.').waitFor();
    expect(await state(url('never'))).toMatchObject({ blocked: false });
  });

  it('sets what a block took apart from when it was', async () => {
    await room.service.reports(site, url('evidence'), 5);
    const { page } = await room.sit('/console/images', amina());
    await find(page, url('evidence'));
    const needed = page.getByText('5 were needed');
    await needed.waitFor();
    expect(await needed.innerText()).toMatch(/^5 were needed · /);
  });

  it('tells what was just done as just done, and never as in the future', async () => {
    const { page } = await room.sit('/console/images', amina(), { language: 'fr' });
    await page.goto(`/console/images?${new URLSearchParams({ url: url('just-now') }).toString()}`);
    await page.getByRole('group').getByRole('button', { name: 'Bloquer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Règle de contenu').selectOption('privacy');
    await dialog.getByRole('button', { name: 'Bloquer' }).click();
    await page.getByText('Bloquée par la modération').first().waitFor();
    const times = await page.locator('.image-facts time').allInnerTexts();
    expect(times).not.toEqual([]);
    expect(times.filter((time) => time !== 'à l’instant')).toEqual([]);
  });

  it('says of days how many have passed, and never that it was yesterday when it was the day before', async () => {
    const { page } = await room.sit('/console/queue', amina(), { language: 'fr' });
    /** Of a case that was opened so many hours ago. */
    const told = async (hours: number): Promise<string> => {
      const address = url(`${hours}-hours-ago`);
      await room.service.reports(site, address, 1);
      await room.service.database.dataSource.query(
        `update moderation_case set opened_at = clock_timestamp() - make_interval(hours => $2::int)
         where id = (select max(id) from moderation_case where site_id = $1)`,
        [site.id, hours],
      );
      await page.goto('/console/queue?order=newest');
      const row = page.locator('li', { hasText: address });
      return row.locator('time').first().innerText();
    };
    expect([await told(26), await told(47), await told(71)]).toEqual([
      'il y a 1 jour',
      'il y a 1 jour',
      'il y a 2 jours',
    ]);
  });

  it('calls a version current, which of a blocked image nobody sees, and keeps its facts apart in Arabic', async () => {
    const address = await room.picture(site, 'version', { readers: 5 });
    const { page } = await room.sit('/console/images', amina(), { language: 'ar' });
    await page.goto(`/console/images?${new URLSearchParams({ url: address }).toString()}`);
    const contents = page.locator('.image-facts .card').filter({ hasText: 'إصدارات الصورة' });
    await contents.getByText('الإصدار 1 (الحالي)').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('معروض الآن');
    const facts = contents.locator('ul.hint li').last();
    expect(await facts.locator('bdi').allInnerTexts()).toEqual([
      expect.stringMatching(/^\d+ × \d+$/),
      expect.stringMatching(/^[a-z]+$/),
      expect.stringMatching(/^\d+/),
      expect.stringMatching(/…$/),
    ]);
  });

  it('claims nothing of an image that nobody knows, and leads on', async () => {
    const { page } = await room.sit('/console/images', amina());
    await find(page, 'not an address');
    await page.getByText('No image of this id is known here.').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('shown to readers');
    await find(page, 'img_nobody-knows-this');
    await page.getByText('There is no image of this id').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Find another image' }).click();
    await page.getByRole('searchbox', { name: 'Find an image' }).waitFor();
  });

  it('lifts what the rule blocked, and says what the site itself still blocks', async () => {
    const address = await room.picture(site, 'both', { readers: 5 });
    await room.service.ask('PUT', '/v1/images/block', site.secretKey, {
      image: { url: address },
      reason: 'copyright',
      note: '<img src=x onerror=alert(1)>',
    });
    const { page, errors } = await room.sit('/console/images', amina());
    await find(page, address);
    await page.getByText('Blocked by the rule, version 1: 5 readers within a minute.').first().waitFor();
    await page.locator('blockquote', { hasText: '<img src=x onerror=alert(1)>' }).waitFor();
    await act(page, 'Show again', 'The site’s own block: only the site takes it back.');
    await page.getByText('Lifted; it stays hidden: the site itself blocks it.').waitFor();
    await page.getByText('Decided: keep.').waitFor();
    expect(await state(address)).toMatchObject({ blocked: true, reason: 'copyright' });
    expect(await page.getByRole('button', { name: 'Show again' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('protects: lifts the block of the rule, tells so, and ends it again', async () => {
    const address = await room.picture(site, 'protected', { readers: 5 });
    const { page } = await room.sit('/console/images', amina());
    await find(page, address);
    await page.locator('.image-top img').waitFor();
    await act(page, 'Protect', 'It lifts the block that a rule or the same picture made.');
    await page.getByText('It is protected: reports only queue.').waitFor();
    await page.getByText('Protected: reports only queue from now on; a block was lifted.').waitFor();
    expect(await state(address)).toMatchObject({ blocked: false });
    await act(page, 'End protection', 'The rule looks at it again with the next report.');
    await page.getByText('It is protected').waitFor({ state: 'detached' });
  });

  it('says on the button that a colleague works on the case, and offers the undo without asking more', async () => {
    const address = await room.picture(site, 'taken');
    const karim = await room.service.staffToken('karim@images.ma', 'moderator', site);
    const { body } = await room.service.ask<{ items: { id: string; image: { url: string } }[] }>(
      'GET',
      '/v1/cases?limit=100',
      karim,
    );
    const id = body.items.find(({ image }) => image.url === address)?.id ?? '';
    await room.service.ask('PUT', `/v1/cases/${id}/lease`, karim, {});
    const { page } = await room.sit('/console/images', amina());
    await find(page, address);
    await page.getByRole('group').getByRole('button', { name: 'Block' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('karim@images.ma works on that case now.').waitFor();
    await dialog.getByLabel('Content rule').selectOption('privacy');
    // What is asked after it was done can fail: it is done all the same.
    await page.route('**/v1/events?*', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Block anyway' }).click();
    await page.locator('.toast', { hasText: 'Blocked.' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await state(address)).toMatchObject({ blocked: false });
  });

  it('asks of which site an address is, where somebody has several', async () => {
    await room.service.site('second');
    const { page } = await room.sit('/console/images', { email: 'admin@images.ma', role: 'admin' });
    await find(page, url('never'));
    await page.getByText('An address or an own id is a site’s: choose which.').first().waitFor();
    await page.getByLabel('Of which site').selectOption('second');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.waitForURL('**/console/images?site=second&url=*');
    await page.getByText('Never reported').waitFor();
  });

  it('lists images by state', async () => {
    await room.service.reports(site, url('listed'), 1);
    const { page } = await room.sit('/console/images', amina());
    await page.getByRole('link', { name: 'Protected', exact: true }).click();
    await page.getByText('No image is protected.').waitFor();
    await page.getByRole('link', { name: 'Awaiting a decision' }).click();
    await page.getByRole('link', { name: url('listed') }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=open');
  });

  it('tells the log, what is new in it when asked, and the accounts’ log to leads alone', async () => {
    const { page } = await room.sit('/console/log', amina());
    await page.locator('.timeline-line').first().waitFor();
    await room.service.reports(site, url('logged'), 1);
    await page.getByText('1 new entry').waitFor();
    await page.keyboard.press('r');
    await page.getByText('1 new entry').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Accounts and rights' }).click();
    await page.waitForURL('**/console/log?of=accounts');
    await page.locator('h1', { hasText: 'Log' }).waitFor();
    expect(await axeFinds(page)).toEqual([]);
    const other = await room.sit('/console/log?of=accounts', {
      email: 'm@images.ma',
      role: 'moderator',
      site,
    });
    await other.page.locator('.timeline-line').first().waitFor();
    expect(await other.page.getByRole('link', { name: 'Accounts and rights' }).count()).toBe(0);
  });

  it('says so where no more of the log could be loaded', async () => {
    const long = await room.service.site('long');
    for (let n = 0; n < 51; n += 1)
      await room.service.reports(long, `https://cdn.long.ma/photos/${n}.jpg`, 1);
    const { page } = await room.sit('/console/log', { email: 'lead@long.ma', role: 'lead', site: long });
    await page.route(/\/v1\/events\?.*cursor=/, (route) => route.abort());
    await page.getByRole('button', { name: /Show what was before/ }).click();
    await page.getByText('The service can not be reached').waitFor();
  });

  it('leads from the line of a merge to the image that became part of the other, there and in the log', async () => {
    await room.service.reports(site, url('became-part'), 1);
    const token = await room.service.staffToken('k@images.ma', 'moderator', site);
    const asked = (by: Record<string, string>) =>
      room.service.ask<ImageHistory>(
        'GET',
        `/v1/images?${new URLSearchParams({ site: site.slug, ...by }).toString()}`,
        token,
      );
    const part = (await asked({ url: url('became-part') })).body.id;
    const bound = { id: 'whole', urls: [url('became-part')] };
    await room.service.reports(site, { id: 'whole' }, 1);
    await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, bound);
    const whole = (await asked({ id: 'whole' })).body.id;
    const { page, errors } = await room.sit(`/console/images/${whole}`, amina(), { viewport: SMALL_PHONE });
    for (const path of [`/console/images/${whole}`, '/console/log']) {
      await page.goto(path);
      const line = page.locator('.timeline-line.image-merged').first();
      const way = line.getByRole('link', { name: 'See the other image' });
      await way.waitFor();
      expect(await axeFinds(page)).toEqual([]);
      expect(await sticksOut(page)).toEqual([]);
      await way.click();
      await page.waitForURL(`**/console/images/${part}`);
      await page.getByText('It became part of another image.').waitFor();
    }
    expect(errors).toEqual([]);
  });

  it('lists a long state with its reason on the narrowest screen', async () => {
    await room.service.reports(site, url('long-state'), 5, 'misinformation');
    const seat = { language: 'fr', viewport: { width: 320, height: 640 } } as const;
    const { page } = await room.sit('/console/images?state=blocked', amina(), seat);
    await page.locator('.badge', { hasText: 'Désinformation' }).first().waitFor();
    expect(await sticksOut(page)).toEqual([]);
  });

  it.each([
    ['en', 'light', undefined],
    ['ar', 'dark', PHONE],
    ['es', 'dark', undefined],
  ] as const)('passes axe and fits in %s, %s (behaviour 55)', async (language, theme, viewport) => {
    const address = await room.picture(site, `axe-${language}`, { readers: 5 });
    const seat = { language, theme, ...(viewport === undefined ? {} : { viewport }) };
    const asked = new URLSearchParams({ url: address }).toString();
    const { page, errors } = await room.sit(`/console/images?${asked}`, amina(), seat);
    await page.locator('.image-top img').waitFor();
    await page.locator('.timeline-line').first().waitFor();
    for (const path of ['', '/console/images', '/console/log']) {
      if (path !== '') {
        await page.goto(path);
        await page.locator('.timeline-line, .image-list li').first().waitFor();
      }
      await until(async () => (await page.locator('.loading').count()) === 0);
      expect(await axeFinds(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    }
    expect(errors).toEqual([]);
  });
});
