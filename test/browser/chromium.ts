import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describeWhere } from '../setup/describe-where.js';

const onPath = (name: string): string[] =>
  (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name));

const PROGRAM = [process.env['CHROMIUM'] ?? '', ...onPath('chromium'), ...onPath('chromium-browser')].find(
  (program) => program !== '' && existsSync(program),
);

/** `describe` for tests in a browser: skipped where there is none, failing there with CI=true. */
export const describeInBrowser = (name: string, tests: () => void): void =>
  describeWhere(
    PROGRAM !== undefined,
    { what: 'Chromium', how: 'apt-get install chromium, or set CHROMIUM to its path' },
    name,
    tests,
  );

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: PROGRAM ?? '',
    // Playwright turns off the cache from which readers go back to a page as it was.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
