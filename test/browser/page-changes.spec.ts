import { until } from '../setup/until.js';
import { type BrowserKind, describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';
import type { Reader } from './reader.js';

/** Where a page that was left is kept to come back to. */
const WHOLE: BrowserKind = { whole: true };

/** Pages that were made without a thought of the widget, and change under it. */
describeInBrowser(
  'the widget in a page',
  () => {
    let room: Newsroom;

    beforeAll(async () => {
      room = await Newsroom.open(WHOLE);
      for (const name of ['blocked', 'late', 'swapped', 'lazy']) await room.block(room.news.photo(name));
    });
    afterEach(() => room.leave());
    afterAll(() => room.close());

    const pageOf = (body: string, style = '', attributes = ''): string =>
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>News</title><style>${style}</style>${room.script(attributes)}<body>${body}</body></html>`;
    const photo = (name: string, more = 'data-vigie'): string =>
      `<img src="/photos/${name}.svg" width="240" height="160" alt="${name}" ${more}>`;

    async function open(body: string, style = '', attributes = ''): Promise<Reader> {
      const reader = await room.reader();
      await reader.page.goto(room.news.page('/page', pageOf(body, style, attributes)));
      return reader;
    }

    /** How far the button lies from the corner of an image where it belongs; null where it is not to be seen. */
    async function offsetOf({ page }: Reader, index: number): Promise<[number, number] | null> {
      const image = await page.locator('img').nth(index).boundingBox();
      const button = await page.locator('vigie-report button').nth(index).boundingBox();
      if (image === null || button === null) return null;
      return [Math.round(image.x + image.width - button.x - button.width), Math.round(button.y - image.y)];
    }
    const IN_THE_CORNER = [8, 8];

    it('replaces a blocked image without moving anything, and shows it again when it is unblocked', async () => {
      const reader = await room.reader();
      await reader.page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const body = `<p>Above</p>${photo('blocked')}<p>Below</p><div style="display:flex;gap:20px">${photo('a')}${photo('b')}</div><p>End</p>`;
      await reader.page.goto(room.news.page('/shift', pageOf(body)));
      await reader.covers.waitFor();
      const cover = await reader.covers.boundingBox();
      expect(cover).toEqual(await reader.page.locator('img').first().boundingBox());
      await room.service.ask('PUT', '/v1/images/protection', room.site.secretKey, {
        image: { url: room.news.photo('blocked') },
      });
      await reader.refresh();
      await until(async () => (await reader.covers.count()) === 0);
      expect(await reader.page.locator('img').first().isVisible()).toBe(true);
      expect(await reader.page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual(
        [],
      );
      expect(reader.errors).toEqual([]);
    });

    it('can not be hidden, moved or restyled by the styles of the page', async () => {
      const hostile = `* { all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important;
        font-size: 90px !important; transform: rotate(45deg) !important; position: static !important }
      html, body, body * { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important }
      head, head * { display: none !important }
      button, dialog, vigie-report { display: none !important; pointer-events: none !important; z-index: -5 !important }
      img { display: inline-block !important; width: 240px !important; height: 160px !important; visibility: visible !important }`;
      const reader = await open(photo('hostile') + photo('late'), hostile);
      await reader.covers.waitFor();
      expect(await offsetOf(reader, 0)).toEqual(IN_THE_CORNER);
      expect(
        await reader.page
          .locator('img')
          .nth(1)
          .evaluate((image) => getComputedStyle(image).visibility),
      ).toBe('hidden');
      await reader.report(0);
      await until(async () => (await reader.status.textContent())?.startsWith('Thank you') === true);
      expect(await reader.dialog.evaluate((dialog) => getComputedStyle(dialog).fontSize)).toBe('16px');
    });

    it('keeps clicks, keys and drags from the page, and stays outside of links', async () => {
      const reader = await open(`<a href="/photos/elsewhere.svg">${photo('linked')}</a>`);
      await reader.page.evaluate(() => {
        const heard: string[] = [];
        Object.assign(window, { heard });
        for (const type of ['click', 'mousedown', 'pointerdown', 'keydown', 'keyup', 'keypress']) {
          document.addEventListener(type, () => heard.push(type));
        }
      });
      await reader.flags.click();
      await reader.dialog.locator('textarea').fill('Some');
      await reader.dialog.locator('textarea').press('x');
      expect(await reader.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
      expect(reader.page.url()).toContain('/page');
      expect(await reader.page.locator('a vigie-report').count()).toBe(0);
    });

    it('hands the clicks on a blocked image to its link, and to none where there is none', async () => {
      const reader = await open(`<a href="#linked">${photo('late')}</a>${photo('swapped')}`);
      await until(async () => (await reader.covers.count()) === 2);
      await reader.covers.nth(1).click();
      expect(new URL(reader.page.url()).hash).toBe('');
      await reader.covers.nth(0).click();
      expect(new URL(reader.page.url()).hash).toBe('#linked');
      const tab = reader.context.waitForEvent('page');
      await reader.covers.nth(0).click({ modifiers: ['ControlOrMeta'] });
      expect(new URL((await tab).url()).pathname).not.toBe('');
    });

    it('names a link by the sentence while the only thing in it is a blocked image', async () => {
      const reader = await open(`<a href="/x">${photo('late')}</a>`);
      await reader.covers.waitFor();
      expect(await reader.page.getByRole('link', { name: 'This image is blocked.' }).count()).toBe(1);
    });

    it('follows images that move, grow, scroll and are cut off', async () => {
      const reader = await open(
        `<div id="above"></div>
       <div id="scroller" style="overflow:auto;width:500px;height:200px"><div style="width:1200px;white-space:nowrap">${photo('one')}${photo('two')}${photo('three')}</div></div>
       <div style="position:relative;padding:30px;overflow:hidden">${photo('four')}</div>
       <div style="display:grid;grid-template-columns:1fr 1fr;justify-items:center">${photo('five')}${photo('six')}</div>`,
      );
      await reader.flags.nth(4).waitFor();
      const corners = async (): Promise<unknown[]> =>
        Promise.all([0, 1, 3, 4, 5].map((index) => offsetOf(reader, index)));
      const right = [IN_THE_CORNER, IN_THE_CORNER, IN_THE_CORNER, IN_THE_CORNER, IN_THE_CORNER];
      let seen = '';
      const settles = async (): Promise<void> => {
        await until(
          async () => (seen = JSON.stringify(await corners())) === JSON.stringify(right),
          () => `buttons in their corners: ${seen}`,
          5000,
        );
      };
      await settles();
      const change = (work: () => void): Promise<void> => reader.page.evaluate(work);
      await change(() => {
        const above = document.querySelector('#above');
        if (above instanceof HTMLElement) above.style.height = '77px';
      });
      await settles();
      await change(() => document.querySelectorAll('img').forEach((image) => (image.style.width = '200px')));
      await settles();
      await change(() => document.querySelector('#scroller')?.scrollTo(90, 0));
      await settles();
      await reader.page.setViewportSize({ width: 800, height: 700 });
      await settles();
      // The third lies beyond the edge of its scroller: what would be seen of its button is cut off.
      await change(() => document.querySelector('#scroller')?.scrollTo(0, 0));
      await until(async () => {
        const third = await reader.page
          .locator('vigie-report')
          .nth(2)
          .evaluate((host) => host.style.clipPath);
        return Number(/inset\(\S+ ([\d.]+)px/.exec(third)?.[1] ?? 0) > 40;
      });
      await change(() => (document.body.style.transform = 'scale(0.5)'));
      await change(() => dispatchEvent(new Event('resize')));
      await until(async () => {
        const [image, cover] = await Promise.all([
          reader.page.locator('img').nth(3).boundingBox(),
          reader.page.locator('vigie-report').nth(3).boundingBox(),
        ]);
        return Math.round(image?.width ?? 0) === 100 && JSON.stringify(image) === JSON.stringify(cover);
      });
    });

    it('is there for images that come later, lazily or in the place of others, and gone with those that go', async () => {
      const reader = await open(photo('first'));
      await reader.flags.waitFor();
      const questions: string[] = [];
      reader.page.on('request', (request) => {
        if (request.url().endsWith('/images/state')) questions.push(request.postData() ?? '');
      });
      await reader.page.evaluate(() => {
        for (const name of ['late', 'more', 'others']) {
          const image = Object.assign(new Image(240, 160), { src: `/photos/${name}.svg`, alt: name });
          image.dataset['vigie'] = '';
          document.body.append(image);
        }
        const lazy = Object.assign(new Image(240, 160), {
          src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
          alt: '',
        });
        lazy.dataset['vigie'] = '';
        lazy.dataset['src'] = '/photos/lazy.svg';
        document.body.append(lazy);
      });
      await until(async () => (await reader.covers.count()) === 2);
      // All of them in one question.
      expect(questions.filter((question) => question.includes('late')).length).toBe(1);
      expect(questions.filter((question) => question.includes('lazy.svg')).length).toBe(1);
      await reader.page.evaluate(() => {
        const [first] = document.images;
        if (first !== undefined) first.src = '/photos/swapped.svg';
      });
      await until(async () => (await reader.covers.count()) === 3);
      await reader.page.evaluate(() => {
        for (const image of [...document.images].slice(1)) image.remove();
      });
      await until(async () => (await reader.page.locator('vigie-report').count()) === 1);
    });

    it('survives pages that are swapped in, kept and shown again, as Turbo does', async () => {
      const reader = await open(photo('blocked-later') + photo('late'));
      await reader.covers.waitFor();
      await reader.page.evaluate(() => {
        const kept = document.body.cloneNode(true);
        Object.assign(window, { kept });
        const next = document.createElement('body');
        next.innerHTML = '<img data-vigie src="/photos/next.svg" width="240" height="160" alt="next">';
        document.documentElement.replaceChild(next, document.body);
      });
      await until(async () => (await reader.page.locator('vigie-report').count()) === 1);
      await reader.page.getByRole('button', { name: 'Report this image, next' }).waitFor();
      await reader.page.evaluate(() => {
        document.documentElement.replaceChild((window as unknown as { kept: Node }).kept, document.body);
      });
      await reader.page.getByRole('button', { name: 'Report this image, blocked-later' }).waitFor();
      await reader.covers.waitFor();
      expect(await reader.page.locator('vigie-report').count()).toBe(2);
    });

    it('asks again when the reader comes back to the page', async () => {
      const reader = await open(photo('come-back'));
      await reader.flags.waitFor();
      await room.block(room.news.photo('come-back'));
      await reader.page.evaluate(() => Object.assign(window, { before: true }));
      await reader.page.goto(room.news.page('/other', '<!doctype html><title>x</title>'));
      await reader.page.goBack({ waitUntil: 'commit' });
      await reader.covers.waitFor();
      // The very page that was left, as the browser kept it.
      expect(await reader.page.evaluate(() => 'before' in window)).toBe(true);
    });

    it('asks by the address that the page says, whatever variant is shown, and by the id of the site', async () => {
      const reader = await room.reader();
      const questions: unknown[] = [];
      reader.page.on('request', (request) => {
        if (request.url().endsWith('/images/state'))
          questions.push(...(JSON.parse(request.postData() ?? '{}') as { images: unknown[] }).images);
      });
      await reader.page.goto(
        room.news.page(
          '/named',
          pageOf(
            `<picture><source srcset="/photos/wide.svg"><img data-vigie src="/photos/base.svg" width="240" height="160" alt=""></picture>
           <img data-vigie="photo-7" data-vigie-url="https://cdn.example.ma/7.jpg" src="/photos/7-small.svg#x" width="240" height="160" alt="">
           <div data-vigie="photo-8"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="240" height="160" alt=""></div>
           <img src="/photos/by-selector.svg" class="lead" width="240" height="160" alt=""><img src="/photos/logo.svg" width="240" height="160" alt="">
           <img data-vigie src="http://user:secret@127.0.0.1/x.jpg" width="240" height="160" alt="">`,
            '',
            'data-selector=".lead"',
          ),
        ),
      );
      await until(() => questions.length > 0);
      expect(questions).toEqual([
        { url: room.news.photo('base') },
        { id: 'photo-7', url: 'https://cdn.example.ma/7.jpg' },
        { id: 'photo-8' },
        { url: room.news.photo('by-selector') },
      ]);
    });

    it('asks for the others where one address is none that the service takes, and never again for that', async () => {
      const reader = await room.reader();
      const asked: number[] = [];
      reader.page.on('requestfinished', (request) => {
        if (request.url().endsWith('/images/state'))
          asked.push((JSON.parse(request.postData() ?? '{}') as { images: unknown[] }).images.length);
      });
      const wrong = ['a..b', 'c..d']
        .map((host) => `<img data-vigie src="http://${host}/x.jpg" width="240" height="160" alt="">`)
        .join('');
      await reader.page.goto(room.news.page('/wrong', pageOf(wrong + photo('late'))));
      await reader.covers.waitFor();
      expect(asked).toEqual([3, 2, 1]);
      await reader.refresh();
      await until(() => asked.length > 3);
      expect(asked[3]).toBe(1);
    });

    it('shows an image again whose address becomes one that the service does not take, but for one that the site names', async () => {
      const reader = await open(`${photo('late')}${photo('swapped', 'data-vigie="photo-9"')}`);
      await until(async () => (await reader.covers.count()) === 2);
      await reader.page.evaluate(() => {
        for (const image of document.images) image.src = 'http://a..b/x.jpg';
      });
      await until(async () => (await reader.covers.count()) === 1);
      const seen = [0, 1].map((index) => reader.page.locator('img').nth(index).isVisible());
      expect(await Promise.all(seen)).toEqual([true, false]);
    });

    it('hides at once what it knows to be blocked, wherever the page puts it', async () => {
      const reader = await open(`${photo('late')}${photo('a')}<p>${photo('b')}</p><main></main>`);
      await reader.covers.waitFor();
      const seen = await reader.page.evaluate(async () => {
        const [, swapped, renamed] = document.images;
        const added = Object.assign(new Image(240, 160), { src: '/photos/late.svg', alt: '' });
        added.dataset['vigie'] = '';
        const part = document.createElement('section');
        part.append(added);
        if (swapped !== undefined) swapped.src = '/photos/late.svg';
        renamed?.parentElement?.setAttribute('data-vigie-url', '/photos/late.svg');
        document.querySelector('main')?.append(part);
        // Within the same task, so that nothing of it was painted.
        await Promise.resolve();
        return [swapped, renamed, added].map((image) => image && getComputedStyle(image).visibility);
      });
      expect(seen).toEqual(['hidden', 'hidden', 'hidden']);
      await until(async () => (await reader.covers.count()) === 4);
    });

    it('knows the addresses that lazy loaders have ready', async () => {
      const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
      const reader = await open(
        ['data-lazy-src', 'data-original']
          .map(
            (name) =>
              `<img data-vigie src="${pixel}" ${name}="/photos/lazy.svg" width="240" height="160" alt="">`,
          )
          .join(''),
      );
      await until(async () => (await reader.covers.count()) === 2);
    });

    it('does not look for images when only a text changes, and follows those that the text moves', async () => {
      const reader = await open(
        `<div style="display:flex;justify-content:center"><p id="clock">12:00</p>${photo('beside')}</div>`,
      );
      await until(async () => JSON.stringify(await offsetOf(reader, 0)) === JSON.stringify(IN_THE_CORNER));
      await reader.page.waitForLoadState('networkidle');
      await reader.page.evaluate(() => {
        const look = document.querySelectorAll.bind(document);
        Object.assign(window, { looks: 0 });
        document.querySelectorAll = (selector: string) => {
          (window as unknown as { looks: number }).looks += 1;
          return look(selector);
        };
        const clock = document.querySelector('#clock');
        if (clock !== null) clock.textContent = 'twelve hours and one minute';
      });
      await until(async () => JSON.stringify(await offsetOf(reader, 0)) === JSON.stringify(IN_THE_CORNER));
      await reader.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
      expect(await reader.page.evaluate(() => (window as unknown as { looks: number }).looks)).toBe(0);
    });

    it('places the buttons of images that come near, however far they were', async () => {
      const reader = await open(
        `${photo('top')}<div style="height:9000px"></div>${photo('far')}<div id="between"></div>${photo('farther')}`,
      );
      await reader.flags.nth(2).waitFor();
      await reader.page.evaluate(() => {
        const between = document.querySelector('#between');
        if (between instanceof HTMLElement) between.style.cssText = 'display:inline-block;width:50px';
      });
      await reader.page.evaluate(() => scrollTo(0, 9000));
      await until(async () =>
        (await Promise.all([1, 2].map((index) => offsetOf(reader, index)))).every(
          (offset) => JSON.stringify(offset) === JSON.stringify(IN_THE_CORNER),
        ),
      );
    });

    describe('far below the window', () => {
      /** In lines of their own, centred, and at either side. */
      const far = `<div style="height:3000px"></div><div>${photo('plain')}</div>
      <p>Text ${photo('inline')}</p><div style="text-align:center">${photo('middle')}</div>
      <div style="display:flex;justify-content:center">${photo('flex')}</div>
      <div style="display:grid;justify-items:end">${photo('grid')}</div><a href="/x">${photo('linked')}</a>`;
      const PHONE = { viewport: { width: 360, height: 640 } };

      /** Without scrolling, which brings them near. */
      async function liesOnItsImages({ page }: Reader, width: number): Promise<void> {
        let seen = '';
        await until(
          async () => {
            const { needed, apart } = await page.evaluate(() => {
              const rectsOf = (selector: string): DOMRect[] =>
                [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
              const overlays = rectsOf('vigie-report');
              const sides = ['left', 'top', 'width', 'height'] as const;
              return {
                needed: Math.max(innerWidth, document.documentElement.scrollWidth),
                apart: rectsOf('img').flatMap((image, index) =>
                  sides.map((side) => Math.round((overlays[index]?.[side] ?? NaN) - image[side])),
                ),
              };
            });
            seen = `${needed}: ${JSON.stringify(apart)}`;
            return needed === width && apart.every((distance) => distance === 0);
          },
          () => `${width}, and overlays on their images: ${seen}`,
          5000,
        );
      }

      it.each([
        ['ltr', 'on a phone', { ...PHONE, isMobile: true, hasTouch: true }],
        ['rtl', 'on a phone', { ...PHONE, isMobile: true, hasTouch: true }],
        ['ltr', 'in a narrow window', PHONE],
        ['rtl', 'in a narrow window', PHONE],
      ])(
        'lies on its images from the start (%s, %s), and makes the page no wider',
        async (dir, _, screen) => {
          const reader = await room.reader(screen);
          const page = `<!doctype html><html lang="ar" dir="${dir}"><meta charset="utf-8"><title>News</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">${room.script()}<body>${photo('top')}${far}</body></html>`;
          await reader.page.goto(room.news.page('/far', page));
          await reader.flags.nth(6).waitFor();
          await liesOnItsImages(reader, 360);
        },
      );

      it.each(['ltr', 'rtl'])('follows them (%s) when the window becomes another', async (dir) => {
        const reader = await open(`<div dir="${dir}">${far}</div>`, 'img { max-width: 100% }');
        await reader.flags.nth(5).waitFor();
        for (const width of [1000, 220, 700]) {
          await reader.page.setViewportSize({ width, height: 640 });
          await liesOnItsImages(reader, width);
        }
      });
    });

    it('rests while the page rests', async () => {
      const reader = await open(
        photo('late') +
          photo('restful') +
          `<div style="display:flex"><img data-vigie src="/photos/late.svg" alt=""></div>
       <a href="/x">${photo('pair-1')}${photo('pair-2')}</a>`,
      );
      await until(async () => (await reader.covers.count()) === 2);
      await reader.page.waitForLoadState('networkidle');
      const names = await reader.flags.evaluateAll((flags) => flags.map((flag) => flag.ariaLabel));
      expect(names).toEqual(['restful', 'pair-1', 'pair-2'].map((name) => `Report this image, ${name}`));
      const looks = await reader.page.evaluate(async () => {
        const look = document.querySelectorAll.bind(document);
        let looks = 0;
        document.querySelectorAll = (selector: string) => {
          looks += 1;
          return look(selector);
        };
        for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
        return looks;
      });
      expect(looks).toBe(0);
    });

    it('has no buttons on small images and on paper, and replaces blocked ones there all the same', async () => {
      const reader = await open(
        `<img data-vigie src="/photos/late.svg" width="60" height="40" alt=""><img data-vigie src="/photos/tiny.svg" width="60" height="40" alt="">${photo('large')}`,
      );
      await reader.covers.waitFor();
      expect(await reader.flags.count()).toBe(1);
      await reader.page.emulateMedia({ media: 'print' });
      expect(await reader.flags.count()).toBe(0);
      expect(await reader.covers.count()).toBe(1);
    });
  },
  WHOLE,
);
