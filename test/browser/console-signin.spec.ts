import { readFile } from 'node:fs/promises';
import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { SignedIn } from '../setup/signed-in.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { axeFinds, sticksOut } from './axe.js';
import { describeInBrowser } from './chromium.js';
import { ConsoleRoom, PASSWORD, PHONE } from './console.js';

const HALF_MINUTE = 30_000;

/** What an app shows, so many half minutes from now: each code is good once, and those next to now are taken, too. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * HALF_MINUTE });

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** What is read of a second factor that is set up for an account. */
interface Factor {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** In the form for a token. */
const ownPassword = (page: Page) => page.getByRole('dialog').getByLabel('Current password');

/** The way into the console, and what frames its pages. */
describeInBrowser('the console', () => {
  let room: ConsoleRoom;
  let site: TestSite;

  beforeAll(async () => {
    room = await ConsoleRoom.open();
    site = await room.service.site('news');
    await room.service.site('sport');
    await room.account('amina@example.ma', 'lead', site);
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const amina = () => ({ email: 'amina@example.ma', role: 'lead', site }) as const;

  async function withFactor(email: string): Promise<Factor> {
    const person = await SignedIn.as(room.service, email, 'moderator', site);
    const { body } = await person.ask('POST', '/v1/session/second-factor', { password: PASSWORD });
    const secret = String(body['secret']);
    const put = await person.ask('PUT', '/v1/session/second-factor', { code: codeOf(secret, -1) });
    return { secret, recoveryCodes: put.body['recoveryCodes'] as string[] };
  }

  async function givePassword(page: Page, email: string, password = PASSWORD): Promise<void> {
    await field(page, 'E-mail address').fill(email);
    await field(page, 'Password').fill(password);
    await button(page, 'Sign in').click();
  }

  describe('signing in', () => {
    it('asks for password and second factor, and goes in when the last digit is typed', async () => {
      const { secret } = await withFactor('nadia@example.ma');
      const { page, errors } = await room.visit('/console/account');
      await givePassword(page, 'nadia@example.ma', 'not the password');
      await page.getByRole('alert').filter({ hasText: 'is not right' }).waitFor();
      await givePassword(page, 'nadia@example.ma');
      await heading(page, 'Second step').waitFor();
      const code = field(page, 'Code');
      expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
      await until(() => code.evaluate((input) => input === document.activeElement));
      await code.pressSequentially('000000');
      await page.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor();
      // As an Arabic keyboard writes digits, and with the space that apps put between.
      const digits = codeOf(secret).replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
      await code.pressSequentially(`${digits.slice(0, 3)} ${digits.slice(3)}`);
      await heading(page, 'Your account').waitFor();
      expect(page.url()).toBe(`${room.origin}/console/account`);
      expect(errors).toEqual([]);
    });

    it('takes a recovery code in the place of the app, once', async () => {
      const { recoveryCodes } = await withFactor('karim@example.ma');
      const [recovery = ''] = recoveryCodes;
      for (const isGood of [true, false]) {
        const { page } = await room.visit('/console/account');
        await givePassword(page, 'karim@example.ma');
        await button(page, 'Use a recovery code').click();
        await field(page, 'Recovery code').fill(recovery.toUpperCase());
        await button(page, 'Sign in').click();
        if (isGood) await heading(page, 'Your account').waitFor();
        else await page.getByRole('alert').filter({ hasText: 'recovery code is not right' }).waitFor();
      }
    });

    it('says of a recovery code nothing that was said of the code of the app, nor the other way around', async () => {
      await withFactor('hind@example.ma');
      const { page } = await room.visit('/console/account');
      await givePassword(page, 'hind@example.ma');
      await button(page, 'Sign in').click();
      await page.getByText('Type the code.').waitFor();
      await button(page, 'Use a recovery code').click();
      await until(() => field(page, 'Recovery code').evaluate((input) => input === document.activeElement));
      expect(await page.getByText('Type the code.').count()).toBe(0);
      await button(page, 'Use the app').click();
      await field(page, 'Code').pressSequentially('000000');
      await page.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor();
      await button(page, 'Use a recovery code').click();
      await until(() => field(page, 'Recovery code').evaluate((input) => input === document.activeElement));
      expect(await page.getByRole('alert').count()).toBe(0);
      await field(page, 'Recovery code').fill('abcd-efgh-ijkl-mnop');
      await button(page, 'Sign in').click();
      await page.getByRole('alert').filter({ hasText: 'recovery code is not right' }).waitFor();
      await button(page, 'Use the app').click();
      await field(page, 'Code').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('says that the second step took too long where it asks for the password again', async () => {
      const { secret } = await withFactor('rim@example.ma');
      const { page, errors } = await room.visit('/console/account');
      const late = page.getByRole('alert').filter({ hasText: 'The second step took too long.' });
      await givePassword(page, 'rim@example.ma');
      await heading(page, 'Second step').waitFor();
      await room.service.database.dataSource.query(
        `delete from session where staff_id = (select id from staff where email = 'rim@example.ma') and stage = 'totp'`,
      );
      await field(page, 'Code').pressSequentially(codeOf(secret));
      await heading(page, 'Sign in to Vigie').waitFor();
      await late.waitFor();
      expect(await axeFinds(page)).toEqual([]);
      // Until somebody goes on.
      await givePassword(page, 'rim@example.ma');
      await heading(page, 'Second step').waitFor();
      await button(page, 'Back to the password').click();
      await heading(page, 'Sign in to Vigie').waitFor();
      expect(await late.count()).toBe(0);
      expect(errors).toEqual([]);
    });

    it('counts down when there were too many tries, and shows a password while it is typed', async () => {
      const { page } = await room.visit('/console/');
      const waits = page.getByText(/You can try again in \d+ second/);
      await field(page, 'E-mail address').fill('guessed@example.ma');
      for (let tries = 0; tries < 12 && !(await waits.isVisible()); tries += 1) {
        await field(page, 'Password').fill(`guess ${tries}`);
        await button(page, 'Sign in').click();
        await page.getByRole('alert').waitFor();
      }
      await waits.waitFor();
      expect(await button(page, 'Sign in').isDisabled()).toBe(true);
      await field(page, 'Password').evaluate((input) =>
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true })),
      );
      await page.getByText('Caps Lock is on.').waitFor();
      const shown = button(page, 'Show the password');
      expect(await field(page, 'Password').getAttribute('type')).toBe('password');
      await shown.click();
      expect(await field(page, 'Password').getAttribute('type')).toBe('text');
      expect(await shown.getAttribute('aria-pressed')).toBe('true');
    });

    it('speaks the language that is chosen there, and has a way out for who forgot the password', async () => {
      const { page } = await room.visit('/console/', { language: 'fr' });
      await heading(page, 'Se connecter à Vigie').waitFor();
      await button(page, 'العربية').click();
      await heading(page, 'تسجيل الدخول إلى Vigie').waitFor();
      expect(
        await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]),
      ).toEqual(['ar', 'rtl']);
      await button(page, 'English').click();
      await field(page, 'E-mail address').fill('amina@example.ma');
      await button(page, 'Forgotten your password?').click();
      await page.getByText('Where Vigie sends mail').waitFor();
      await button(page, 'Ask for a link').click();
      await page.getByRole('alert').filter({ hasText: 'No mail is sent from here' }).waitFor();
      // It is not promised any more, and not offered again.
      expect(await page.getByText('Where Vigie sends mail').count()).toBe(0);
      expect(await button(page, 'Ask for a link').count()).toBe(0);
      await button(page, 'Back to the password').click();
      await heading(page, 'Sign in to Vigie').waitFor();
    });

    it('says in the language of the page what is missing, at the field, and goes to it', async () => {
      const { page } = await room.visit('/console/', { language: 'fr' });
      await button(page, 'Se connecter').click();
      await page.getByText('Saisissez l’adresse e-mail.').waitFor();
      await page.getByText('Saisissez le mot de passe.').waitFor();
      const email = field(page, 'Adresse e-mail');
      await until(() => email.evaluate((input) => input === document.activeElement));
      expect(await page.locator('form').getAttribute('novalidate')).not.toBeNull();
      await email.fill('amina@example.ma');
      await page.getByText('Saisissez l’adresse e-mail.').waitFor({ state: 'detached' });
      await field(page, 'Mot de passe').fill('not the password');
      await button(page, 'Se connecter').click();
      await page.getByRole('alert').filter({ hasText: 'l’adresse e-mail ou le mot de passe' }).waitFor();
    });

    it('sets up a second factor where everybody needs one, and shows the recovery codes once', async () => {
      const strict = await ConsoleRoom.open(
        {},
        { accounts: { idleMinutes: 60, sessionHours: 12, secondFactor: 'required' } },
      );
      try {
        await strict.account('omar@example.ma', 'moderator', await strict.service.site('news'));
        const { page, errors } = await strict.visit('/console/account');
        await givePassword(page, 'omar@example.ma');
        await heading(page, 'Set up a second factor').waitFor();
        await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
        await strict.service.database.dataSource.query(`delete from session where stage = 'enrol'`);
        await field(page, 'Code that the app shows now').pressSequentially('000000');
        await page.getByRole('alert').filter({ hasText: 'The second step took too long.' }).waitFor();
        await givePassword(page, 'omar@example.ma');
        await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
        const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
        // A browser without a window has no clipboard.
        await page.evaluate(() => {
          navigator.clipboard.writeText = (text) => {
            document.body.dataset['copied'] = text;
            return Promise.resolve();
          };
        });
        await button(page, 'Copy').click();
        await button(page, 'Copied.').waitFor();
        expect(await page.locator('body').getAttribute('data-copied')).toBe(secret);
        await field(page, 'Code that the app shows now').fill(codeOf(secret));
        await page.locator('.codes li').first().waitFor();
        expect(await page.locator('.codes li').count()).toBe(10);
        const download = page.waitForEvent('download');
        await button(page, 'Download').click();
        expect((await download).suggestedFilename()).toBe('vigie-recovery-codes.txt');
        expect(await readFile(await (await download).path(), 'utf8')).toContain('for omar@example.ma.');
        expect(await axeFinds(page)).toEqual([]);
        await button(page, 'Go on to Vigie').click();
        await heading(page, 'Your account').waitFor();
        expect(errors).toEqual([]);
      } finally {
        await strict.close();
      }
    });
  });

  describe('a one-time link', () => {
    it('sets a password and goes in; it is gone from the address at once, and good once', async () => {
      const admin = await SignedIn.as(room.service, 'admin@example.ma', 'admin');
      const { body } = await admin.ask<{ invitation: { url: string } }>('POST', '/v1/staff', {
        email: 'new@example.ma',
        admin: true,
      });
      const link = new URL(body.invitation.url);
      const { page, errors } = await room.visit(`${link.pathname}#an-old-one`);
      await page.getByRole('alert').filter({ hasText: 'This link is not good any more' }).waitFor();
      // In the same tab: the page is not loaded for it.
      await page.goto(`${link.pathname}${link.hash}`);
      await page.getByText('new@example.ma').waitFor();
      expect(page.url()).toBe(`${room.origin}/console/welcome`);
      expect(await axeFinds(page)).toEqual([]);
      await page.reload();
      await page.getByRole('alert').filter({ hasText: 'This page needs the whole link' }).waitFor();
      await page.goto(`${link.pathname}${link.hash}`);
      await field(page, 'New password').fill('short');
      await button(page, 'Set the password and sign in').click();
      await page.getByRole('alert').filter({ hasText: 'At least 12 characters.' }).waitFor();
      await page.getByRole('button', { name: 'Français' }).click();
      await field(page, 'Nouveau mot de passe').fill('passwordpassword');
      await button(page, 'Définir le mot de passe et se connecter').click();
      await page.getByRole('alert').filter({ hasText: 'mots de passe que l’on essaie en premier' }).waitFor();
      await button(page, 'English').click();
      await field(page, 'New password').fill('three storks over the bay');
      await button(page, 'Set the password and sign in').click();
      await heading(page, 'Review').waitFor();
      expect(errors).toEqual([]);

      const again = await room.visit(`${link.pathname}${link.hash}`);
      await again.page.getByRole('alert').filter({ hasText: 'This link is not good any more' }).waitFor();
    });
  });

  describe('a session that ends by itself', () => {
    /** At the account page, with a token's name typed and all but made. */
    async function aboutToMakeToken(page: Page, name: string): Promise<void> {
      await button(page, 'New token').first().click();
      await field(page, 'Name').fill(name);
      await ownPassword(page).fill(PASSWORD);
    }

    /** Ends all sessions of somebody, from another browser. */
    async function endElsewhere(email: string): Promise<void> {
      const elsewhere = await SignedIn.in(room.service, email);
      await elsewhere.ask('DELETE', '/v1/sessions');
    }

    /**
     * The account page asks by itself where one is signed in: when it is opened, and now and then. Any such question may find
     * the session over before what is done next on the page, which is covered then. None is sent from here on until it is let go.
     */
    async function holdOwnQuestions(page: Page): Promise<() => void> {
      let letGo = (): void => undefined;
      const gone = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await page.route('**/v1/sessions', async (route) => {
        await gone;
        await route.continue();
      });
      return letGo;
    }

    /** The page knows where one is signed in. */
    const untilItHasAsked = (page: Page): Promise<void> =>
      page.getByText('This one', { exact: true }).waitFor();

    it('is asked for again over the page, which keeps what was typed', async () => {
      const { page, errors } = await room.sit('/console/account', amina());
      await untilItHasAsked(page);
      const letGo = await holdOwnQuestions(page);
      await aboutToMakeToken(page, 'typed before');
      await endElsewhere('amina@example.ma');
      await button(page, 'Make the token').click();
      await heading(page, 'Sign in again').waitFor();
      letGo();
      // Nothing but signing in closes it.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await heading(page, 'Sign in again').waitFor();
      const over = page.locator('dialog.again');
      expect(await over.getByLabel('E-mail address').inputValue()).toBe('amina@example.ma');
      expect(await axeFinds(page)).toEqual([]);
      await over.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await over.getByRole('button', { name: 'Sign in', exact: true }).click();
      await over.waitFor({ state: 'detached' });
      expect(await field(page, 'Name').inputValue()).toBe('typed before');
      await button(page, 'Make the token').click();
      await page
        .locator('.secret')
        .filter({ hasText: /^vg_stf_/ })
        .waitFor();
      expect(errors).toEqual([]);
    });

    it('is asked for again when the page finds out by itself, too', async () => {
      const { page, errors } = await room.sit('/console/account', amina());
      const letGo = await holdOwnQuestions(page);
      await page.reload();
      await aboutToMakeToken(page, 'typed meanwhile');
      await endElsewhere('amina@example.ma');
      expect(await heading(page, 'Sign in again').count()).toBe(0);
      letGo();
      const over = page.locator('dialog.again');
      await over.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await over.getByRole('button', { name: 'Sign in', exact: true }).click();
      await over.waitFor({ state: 'detached' });
      // What was refused is asked again.
      await untilItHasAsked(page);
      expect(await field(page, 'Name').inputValue()).toBe('typed meanwhile');
      expect(errors).toEqual([]);
    });

    it('begins anew when somebody else signs in', async () => {
      await room.account('nour@example.ma', 'moderator', site);
      const { page } = await room.sit('/console/account', amina());
      await untilItHasAsked(page);
      await holdOwnQuestions(page);
      await aboutToMakeToken(page, 'not for others');
      await endElsewhere('amina@example.ma');
      await button(page, 'Make the token').click();
      const over = page.locator('dialog.again');
      await over.getByLabel('E-mail address').fill('nour@example.ma');
      await over.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await over.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('nour@example.ma').first().waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    });

    it('is noticed by all windows when one signs out, and ended in all when one signs in again', async () => {
      const { page, window } = await room.sit('/console/account', amina());
      const other = await window();
      await button(other, 'Sign out').click();
      await heading(other, 'Sign in to Vigie').waitFor();
      await heading(page, 'Sign in again').waitFor();
      await givePassword(other, 'amina@example.ma');
      await heading(other, 'Your account').waitFor();
      await page.locator('dialog.again').waitFor({ state: 'detached' });
      // Behind another window a browser draws once a second, and each press waits for that.
      await page.bringToFront();
      // With the other window's token.
      await button(page, 'New token').first().click();
      await ownPassword(page).fill('not that password');
      await button(page, 'Make the token').click();
      await page.getByText('This is not your password.').waitFor();
      await ownPassword(page).fill(PASSWORD);
      await button(page, 'Make the token').click();
      await page.locator('.secret').waitFor();
      await button(page, 'Close').click();
      await page.getByLabel(/^Revoke my/).waitFor();
    });
  });

  describe('the account page', () => {
    it.each(['en', 'ar'] as const)(
      'is there for who has no site any more, and every other address says whom to ask, in %s',
      async (language) => {
        const who = { email: `removed-${language}@example.ma`, role: 'moderator' } as const;
        const { page, errors } = await room.sit('/console/', who, { language });
        const says = { en: 'Ask a lead or an admin', ar: 'اطلب من مسؤول أو مدير' }[language];
        for (const path of ['/console/', '/console/review', '/console/queue']) {
          await page.goto(path);
          await page.getByText(says).waitFor();
        }
        expect(await axeFinds(page)).toEqual([]);
        expect(await page.locator('.menu nav a').count()).toBe(1);
        await page.locator('.empty a').click();
        await page.waitForURL('**/console/account');
        await page.locator('input[type=password]').first().waitFor();
        expect(errors).toEqual([]);
      },
    );

    it('sets up a second factor, and takes it away again', async () => {
      await room.account('sami@example.ma', 'moderator', site);
      const { page, errors } = await room.sit('/console/account', {
        email: 'sami@example.ma',
        role: 'moderator',
        site,
      });
      await button(page, 'Set up').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Current password').fill(PASSWORD);
      await dialog.getByRole('button', { name: 'Set up', exact: true }).click();
      const secret = (await dialog.locator('.secret').innerText()).replaceAll(' ', '');
      expect(await axeFinds(page)).toEqual([]);
      await dialog.getByLabel('Code that the app shows now').fill(codeOf(secret, -1));
      await dialog.locator('.codes li').first().waitFor();
      await button(page, 'I have kept them').click();
      await page.locator('.badge', { hasText: /^On$/ }).waitFor();

      await button(page, 'Remove').click();
      await dialog.getByLabel('Current password').fill(PASSWORD);
      await dialog.getByLabel('Code that the app shows now').fill(codeOf(secret));
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.locator('.badge', { hasText: /^Off$/ }).waitFor();
      expect(errors).toEqual([]);
    });

    it('changes the password, and ends sessions elsewhere', async () => {
      await room.account('lina@example.ma', 'moderator', site);
      const who = { email: 'lina@example.ma', role: 'moderator', site } as const;
      const { page } = await room.sit('/console/account', who);
      const elsewhere = await SignedIn.in(room.service, 'lina@example.ma', { 'user-agent': 'Firefox/140.0' });
      await page.reload();
      await page
        .getByRole('button', { name: /^End the session/ })
        .first()
        .click();
      await until(async () => (await elsewhere.ask('GET', '/v1/session')).status === 401);
      await field(page, 'Current password').fill('wrong');
      await field(page, 'New password').fill('three storks over the bay');
      await button(page, 'Change the password').click();
      await page.getByText('This is not your password.').waitFor();
      await field(page, 'Current password').fill(PASSWORD);
      await button(page, 'Change the password').click();
      await page.getByText('The password was changed').waitFor();
      await field(page, 'Current password').fill('three storks over the bay');
      await field(page, 'New password').fill('four storks over the bay');
      // With the token of the new cookie.
      await button(page, 'Change the password').click();
      await until(async () => (await field(page, 'New password').inputValue()) === '');
    });

    it('has a badge that wraps, and a hint of a box, where the line above them begins', async () => {
      const email = 'responsable.de.la.moderation@example.ma';
      await room.account(email, 'moderator', site);
      await room.service.staffToken(email, 'moderator', site);
      const { page } = await room.sit(
        '/console/account',
        { email, role: 'moderator', site },
        { viewport: PHONE },
      );
      const place = async (of: Locator) => {
        const { x, y, height } = (await of.boundingBox()) ?? { x: NaN, y: NaN, height: NaN };
        return { x, top: y, bottom: y + height };
      };
      const address = await place(page.locator('main strong.address'));
      const badge = await place(page.locator('main .badge', { hasText: 'Moderator' }));
      expect(badge.top).toBeGreaterThanOrEqual(address.bottom);
      expect(badge.x).toBe(address.x);
      const box = page.locator('label', { hasText: 'Revoke my' });
      const words = await place(box.getByText('Revoke my'));
      const hint = page.getByText('A token works without the password');
      expect((await place(hint)).top).toBeGreaterThanOrEqual(words.bottom);
      // What the words of the hint begin with, and not its indent.
      const begins = await hint.evaluate(
        (one) => one.getBoundingClientRect().x + parseFloat(getComputedStyle(one).paddingInlineStart),
      );
      expect(Math.abs(begins - words.x)).toBeLessThan(1);
    });

    it('keeps blur and colours in this browser', async () => {
      const { page } = await room.sit('/console/account', amina());
      const filter = () =>
        page.locator('.picture.sample img').evaluate((image) => getComputedStyle(image).filter);
      expect(await filter()).toMatch(/^grayscale\(1\) blur\((?!0px)/);
      await page.getByLabel('Blur of pictures').fill('0');
      await field(page, 'Show pictures in grey until they are held').uncheck();
      expect(await filter()).toBe('blur(0px)');
      await page.getByRole('radio', { name: 'Dark' }).check();
      await page.reload();
      await page.locator('.picture.sample').waitFor();
      expect(await filter()).toBe('blur(0px)');
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    });
  });

  describe('a page that can not be shown', () => {
    it('is loaded again once where a newer build took its file away, and then said to have failed', async () => {
      const { context, page } = await room.visit('/console');
      const opened: string[] = [];
      page.on('framenavigated', (frame) => opened.push(frame.url()));
      await context.route('**/assets/review-page-*.js', (route) => route.fulfill({ status: 404 }));
      await givePassword(page, 'amina@example.ma');
      await heading(page, 'This page failed').waitFor();
      expect(await axeFinds(page)).toEqual([]);
      expect(opened.length).toBeGreaterThan(0);
      const times = opened.length;
      await context.unroute('**/assets/review-page-*.js');
      await button(page, 'Load the page again').click();
      await heading(page, 'Review').waitFor();
      expect(opened.length).toBeGreaterThan(times);
    });
  });

  describe('palette and keys', () => {
    it('finds a command by its name here or in English, by keyboard alone, and gives the focus back', async () => {
      const { page, errors } = await room.sit('/console/account', amina(), { language: 'ar' });
      await field(page, 'كلمة المرور الحالية').focus();
      // Also while typing; Ctrl and the key of k on an Arabic layout.
      await page.evaluate(() =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'ن',
            code: 'KeyK',
            ctrlKey: true,
            bubbles: true,
            cancelable: true,
          }),
        ),
      );
      const palette = page.getByRole('dialog');
      const options = palette.getByRole('option');
      await options.first().waitFor();
      expect(await axeFinds(page)).toEqual([]);
      await page.keyboard.type('dark');
      await until(async () => (await options.first().innerText()) === 'داكن');
      await page.keyboard.press('Enter');
      await until(async () => (await page.locator('html').getAttribute('data-theme')) === 'dark');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe(
        'current-password',
      );
      await page.keyboard.press('Control+k');
      await page.keyboard.type('https://cdn.news.ma/photos/1.jpg');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/console\/images\?q=https%3A%2F%2Fcdn\.news\.ma%2Fphotos%2F1\.jpg$/);
      expect(errors).toEqual([]);
    });

