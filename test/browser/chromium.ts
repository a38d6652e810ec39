import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describeWhere } from '../setup/describe-where.js';

const onPath = (name: string): string[] =>
  (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
const isThere = (program: string): boolean => program !== '' && existsSync(program);

const given = process.env['CHROMIUM'] ?? '';
/** Chromium as people have it. */
const WHOLE = [given, ...onPath('chromium'), ...onPath('chromium-browser')].find(isThere);
/**
 * What draws pages in it, without the window around: the same pages took half of the time of a processor (40 s and not 76 for
 * `console-signin.spec.ts`). It keeps no page to go back to.
 */
const BARE = given === '' ? (onPath('chromium-headless-shell').find(isThere) ?? WHOLE) : WHOLE;

/** Whether a test wants the browser whole. */
export interface BrowserKind {
  readonly whole?: boolean;
}

const programOf = ({ whole = false }: BrowserKind): string | undefined => (whole ? WHOLE : BARE);

/** `describe` for tests in a browser: skipped where there is none, failing there with CI=true. */
export const describeInBrowser = (name: string, tests: () => void, kind: BrowserKind = {}): void =>
  describeWhere(
    programOf(kind) !== undefined,
    { what: 'Chromium', how: 'apt-get install chromium, or set CHROMIUM to its path' },
    name,
    tests,
  );

export const launchBrowser = (kind: BrowserKind = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: programOf(kind) ?? '',
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
