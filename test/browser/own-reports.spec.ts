import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';
import { type Reader, refuseLocks } from './reader.js';

/** What a reader can do about their own reports: by keyboard, later, offline, and as an account of the site. */
describeInBrowser('a reader', () => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await Newsroom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const pageOf = (names: readonly string[], before = ''): string =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>News</title>${before}${room.script()}<body>${names
      .map(
        (name) => `<p><img data-vigie src="/photos/${name}.svg" width="240" height="160" alt="${name}"></p>`,
      )
      .join('')}</body></html>`;

  async function open(reader: Reader, path: string, ...names: string[]): Promise<void> {
    await reader.page.goto(room.news.page(path, pageOf(names)));
    await reader.flags.first().waitFor();
  }

  const says = (reader: Reader, beginning: string): Promise<void> =>
    until(
      async () => (await reader.status.textContent())?.startsWith(beginning) === true,
      () => beginning,
    );

  interface Report {
    readonly reasons: string[];
    readonly notes: { readonly comment: string | null }[];
  }

  /** The reports that the service has of an image, as its moderators see them. */
  async function reportsOf(name: string): Promise<Report[]> {
    const admin = await room.service.staffToken(`${name}@vigie.ma`, 'admin');
    const url = encodeURIComponent(room.news.photo(name));
    const image = await room.service.ask<{ cases?: { id: string }[] }>(
      'GET',
      `/v1/images?site=news&url=${url}`,
      admin,
    );
    const id = image.body.cases?.[0]?.id;
    if (id === undefined) return [];
    const { body } = await room.service.ask<{ items: Report[] }>('GET', `/v1/cases/${id}/reports`, admin);
    return body.items;
  }

  it('reports by keyboard alone, and gets the focus back', async () => {
    const reader = await room.reader();
    await open(reader, '/keys', 'keys');
    const { keyboard } = reader.page;
    const focused = (): Promise<string> =>
      reader.page.evaluate(() => {
        let { activeElement } = document;
        while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
        return `${activeElement?.tagName} ${activeElement?.getAttribute('value') ?? activeElement?.getAttribute('class')}`;
      });
    await keyboard.press('Tab');
    expect(await focused()).toMatch(/^BUTTON flag/);
    await keyboard.press('Enter');
    // On the title: no reason is suggested.
    await reader.dialog.getByRole('radio').first().waitFor();
    expect(await focused()).toBe('H2 null');
    await keyboard.press('Tab');
    expect(await focused()).toBe('INPUT child_abuse');
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('INPUT violence');
    // Around once: nothing outside of the dialog is reached.
    const seen = new Set<string>();
    for (let n = 0; n < 6; n += 1) {
      await keyboard.press('Tab');
      seen.add(await focused());
    }
    expect([...seen].filter((name) => name.includes('flag'))).toEqual([]);
    await keyboard.press('Escape');
    await until(async () => (await reader.dialog.count()) === 0);
    expect(await focused()).toMatch(/^BUTTON flag/);

    await keyboard.press('Space');
    await reader.dialog.getByRole('radio').first().waitFor();
    await keyboard.press('Tab');
    for (let n = 0; n < 3; n += 1) await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
    await keyboard.type('An accident, not blurred');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await says(reader, 'Thank you');
    expect(await focused()).toBe('BUTTON main');
    await keyboard.press('Enter');
    await until(async () => (await focused()).startsWith('BUTTON flag'));
    expect(await reportsOf('keys')).toMatchObject([
      { reasons: ['hate'], notes: [{ comment: 'An accident, not blurred' }] },
    ]);
    expect(reader.errors).toEqual([]);
  });

  it('is asked for a reason, and sees that a comment ends after 1000 characters', async () => {
    const reader = await room.reader();
    await open(reader, '/comment', 'comment');
    await reader.flags.click();
    await reader.dialog.locator('button.main').click();
    await says(reader, 'Choose a reason.');
    await reader.dialog.locator('input[value=spam]').check();
    expect(await reader.status.textContent()).toBe('');
    const comment = reader.dialog.locator('textarea');
    const direction = (): Promise<string> => comment.evaluate((one) => getComputedStyle(one).direction);
    await comment.fill('إعلان!');
    expect(await direction()).toBe('rtl');
    await comment.fill('x'.repeat(998));
    expect(await direction()).toBe('ltr');
    await comment.focus();
    await reader.page.keyboard.press('End');
    await reader.page.keyboard.type('🦉ab');
    expect(await comment.inputValue()).toBe(`${'x'.repeat(998)}🦉`);
    await reader.dialog.locator('button.main').click();
    await says(reader, 'Thank you');
    expect((await reportsOf('comment'))[0]?.notes[0]?.comment).toBe(`${'x'.repeat(998)}🦉`);
  });

  it('is told what became of a report, with a mark on the button until it is read, and withdraws it', async () => {
    const reader = await room.reader();
    await open(reader, '/fate', 'fate', 'kept', 'withdrawn');
    for (const index of [0, 1, 2]) {
      await reader.report(index);
      await says(reader, 'Thank you');
      await reader.page.keyboard.press('Escape');
    }
    await reader.flags.nth(2).click();
    await says(reader, 'Your report is recorded.');
    await reader.dialog.getByText('Withdraw my report').click();
    await says(reader, 'Your report is withdrawn.');
    await reader.dialog.getByText('Close').click();
    expect(await reportsOf('withdrawn')).toMatchObject([{}]);
    expect(await reader.flags.nth(2).getAttribute('aria-label')).toBe('Report this image, withdrawn');

    await room.block(room.news.photo('fate'));
    await room.service.ask('PUT', '/v1/images/block', room.site.secretKey, {
      image: { url: room.news.photo('other') },
      reason: 'spam',
    });
    const admin = await room.service.staffToken('decides@vigie.ma', 'admin');
    const kept = encodeURIComponent(room.news.photo('kept'));
    const { body } = await room.service.ask<{ cases: { id: string }[] }>(
      'GET',
      `/v1/images?site=news&url=${kept}`,
      admin,
    );
    await room.service.ask('POST', `/v1/cases/${body.cases[0]?.id}/decision`, admin, {
      action: 'keep',
      version: 1,
    });

    // The next visit, when the last question is a while ago.
    await reader.page.evaluate(() => {
      const reports = JSON.parse(localStorage.getItem('vigie:reports') ?? '[]') as { at: number }[];
      localStorage.setItem(
        'vigie:reports',
        JSON.stringify(reports.map((report) => ({ ...report, at: report.at - 3_600_000 }))),
      );
    });
    await reader.page.reload();
    await until(async () => (await reader.page.locator('button.news').count()) === 2);
    await reader.covers.waitFor();
    expect(await reader.flags.nth(0).getAttribute('aria-label')).toBe(
      'Your report of this image, there is news, fate',
    );
    await reader.flags.nth(0).click();
    await says(reader, 'This image was blocked automatically.');
    await reader.page.keyboard.press('Escape');
    await reader.flags.nth(1).click();
    await says(reader, 'A moderator reviewed this image and kept it.');
    await reader.page.keyboard.press('Escape');
    await until(async () => (await reader.page.locator('button.news').count()) === 0);
    // Decided, it can be reported again.
    await reader.flags.nth(1).click();
    await reader.dialog.getByText('Report this image').last().click();
    await reader.dialog.getByRole('radio').first().waitFor();
    expect(reader.errors).toEqual([]);
  });

  it('can withdraw before the service has said what became of the report', async () => {
    const reader = await room.reader();
    await open(reader, '/impatient', 'impatient');
    await reader.report(0);
    await says(reader, 'Thank you');
    await reader.page.keyboard.press('Escape');
    let answer = (): void => undefined;
    await reader.page.route(/\/v1\/reports\/rcp_.*key=/, async (route) => {
      await new Promise<void>((resolve) => (answer = resolve));
      await route.continue();
    });
    const asked = reader.page.waitForRequest(/\/v1\/reports\/rcp_.*key=/);
    await reader.flags.first().click();
    await asked;
    await reader.dialog.getByText('Withdraw my report').click();
    answer();
    await says(reader, 'Your report is withdrawn.');
    expect(await reader.stored('reports')).toBe('[]');
  });

  it('is told that a report can not be withdrawn any more once who reported was forgotten', async () => {
    const reader = await room.reader();
    await open(reader, '/forgotten', 'forgotten');
    await reader.report(0);
    await says(reader, 'Thank you');
    const device = JSON.parse((await reader.stored('device')) ?? '') as string;
    const forgotten = await room.service.ask('POST', '/v1/reporters/forget', room.site.secretKey, { device });
    expect(forgotten.status).toBe(204);
    await reader.dialog.getByText('Withdraw my report').click();
    await says(reader, 'Your report can no longer be withdrawn.');
    // What became of the image is still told.
    await reader.page.keyboard.press('Escape');
    await reader.flags.first().click();
    await says(reader, 'Your report is recorded.');
  });

  it('is told that an image was reported already by this account, and never how many did', async () => {
    const signed = (sub: string): string => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, aud: 'news', exp: Math.floor(Date.now() / 1000) + 300 })}`;
      const secret = room.site.readerSigningSecret;
      return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
    };
    const hook = `<script>window.vigie = { token: async () => ${JSON.stringify(signed('user-42'))} };</script>`;
    const address = room.news.page('/account', pageOf(['account'], hook));
    const [phone, desk] = [await room.reader(), await room.reader()];
    for (const reader of [phone, desk]) {
      await reader.page.goto(address);
      await reader.report(0);
      await says(reader, 'Thank you');
    }
    expect(await desk.status.textContent()).toBe(
      'Thank you, you had already reported this image: your report stands.',
    );
    expect(await reportsOf('account')).toHaveLength(1);
    // A site whose tokens are wrong: the device reports alone.
    const wrong = await room.reader();
    await wrong.page.goto(
      room.news.page('/wrong', pageOf(['account'], '<script>window.vigie={token:async()=>"x.y.z"}</script>')),
    );
    await wrong.report(0);
    await says(wrong, 'Thank you');
    expect(await reportsOf('account')).toHaveLength(2);
  });

  it('gets another device where the service no longer takes the one that is stored', async () => {
    const reader = await room.reader();
    await open(reader, '/device', 'device');
    await reader.page.evaluate(() => localStorage.setItem('vigie:device', '"dev_of_another_installation"'));
    await reader.report(0);
    await says(reader, 'Thank you');
    const stored = await reader.stored('device');
    expect(stored).toMatch(/^"dev_/);
    expect(stored).not.toContain('another_installation');
    expect(await reportsOf('device')).toHaveLength(1);
  });

  it('who is offline is told so; the report is sent once when the service is back, whatever tabs are open', async () => {
    const reader = await room.reader();
    await open(reader, '/offline', 'offline');
    const other = await reader.context.newPage();
    await other.goto(`${room.news.origin}/offline`);
    let posts = 0;
    // Those that reach the service: what was begun while the network went is none.
    reader.context.on('response', (response) => {
      const request = response.request();
      if (request.method() === 'POST' && request.url().endsWith('/v1/reports')) posts += 1;
    });
    await reader.context.setOffline(true);
    await reader.report(0);
    await says(reader, 'The service does not answer. Your report is kept for an hour');
    await reader.page.keyboard.press('Escape');
    expect(await reader.stored('reports')).toContain('"body"');
    await reader.context.setOffline(false);
    const notices = [reader.page, other].map((page) => page.locator('.notice'));
    await until(async () => (await Promise.all(notices.map((notice) => notice.count()))).some(Boolean));
    await until(async () =>
      (await Promise.all(notices.map((notice) => notice.allTextContents())))
        .flat()
        .some((text) => text.startsWith('Thank you')),
    );
    expect(await reader.stored('reports')).not.toContain('"body"');
    expect(posts).toBe(1);
    expect(await reportsOf('offline')).toHaveLength(1);
    await reader.flags.first().click();
    await says(reader, 'Your report is recorded.');
  });

  describe('who looks on while their report waits', () => {
    async function wait(name: string): Promise<Reader> {
      const reader = await room.reader();
      await open(reader, `/looks-on-${name}`, `looks-on-${name}`);
      await reader.page.route(/\/v1\//, (route) => route.abort());
      await reader.report(0);
      await says(reader, 'The service does not answer.');
      return reader;
    }

    it('is thanked when it is sent, and told so once', async () => {
      const reader = await wait('thanked');
      await reader.page.unroute(/\/v1\//);
      await reader.refresh();
      await says(reader, 'Thank you');
      expect(await reader.page.locator('.notice').count()).toBe(0);
      await reader.dialog.getByText('Withdraw my report').click();
      await says(reader, 'Your report is withdrawn.');
    });

    it('is told so when another tab has sent it', async () => {
      const reader = await wait('elsewhere');
      const other = await reader.context.newPage();
      await other.goto(`${room.news.origin}/looks-on-elsewhere`);
      await says(reader, 'Your report is recorded.');
      expect(await reportsOf('looks-on-elsewhere')).toHaveLength(1);
    });

    it('may report anew when it is refused', async () => {
      const reader = await wait('refused');
      await reader.page.unroute(/\/v1\//);
      await reader.page.route(/\/v1\/reports$/, (route) =>
        route.fulfill({ status: 422, json: { detail: 'no' } }),
      );
      await reader.refresh();
      await says(reader, 'Your report could not be recorded.');
      await reader.dialog.locator('button', { hasText: 'Report this image' }).click();
      await reader.dialog.getByRole('radio').first().waitFor();
    });
  });

  it('whose report waited longer than an hour is told that it was not recorded', async () => {
    const reader = await room.reader();
    await open(reader, '/late', 'too-late');
    await reader.context.setOffline(true);
    await reader.report(0);
    await says(reader, 'The service does not answer.');
    await reader.context.setOffline(false);
    await until(async () => !(await reader.stored('reports'))?.includes('claims'));
    const waiting = (at: number): Promise<void> =>
      reader.page.evaluate((at) => {
        const image = ` ${location.origin}/photos/never.svg`;
        localStorage.setItem(
          'vigie:reports',
          JSON.stringify([
            {
              image,
              fate: 'waiting',
              shown: 'waiting',
              at,
              body: { image: { url: image.trim() }, reason: 'spam' },
            },
          ]),
        );
      }, at);
    await waiting(Date.now() - 3_600_001);
    await reader.page.reload();
    await until(async () =>
      (await reader.page.locator('.notice').allTextContents()).includes('Your report could not be recorded.'),
    );
    expect(await reportsOf('never')).toEqual([]);
    await waiting(Date.now() - 3_500_000);
    await reader.page.reload();
    await until(async () => (await reportsOf('never')).length === 1);
  });

  it('can withdraw a report that waits, before it is ever sent', async () => {
    const reader = await room.reader();
    await open(reader, '/waits', 'waits');
    await reader.context.setOffline(true);
    await reader.report(0);
    await says(reader, 'The service does not answer.');
    await reader.dialog.getByText('Withdraw my report').click();
    await says(reader, 'Your report is withdrawn.');
    const answered = reader.page.waitForResponse((response) => response.url().endsWith('/images/state'));
    await reader.context.setOffline(false);
    await reader.refresh();
    await answered;
    expect(await reportsOf('waits')).toEqual([]);
  });

  it('reports where the browser has no locks, one tab at a time', async () => {
    const reader = await room.reader();
    await reader.context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    await open(reader, '/claims', 'claims', 'claims-too');
    const other = await reader.context.newPage();
    await other.goto(`${room.news.origin}/claims`);
    let devices = 0;
    reader.context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/devices')) devices += 1;
    });
    // The second is ready to be sent while the first one still is on its way.
    await other.locator('vigie-report button.flag').nth(1).click();
    await other.locator('input[value=spam]').check();
    await reader.report(0);
    await other.waitForFunction(() => localStorage.getItem('vigie:reports')?.includes('claims'));
    await other.locator('button.main').click();
    await says(reader, 'Thank you');
    // In its dialog; that the report of the other tab was taken may be told here, too.
    await other.getByRole('dialog').getByText('Thank you').waitFor();
    expect(devices).toBe(1);
  });

  it('reports where the browser refuses its locks', async () => {
    const reader = await room.reader();
    await refuseLocks(reader);
    await open(reader, '/refused-locks', 'refused-locks');
    await reader.report(0);
    await says(reader, 'Thank you');
    expect(await reportsOf('refused-locks')).toHaveLength(1);
    expect(reader.errors).toEqual([]);
  });

  /** Holds the requests to an address back until it is called, then lets them go on. */
  async function hold(page: Page, address: RegExp): Promise<() => void> {
    let letGo = (): void => undefined;
    const gone = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(address, async (route) => {
      await gone;
      await route.continue().catch(() => undefined);
    });
    return letGo;
  }

  it.each([
    ['before the proof is there', /\/v1\/challenges/],
    ['before the device is there', /\/v1\/devices/],
    ['before the report is taken', /\/v1\/reports$/],
  ])('who leaves %s has reported all the same', async (when, address) => {
    const name = when.replaceAll(' ', '-');
    const reader = await room.reader();
    await open(reader, '/leaves', name);
    await hold(reader.page, address);
    const asked = reader.page.waitForRequest(address);
    await reader.report(0);
    await asked;
    const next = await reader.context.newPage();
    await reader.page.close();
    // For the first ten seconds it would be the other page's to send.
    await next.clock.install({ time: Date.now() + 15_000 });
    await next.goto(`${room.news.origin}/leaves`);
    await next.locator('.notice', { hasText: 'Thank you' }).waitFor();
    expect(await reportsOf(name)).toHaveLength(1);
    const stored = await next.evaluate(() => localStorage.getItem('vigie:reports'));
    expect(stored).toContain('rcp_');
    expect(stored).not.toContain('"body"');
  });

  it('who withdraws a report that is on its way has withdrawn it', async () => {
    const reader = await room.reader();
    await open(reader, '/on-its-way', 'on-its-way');
    await reader.context.setOffline(true);
    await reader.report(0);
    await says(reader, 'The service does not answer.');
    const letGo = await hold(reader.page, /\/v1\/reports$/);
    const posted = reader.page.waitForRequest(/\/v1\/reports$/);
    const deleted = reader.page.waitForResponse((response) => response.request().method() === 'DELETE');
    await reader.context.setOffline(false);
    await posted;
    await reader.dialog.getByText('Withdraw my report').click();
    letGo();
    await deleted;
    await says(reader, 'Your report is withdrawn.');
    expect(await reader.stored('reports')).toBe('[]');
  });

  it('whose report was withdrawn elsewhere while they asked for its fate does not get it back', async () => {
    const reader = await room.reader();
    await open(reader, '/replaced', 'replaced');
    await reader.report(0);
    await says(reader, 'Thank you');
    await reader.page.keyboard.press('Escape');
    const letGo = await hold(reader.page, /\/v1\/reports\/rcp_.*key=/);
    const asked = reader.page.waitForRequest(/\/v1\/reports\/rcp_.*key=/);
    await reader.flags.first().click();
    await asked;
    await reader.page.evaluate(() => localStorage.setItem('vigie:reports', '[]'));
    const answered = reader.page.waitForResponse(/\/v1\/reports\/rcp_.*key=/);
    letGo();
    await answered;
    // Nobody's any more: a new one is offered.
    await reader.dialog.getByRole('radio').first().waitFor();
    expect(await reader.stored('reports')).toBe('[]');
  });

  it('whose report is refused after the dialog was closed is told so', async () => {
    const reader = await room.reader();
    await open(reader, '/told', 'told');
    const letGo = await hold(reader.page, /\/v1\/devices/);
    const asked = reader.page.waitForRequest(/\/v1\/devices/);
    await reader.page.route(/\/v1\/reports$/, (route) =>
      route.fulfill({ status: 422, json: { detail: 'no' } }),
    );
    await reader.report(0);
    await asked;
    await reader.page.keyboard.press('Escape');
    letGo();
    await reader.page.locator('.notice', { hasText: 'Your report could not be recorded.' }).waitFor();
    expect(await reader.stored('reports')).toBe('[]');
  });

  it('who reports too much at once is told when it is tried again, and it is not before, on the next page neither', async () => {
    const reader = await room.reader();
    await open(reader, '/busy', 'busy');
    let posts = 0;
    await reader.context.route(/\/v1\/reports$/, async (route) => {
      posts += 1;
      await route.fulfill({
        status: 429,
        headers: {
          'retry-after': '300',
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'Retry-After',
        },
        json: { detail: 'busy' },
      });
    });
    await reader.report(0);
    await says(reader, 'Too many reports at once. Next attempt in 5 min.');
    const answered = reader.page.waitForResponse(/\/images\/state/);
    await reader.page.reload();
    await answered;
    await reader.refresh();
    await reader.flags.first().click();
    await says(reader, 'Your report is kept for an hour and sent as soon as possible.');
    expect(posts).toBe(1);
    await reader.context.unroute(/\/v1\/reports$/);
    await reader.page.evaluate(() => {
      const reports = JSON.parse(localStorage.getItem('vigie:reports') ?? '[]') as { next: number }[];
      localStorage.setItem(
        'vigie:reports',
        JSON.stringify(reports.map((report) => ({ ...report, next: 0 }))),
      );
    });
    await reader.refresh();
    await says(reader, 'Thank you');
  });

  it.each(['Wed, 21 Oct 2026 07:28:00 GMT', '99999999999'])(
    'does not ask without a pause where the service says Retry-After: %s',
    async (header) => {
      const reader = await room.reader();
      let questions = 0;
      let answers = 0;
      reader.page.on('requestfinished', (request) => {
        if (request.url().endsWith('/images/state')) answers += 1;
      });
      await reader.page.route(/\/images\/state/, async (route) => {
        questions += 1;
        await route.fulfill({
          status: 503,
          headers: {
            'retry-after': header,
            'access-control-allow-origin': '*',
            'access-control-expose-headers': 'Retry-After',
          },
          json: { detail: 'busy' },
        });
      });
      await reader.page.clock.install();
      await open(reader, '/pause', 'pause');
      await until(() => answers > 0);
      await reader.page.clock.runFor(20_000);
      expect(questions).toBe(1);
      // Not for ever either.
      await reader.page.clock.fastForward(3_961_000);
      await until(() => questions === 2);
    },
  );
});
