import { Checks, promisedBy } from '../../../proof/fuzz/checks.js';
import { wrongRaw } from '../../../proof/fuzz/raw-cases.js';
import type { FuzzAnswer, FuzzRequest } from '../../../proof/fuzz/request.js';
import { Tally } from '../../../proof/fuzz/tally.js';
import { ownContract } from '../../setup/own-contract.js';

const request: FuzzRequest = { route: 'GET /v1/cases/{id}', method: 'GET', url: '/v1/cases/x', headers: {} };
const problem = (status: number, detail: string): FuzzAnswer => ({
  status,
  headers: { 'x-request-id': 'r', 'content-type': 'application/problem+json' },
  text: JSON.stringify({ type: '/problems/x', title: 'x', status, detail, instance: 'r' }),
});
const checks = async (promised = new Map<string, string>()) => new Checks(await ownContract(), promised);

it('lets a refusal pass that is a problem', async () => {
  expect((await checks()).of(request, problem(404, 'There is nothing at this address.'))).toEqual([]);
});

it('takes a page for an answer where there is none for a browser, and not where programs ask', async () => {
  const page = {
    ...problem(404, 'x'),
    headers: { 'x-request-id': 'r', 'content-type': 'text/html; charset=utf-8' },
  };
  const of = async (url: string, accept: string) =>
    (await checks()).of({ ...request, url, headers: { accept } }, page);
  expect(await of('/v2/jobs', 'text/html')).toEqual([]);
  expect((await of('/v2/jobs', 'application/json')).join()).toContain('text/html');
  expect((await of('/v1/nothing', 'text/html')).join()).toContain('text/html');
});

it.each([
  ['a stack', 'x\n    at f (/a/b.js:1:2)'],
  ['a path', 'no such file: /usr/lib/x'],
  ['a statement', 'select id from image where id = 1'],
  ['a message of Postgres', 'duplicate key value'],
  ['a message of Node', 'TypeError: x'],
])('finds %s in an error', async (what, detail) => {
  expect((await checks()).of(request, problem(400, detail)).join()).toContain(`it shows ${what}`);
});

it('lets come back what was sent', async () => {
  const url = '/v1/cases?x=/usr/lib';
  expect((await checks()).of({ ...request, url }, problem(422, 'There is no field "/usr/lib".'))).toEqual([]);
});

it('takes no 5xx, save 503 where a service may be full', async () => {
  expect((await checks()).of(request, problem(500, 'x'))).toEqual(['it answered 500']);
  expect((await checks()).of(request, problem(503, 'x'))).toEqual(['it answered 503']);
  expect((await checks()).of({ ...request, url: '/v1/stats' }, problem(503, 'x'))).toEqual([]);
});

it('asks every answer for the headers of the first', async () => {
  const promised = promisedBy({
    status: 200,
    headers: { 'x-content-type-options': 'nosniff', etag: 'x' },
    text: '',
  });
  expect((await checks(promised)).of(request, problem(404, 'x'))).toEqual([
    'x-content-type-options is "undefined", not "nosniff"',
  ]);
});

it('lets a policy of contents forbid more, and name what a page needs, but not forbid less', async () => {
  const policy = "default-src 'none'; object-src 'none'";
  const promised = new Map([
    ['content-security-policy', policy],
    ['referrer-policy', 'no-referrer'],
  ]);
  const of = async (given: string, type: string) => {
    const { headers, ...answer } = problem(404, 'x');
    const all = { ...headers, 'content-security-policy': given, 'referrer-policy': 'origin' };
    const page = { status: 200, headers: { ...all, 'content-type': type }, text: '' };
    return type === 'text/html'
      ? (await checks(promised)).of({ ...request, url: '/demo' }, page)
      : (await checks(promised)).of(request, {
          ...answer,
          headers: { ...all, 'referrer-policy': 'no-referrer' },
        });
  };
  expect(await of(`${policy}; sandbox`, 'application/problem+json')).toEqual([]);
  expect(await of(`default-src 'none'; script-src 'self'; object-src 'none'`, 'text/html')).toEqual([]);
  expect(await of("default-src 'none'", 'text/html')).toEqual([
    `content-security-policy is "default-src 'none'", not "${policy}"`,
  ]);
});

it('reads refusals that were written straight to the connection', () => {
  const head =
    'HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nX-Request-Id: r\r\n\r\n';
  expect(wrongRaw(`${head}{"status":400}`)).toEqual([]);
  expect(wrongRaw('')).toEqual([]);
  expect(wrongRaw(`${head}{"status":404}`)).toEqual(['its problem says status 404']);
  expect(wrongRaw('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')).toEqual([
    'its refusal is no problem+json',
    'it has no X-Request-Id',
  ]);
  expect(wrongRaw('HTTP/1.1 500 Oh\r\n\r\n')).toEqual(['it answered 500']);
});

it('knows which routes never did what was asked for', () => {
  const tally = new Tally();
  for (const outcome of [404, 200, 204, 'no answer']) tally.count('GET /a', outcome);
  tally.count('GET /b', 422);
  expect(tally.neverDone(['GET /a', 'GET /b', 'GET /c'])).toEqual(['GET /b', 'GET /c']);
  expect(tally.table()[1]).toMatch(/^GET \/a +2 +1 +1$/);
});
