import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { Staff } from '../../src/database/entities/staff.entity.js';
import { createDemonstration, type Demonstration } from '../../src/demo/create-demonstration.js';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { Neck } from '../../src/moderation/neck.js';
import { freePort } from '../setup/free-port.js';
import { SECRET, Service } from '../setup/service.js';
import { until } from '../setup/until.js';
import { describeInBrowser, launchBrowser } from './chromium.js';
import { Reader } from './reader.js';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** The demonstration as its visitors see it. */
describeInBrowser('the demonstration', () => {
  let service: Service;
  let browser: Browser;
  let vigie: string;
  let visitor: Reader;
  let demo: Demonstration;

  beforeAll(async () => {
    const port = await freePort();
    vigie = `http://127.0.0.1:${port}`;
    service = await Service.open({ PUBLIC_URL: vigie, FETCH_IMAGES: 'on' });
    demo = await createDemonstration(service.app.get(Neck), vigie, demonstrationKey(SECRET));
    await service.app.getHttpAdapter().getInstance().listen({ host: '127.0.0.1', port });
    browser = await launchBrowser();
  });
  afterEach(() => visitor.context.close());
  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  async function visit(path: string, options: BrowserContextOptions = DESK): Promise<void> {
    visitor = await Reader.on(await browser.newContext(options));
    await visitor.page.goto(`${vigie}${path}`);
    await visitor.page.locator('.panel .aim .state').filter({ hasText: /./ }).waitFor({ state: 'attached' });
    await visitor.flags.first().or(visitor.covers.first()).first().waitFor();
  }

  const button = (name: string): Locator => visitor.page.getByRole('button', { name, exact: true });
  const log = (): Promise<string> => visitor.page.locator('.log').innerText();
  /** Spaces that must not break are spaces here. */
  const said = async (sentence: string): Promise<void> => {
    let lines = '';
    await until(
      async () => (lines = (await log()).replaceAll('\u00a0', ' ')).includes(sentence),
      () => `"${sentence}" in "${lines}"`,
    );
  };
  const covered = async (): Promise<boolean> =>
    (await visitor.page
      .locator('figure img')
      .first()
      .evaluate((image) => getComputedStyle(image).visibility)) === 'hidden';

  /** By the widget's own flag on the article's picture. */
  async function reportAsVisitor(): Promise<void> {
    await visitor.report(0);
    await until(async () => (await visitor.status.textContent())?.startsWith('Merci') === true);
    await visitor.page.keyboard.press('Escape');
  }

  it('lets five readers of one browser block a picture, and a moderator bring it back', async () => {
    await visit('/articles/recolte-olives');
    await reportAsVisitor();
    await said('Le lecteur 1 l’a signalée.');
    await said('L’image reste visible : une personne ne suffit pas.');
    expect(await covered()).toBe(false);

    await button('Quatre autres lecteurs la signalent').click();
    await said('Cinq personnes différentes l’ont signalée : l’image est bloquée, sur toutes les pages.');
    await until(covered);
    for (const number of [2, 3, 4, 5]) expect(await log()).toContain(`Le lecteur ${number} l’a signalée.`);
    expect(await visitor.page.locator('.panel .you').textContent()).toBe('Vous êtes le lecteur 1.');
    expect(await visitor.page.locator('.panel .own').textContent()).toBe(
      'Cinq de vos lecteurs l’ont signalée.',
    );

    // On other pages, and for whoever has nothing to do with it.
    const stranger = await Reader.on(await browser.newContext(DESK));
    await stranger.page.goto(`${vigie}/demo`);
    await until(() =>
      stranger.page
        .locator('img[src$="/5.webp"]')
        .evaluate((image) => getComputedStyle(image).visibility === 'hidden'),
    );
    await stranger.context.close();

    await button('la garde').click();
    await said('il faudra quinze personnes pour la bloquer');
    await until(async () => !(await covered()));
    await button('se ravise').click();
    await said('l’image est de nouveau bloquée');
    await until(covered);
    expect(visitor.errors).toEqual([]);
  });

  it('lets the moderator block, change their mind, and find nothing more to undo', async () => {
    await visit('/articles/four-centenaire');
    await button('la bloque').click();
    await said('Le modérateur bloque l’image');
    await until(covered);
    await button('se ravise').click();
    await said('Le modérateur revient sur sa décision : l’image est visible.');
    await until(async () => !(await covered()));
    await button('la garde').click();
    await said('Il n’y a rien à garder');
    await button('se ravise').click();
    await said('Il n’y a pas de décision à annuler');
  });

  it('keeps what each reader has done, and forgets it when asked to', async () => {
    await visit('/articles/medina-restauree');
    await reportAsVisitor();
    await said('Le lecteur 1 l’a signalée.');
    const device = await visitor.stored('device');
    expect(device).toContain('dev_');

    await button('Devenir un autre lecteur').click();
    await said('Vous êtes maintenant le lecteur 2');
    expect(await visitor.stored('device')).toBeNull();
    expect(await visitor.stored('reports')).toBeNull();
    // The reader that the browser is stays who it is on the next page.
    await visitor.page.goto(`${vigie}/articles/samu-nuit`);
    expect(await visitor.page.locator('.panel .you').textContent()).toBe('Vous êtes le lecteur 2.');
    await button('Lecteur 1').click();
    expect(await visitor.stored('device')).toBe(device);

    await button('Recommencer').click();
    await said('Vos lecteurs sont oubliés');
    expect(await visitor.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await visitor.page.locator('.log').getByRole('link').click();
    await visitor.page.waitForURL(/\/articles\/(?!samu-nuit)/);
  });

  it('says that five are needed when four have reported, and that more are after a keep', async () => {
    await visit('/articles/ligne-rapide');
    await button('Quatre autres lecteurs la signalent').click();
    await said('L’image reste visible : quatre personnes ne suffisent pas.');
    await said('Il en manque une : signalez-la vous-même');
    await until(async () => (await button('la garde').getAttribute('aria-disabled')) === 'false');
    await button('la garde').click();
    await said('il faudra quinze personnes');
    await button('Quatre autres lecteurs la signalent').click();
    await said('il faut donc quinze personnes (ici, 4)');
    expect(await covered()).toBe(false);
  });

  it('says so when the service takes no more from this network', async () => {
    await visit('/articles/barrages-remplis');
    await visitor.page.route('**/v1/challenges*', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '3600' },
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 429, detail: 'Too many devices were made in your network today.' }),
      }),
    );
    await button('Quatre autres lecteurs la signalent').click();
    await said('tous vos lecteurs partagent votre adresse');
    await said('Réessayez dans 60 minutes.');
    await until(
      async () => (await visitor.page.locator('.panel .you').textContent()) === 'Vous êtes le lecteur 1.',
    );
  });

  it('says of a failure of the moderator’s buttons what is true of it', async () => {
    await visit('/articles/barrages-remplis');
    const setDisabledAt = (disabledAt: Date | null): Promise<unknown> =>
      service.database.inTransaction((tx) => tx.manager.update(Staff, demo.staffId, { disabledAt }));
    await setDisabledAt(new Date());
    for (const name of ['la bloque', 'se ravise']) {
      await button('Recommencer').click();
      await visitor.page.reload();
      await button(name).click();
      await said('Le modérateur de la démonstration, admin@vigie.localhost, n’existe pas ou plus');
    }
    await setDisabledAt(null);
    const sentences = {
      403: 'Vigie ne laisse pas cette page décider',
      409: 'Vigie ne répond pas ou refuse cette demande',
      429: 'Vigie ne répond pas ou refuse cette demande',
      500: 'Vigie ne répond pas ou refuse cette demande',
    };
    for (const [status, sentence] of Object.entries(sentences)) {
      await visitor.page.route('**/demo/moderator', (route) =>
        route.fulfill({ status: Number(status), contentType: 'application/problem+json', body: '{}' }),
      );
      for (const name of ['la bloque', 'la garde', 'se ravise']) {
        await visitor.page.reload();
        await button(name).click();
        await said(sentence);
        expect(await log()).not.toContain('rien à');
      }
      await visitor.page.unroute('**/demo/moderator');
    }
    expect(await covered()).toBe(false);
  });

  it('tells what the rule in force asks for', async () => {
    const set = (change: object): Promise<unknown> =>
      service.ask('PUT', '/v1/sites/demo/threshold-rule', demo.staffToken, change);
    try {
      await set({ reporters: 3, afterKeep: { factor: 2, cooldownHours: 24 } });
      await visit('/articles/tour-cycliste');
      await button('la garde').click();
      await said('pendant 24 heures, il faudra six personnes pour la bloquer');
      await button('Deux autres lecteurs la signalent').click();
      await said('il faut donc six personnes (ici, 2)');
      await set({ autoBlock: false });
      await visitor.page.reload();
      await button('Deux autres lecteurs la signalent').click();
      await said('la règle de ce site laisse la décision au modérateur');
      await until(async () => (await button('la garde').getAttribute('aria-disabled')) === 'false');
      await button('la garde').click();
      await said('Le modérateur garde l’image : elle est visible.');
      expect(await log()).not.toContain('il faudra');
    } finally {
      await set({ reporters: 5, autoBlock: true, afterKeep: { factor: 3, cooldownHours: 168 } });
    }
  });

  it('makes one image of a photo under six addresses, and lets it be seen where the newsroom swaps it', async () => {
    await visit('/articles/saison-sardine');
    const photos = visitor.page.locator('.photos img');
    const hidden = (): Promise<boolean[]> =>
      photos.evaluateAll((images) => images.map((image) => getComputedStyle(image).visibility === 'hidden'));
    const tells = (selector: string, sentence: string): Promise<void> =>
      visitor.page.locator(`.photo ${selector}`).getByText(sentence).waitFor();
    await tells('.own', 'Vigie ne connaît aucune de ces adresses');
    await button('Six lecteurs la signalent, deux par article').click();
    await said('Six personnes, trois articles, six adresses : une seule image, bloquée partout.');
    await tells('.own', 'six adresses, une image, un dossier ouvert.');
    await until(async () => (await hidden()).every(Boolean));

    await button('Remplacer la photo à cette adresse').click();
    await tells('.said', 'l’image est visible à cette adresse, un dossier demande');
    await tells('.own', 'six adresses, deux images, deux dossiers ouverts.');
    await until(async () => JSON.stringify(await hidden()) === '[true,false]');
    const states = await visitor.page.locator('.photo .state').allTextContents();
    expect(states.filter((state) => state === 'bloquée')).toHaveLength(5);

    await button('Remettre l’ancienne photo').click();
    await tells('.said', 'Les anciens octets sont de retour');
    await until(async () => (await hidden()).every(Boolean));
    expect(visitor.errors).toEqual([]);
  });

  it('says that it needs storage where there is none, and does nothing more', async () => {
    const context = await browser.newContext(DESK);
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    visitor = await Reader.on(context);
    await visitor.page.goto(`${vigie}/articles/moisson`);
    await visitor.page.locator('.panel').getByText('refuse de stocker des données').waitFor();
    await visitor.flags.first().waitFor();
    expect(await visitor.page.locator('.panel button').count()).toBe(0);
    expect(visitor.errors).toEqual([]);
  });

  it('keeps its buttons free on a phone while the widget tells something at the lower edge', async () => {
    await visit('/articles/moisson', PHONE);
    await visitor.page.route('**/v1/reports', (route) => route.abort());
    await visitor.report(0);
    await visitor.page.getByText('Le service ne répond pas').waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.page.unroute('**/v1/reports');
    await visitor.page.reload();
    await visitor.page.locator('.panel .aim .state').filter({ hasText: /./ }).waitFor({ state: 'attached' });
    await visitor.page.locator('.panel summary').click();
    const notice = visitor.page.locator('vigie-report p.notice').filter({ hasText: /./ });
    await notice.waitFor();
    const [above, below] = await Promise.all(
      [visitor.page.locator('.panel'), notice].map((each) => each.boundingBox()),
    );
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    expect(above?.y ?? -1).toBeGreaterThanOrEqual(0);
  });

  it('speaks Arabic beside an Arabic page, from right to left', async () => {
    await visit('/articles/ar/front-de-mer');
    await reportAsAr();
    await button('أربعة قراء آخرون يبلّغون عنها').click();
    await said('حُجبت الصورة في كل الصفحات: بلّغ عنها خمسة أشخاص');
    await until(covered);
    const [panel, image] = await Promise.all(
      ['.panel', 'figure img'].map((selector) => visitor.page.locator(selector).first().boundingBox()),
    );
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(image?.x ?? 0);
    expect(visitor.errors).toEqual([]);

    async function reportAsAr(): Promise<void> {
      await visitor.report(0);
      await until(async () => ((await visitor.status.textContent()) ?? '') !== '');
      await visitor.page.keyboard.press('Escape');
      await said('القارئ 1 بلّغ عنها.');
    }
  });

  it('lets the widget speak another language than the page', async () => {
    await visit('/articles/moisson');
    await visitor.page.getByRole('combobox', { name: 'Langue' }).selectOption('es');
    await visitor.page.waitForURL(/widget=es/);
    await visitor.flags.first().click();
    expect(await visitor.dialog.textContent()).toContain('imagen');
    await visitor.page.keyboard.press('Escape');
    await visitor.page.getByRole('combobox', { name: 'Langue' }).selectOption('');
    await visitor.page.waitForURL((url) => url.search === '');
  });

  describe.each([
    ['at a desk', DESK],
    ['at a desk in the dark', { ...DESK, colorScheme: 'dark' as const }],
    ['on a phone', PHONE],
    ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' as const }],
  ])('%s', (_where, options) => {
    it.each(['/demo', '/articles/samu-nuit', '/articles/plan-transports', '/articles/ar/front-de-mer'])(
      'is found right by axe at %s, is as wide as its window, and opens its panel by keyboard',
      async (path) => {
        await visit(path, options);
        const { page } = visitor;
        for (const open of [true, false]) {
          const panel = page.locator('.panel');
          if ((await panel.evaluate((element) => (element as HTMLDetailsElement).open)) !== open) {
            await page.locator('.panel summary').press('Enter');
          }
          await page.evaluate(AXE);
          const wrong = await page.evaluate(async () => {
            const { axe } = window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            const { violations } = await axe.run();
            return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
          });
          expect(wrong).toEqual([]);
          // A phone shows a page smaller that needs more, in a wider window.
          const needed = await page.evaluate(() =>
            Math.max(innerWidth, document.documentElement.scrollWidth),
          );
          expect(needed).toBe(options.viewport?.width);
        }
        expect(visitor.errors).toEqual([]);
      },
    );
  });
});
