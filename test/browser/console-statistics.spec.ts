import type { Page } from 'playwright-core';
import { REASONS } from '../../src/core/reasons.js';
import { until } from '../setup/until.js';
import type { TestSite } from '../setup/service.js';
import { axeFinds, isTooWide } from './axe.js';
import { ConsoleRoom, PHONE } from './console.js';

let room: ConsoleRoom;
let site: TestSite;
let lead: { email: string; role: 'lead'; site: TestSite };

beforeAll(async () => {
  room = await ConsoleRoom.open({ ROLE: 'api' });
  site = await room.service.site('news');
  lead = { email: 'lead@news.ma', role: 'lead', site };
  // Ten days of different heights, and what people decided today.
  await room.service.database.dataSource.query(
    `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, at)
     select $1, 1000 + day, 1, decode(md5(n::text), 'hex'), 'named', '{violence}', clock_timestamp() - day * interval '1 day'
     from generate_series(1, 9) as d (day), generate_series(1, 3 * day) as v (n)`,
    [site.id],
  );
  const token = await room.service.staffToken('amina@news.ma', 'moderator', site);
  for (const [name, action] of [
    ['upheld', 'block'],
    ['kept', 'keep'],
  ]) {
    await room.service.reports(site, `https://cdn.news.ma/${name}.jpg`, 5);
    const { body } = await room.service.ask<{ id: string; lease: { token: string } }>(
      'POST',
      '/v1/cases/claim',
      token,
      {},
    );
    const decision = { action, policy: 'violence', version: 1, leaseToken: body.lease.token };
    await room.service.ask('POST', `/v1/cases/${body.id}/decision`, token, decision);
  }
});
afterEach(() => room.leave());
afterAll(() => room.close());

/** The numbers of a drawing's table, row by row. */
async function tableOf(page: Page, name: string): Promise<string[][]> {
  const figure = page.getByRole('figure', { name });
  await figure.locator('summary').click();
  return figure
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent)),
    );
}

it.each(['en', 'fr', 'es', 'ar'] as const)(
  'has all columns of a table in sight at a desk, in %s',
  async (language) => {
    const all = await room.service.site(`all-reasons-${language}`);
    await room.service.database.dataSource.query(
      `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons)
       select $1, n, 1, decode(md5(n::text), 'hex'), 'named', array[reason]
       from unnest($2::text[]) with ordinality as r (reason, n)`,
      [all.id, REASONS],
    );
    const of = { email: `lead@${all.slug}.ma`, role: 'lead', site: all } as const;
    const { page } = await room.sit('/console/statistics', of, { language });
    const table = page.locator('.breakdown .table-scroll').first();
    await table.locator('tbody tr').first().waitFor();
    expect(await table.locator('tbody tr').count()).toBe(REASONS.length);
    expect(await table.evaluate((place) => place.scrollWidth - place.clientWidth)).toBeLessThanOrEqual(0);
  },
);

it('is printed without what leads elsewhere, over the whole sheet', async () => {
  const { page } = await room.sit('/console/statistics', lead);
  await page.locator('.breakdown').first().waitFor();
  const left = (): Promise<number> =>
    page.locator('main').evaluate((main) => main.getBoundingClientRect().left);
  expect(await left()).toBeGreaterThan(200);
  await page.emulateMedia({ media: 'print' });
  expect(await left()).toBe(0);
  for (const name of ['.menu', '.toasts', '.skip']) expect(await page.locator(name).isVisible()).toBe(false);
});

it('tells the parts of a drawing apart where colours are the system’s, on a ground that is not the theme’s', async () => {
  const { page } = await room.sit('/console/statistics', lead, {
    theme: 'light',
    options: { forcedColors: 'active', colorScheme: 'dark' },
  });
  const figure = page.getByRole('figure', { name: 'Decisions' });
  await figure.locator('canvas').waitFor();
  const named = await figure
    .locator('.swatch')
    .evaluateAll((swatches) => swatches.map((swatch) => getComputedStyle(swatch).backgroundColor));
  expect(new Set(named).size).toBe(named.length);
  // As the dark theme has them: they are seen on the system's dark ground.
  expect(named).toContain('rgb(255, 157, 144)');
  const painted = await figure.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const colours = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.slice(at, at + 4).join(' '));
    return [...colours];
  });
  const opaque = named.map((colour) => `${/\d+, \d+, \d+/.exec(colour)?.[0].replaceAll(',', '') ?? ''} 255`);
  expect(opaque.filter((colour) => painted.includes(colour)).length).toBeGreaterThan(1);
});

it('names days in Arabic as the region of the browser does', async () => {
  const { page } = await room.sit('/console/statistics', lead, {
    language: 'ar',
    options: { locale: 'ar-MA' },
  });
  const moroccan = new Intl.DateTimeFormat('ar-MA', { day: 'numeric', month: 'short', year: 'numeric' });
  const days = Array.from({ length: 32 }, (_, n) => moroccan.format(Date.now() - (n - 1) * 86_400_000));
  const figure = page
    .getByRole('figure')
    .filter({ has: page.locator('tbody th') })
    .first();
  await figure.locator('summary').click();
  const named = await figure.locator('tbody th').allTextContents();
  expect(named).toHaveLength(30);
  expect(named.filter((name) => !days.includes(name))).toEqual([]);
});

