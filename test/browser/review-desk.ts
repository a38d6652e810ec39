import type { Locator, Page } from 'playwright-core';
import type { TestSite } from '../setup/service.js';
import type { ConsoleRoom } from './console.js';

/** The picture that is shown; the one after it is out of sight. */
export const pictureInFront = (page: Page): Locator => page.locator('.stage-place:not([hidden]) .picture');

/** Waits until the case of this address is in front, and can be decided: what is pressed sooner is not for it. */
export const caseInFront = async (page: Page, url = ''): Promise<void> => {
  await page.locator('.facts-address .address', { hasText: url }).waitFor();
  await page.locator('.decision-bar:not(.new)').waitFor();
};

/** Whether the picture in front is blurred, and grey. */
export async function seenAs(page: Page): Promise<{ blurred: boolean; grey: boolean }> {
  const image = pictureInFront(page).locator('img');
  await image.waitFor();
  const filter = await image.evaluate((one) => getComputedStyle(one).filter);
  return { blurred: !/^none$|blur\(0px\)/.test(filter), grey: filter.includes('grayscale') };
}

/** What the keys of an Arabic layout type, by the Latin key in their place. B types two letters, which Chromium calls no key. */
const ARABIC: Readonly<Record<string, string>> = { b: '', c: 'ؤ', e: 'ث', i: 'ه', k: 'ن' };

/** Presses a key in the place of a Latin one, on an Arabic layout. */
export async function pressOnArabicLayout(page: Page, key: string): Promise<void> {
  const isDigit = /\d/.test(key);
  const event = {
    key: ARABIC[key] ?? key,
    code: isDigit ? `Digit${key}` : `Key${key.toUpperCase()}`,
    text: key === 'b' ? 'لا' : (ARABIC[key] ?? key),
  };
  const client = await page.context().newCDPSession(page);
  await client.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
  await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  await client.detach();
}

export interface StoredDecision {
  readonly action: string;
  readonly policy: string | null;
  readonly reports: string;
  readonly note: string | null;
  readonly email: string;
  readonly undone: boolean;
}

/** What was decided on a site, the first first. */
export const decisionsOf = (room: ConsoleRoom, site: TestSite): Promise<StoredDecision[]> =>
  room.service.database.dataSource.query<StoredDecision[]>(
    `select d.action, d.policy, d.reports, d.note, s.email, d.undone_at is not null as undone
     from decision d join staff s on s.id = d.staff_id where d.site_id = $1 order by d.id`,
    [site.id],
  );