    it('behaviour 53: single keys do nothing with Ctrl, Alt or Meta, while typing, or in a dialog', async () => {
      const { page } = await room.sit('/console/account', amina());
      const sheet = heading(page, 'Keyboard shortcuts');
      const press = (init: Record<string, string | boolean>): Promise<void> =>
        page.evaluate((event) => {
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event }),
          );
        }, init);
      for (const held of ['ctrlKey', 'altKey', 'metaKey'])
        await press({ key: '?', code: 'Slash', [held]: true });
      await field(page, 'Current password').focus();
      await page.keyboard.type('?');
      expect(await field(page, 'Current password').inputValue()).toBe('?');
      expect(await sheet.isVisible()).toBe(false);
      // Each of these was handled before the next is sent: none is open.
      await heading(page, 'Your account').focus();
      await page.keyboard.press('?');
      await sheet.waitFor();
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      // The question mark of an Arabic layout.
      await press({ key: '؟', code: 'Slash', shiftKey: true });
      await sheet.waitFor();
      expect(await axeFinds(page)).toEqual([]);
      // In a dialog: g and a would go to the account page, and close it.
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      expect(await sheet.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });

      await page.goto('/console/nowhere');
      await heading(page, 'No such page').waitFor();
      // g and a on an Arabic layout.
      await press({ key: 'ل', code: 'KeyG' });
      await press({ key: 'ش', code: 'KeyA' });
      await heading(page, 'Your account').waitFor();
      // The focus is at the new page's heading.
      await until(() => page.evaluate(() => document.activeElement?.tagName === 'H1'));
    });
  });

  it('turns drawings around with the lines that they are drawn after, and no others', async () => {
    for (const [language, turned] of [
      ['ar', 'matrix(-1, 0, 0, 1, 0, 0)'],
      ['fr', 'none'],
    ] as const) {
      const { page } = await room.sit('/console/account', amina(), { language });
      const turn = (drawing: Locator): Promise<string> =>
        drawing.evaluate((one) => getComputedStyle(one).transform);
      const entry = (name: string): Locator => page.locator(`.menu nav a[href="/console/${name}"] .icon`);
      expect([
        language,
        await turn(entry('queue')),
        await turn(page.locator('.menu .icon-button .icon').last()),
      ]).toEqual([language, turned, turned]);
      expect(await turn(entry('statistics'))).toBe('none');
      await room.leave();
    }
  });

  it.each(['fr', 'ar'] as const)(
    'has the name of the only site whole in the menu, and no entry that grows, in %s',
    async (language) => {
      const lone = await room.service.site(`lone-${language}`);
      const who = { email: `lead@lone-${language}.ma`, role: 'lead', site: lone } as const;
      // So low that the menu scrolls.
      const { page } = await room.sit('/console/account', who, {
        language,
        viewport: { width: 1280, height: 600 },
      });
      const cut = await page.locator('.one-site').evaluate((name) => name.scrollHeight - name.clientHeight);
      expect(cut).toBeLessThanOrEqual(0);
      const entry = page.locator('.menu nav a[href="/console/mutes"]');
      const before = await entry.boundingBox();
      const width = (): Promise<number> =>
        entry.locator('span').evaluate((name) => name.getBoundingClientRect().width);
      const calm = await width();
      await entry.click();
      await page.locator('.menu nav a[href="/console/mutes"][aria-current=page]').waitFor();
      expect(await width()).toBe(calm);
      expect((await entry.boundingBox())?.height).toBe(before?.height);
    },
  );

  it('has who is signed in whole at the foot of the menu, and no entry behind that, in Arabic', async () => {
    const who = { email: 'foot@example.ma', role: 'admin' } as const;
    // The lower one so low that the menu scrolls.
    for (const height of [800, 500]) {
      const { page } = await room.sit('/console/account', who, {
        language: 'ar',
        viewport: { width: 1280, height },
      });
      const [role, foot] = [page.locator('.who .hint'), page.locator('.menu-end')];
      const bottom = async (of: Locator): Promise<number> => {
        const { y, height } = (await of.boundingBox()) ?? { y: NaN, height: NaN };
        return y + height;
      };
      expect(await bottom(role)).toBeLessThanOrEqual(height - 8);
      const hidden = await page.locator('.menu nav').evaluate((nav) => nav.scrollHeight - nav.clientHeight);
      expect(hidden > 0).toBe(height === 500);
      for (const name of ['review', 'jobs', 'account']) {
        const entry = page.locator(`.menu nav a[href="/console/${name}"]`);
        await entry.focus();
        expect(await bottom(entry)).toBeLessThanOrEqual((await foot.boundingBox())?.y ?? NaN);
      }
      await room.leave();
    }
  });

  it('behaviour 55: passes axe and never needs scrolling sideways, in both directions and themes', async () => {
    for (const [language, theme] of [
      ['en', 'dark'],
      ['ar', 'light'],
      ['ar', 'dark'],
      ['fr', 'light'],
    ] as const) {
      const seat = { language, theme, viewport: PHONE };
      const { page: front } = await room.visit('/console/', seat);
      const { page, errors } = await room.sit('/console/account', amina(), seat);
      await page.locator('.lines li').first().waitFor();
      for (const shown of [front, page]) {
        expect([language, theme, await axeFinds(shown)]).toEqual([language, theme, []]);
        await shown.setViewportSize({ width: 320, height: 640 });
        let out: string[] = [];
        await until(
          async () => (out = await sticksOut(shown)).length === 0,
          () => `${language}, ${theme}: ${out.join(' ')} to fit`,
        );
      }
      await page.locator('.menu-opener').click();
      await page.locator('.menu nav').waitFor();
      expect([language, theme, await axeFinds(page)]).toEqual([language, theme, []]);
      await page.locator('.palette-opener').click();
      await page.locator('[role=option]').first().waitFor();
      expect([language, theme, await axeFinds(page)]).toEqual([language, theme, []]);
      expect(errors).toEqual([]);
      await room.leave();
    }
  });
});
