import { browserParts, browserWords } from '../../src/accounts/browser-words.js';

const MOZILLA = 'Mozilla/5.0';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  [`${MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox on Linux'],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36`, 'Chrome on Windows'],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0`,
    'Edge on Windows',
  ],
  [
    `${MOZILLA} (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36`,
    'Chrome on Android',
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1.15`,
    'Safari on macOS',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${WEBKIT} CriOS/140.0 Mobile Safari/604.1`,
    'Chrome on iOS',
  ],
  ['curl/8.5.0', 'A program'],
  [undefined, 'A program'],
  [`<script>alert(1)</script>${'x'.repeat(100_000)} Firefox/1`, 'A program'],
])('%s is %s', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});

it.each([
  ['Firefox on Linux', 'Firefox', 'Linux'],
  ['Samsung Internet on Android', 'Samsung Internet', 'Android'],
  ['A program on Windows', null, 'Windows'],
  ['A program', null, null],
  ['Safari', 'Safari', null],
  ['', null, null],
])('%s is the browser %s and the system %s', (words, name, system) => {
  expect(browserParts(words)).toEqual({ name, system });
});
