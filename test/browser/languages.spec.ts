import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';
import type { Reader } from './reader.js';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Where to put pictures of what readers see, for people to look at. */
const SCREENSHOTS = process.env['VIGIE_SCREENSHOTS'];

const LANGUAGES = [
  {
    lang: 'fr-MA',
    dir: 'ltr',
    report: 'Signaler cette image',
    thanks: 'Merci',
    blocked: 'Cette image est bloquée.',
  },
  { lang: 'ar', dir: 'rtl', report: 'الإبلاغ عن هذه الصورة', thanks: 'شكرًا', blocked: 'هذه الصورة محجوبة.' },
  {
    lang: 'es',
    dir: 'ltr',
    report: 'Denunciar esta imagen',
    thanks: 'Gracias',
    blocked: 'Esta imagen está bloqueada.',
  },
  {
    lang: 'en-GB',
    dir: 'ltr',
    report: 'Report this image',
    thanks: 'Thank you',
    blocked: 'This image is blocked.',
  },
] as const;

const SCREENS = [
  { name: 'desktop', viewport: { width: 1000, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true },
  { name: 'dark', viewport: { width: 700, height: 800 }, colorScheme: 'dark' },
] as const;

describeInBrowser('each language', () => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await Newsroom.open();
    await room.block(room.news.photo('blocked'));
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  /** What axe finds wrong with the page as it is now. */
  async function axe({ page }: Reader): Promise<string[]> {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  }

  async function look({ page }: Reader, name: string): Promise<void> {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  const article = (lang: string, dir: string, name: string): string =>
    `<!doctype html><html lang="${lang}" dir="${dir}"><meta charset="utf-8"><title>News</title>
     <meta name="viewport" content="width=device-width">
     <style>:root{color-scheme:light dark} body{font:18px/1.5 Georgia,serif;margin:16px} img{max-width:100%;height:auto}</style>
     ${room.script()}<body><main><h1>Meknès</h1>
     <img data-vigie src="/photos/${name}.svg" width="480" height="320" alt="Meknès">
     <a href="/elsewhere" data-vigie><img src="/photos/blocked.svg" width="300" height="200" alt="Fès"></a>
     <p>…</p></main></body></html>`;

  describe.each(SCREENS)('on a $name', (screen) => {
    it.each(LANGUAGES)(
      'speaks $lang, reads well and is accessible',
      async ({ lang, dir, report, thanks, blocked }) => {
        const name = `${lang}-${screen.name}`;
        const reader = await room.reader({ ...screen, locale: 'en-US' });
        await reader.page.goto(room.news.page('/article', article(lang, dir, name)));
        await reader.covers.waitFor();
        expect(await reader.covers.textContent()).toBe(blocked);
        const flag = reader.page.getByRole('button', { name: `${report}, Meknès` });
        expect(await axe(reader)).toEqual([]);
        await look(reader, `${name}-1-page`);

        const [image, button] = await Promise.all([
          reader.page.locator('img').first().boundingBox(),
          flag.boundingBox(),
        ]);
        const before =
          (button?.x ?? 0) + (button?.width ?? 0) / 2 - (image?.x ?? 0) < (image?.width ?? 0) / 2;
        // At the end of the line: left where lines run to the left.
        expect(before).toBe(dir === 'rtl');
        if ('hasTouch' in screen) expect(button?.width).toBeGreaterThanOrEqual(44);

        await flag.click();
        await reader.dialog.getByRole('radio').first().waitFor();
        expect(await reader.dialog.evaluate((dialog) => getComputedStyle(dialog).direction)).toBe(dir);
        expect(await reader.dialog.getByRole('radio').count()).toBe(10);
        expect(await axe(reader)).toEqual([]);
        await look(reader, `${name}-2-dialog`);

        await reader.dialog.locator('input[value=hate]').check();
        await reader.dialog.locator('button.main').click();
        await until(async () => (await reader.status.textContent())?.startsWith(thanks) === true);
        expect(await axe(reader)).toEqual([]);
        await look(reader, `${name}-3-thanks`);
        await reader.page.keyboard.press('Escape');
        await look(reader, `${name}-4-reported`);
        expect(reader.errors).toEqual([]);
      },
    );
  });
});
