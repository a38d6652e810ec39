import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';
import { NewsSite } from './news-site.js';
import { type Reader, refuseLocks } from './reader.js';

/** Pages that allow little, and pages on which the widget must do nothing. */
describeInBrowser('the widget', () => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await Newsroom.open();
    await room.block(room.news.photo('blocked'));
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  let images = 0;
  /** Another one each time: the fifth report would block it. */
  const image = (): string =>
    `<img data-vigie src="/photos/photo-${(images += 1)}.svg" width="240" height="160" alt="">`;
  const pageOf = (body: string, script = room.script()): string =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>News</title>${script}<body>${body}</body></html>`;

  /** The lines that docs/widget.md tells a site to add to its policy, for this service. */
  function documentedPolicy(): string {
    const guide = readFileSync(path.join(projectRoot(), 'docs/widget.md'), 'utf8');
    const [, lines = ''] = /^```csp\n([\s\S]+?)^```/m.exec(guide) ?? [];
    expect(lines).toContain('script-src');
    return lines.trim().replaceAll('\n', ' ').replaceAll('https://vigie.example', room.vigie);
  }

  async function reports(reader: Reader): Promise<void> {
    await reader.flags.first().waitFor();
    await reader.report(0);
    await until(async () => (await reader.status.textContent())?.startsWith('Thank you') === true);
    await reader.page.keyboard.press('Escape');
  }

  const BLOCKED = '<img data-vigie src="/photos/blocked.svg" width="240" height="160" alt="">';

  it('works under a policy of nothing but the documented lines', async () => {
    const reader = await room.reader();
    const policy = `default-src 'none'; img-src 'self'; ${documentedPolicy()}`;
    await reader.page.goto(
      room.news.page('/strict', pageOf(image() + BLOCKED), { 'content-security-policy': policy }),
    );
    await reader.covers.waitFor();
    await reports(reader);
    expect(reader.errors).toEqual([]);
  });

  it('works where scripts may be given no markup and no addresses of workers (Trusted Types)', async () => {
    const reader = await room.reader();
    const policy = `default-src 'none'; img-src 'self'; ${documentedPolicy()}; require-trusted-types-for 'script'; trusted-types 'none'`;
    await reader.page.goto(
      room.news.page('/trusted', pageOf(image() + BLOCKED), { 'content-security-policy': policy }),
    );
    await reader.covers.waitFor();
    await reports(reader);
    // As docs/widget.md says: the worker is refused, and nothing else.
    expect(reader.errors.length).toBeGreaterThan(0);
    expect(reader.errors.filter((error) => !/Worker|TrustedScriptURL/.test(error))).toEqual([]);
  });

  it('solves its challenge on the main thread where the policy allows no worker', async () => {
    const reader = await room.reader();
    const policy = `default-src 'none'; img-src 'self'; ${documentedPolicy().replace(/;? *worker-src [^;]*/, '')}`;
    expect(policy).not.toContain('worker');
    await reader.page.goto(
      room.news.page('/no-worker', pageOf(image()), { 'content-security-policy': policy }),
    );
    await reports(reader);
  });

  it('is loaded under its versioned name with its hash, and not when a byte is another', async () => {
    const { url, integrity } = (await (await fetch(`${room.vigie}/widget.json`)).json()) as {
      url: string;
      integrity: string;
    };
    const pinned = (hash: string): string =>
      `<script src="${room.vigie}${new URL(url).pathname}" integrity="${hash}" crossorigin="anonymous" data-key="${room.site.publishableKey}" async></script>`;
    const reader = await room.reader();
    await reader.page.goto(room.news.page('/pinned', pageOf(image(), pinned(integrity))));
    await reports(reader);
    expect(reader.errors).toEqual([]);
    const wrong = `sha384-${Buffer.alloc(48).toString('base64')}`;
    await reader.page.goto(room.news.page('/forged', pageOf(image(), pinned(wrong))));
    await until(() => reader.errors.some((error) => error.includes('integrity')));
    expect(await reader.page.locator('vigie-report').count()).toBe(0);
  });

  /** Asks nothing and shows nothing, although the page and its images are there. */
  async function doesNothing(reader: Reader, address: string): Promise<void> {
    const asked: string[] = [];
    reader.page.on('request', (request) => {
      if (request.url().includes('/v1/')) asked.push(request.url());
    });
    await reader.page.goto(address);
    await reader.page.waitForLoadState('networkidle');
    const shown = await Promise.all(
      reader.page.frames().map((frame) => frame.locator('vigie-report').count()),
    );
    expect([...shown, ...asked].filter((what) => what !== 0)).toEqual([]);
  }

  it('does nothing in a frame of another origin, and works in one of its own', async () => {
    const page = room.news.page('/framed', pageOf(image()));
    const foreign = await NewsSite.open();
    const framing = `<!doctype html><iframe src="${page}" width="600" height="400"></iframe>`;
    await doesNothing(await room.reader(), foreign.page('/', framing));
    await foreign.close();
    const reader = await room.reader();
    await reader.page.goto(room.news.page('/framing', framing));
    await reader.page.frameLocator('iframe').locator('vigie-report button').waitFor();
  });

  it('does nothing without a key', async () => {
    const script = `<script src="${room.vigie}/widget.js" async></script>`;
    await doesNothing(await room.reader(), room.news.page('/keyless', pageOf(image(), script)));
  });

  it('does nothing twice where the page has its line twice, and leaves no global behind', async () => {
    const reader = await room.reader();
    const globals = (): Promise<string[]> => reader.page.evaluate(() => Object.keys(window));
    await reader.page.goto(room.news.page('/none', pageOf(image(), '')));
    const before = await globals();
    await reader.page.goto(room.news.page('/twice', pageOf(image(), room.script() + room.script())));
    await reader.flags.waitFor();
    await reader.page.waitForLoadState('networkidle');
    expect(await reader.page.locator('vigie-report').count()).toBe(1);
    expect(await globals()).toEqual(before);
  });

  it('works where the browser stores nothing for the page', async () => {
    const reader = await room.reader();
    await refuseLocks(reader);
    await reader.page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    });
    await reader.page.goto(room.news.page('/forgetful', pageOf(image())));
    await reports(reader);
    expect(await reader.flags.first().getAttribute('aria-label')).toBe('Your report of this image');
    expect(reader.errors).toEqual([]);
  });

  it('speaks the language of the site where the page has none of ours, and what data-lang says before all', async () => {
    const reader = await room.reader({ locale: 'ar' });
    const german = (script: string): string => pageOf(image(), script).replace('lang="en"', 'lang="de"');
    await reader.page.goto(room.news.page('/german', german(room.script())));
    await reader.page.getByRole('button', { name: 'Denunciar esta imagen' }).waitFor();
    await reader.page.goto(room.news.page('/overridden', pageOf(image(), room.script('data-lang="fr"'))));
    await reader.page.getByRole('button', { name: 'Signaler cette image' }).waitFor();
  });

  it('has buttons at once and a dialog soon where the service does not say what its site takes', async () => {
    const reader = await room.reader();
    await reader.page.route(/\/v1\/reasons/, () => undefined);
    await reader.page.goto(room.news.page('/silent', pageOf(image()).replace('lang="en"', 'lang="de"')));
    await reader.page.getByRole('button', { name: 'Report this image' }).click();
    await reader.dialog.getByRole('radio').first().waitFor();
    expect(await reader.dialog.getByRole('radio').count()).toBe(10);
    expect(await reader.dialog.textContent()).not.toContain('blocked automatically');
  });

  it.each([
    ['fr', true, 'Cette image sera bloquée automatiquement', 'Un modérateur examinera cette image.'],
    ['fr', false, 'Un modérateur examinera cette image.', 'automatiquement'],
    ['ar', false, 'سيراجع أحد المشرفين هذه الصورة.', 'تلقائيًا'],
    ['es', false, 'Un moderador revisará esta imagen.', 'automáticamente'],
    ['en', false, 'A moderator will review this image.', 'automatically'],
  ])(
    'promises in %s what the rule of the site does (by itself: %s)',
    async (lang, automatic, says, other) => {
      const reader = await room.reader();
      await reader.page.route(/\/v1\/reasons/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...((await response.json()) as object), automatic } });
      });
      await reader.page.goto(room.news.page('/rule', pageOf(image()).replace('lang="en"', `lang="${lang}"`)));
      await reader.flags.click();
      await reader.dialog.getByRole('radio').first().waitFor();
      expect(await reader.dialog.textContent()).toContain(says);
      expect((await reader.dialog.textContent())?.includes(other)).toBe(automatic);
      await reader.dialog.locator('input[value=violence]').check();
      await reader.dialog.locator('button.main').click();
      await until(async () => (await reader.stored('reports'))?.includes('rcp_') === true);
      await reader.page.keyboard.press('Escape');
      await reader.flags.click();
      await until(async () => (await reader.status.textContent())?.includes(says) === true);
      expect((await reader.status.textContent())?.includes(other)).toBe(automatic);
    },
  );

  it('does not wait for a page that never says the token of its reader', async () => {
    const reader = await room.reader();
    const hook = '<script>window.vigie = { token: () => new Promise(() => undefined) };</script>';
    await reader.page.goto(room.news.page('/hanging', pageOf(image(), hook + room.script())));
    await reports(reader);
  });

  it('stands in the corner that the page asks for, on images as large as it says', async () => {
    const reader = await room.reader();
    const script = room.script('data-position="bottom-start" data-min-size="200"');
    const larger = '<img data-vigie src="/photos/photo.svg" width="300" height="200" alt="">';
    await reader.page.goto(room.news.page('/corner', pageOf(image() + larger, script)));
    await reader.flags.waitFor();
    expect(await reader.flags.count()).toBe(1);
    const [corner, flag] = await Promise.all([
      reader.page.locator('img').nth(1).boundingBox(),
      reader.flags.boundingBox(),
    ]);
    expect((flag?.x ?? 0) - (corner?.x ?? 0)).toBe(8);
    expect((corner?.y ?? 0) + 200 - (flag?.y ?? 0) - (flag?.height ?? 0)).toBe(8);
  });

  it.each(['img::no-such[', '.a)', '{'])(
    'finds the marked images although the selector is %s',
    async (none) => {
      const reader = await room.reader();
      const script = room.script(
        `data-selector="${none}" data-min-size="none" data-service="${room.vigie}/"`,
      );
      await reader.page.goto(room.news.page('/selector', pageOf(image(), script)));
      await reader.flags.waitFor();
      expect(reader.errors).toEqual([]);
    },
  );

  it('offers the reasons that the site takes', async () => {
    const admin = await room.service.staffToken('reasons@vigie.ma', 'admin');
    await room.service.ask('PATCH', '/v1/sites/news', admin, { reasons: ['spam', 'violence'] });
    const reader = await room.reader();
    await reader.page.goto(room.news.page('/reasons', pageOf(image())));
    await reader.flags.click();
    await reader.dialog.getByRole('radio').first().waitFor();
    const values = await reader.dialog
      .getByRole('radio')
      .evaluateAll((radios) => radios.map((radio) => radio.getAttribute('value')));
    expect(values).toEqual(['violence', 'spam']);
  });
});
