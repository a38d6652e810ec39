import type { Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { axeFinds, isTooWide } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PHONE, SMALL_PHONE } from './console.js';
import { caseInFront, decisionsOf, pictureInFront, pressOnArabicLayout, seenAs } from './review-desk.js';
import { missingRoom } from './room-for-words.js';

describeInBrowser('the review page', () => {
  let room: ConsoleRoom;
  beforeAll(async () => {
    room = await ConsoleRoom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  /** A site with so many pictures, the most urgent first, and a moderator in front of the first. */
  async function atWork(
    slug: string,
    pictures: number,
    seat: Parameters<ConsoleRoom['sit']>[2] = {},
    role: 'moderator' | 'lead' = 'moderator',
  ): Promise<{ site: TestSite; page: Page; errors: string[]; urls: string[] }> {
    const site = await room.service.site(slug);
    const urls: string[] = [];
    for (let n = 0; n < pictures; n += 1) urls.push(await room.picture(site, `${slug}-${n}`));
    const who = { email: `amina@${slug}.ma`, role, site };
    const { page, errors } = await room.sit('/console/review', who, seat);
    if (pictures > 0) await caseInFront(page, urls[0]);
    return { site, page, errors, urls };
  }

  it('starts each picture blurred and grey, and clears it only while it is held (behaviour 54)', async () => {
    const { page, urls, errors } = await atWork('blurred', 2);
    const hidden = { blurred: true, grey: true };
    const clear = { blurred: false, grey: false };
    expect(await seenAs(page)).toEqual(hidden);
    await page.keyboard.down('v');
    expect(await seenAs(page)).toEqual(clear);
    await page.keyboard.up('v');
    expect(await seenAs(page)).toEqual(hidden);
    await pictureInFront(page).focus();
    await page.keyboard.down(' ');
    expect(await seenAs(page)).toEqual(clear);
    await page.keyboard.up(' ');
    await pictureInFront(page).hover();
    await page.mouse.down();
    expect(await seenAs(page)).toEqual(clear);
    // Decided while it is held: the next one is hidden all the same.
    await page.keyboard.press('k');
    await caseInFront(page, urls[1]);
    expect(await seenAs(page)).toEqual(hidden);
    await page.mouse.up();
    expect(errors).toEqual([]);
  });

  it('remembers how strongly pictures are blurred', async () => {
    const { page, urls } = await atWork('slider', 1);
    await page.locator('.picture-settings summary').click();
    await page.locator('.picture-settings input[type=range]').fill('10');
    await page.getByLabel('Without colours').uncheck();
    await page.reload();
    await caseInFront(page, urls[0]);
    expect(await pictureInFront(page).evaluate((one) => one.style.getPropertyValue('--blur'))).toBe('10');
    expect(await seenAs(page)).toEqual({ blurred: true, grey: false });
  });

  it('loads nothing from the address of the picture, nor from anywhere else', async () => {
    const site = await room.service.site('nowhere');
    await room.picture(site, 'nowhere');
    const who = { email: 'amina@nowhere.ma', role: 'moderator', site } as const;
    const { page } = await room.sit('/console/account', who);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/console/review');
    await seenAs(page);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((url) => !url.startsWith(room.origin))).toEqual([]);
  });

  it.each(['fr', 'ar'] as const)(
    'lets twenty cases be decided by keyboard alone in %s (behaviour 55)',
    async (language) => {
      const { site, page, errors, urls } = await atWork(`twenty-${language}`, 20, { language });
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
      const press = async (key: string): Promise<void> =>
        language === 'ar' ? pressOnArabicLayout(page, key) : page.keyboard.press(key);
      for (const [n, url] of urls.entries()) {
        await caseInFront(page, url);
        switch (n % 5) {
          case 0:
            // Enter: what most readers said.
            await press('b');
            await page.keyboard.press('Enter');
            break;
          case 1:
            await press('b');
            await press('3');
            break;
          case 2:
            await press('k');
            break;
          case 3:
            await press('i');
            await press('2');
            break;
          case 4:
            await press('c');
            await page.keyboard.type('à voir');
            await page.keyboard.press('Escape');
            await press('e');
            break;
        }
      }
      await page.locator('.empty').waitFor();
      await until(async () => (await decisionsOf(room, site)).length === 20);
      const decided = (await decisionsOf(room, site)).map(({ action, policy, reports, note }) =>
        [action, policy ?? '', reports, note ?? ''].join(' ').trim(),
      );
      const five = [
        'block violence valid',
        'block nudity valid',
        'keep  ignore',
        'keep  invalid',
        'escalate  ignore à voir',
      ];
      expect(decided.sort()).toEqual([...five, ...five, ...five, ...five].sort());
      expect(errors).toEqual([]);
    },
  );

  it('shows the next picture at once after a decision; how fast, it prints', async () => {
    const { page, urls } = await atWork('fast', 21);
    const times: number[] = [];
    for (const next of urls.slice(1)) {
      // The one ahead has been loaded, as while one looks at the one in front.
      await page.waitForFunction(() => {
        const images = [...document.querySelectorAll<HTMLImageElement>('.stage-place img')];
        return images.length === 2 && images.every((image) => image.complete && image.naturalWidth > 0);
      });
      times.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const before = document.querySelector('.stage-place:not([hidden]) img');
              const began = performance.now();
              const look = (): void => {
                const shown = document.querySelector<HTMLImageElement>('.stage-place:not([hidden]) img');
                if (shown === null || shown === before || !shown.complete)
                  return void requestAnimationFrame(look);
                // In the next frame it has been painted.
                requestAnimationFrame(() => resolve(performance.now() - began));
              };
              document.body.dispatchEvent(
                new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', bubbles: true, cancelable: true }),
              );
              look();
            }),
        ),
      );
      await caseInFront(page, next);
    }
    times.sort((one, other) => one - other);
    const at = (share: number): string => (times[Math.ceil(times.length * share) - 1] ?? NaN).toFixed(1);
    console.info(
      `From a decision to the next picture, ${times.length} times: median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
    );
    expect(times).toHaveLength(20);
  });

  it('takes back what was decided, by key or by the toast, with the note', async () => {
    const { site, page, urls } = await atWork('undo', 3);
    await page.keyboard.press('c');
    await page.keyboard.type('an archive picture');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('k');
    await caseInFront(page, urls[1]);
    await page.keyboard.press('z');
    await caseInFront(page, urls[0]);
    expect(await page.locator('.note textarea').inputValue()).toBe('an archive picture');
    await page.keyboard.press('b');
    await page.keyboard.press('2');
    await caseInFront(page, urls[1]);
    await page.locator('.toast .link-button').last().click();
    await caseInFront(page, urls[0]);
    const decisions = await decisionsOf(room, site);
    expect(decisions.map(({ undone }) => undone)).toEqual([true, true]);
  });

  it.each([
    ['fr', 'on a phone', PHONE],
    ['ar', 'on a small phone', SMALL_PHONE],
    ['fr', 'on a desk', { width: 1440, height: 900 }],
    ['ar', 'on a low window', { width: 1100, height: 600 }],
  ] as const)(
    'says in %s %s what was done clear of all that can be decided next, with the key at what it takes back',
    async (language, where, viewport) => {
      const slug = `clear-${language}-${where.replaceAll(' ', '-')}`;
      const { page, urls, errors } = await atWork(slug, 5, { language, viewport });
      const decisions = [['k'], ['e'], ['b', '2']];
      for (const [n, keys] of decisions.entries()) {
        for (const key of keys) await page.keyboard.press(key);
        await caseInFront(page, urls[n + 1]);
      }
      const last = page.locator('.toast').last();
      /** Whether the bar is free of them, and the last of them can be pressed. */
      const isClear = async (): Promise<boolean> => {
        await last.locator('.link-button').click({ trial: true });
        const boxes = await page.locator('.toast:visible, .decision-bar').evaluateAll((all) =>
          all.map((one) => {
            const { top, bottom } = one.getBoundingClientRect();
            return { isBar: one.matches('.decision-bar'), top, bottom };
          }),
        );
        const bar = boxes.find(({ isBar }) => isBar);
        return boxes.every(({ isBar, top, bottom }) => isBar || (top >= 0 && bottom <= (bar?.top ?? 0)));
      };
      await until(isClear);
      await page.keyboard.press('b');
      await page.locator('.choices').waitFor();
      await until(isClear);
      await page.keyboard.press('Escape');
      await page.locator('.note textarea').fill('1\n2\n3\n4\n5\n6');
      await until(isClear);
      await page.locator('.note textarea').fill('');
      await page.keyboard.press('Escape');
      await page.keyboard.press('f');
      await page.locator('.review-work.full').waitFor();
      await until(isClear);
      // Back from the large picture, where there is no key at hand, too.
      await page.locator('.stage-foot .link-button').click();
      await page.locator('.review-work:not(.full)').waitFor();
      expect(await page.locator('.toast kbd').count()).toBe(1);
      expect(await last.locator('kbd').count()).toBe(1);
      await page.keyboard.press('z');
      await caseInFront(page, urls[2]);
      expect(await page.locator('.toast kbd').count()).toBe(1);
      await page.keyboard.press('z');
      await caseInFront(page, urls[1]);
      expect(errors).toEqual([]);
    },
  );

  it('shows the whole of a picture as large as the window, above the menu of a phone', async () => {
    const { page } = await atWork('whole', 1, { viewport: PHONE });
    await page.keyboard.press('f');
    await page.locator('.review-work.full').waitFor();
    const covers = await pictureInFront(page).evaluate((picture) => {
      const { left, right, top, bottom } = picture.getBoundingClientRect();
      return [top + 4, bottom - 4].map(
        (y) => document.elementFromPoint((left + right) / 2, y)?.closest('.picture') !== picture,
      );
    });
    expect(covers).toEqual([false, false]);
  });

  it('decides one case for a press, however long it is held, and for a double click', async () => {
    const { site, page, urls } = await atWork('held-key', 5);
    await page.getByRole('button', { name: /^Keep/ }).dblclick();
    await caseInFront(page, urls[1]);
    await page.locator('.decisions button').first().click();
    for (let n = 0; n < 12; n += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await caseInFront(page, urls[2]);
    await page.getByRole('button', { name: /^Keep/ }).focus();
    for (let n = 0; n < 12; n += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await caseInFront(page, urls[3]);
    // Before anybody can have seen that it is another one.
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await caseInFront(page, urls[4]);
    await until(async () => (await decisionsOf(room, site)).length >= 4);
    expect((await decisionsOf(room, site)).map(({ action }) => action)).toEqual([
      'keep',
      'block',
      'keep',
      'keep',
    ]);
  });

  it('decides nothing by a key that leads nowhere after another, nor by the key that shows the picture', async () => {
    const { site, page, urls } = await atWork('nowhere-key', 2);
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await pictureInFront(page).focus();
    await page.keyboard.press('b');
    await page.locator('.choices').waitFor();
    await page.keyboard.down(' ');
    expect(await seenAs(page)).toEqual({ blurred: false, grey: false });
    await page.keyboard.up(' ');
    // Chosen by the list: the next key is a key again.
    await page.keyboard.press('Escape');
    await caseInFront(page, urls[0]);
    expect(await decisionsOf(room, site)).toEqual([]);
    await page.getByLabel('Only cases with this reason').selectOption('violence');
    await caseInFront(page, urls[0]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });

  it('says of the next case which picture it is, and keeps the focus on pictures', async () => {
    const { page, urls } = await atWork('heard', 2);
    const heard = page.locator('.review-work > [role=status]');
    await pictureInFront(page).focus();
    expect(await heard.textContent()).toContain(urls[0]);
    await page.keyboard.press('k');
    await caseInFront(page, urls[1]);
    expect(await heard.textContent()).toContain(urls[1]);
    expect(await pictureInFront(page).evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('keeps a decision while the service can not be reached, says so, and sends it again', async () => {
    const { site, page, urls } = await atWork('offline', 2);
    await page.keyboard.press('c');
    await page.keyboard.type('typed in a tunnel');
    await page.keyboard.press('Escape');
    await page.context().setOffline(true);
    await page.keyboard.press('k');
    await caseInFront(page, urls[1]);
    await page.locator('.notice.warn').waitFor();
    expect(await decisionsOf(room, site)).toEqual([]);
    await page.context().setOffline(false);
    await until(async () => (await decisionsOf(room, site)).length === 1);
    await page.locator('.notice.warn').waitFor({ state: 'detached' });
    expect(await decisionsOf(room, site)).toMatchObject([{ action: 'keep', note: 'typed in a tunnel' }]);
  });

  it('shows what strangers wrote as text, whatever it is', async () => {
    const site = await room.service.site('strange');
    const url = await room.picture(site, 'strange');
    await room.service.ask('POST', '/v1/reports', site.secretKey, {
      image: { url },
      reason: 'hate',
      comment: '<img src=x onerror=alert(1)> \u202eesrever\u202c صورة قديمة',
      page: { url: `${site.origin}/<script>`, title: '<b>bold</b> \u202e!gnorw' },
      reporter: { account: 'stranger' },
    });
    const who = { email: 'amina@strange.ma', role: 'moderator', site } as const;
    const { page, errors } = await room.sit('/console/review', who);
    const said = page.locator('.said');
    expect(await said.textContent()).toBe('<img src=x onerror=alert(1)> \ufffdesrever\ufffd صورة قديمة');
    expect(await said.getAttribute('dir')).toBe('auto');
    expect(await page.locator('.pages bdi').first().textContent()).toBe('<b>bold</b> \ufffd!gnorw');
    expect(await page.locator('.case-facts a, .case-facts img').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('shows no preview of what was reported as child abuse, but what the newsroom must do', async () => {
    const site = await room.service.site('severe');
    const url = await room.picture(site, 'severe', { reason: 'child_abuse' });
    const who = { email: 'amina@severe.ma', role: 'moderator', site } as const;
    const { page } = await room.sit('/console/review', who, { language: 'en' });
    await caseInFront(page, url);
    await page.locator('.severe').waitFor();
    expect(await page.locator('.stage img').count()).toBe(0);
    expect(await page.locator('.severe-text').textContent()).toContain('law of your country');
    expect(await axeFinds(page)).toEqual([]);
    await page.keyboard.press('b');
    await page.keyboard.press('Enter');
    const sure = page.locator('dialog[open]');
    await sure.waitFor();
    expect(await decisionsOf(room, site)).toEqual([]);
    await sure.locator('.button.danger').click();
    await until(async () => (await decisionsOf(room, site)).length === 1);
    expect(await decisionsOf(room, site)).toMatchObject([{ action: 'block', policy: 'child_abuse' }]);
  });

  it('says what the site wrote for that, and opens a sealed copy to the permission `legal` only, deliberately', async () => {
    const site = await room.service.site('sealed');
    const { dataSource } = room.service.database;
    await dataSource.query('update site set severe_instructions = $2 where id = $1', [
      site.id,
      'Appelez la DGSN.\nNe copiez rien.',
    ]);
    const url = await room.picture(site, 'sealed');
    await room.service.reports(site, url, 1, 'child_abuse');
    const amina = { email: 'amina@sealed.ma', role: 'moderator', site } as const;
    const { page } = await room.sit('/console/review', amina);
    await page.locator('.severe-text', { hasText: 'Appelez la DGSN.' }).waitFor();
    expect(await page.locator('.severe button').count()).toBe(0);
    await page.keyboard.press('p');
    await page.locator('.empty').waitFor();
    const leila = { email: 'leila@sealed.ma', role: 'lead', site } as const;
    await room.account(leila.email, leila.role, site);
    await dataSource.query('update staff set legal = true where email = $1', [leila.email]);
    const { page: legal } = await room.sit('/console/review', leila);
    await legal.locator('.severe button').waitFor();
    expect(await legal.locator('.stage img').count()).toBe(0);
    await legal.locator('.severe button').click();
    await legal.locator('dialog[open] .button.danger').click();
    expect(await seenAs(legal)).toEqual({ blurred: true, grey: true });
    // Nowhere else by itself: not in lists, and on its own page by the same step.
    const opened = async (): Promise<number> =>
      (
        await dataSource.query<unknown[]>(
          "select 1 from event where site_id = $1 and type = 'snapshot.opened'",
          [site.id],
        )
      ).length;
    await until(async () => (await opened()) === 1);
    await legal.goto('/console/queue');
    await legal.locator('.case-row .picture.none', { hasText: 'Sealed' }).waitFor();
    await legal.goto('/console/images');
    await legal.locator('.image-list .picture.none', { hasText: 'Sealed' }).waitFor();
    await legal.locator('.image-list a').click();
    await legal.locator('.image-top .picture.none', { hasText: 'Sealed' }).waitFor();
    expect(await opened()).toBe(1);
    await legal.getByRole('button', { name: 'Open the sealed copy' }).click();
    await legal.locator('dialog[open] .button.danger').click();
    await until(async () => (await opened()) === 2);
  });

  it('says that nothing waits, and shows what comes without being asked; a pause gives everything back', async () => {
    const { site, page } = await atWork('empty', 0);
    await page.locator('.empty').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    const url = await room.picture(site, 'late');
    await caseInFront(page, url);
    await page.keyboard.press('p');
    await page.locator('.empty').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    const held = () =>
      room.service.database.dataSource.query<unknown[]>(
        'select 1 from moderation_case where site_id = $1 and lease_holder is not null',
        [site.id],
      );
    await until(async () => (await held()).length === 0);
    await page.keyboard.press('p');
    await caseInFront(page, url);
    // Whoever leaves the page holds nothing any more.
    await page.goto('about:blank');
    await until(async () => (await held()).length === 0);
  });

  it.each([
    ['en', 'light', undefined],
    ['ar', 'dark', PHONE],
    ['fr', 'dark', { width: 1800, height: 1000 }],
    ['es', 'light', PHONE],
  ] as const)(
    'passes axe in %s, %s, and fits the window (behaviour 55)',
    async (language, theme, viewport) => {
      const slug = `axe-${language}-${theme}`;
      const { page } = await atWork(slug, 2, {
        language,
        theme,
        ...(viewport === undefined ? {} : { viewport }),
      });
      expect(await axeFinds(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await page.locator('.facts-history summary').last().click();
      await page.locator('.timeline').waitFor();
      await page.keyboard.press('b');
      await page.locator('.choices').waitFor();
      expect(await axeFinds(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('f');
      await page.locator('.review-work.full').waitFor();
      expect(await axeFinds(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    },
  );

  it('says in the language of the page why a decision was not taken or taken back, and in English only behind it', async () => {
    const { page, errors } = await atWork('in-french', 2, { language: 'fr' });
    const detail = 'Something only the service knows.';
    const refuse = (path: string, status: number, problem: object): Promise<unknown> =>
      page.route(path, (route) => route.fulfill({ status, json: { detail, ...problem } }), { times: 1 });
    await refuse('**/decision', 422, { type: '/problems/invalid' });
    await page.keyboard.press('k');
    const refused = page.locator('.refused');
    for (const again of [false, true]) {
      if (again) await page.reload();
      await refused.getByText('Une valeur n’est pas valable. Vérifiez votre saisie.').waitFor();
      expect(await refused.getByText(detail).isVisible()).toBe(false);
      await refused.getByText('Ce qu’a répondu le service').click();
      await refused.getByText(detail).waitFor();
    }
    await page.keyboard.press('a');
    await refused.waitFor({ state: 'detached' });

    await caseInFront(page);
    await page.keyboard.press('k');
    await page.getByText('Conservée', { exact: true }).waitFor();
    // Whoever decided last is no answer to why: the picture was replaced.
    const decidedBy = { id: 'stf_x', email: 'amina@in-french.ma' };
    await refuse('**/undo', 409, {
      type: '/problems/case-conflict',
      why: 'newer-content',
      case: {},
      decidedBy,
    });
    await page.keyboard.press('z');
    await page.getByText('Trop tard pour annuler\u202f: la photo a été remplacée depuis.').waitFor();
    expect(errors).toEqual([]);
  });

  it.each(['fr', 'ar', 'es', 'en'] as const)(
    'leaves a small phone most of the picture in %s, and has every answer in reach',
    async (language) => {
      // Leads have the most beside the title.
      const { page } = await atWork(`small-${language}`, 1, { language, viewport: SMALL_PHONE }, 'lead');
      const edges = async (selector: string): Promise<{ top: number; bottom: number }> => {
        const box = await page.locator(selector).boundingBox();
        if (box === null) throw new Error(`not on the page: ${selector}`);
        return { top: box.y, bottom: box.y + box.height };
      };
      const picture = await edges('.stage-place:not([hidden]) .picture');
      const bar = await edges('.decision-bar');
      // A third of the window.
      expect(Math.min(picture.bottom, bar.top) - picture.top).toBeGreaterThan(SMALL_PHONE.height / 3);
      await page.locator('.decisions .danger').click();
      expect((await edges('.choices-list button:last-child')).bottom).toBeLessThan(SMALL_PHONE.height);
      expect(await axeFinds(page)).toEqual([]);
      await page.locator('.decisions .danger').click();
      await page.keyboard.press('f');
      await page.locator('.review-work.full').waitFor();
      await page.locator('.decisions .danger').click();
      expect((await edges('.choices')).top).toBeGreaterThan(0);
      await page.locator('.choices-list button').first().click({ trial: true });
      expect(await isTooWide(page)).toBe(false);
    },
  );

  it.each(
    (['fr', 'ar', 'es', 'en'] as const).flatMap((language) =>
      (['moderator', 'lead'] as const).map((role) => [language, role] as const),
    ),
  )(
    'has room for every word of its choice of a reason on a small phone in %s, for a %s',
    async (language, role) => {
      const seat = { language, viewport: SMALL_PHONE };
      const { page } = await atWork(`words-${language}-${role}`, 1, seat, role);
      expect(await missingRoom(page.locator('.review-filter'))).toEqual([0]);
      expect(await isTooWide(page)).toBe(false);
    },
  );

  it.each(['fr', 'ar', 'es', 'en'] as const)(
    'has the key of each choice inside its button in %s',
    async (language) => {
      const { page } = await atWork(`keys-${language}`, 1, { language });
      const stickingOut = (): Promise<string[]> =>
        page.locator('.choices .button, .decisions .button').evaluateAll((buttons) =>
          buttons.flatMap((button) => {
            const { left, right } = button.getBoundingClientRect();
            const sticks = [...button.querySelectorAll('*')].some((part) => {
              const at = part.getBoundingClientRect();
              return at.width > 0 && (at.left < left - 0.5 || at.right > right + 0.5);
            });
            return sticks ? [button.textContent] : [];
          }),
        );
      for (const width of [1920, 1280, 1100, 390]) {
        await page.setViewportSize({ width, height: 800 });
        for (const key of ['b', 'i']) {
          await page.keyboard.press(key);
          await page.locator('.choices').waitFor();
          expect([width, ...(await stickingOut())]).toEqual([width]);
          await page.keyboard.press('Escape');
          await page.locator('.choices').waitFor({ state: 'detached' });
        }
      }
    },
  );
});
