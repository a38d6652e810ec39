import type { Page, Route } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import { Receiver } from '../setup/receiver.js';
import { until } from '../setup/until.js';
import { axeFinds, isTooWide } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PHONE } from './console.js';

/** What leads and admins set in the console, as they do it. */
describeInBrowser("the console's settings", () => {
  let room: ConsoleRoom;
  let site: TestSite;
  let receiver: Receiver;
  const admin = { email: 'admin@vigie.ma', role: 'admin' } as const;
  const lead = (): { email: string; role: 'lead'; site: TestSite } => ({
    email: 'lead@nouvelles.ma',
    role: 'lead',
    site,
  });
  beforeAll(async () => {
    receiver = await Receiver.open();
    room = await ConsoleRoom.open({ OUTBOUND_ALLOW: '127.0.0.0/8' });
    site = await room.service.site('nouvelles');
  });
  afterEach(() => room.leave());
  afterAll(async () => {
    await room.close();
    await receiver.close();
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  /** Closes what is shown once; its values. */
  const takeSecrets = async (page: Page): Promise<string[]> => {
    const dialog = page.getByRole('dialog').filter({ hasText: 'This is shown once' });
    await dialog.waitFor();
    const values = await dialog.locator('code').allInnerTexts();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await dialog.waitFor({ state: 'detached' });
    return values;
  };

  it('says a rule in sentences as it is typed, and keeps who made which version', async () => {
    const { page, errors } = await room.sit('/console/rules', lead());
    await page.getByLabel('Readers needed', { exact: true }).fill('3');
    await said(page, 'An image is blocked when 3 different readers report it within 7 days.');
    await said(page, 'Readers needed: 3 (before: 5)');
    await said(page, /Nothing that is blocked becomes visible/);
    await button(page, 'Save').click();
    await said(page, 'Version 2 is in force.');
    const versions = page.getByRole('listitem').filter({ hasText: 'Version 2' });
    await versions.getByText('lead@nouvelles.ma').waitFor();
    expect(await page.getByRole('region', { name: 'Not saved yet.' }).count()).toBe(0);

    await button(page, 'Restore version 1').click();
    await page.getByRole('dialog').getByText('Readers needed: 5 (before: 3)').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore version 1' }).click();
    await said(page, 'Version 3 is in force.');
    await button(page, 'Compare versions').click();
    await page.getByRole('group', { name: 'Compare versions' }).getByLabel('From').selectOption('1');
    await said(page, 'They say the same.');
    expect(errors).toEqual([]);
  });

  it('says next to the field what is wrong, and asks before what was typed is left', async () => {
    const { page } = await room.sit('/console/rules', lead(), { language: 'fr' });
    const field = page.getByLabel('Lecteurs nécessaires');
    await field.fill('1');
    const described = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described?.split(' ').at(-1) ?? ''}"]`).innerText()).toMatch(
      /^Doit être un nombre entier de 2 à 1\s000\.$/,
    );
    expect(await button(page, 'Enregistrer').isDisabled()).toBe(true);
    await field.fill('7');
    for (const leave of [
      () => page.getByRole('link', { name: 'Membres' }).click(),
      () =>
        page
          .locator('h1')
          .click()
          .then(() => page.keyboard.type('gm')),
    ]) {
      await leave();
      await page.getByRole('dialog').getByText('Quitter sans enregistrer').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await field.inputValue()).toBe('7');
    }
    await page.getByRole('link', { name: 'Membres' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Quitter sans enregistrer' }).click();
    await page.waitForURL('**/console/members');
    await page.goBack();
    expect(await field.inputValue()).toBe('5');
  });

  it('keeps what one lead typed when another has saved meanwhile', async () => {
    const { page } = await room.sit('/console/rules', lead());
    await page.getByLabel('Within (hours)', { exact: true }).fill('24');
    const other = await room.service.staffToken('other@vigie.ma', 'admin');
    const at = '/v1/sites/nouvelles/threshold-rule';
    const change = await room.service.ask('PUT', at, other, { caseAt: 2 });
    expect(change.status).toBe(200);
    await button(page, 'Save').click();
    await said(page, 'Somebody changed the rule meanwhile.');
    await said(page, 'Moderators see an image once 2 readers have reported it.');
    expect(await page.getByLabel('Within (hours)', { exact: true }).inputValue()).toBe('24');
    await button(page, 'Save').click();
    await said(page, /Version \d+ is in force\./);
    const { body } = await room.service.ask('GET', at, other);
    expect(body).toMatchObject({ windowHours: 24, caseAt: 2 });
  });

  it('makes a key, shows it once, and revokes it with what stops', async () => {
    const { page } = await room.sit('/console/keys', admin);
    await choose(page, 'nouvelles');
    await page.getByLabel('Name of the new key').last().fill('rotation');
    await button(page, 'Make a secret key').click();
    const [key = ''] = await takeSecrets(page);
    expect(key).toMatch(/^vg_sec_/);
    const ask = () => room.service.ask('GET', '/v1/blocklist', key);
    expect((await ask()).status).toBe(200);
    await said(page, 'Two keys of this kind are live');
    await page.getByRole('button', { name: `Revoke: …${key.slice(-4)}` }).click();
    await page.getByRole('dialog').getByText('Servers that still use it are refused at once').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await said(page, 'is revoked');
    expect((await ask()).status).toBe(401);
    expect(await page.content()).not.toContain(key);
  });

  it('says so where a list could not be loaded anew after a change', async () => {
    const { slug } = await room.service.site('unlisted');
    const { page } = await room.sit('/console/keys', admin);
    await choose(page, slug);
    await button(page, 'Make a secret key').waitFor();
    await page.route('**/keys?**', (route) => route.abort());
    await page.getByLabel('Name of the new key').last().fill('unlisted');
    await button(page, 'Make a secret key').click();
    await takeSecrets(page);
    await said(page, 'The service can not be reached.');
  });

  it('says once what failed twice for the same reason', async () => {
    const { page } = await room.sit('/console/keys', admin);
    await choose(page, site.slug);
    await button(page, 'Make a secret key').waitFor();
    await page.route('**/keys', (route) => route.abort());
    const toast = page.locator('.toast', { hasText: 'The service can not be reached.' });
    for (let n = 0; n < 2; n += 1) {
      const failed = page.waitForEvent('requestfailed');
      await button(page, 'Make a secret key').click();
      await failed;
      await button(page, 'Make a secret key').waitFor();
    }
    await toast.first().waitFor();
    expect(await toast.count()).toBe(1);
  });

  it('keeps the focus on a button whose work is under way, and begins it once', async () => {
    const { page } = await room.sit('/console/keys', admin);
    await choose(page, 'nouvelles');
    const held: Route[] = [];
    await page.route('**/keys/**', (route) => held.push(route));
    await page.route('**/keys', (route) =>
      route.request().method() === 'POST' ? held.push(route) : route.continue(),
    );
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

    await button(page, 'Make a secret key').focus();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Enter');
    const making = page.locator('button[aria-busy=true][aria-disabled=true]');
    await making.waitFor();
    expect(await focused()).toBe(await making.textContent());
    // By its form, too.
    await page.getByLabel('Name of the new key').last().press('Enter');
    await making.focus();
    await until(() => held.length > 0);
    expect(held).toHaveLength(1);
    await held.pop()?.abort();
    await said(page, 'The service can not be reached.');
    expect(await focused()).toBe('Make a secret key');
    expect(await page.locator('[aria-disabled=true]').count()).toBe(0);

    // What is asked about first has the focus again after the question, and while it is done.
    await button(page, /^Revoke/).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).press('Enter');
    await until(() => held.length === 1);
    expect(await focused()).toBe('Revoke');
    await held.pop()?.abort();
    await page.locator('[aria-disabled=true]').first().waitFor({ state: 'detached' });
    expect(await focused()).toBe('Revoke');
  });

  it('invites a member by a link, changes their role, and removes them', async () => {
    const { page } = await room.sit('/console/members', lead());
    await page.getByLabel('E-mail address').fill('no address');
    await button(page, 'Add').click();
    await said(page, 'Must be an e-mail address');
    await page.getByLabel('E-mail address').fill('amina@nouvelles.ma');
    await button(page, 'Add').click();
    const [link = ''] = await takeSecrets(page);
    expect(link).toMatch(new RegExp(`^${room.origin}/console/welcome#`));
    await button(page, 'Make lead: amina@nouvelles.ma').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).click();
    await said(page, 'amina@nouvelles.ma is now “Lead”.');
    await button(page, 'New invitation: amina@nouvelles.ma').click();
    const [again = ''] = await takeSecrets(page);
    expect(again).not.toBe(link);
    await button(page, 'Remove: amina@nouvelles.ma').click();
    await page.getByRole('dialog').getByText('The cases they hold are free for others').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('amina@nouvelles.ma is no longer a member').waitFor();
    await button(page, 'Remove: amina@nouvelles.ma').waitFor({ state: 'detached' });
  });

  it('keeps the focus where a role is changed while that is done, and asks for it once', async () => {
    await room.account('focus@nouvelles.ma', 'moderator', site);
    const { page } = await room.sit('/console/members', lead());
    const held: Route[] = [];
    await page.route('**/members/*', (route) => held.push(route));
    const change = page.getByRole('button', { name: /: focus@nouvelles\.ma$/ }).first();
    await change.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).press('Enter');
    await until(() => held.length === 1);
    const isFocused = () => change.evaluate((one) => one === document.activeElement);
    expect(await isFocused()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await held.pop()?.continue();
    await said(page, 'focus@nouvelles.ma is now “Lead”.');
    await button(page, 'Make moderator: focus@nouvelles.ma').waitFor();
    expect(await isFocused()).toBe(true);
  });

  it('goes on at the empty address when a member was added, and says who', async () => {
    await room.account('known@vigie.ma', 'moderator');
    const { page } = await room.sit('/console/members', lead());
    const address = page.getByLabel('E-mail address');
    const isReady = () =>
      address.evaluate((one) => one === document.activeElement && (one as HTMLInputElement).value === '');

    await address.fill('known@vigie.ma');
    await button(page, 'Add').press('Enter');
    await page.getByRole('status').getByText('known@vigie.ma is a member.').waitFor();
    await button(page, 'Remove: known@vigie.ma').waitFor();
    expect(await isReady()).toBe(true);

    // Who gets a link is said by what shows it.
    await address.fill('unknown@vigie.ma');
    await button(page, 'Add').press('Enter');
    await page.getByRole('dialog').getByText('Hand this link to unknown@vigie.ma.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'I have kept it' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, 'Remove: unknown@vigie.ma').waitFor();
    expect(await isReady()).toBe(true);

    // What was refused is mended there.
    await address.fill('no address');
    await button(page, 'Add').press('Enter');
    await said(page, 'Must be an e-mail address');
    expect(await button(page, 'Add').evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('closes an account, which is then open again', async () => {
    await room.account('closing@nouvelles.ma', 'moderator', site);
    const { page } = await room.sit('/console/members?all', admin);
    await button(page, 'Close account: closing@nouvelles.ma').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close account' }).click();
    await button(page, 'Open account: closing@nouvelles.ma').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Open account' }).click();
    await button(page, 'Close account: closing@nouvelles.ma').waitFor();
  });

  it('tells a webhook, shows what it answered as text, and sends again by hand', async () => {
    receiver.answers((response) => void response.writeHead(400).end('<img src=x onerror=alert(1)>'));
    const { page, errors } = await room.sit('/console/webhooks', lead());
    await button(page, 'Add an endpoint').click();
    await page.getByLabel('Address').fill('ftp://nowhere');
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await said(page, /This address can not be taken/);
    // However long it is by now, what can be done is in sight.
    const shown = await page.getByRole('dialog').boundingBox();
    const send = await page.getByRole('dialog').getByRole('button', { name: 'Add' }).boundingBox();
    if (shown === null || send === null) throw new Error('there is no dialog');
    expect(send.y + send.height).toBeLessThan(shown.y + shown.height);
    await page.getByLabel('Address').fill(receiver.url());
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    const [secret = ''] = await takeSecrets(page);
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('link', { name: receiver.url() }).click();
    await button(page, 'Send a test').click();
    await said(page, 'answered 400');
    await page.getByText('Attempts and content').click();
    await said(page, '<img src=x onerror=alert(1)>');

    receiver.answers(204);
    await button(page, /^Send again/).click();
    await page.locator('.message .badge').filter({ hasText: 'Delivered' }).waitFor();
    const received = await receiver.got(2);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await page.getByLabel('Show').selectOption('failed');
    await said(page, 'No such messages');
    expect(errors).toEqual([]);
  });

  it('leads back to the list of endpoints from one that there is not', async () => {
    const { page } = await room.sit('/console/webhooks/whe_unknown', lead());
    await page.locator('.empty.bad').waitFor();
    await page.getByRole('link', { name: 'All endpoints' }).click();
    await page.waitForURL('**/console/webhooks');
    await button(page, 'Add an endpoint').waitFor();
  });

  it("keeps a site's instructions and address rules, tried before they are saved", async () => {
    const { page } = await room.sit('/console/sites/nouvelles', admin, { language: 'fr' });
    await page.getByLabel('WordPress').check();
    await page
      .getByLabel('Essayer une adresse')
      .fill('https://cdn.nouvelles.ma/wp-content/uploads/1-300x200.jpg');
    await button(page, 'Expliquer').click();
    await said(page, 'https://cdn.nouvelles.ma/wp-content/uploads/1.jpg');
    await button(page, 'Ajouter une origine').click();
    await page.getByLabel('Origines, entrée 2').fill('nouvelles.ma/');
    await page.getByLabel('Que faire quand un abus').fill('Appeler le 19.\nNe rien transmettre.');
    await button(page, 'Enregistrer').click();
    await said(page, /Doit être schéma, hôte/);
    await button(page, 'Retirer nouvelles.ma/').click();
    await button(page, 'Enregistrer').click();
    await said(page, 'Enregistré.');
    const token = await room.service.staffToken('reads@nouvelles.ma', 'moderator', site);
    const { body } = await room.service.ask('GET', '/v1/sites/nouvelles', token);
    expect(body).toMatchObject({
      addressRules: { presets: ['wordpress'] },
      severeInstructions: 'Appeler le 19.\nNe rien transmettre.',
    });
  });

  it('lets a moderator read, without a button that changes anything', async () => {
    const moderator = { email: 'mod@nouvelles.ma', role: 'moderator', site } as const;
    const { page } = await room.sit('/console/sites/nouvelles', moderator);
    await said(page, 'Admins change sites');
    await said(page, 'Short name');
    const inMain = () => page.locator('main').getByRole('button').allInnerTexts();
    expect((await inMain()).filter((words) => words !== 'Copy')).toEqual([]);
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0);
    for (const path of ['rules', 'keys', 'members', 'webhooks']) {
      await page.goto(`/console/${path}`);
      await said(page, 'it is not for your role');
    }
  });

  it.each(['fr', 'ar'] as const)('behaviour 55: axe finds nothing on any page in %s', async (language) => {
    const ask = (path: string, body: object) =>
      room.service.ask<{ id: string }>('POST', `/v1/webhook-endpoints${path}`, site.secretKey, body);
    const endpoint = await ask('', { url: receiver.url(), events: ['*'] });
    await ask(`/${endpoint.body.id}/test`, {});
    const { page, errors } = await room.sit('/console/rules', admin, { language, viewport: PHONE });
    await choose(page, 'nouvelles');
    for (const path of ['rules', 'sites', 'sites/nouvelles', 'keys', 'members', 'members?all', 'webhooks']) {
      await page.goto(`/console/${path}`);
      await page.locator('h1').waitFor();
      await until(
        async () => (await page.locator('.loading').count()) === 0,
        () => `${path} does not load`,
      );
      expect({ path, found: await axeFinds(page), isTooWide: await isTooWide(page) }).toEqual({
        path,
        found: [],
        isTooWide: false,
      });
    }
    await page.locator('main a.address').first().click();
    await page.locator('.message').first().waitFor();
    expect(await axeFinds(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  async function choose(page: Page, slug: string): Promise<void> {
    await page.evaluate((name) => localStorage.setItem('vigie-console:site', JSON.stringify(name)), slug);
    // Its address names the one that was chosen before.
    await page.goto(new URL(page.url()).pathname);
    await page.locator('h1').waitFor();
  }
});
