import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';

/** The promise from the reader's side: five people click, and the image is gone for all of them. */
describeInBrowser('readers', () => {
  let room: Newsroom;
  const figures = (...names: string[]): string =>
    names
      .map(
        (name) =>
          `<figure data-vigie><img src="/photos/${name}.svg" width="480" height="320" alt="Photo ${name}"><figcaption>Légende</figcaption></figure>`,
      )
      .join('\n');
  const article = (body: string, lang = 'fr', attributes = ''): string =>
    `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Les oliviers</title>
     <meta name="viewport" content="width=device-width">${room.script(attributes)}
     <body><main><h1>Les oliviers</h1>${body}</main></body></html>`;

  beforeAll(async () => {
    room = await Newsroom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  it('block an image together, and it disappears for each of them without a reload', async () => {
    const address = room.news.page('/five', article(figures('five', 'other')));
    const readers = await Promise.all(Array.from({ length: 5 }, () => room.reader()));
    for (const reader of readers) {
      await reader.page.goto(address);
      await reader.flags.nth(1).waitFor();
    }
    for (const reader of readers.slice(0, 4)) {
      await reader.report(0);
      await until(async () => (await reader.status.textContent())?.startsWith('Merci') === true);
      await reader.dialog.getByText('Fermer').click();
      expect(await reader.covers.count()).toBe(0);
    }
    const [first, , , , last] = readers;
    await last?.report(0);
    await last?.covers.waitFor();
    expect(await last?.status.textContent()).toBe('Merci. Cette image est bloquée.');
    // The others are told by the question that every page asks each half minute.
    await first?.covers.waitFor({ timeout: 40_000 });
    for (const reader of readers) {
      await reader.covers.waitFor({ timeout: 40_000 });
      expect(await reader.covers.textContent()).toBe('Cette image est bloquée.');
      expect(
        await reader.page
          .locator('img')
          .evaluateAll((images) => images.map((image) => getComputedStyle(image).visibility)),
      ).toEqual(['hidden', 'visible']);
      expect(await reader.context.cookies()).toEqual([]);
      expect(reader.errors).toEqual([]);
    }
  });
});