it('draws the numbers that its table has', async () => {
  const { page, errors } = await room.sit('/console/statistics', lead);
  const figure = page.getByRole('figure', { name: 'Blocks', exact: true });
  await figure.locator('canvas').waitFor();
  for (const name of ['Reports', 'Decisions']) {
    const rows = await tableOf(page, name);
    expect(rows).toHaveLength(30);
    const drawn = page.getByRole('figure', { name, exact: true });
    const over = drawn.locator('.u-over');
    const box = await over.boundingBox();
    if (box === null) throw new Error('nothing is drawn');
    for (const index of [0, 20, 25, 29]) {
      // The middle of that bar.
      await page.mouse.move(box.x + ((index + 0.5) / 30) * box.width, box.y + box.height / 2);
      const [day = '', ...numbers] = rows[index] ?? [];
      await drawn.getByText(day, { exact: true }).first().waitFor();
      expect(await drawn.locator('.pointed').allTextContents()).toEqual(numbers);
      expect(await drawn.locator('.pointed-at').textContent()).toBe(day);
    }
  }
  const reports = await page
    .getByRole('figure', { name: 'Reports', exact: true })
    .locator('td')
    .allTextContents();
  expect(reports.slice(-4).map(Number)).toEqual([9, 6, 3, 10]);
  const tiles = await page.locator('.tiles').innerText();
  expect(tiles).toMatch(/Reports\s+145\s+2 cases opened, 2 decided/);
  expect(tiles).toMatch(/50%\s+1 of 2 that somebody reviewed/);
  expect(errors).toEqual([]);
});

it('gives the numbers as a file under a good name', async () => {
  const { page } = await room.sit('/console/statistics', lead);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Moderators as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(
    /^vigie-news-moderators-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toMatch(/"amina@news\.ma",1,1,0,0,/);
});

it('takes another time, by the hour too, and says when nothing happened', async () => {
  const { page } = await room.sit('/console/statistics', lead);
  await page.getByRole('button', { name: '7 days' }).click();
  await page.getByLabel('Steps').selectOption('hour');
  await until(async () => (await page.locator('figure').first().locator('tbody tr').count()) > 100);
  await page.getByRole('button', { name: 'Other' }).click();
  await page.getByLabel('To, included').fill('2020-01-02');
  const wrong = page.getByText('Choose two days; the first must not come after the last.');
  await wrong.waitFor();
  // A single day is none that comes after itself.
  await page.getByLabel('From').fill('2020-01-02');
  await page.getByText('Nothing happened in this time.').waitFor();
  await page.getByLabel('From').fill('');
  await wrong.waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

it.each([
  ['ar', 'dark', 'الإحصاءات'],
  ['fr', 'light', 'Statistiques'],
] as const)(
  'behaviour 55: in %s, %s, on a phone, axe finds nothing and time runs to the right',
  async (language, theme, title) => {
    const { page, errors } = await room.sit('/console/statistics', lead, {
      language,
      theme,
      viewport: PHONE,
    });
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.locator('canvas').first().waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await axeFinds(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    const direction = await page
      .locator('.plot')
      .first()
      .evaluate((plot) => getComputedStyle(plot).direction);
    expect(direction).toBe('ltr');
    expect(errors).toEqual([]);
  },
);

describe('jobs', () => {
  const admin = { email: 'admin@vigie.test', role: 'admin' } as const;

  beforeEach(() =>
    room.service.database.dataSource.query(`
      delete from job;
      insert into job (kind, lane, payload, attempts, failures, outcome, error, finished_at)
      select 'deliver-webhook', 'a', '{"secret": "s3cret"}', 10, 10, 'dead', '<b>refused</b> by ' || n, clock_timestamp()
      from generate_series(1, 2) n`),
  );

  it('that are dead are tried again once that was confirmed', async () => {
    const { page, errors } = await room.sit('/console/jobs', admin);
    await page.getByText('<b>refused</b> by 2').waitFor();
    expect(await page.content()).not.toContain('s3cret');
    expect(await axeFinds(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Try again: job \d+$/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page
      .getByRole('button', { name: /^Try again: job \d+$/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The job runs again.').waitFor();
    await until(async () => (await page.locator('tbody tr').count()) === 1);
    await page.getByRole('button', { name: 'Waiting', exact: true }).click();
    await until(async () => (await page.locator('tbody tr').count()) === 1);
    await page.getByText('1 waits, 1 of them due; none runs.').waitFor();
    expect(errors).toEqual([]);
  });

  it('that are dead are tried again although one of them was done meanwhile', async () => {
    const { page } = await room.sit('/console/jobs', admin);
    await page.getByRole('button', { name: 'Try these 2 again' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await room.service.database.dataSource.query(
      `update job set outcome = 'done', error = null where id = (select max(id) from job)`,
    );
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The job runs again.').waitFor();
    await page.getByText('No job has failed too often.').waitFor();
  });

  it('behaviour 55: are the same in Arabic', async () => {
    const { page } = await room.sit('/console/jobs', admin, {
      language: 'ar',
      theme: 'dark',
      viewport: PHONE,
    });
    await page
      .getByRole('button', { name: /^إعادة المحاولة: المهمة/ })
      .first()
      .waitFor();
    expect(await axeFinds(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  });

  it('are for administrators', async () => {
    const { page } = await room.sit('/console/jobs', lead);
    await page.getByText('No such page').waitFor();
  });
});
