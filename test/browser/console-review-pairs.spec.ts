import type { Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { axeFinds } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom } from './console.js';
import { caseInFront, decisionsOf } from './review-desk.js';

/** Short enough to wait for its end, long enough to work in. */
const LEASE_SECONDS = 5;

const addressInFront = async (page: Page): Promise<string> =>
  (await page.locator('.facts-address .address').textContent()) ?? '';

describeInBrowser('two moderators at once', () => {
  let room: ConsoleRoom;
  let short: ConsoleRoom;
  beforeAll(async () => {
    room = await ConsoleRoom.open();
    short = await ConsoleRoom.open({ LEASE_SECONDS: String(LEASE_SECONDS) });
  });
  afterEach(async () => {
    await room.leave();
    await short.leave();
  });
  afterAll(async () => {
    await room.close();
    await short.close();
  });

  const pictures = async (of: ConsoleRoom, site: TestSite, count: number): Promise<string[]> => {
    const urls: string[] = [];
    for (let n = 0; n < count; n += 1) urls.push(await of.picture(site, `${site.slug}-${n}`));
    return urls;
  };
  const sit = async (
    of: ConsoleRoom,
    site: TestSite,
    name: string,
    role: 'moderator' | 'lead' = 'moderator',
  ) => (await of.sit('/console/review', { email: `${name}@${site.slug}.ma`, role, site })).page;

  /** All leases of a site run out now, as if their time had passed. */
  const runOut = (of: ConsoleRoom, site: TestSite): Promise<unknown> =>
    of.service.database.dataSource.query(
      `update moderation_case set lease_expires_at = clock_timestamp() - interval '1 second'
       where site_id = $1 and lease_holder is not null`,
      [site.id],
    );

  it('never have the same case in front of them', async () => {
    const site = await room.service.site('apart');
    await pictures(room, site, 12);
    await room.account('amina@apart.ma', 'moderator', site);
    await room.account('bilal@apart.ma', 'moderator', site);
    const [amina, bilal] = await Promise.all([sit(room, site, 'amina'), sit(room, site, 'bilal')]);
    const seen: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      await Promise.all([amina, bilal].map((page) => caseInFront(page)));
      const [one, other] = await Promise.all([amina, bilal].map(addressInFront));
      seen.push(one ?? '', other ?? '');
      await Promise.all([amina, bilal].map((page) => page.keyboard.press('k')));
      const gone = ([page, before]: readonly [Page, string | undefined]) =>
        until(async () => {
          const isEmpty = (await page.locator('.empty').count()) > 0;
          return isEmpty || (await addressInFront(page)) !== before;
        });
      await Promise.all([gone([amina, one]), gone([bilal, other])]);
      if ((await decisionsOf(room, site)).length === 12) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    await until(async () => (await decisionsOf(room, site)).length === 12);
  });

  it('are told who was faster, and lose nothing that they typed (behaviours 32 and 33)', async () => {
    const site = await room.service.site('faster');
    const [url] = await pictures(room, site, 1);
    const amina = await sit(room, site, 'amina');
    await caseInFront(amina, url);
    await amina.keyboard.press('c');
    await amina.keyboard.type('this is an archive picture');
    await amina.keyboard.press('Escape');
    await runOut(room, site);
    const bilal = await sit(room, site, 'bilal');
    await caseInFront(bilal, url);
    // The lease is over and another has it: refused, and by whom.
    await amina.keyboard.press('k');
    const refused = amina.locator('.refused');
    await refused.waitFor();
    expect(await refused.textContent()).toContain('bilal@faster.ma');
    expect(await refused.locator('blockquote').textContent()).toBe('this is an archive picture');
    expect(await axeFinds(amina)).toEqual([]);
    await bilal.keyboard.press('b');
    await bilal.keyboard.press('2');
    await until(async () => (await decisionsOf(room, site)).length === 1);
    // She looks at it anew: it has been decided meanwhile.
    await amina.keyboard.press('o');
    await refused.getByText(/bilal@faster\.ma.? was faster: Blocked: Violence\./).waitFor();
    expect(await amina.locator('.notice.bad').count()).toBe(1);
    expect(await refused.locator('blockquote').textContent()).toBe('this is an archive picture');
    await amina.keyboard.press('a');
    await refused.waitFor({ state: 'detached' });
    expect(await decisionsOf(room, site)).toMatchObject([
      { action: 'block', policy: 'violence', email: 'bilal@faster.ma' },
    ]);
  });

  it.each(['fr', 'ar'] as const)(
    'have what can be decided of the next case in sight below a refusal, on the smallest phone in %s',
    async (language) => {
      const site = await room.service.site(`below-${language}`);
      const [url, next] = await pictures(room, site, 2);
      const who = { email: `amina@${site.slug}.ma`, role: 'moderator', site } as const;
      const viewport = { width: 320, height: 568 };
      const { page } = await room.sit('/console/review', who, { language, viewport });
      await caseInFront(page, url);
      await page.locator('.stage-place').nth(1).waitFor({ state: 'attached' });
      await page.locator('.note textarea').fill('this is an archive picture, of the march of last year');
      await page.keyboard.press('Escape');
      await runOut(room, site);
      const bilal = await room.service.staffToken(`bilal@${site.slug}.ma`, 'moderator', site);
      await room.service.ask('POST', '/v1/cases/claim', bilal, {});
      await page.keyboard.press('k');
      await page.locator('.refused').waitFor();
      await caseInFront(page, next);
      const bar = await page.locator('.decision-bar').boundingBox();
      expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
      expect(await axeFinds(page)).toEqual([]);
    },
  );

  it('of whom one is a lead: takes the other decision back and decides anew, with what was typed', async () => {
    const site = await room.service.site('lead');
    const [url] = await pictures(room, site, 1);
    const lead = await sit(room, site, 'leila', 'lead');
    await caseInFront(lead, url);
    await lead.keyboard.press('c');
    await lead.keyboard.type('the caption says so');
    await lead.keyboard.press('Escape');
    await runOut(room, site);
    const bilal = await sit(room, site, 'bilal');
    await caseInFront(bilal, url);
    await bilal.keyboard.press('b');
    await bilal.keyboard.press('Enter');
    await until(async () => (await decisionsOf(room, site)).length === 1);
    await lead.keyboard.press('k');
    await lead.locator('.refused', { hasText: 'bilal@lead.ma' }).waitFor();
    await lead.keyboard.press('o');
    // A question first: it is another's decision.
    const sure = lead.getByRole('dialog');
    await sure.getByText('was faster: Blocked: Violence.').waitFor();
    expect(await decisionsOf(room, site)).toMatchObject([{ action: 'block', undone: false }]);
    await sure.getByRole('button', { name: 'Take that back, decide anew' }).click();
    await caseInFront(lead, url);
    expect(await lead.locator('.note textarea').inputValue()).toBe('the caption says so');
    await lead.keyboard.press('k');
    await until(async () => (await decisionsOf(room, site)).length === 2);
    expect(await decisionsOf(room, site)).toMatchObject([
      { action: 'block', undone: true },
      { action: 'keep', note: 'the caption says so', email: 'leila@lead.ma', undone: false },
    ]);
  });

  it('of whom one is a lead: hears in one notice that the case was closed while it was refused, and takes that back', async () => {
    const site = await room.service.site('late-lead');
    const [url] = await pictures(room, site, 1);
    const lead = await sit(room, site, 'leila', 'lead');
    await caseInFront(lead, url);
    await runOut(room, site);
    const bilal = await sit(room, site, 'bilal');
    await caseInFront(bilal, url);
    await lead.keyboard.press('k');
    const refused = lead.locator('.refused');
    await refused.getByText(/bilal@late-lead\.ma.? works on this case now\./).waitFor();
    await bilal.keyboard.press('b');
    await bilal.keyboard.press('2');
    await until(async () => (await decisionsOf(room, site)).length === 1);
    await lead.keyboard.press('o');
    await refused.getByText(/bilal@late-lead\.ma.? was faster: Blocked: Violence\./).waitFor();
    expect(await lead.locator('.notice.bad').count()).toBe(1);
    expect(await axeFinds(lead)).toEqual([]);
    await lead.keyboard.press('o');
    await lead.getByRole('dialog').getByRole('button', { name: 'Take that back, decide anew' }).click();
    await caseInFront(lead, url);
    await refused.waitFor({ state: 'detached' });
  });

  it('sees a lease run out in front of the eyes, and takes the case again, or hears who has it', async () => {
    const site = await short.service.site('run-out');
    const [url] = await pictures(short, site, 1);
    const amina = await sit(short, site, 'amina');
    await caseInFront(amina, url);
    await amina.keyboard.press('c');
    await amina.keyboard.type('half a thought');
    await amina.keyboard.press('Escape');
    // Nothing is done any more.
    await amina.locator('.stopped').waitFor();
    expect(await amina.locator('.stage-place:not([hidden])').count()).toBe(0);
    expect(await amina.locator('.decisions .danger').isDisabled()).toBe(true);
    expect(await axeFinds(amina)).toEqual([]);
    await amina.keyboard.press('r');
    await amina.locator('.stopped').waitFor({ state: 'detached' });
    await amina.locator('.stopped').waitFor();
    const bilal = await sit(short, site, 'bilal');
    await caseInFront(bilal, url);
    await amina.keyboard.press('r');
    await amina.locator('.stopped', { hasText: 'bilal@run-out.ma' }).waitFor();
    expect(await amina.locator('.note textarea').inputValue()).toBe('half a thought');
    await amina.keyboard.press('n');
    await amina.locator('.empty').waitFor();
  });

  it('hears of a case that was passed on to the leads, or is not theirs any more, and of no decision that nobody made', async () => {
    const site = await short.service.site('passed-on');
    await pictures(short, site, 2);
    const takeAgain = async (name: string, meanwhile: () => Promise<{ status: number }>): Promise<string> => {
      const page = await sit(short, site, name);
      await caseInFront(page);
      await page.locator('.stopped').waitFor();
      expect((await meanwhile()).status).toBeLessThan(300);
      await page.keyboard.press('r');
      await page.getByRole('button', { name: 'Take it again' }).waitFor({ state: 'detached' });
      const said = await page.locator('.stopped').innerText();
      await short.leave();
      return said;
    };
    const lead = await short.service.staffToken('leila@passed-on.ma', 'lead', site);
    const ask = <T = object>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
      short.service.ask<T>(method, path, lead, body);

    const passedOn = await takeAgain('amina', async () => {
      const { body } = await ask<{ items: { id: string; version: number }[] }>('GET', '/v1/cases');
      const decided = body.items.map(({ id, version }) =>
        ask('POST', `/v1/cases/${id}/decision`, { action: 'escalate', version }),
      );
      return (await Promise.all(decided))[0] ?? { status: 0 };
    });
    expect(passedOn).toContain('This case does not exist, or is not yours to decide.');
    expect(passedOn).not.toContain('decision');

    await pictures(short, site, 3);
    const removed = await takeAgain('bilal', async () => {
      const members = '/v1/sites/passed-on/members';
      const { body } = await ask<{ items: { id: string; email: string }[] }>('GET', members);
      const member = body.items.find(({ email }) => email === 'bilal@passed-on.ma');
      return ask('DELETE', `${members}/${member?.id ?? ''}`);
    });
    expect(removed).toContain('This case does not exist, or is not yours to decide.');
    expect(removed).not.toContain('decision');
  });

  it('keeps a lease as long as one works', async () => {
    const site = await short.service.site('working');
    const [url] = await pictures(short, site, 1);
    const amina = await sit(short, site, 'amina');
    await caseInFront(amina, url);
    const renewed = { count: 0 };
    amina.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().includes('/lease')) renewed.count += 1;
    });
    await amina.keyboard.press('c');
    await until(async () => {
      await amina.keyboard.type('.');
      return renewed.count >= 3;
    });
    expect(await amina.locator('.stopped').count()).toBe(0);
  });

  it('gives the cases of a removed moderator to others (behaviour 41)', async () => {
    const site = await room.service.site('removed');
    const [url] = await pictures(room, site, 1);
    const amina = await sit(room, site, 'amina');
    await caseInFront(amina, url);
    const bilal = await sit(room, site, 'bilal');
    await bilal.locator('.empty').waitFor();
    const lead = await room.service.staffToken('leila@removed.ma', 'lead', site);
    const members = '/v1/sites/removed/members';
    const { body } = await room.service.ask<{ items: { id: string; email: string }[] }>('GET', members, lead);
    const member = body.items.find(({ email }) => email === 'amina@removed.ma');
    await room.service.ask('DELETE', `${members}/${member?.id ?? ''}`, lead);
    await caseInFront(bilal, url);
    await amina.keyboard.press('k');
    await amina.locator('.refused, .sign-in, dialog[open]').first().waitFor();
    expect(await decisionsOf(room, site)).toEqual([]);
  });

  it('leaves two windows of one person two leases (behaviour 34)', async () => {
    const site = await room.service.site('windows');
    await pictures(room, site, 3);
    const who = { email: 'amina@windows.ma', role: 'moderator', site } as const;
    const { page, window } = await room.sit('/console/review', who);
    const first = await addressInFront(page);
    await page.locator('.stage-place').nth(1).waitFor({ state: 'attached' });
    const other = await window();
    await caseInFront(other);
    expect(await addressInFront(other)).not.toBe(first);
    await other.keyboard.press('k');
    await page.bringToFront();
    await page.keyboard.press('k');
    await until(async () => (await decisionsOf(room, site)).length === 2);
  });
});
