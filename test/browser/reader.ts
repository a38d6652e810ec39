import type { BrowserContext, Locator, Page } from 'playwright-core';

/** A reader with a browser profile. */
export class Reader {
  /** What the browser complained of. */
  readonly errors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async on(context: BrowserContext): Promise<Reader> {
    const page = await context.newPage();
    const reader = new Reader(context, page);
    page.on('console', (message) => {
      if (message.type() === 'error') reader.errors.push(message.text());
    });
    page.on('pageerror', (error) => reader.errors.push(String(error)));
    return reader;
  }

  /** The buttons on images, in the order of the page. */
  get flags(): Locator {
    return this.page.locator('vigie-report button.flag:visible');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get status(): Locator {
    return this.dialog.getByRole('status');
  }

  /** What stands in the place of blocked images. */
  get covers(): Locator {
    return this.page.locator('vigie-report .cover:visible');
  }

  /** Opens the dialog of one image and sends a report. */
  async report(index: number, reason = 'violence'): Promise<void> {
    await this.flags.nth(index).click();
    await this.dialog.locator(`input[value=${reason}]`).check();
    await this.dialog.locator('button.main').click();
  }

  /** What the page's own script would see: the service is asked again at once. */
  async refresh(): Promise<void> {
    await this.page.evaluate(() => document.dispatchEvent(new Event('vigie:refresh')));
  }

  stored(name: string): Promise<string | null> {
    return this.page.evaluate((key) => localStorage.getItem(`vigie:${key}`), name);
  }
}

/** As a browser does that may store nothing for the site. */
export const refuseLocks = ({ context }: Reader): Promise<unknown> =>
  context.addInitScript(() => {
    Object.defineProperty(LockManager.prototype, 'request', {
      value: () => Promise.reject(new DOMException('refused', 'SecurityError')),
    });
  });
