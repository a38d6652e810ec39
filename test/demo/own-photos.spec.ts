import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isOwnPhoto } from '../../src/demo/own-photos.js';
import { getSafely, type GetOptions, type GetResult } from '../../src/outbound/get-safely.js';
import { Reachable } from '../../src/outbound/reachable.js';

const OWN = 'http://127.0.0.1:3000';

it.each([
  ['http://127.0.0.1:3000/demo/agence/depeche-1234.jpg', true],
  ['http://127.0.0.1:3000/demo/uploads/2026/11/souk.jpg?w=720', true],
  ['http://127.0.0.1:3000/demo', false],
  ['http://127.0.0.1:3000/demonstration/1.jpg', false],
  ['http://127.0.0.1:3000/v1/cases', false],
  ['http://127.0.0.1:3000/demo/../v1/cases', false],
  ['http://127.0.0.1:3000/demo/%2e%2e/v1/cases', false],
  ['http://127.0.0.1:3001/demo/1.jpg', false],
  ['http://127.0.0.1/demo/1.jpg', false],
  ['https://127.0.0.1:3000/demo/1.jpg', false],
  ['http://localhost:3000/demo/1.jpg', false],
  ['http://[::1]:3000/demo/1.jpg', false],
  ['http://169.254.169.254/demo/1.jpg', false],
  ['http://127.0.0.1:3000@evil.example/demo/1.jpg', false],
])('takes %s for a photo of its own: %s', (url, own) => {
  expect(isOwnPhoto(OWN)(new URL(url))).toBe(own);
});

it('knows the service by whatever name and port it has', () => {
  expect(isOwnPhoto('http://[::1]:4000')(new URL('http://[::1]:4000/demo/1.jpg'))).toBe(true);
  expect(isOwnPhoto('https://vigie.example.com')(new URL('https://vigie.example.com/demo/1.jpg'))).toBe(true);
});

describe('fetching', () => {
  const server = createServer((request, response) => {
    const { url = '' } = request;
    if (url === '/demo/leads-out') return void response.writeHead(302, { location: '/v1/cases' }).end();
    if (url === '/demo/leads-on') return void response.writeHead(302, { location: '/demo/1.jpg' }).end();
    response.writeHead(200).end(url);
  });
  let own: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const get = (path: string, trusted?: GetOptions['trusted']): Promise<GetResult> =>
    getSafely(
      { url: `${own}${path}`, headers: {} },
      {
        reachable: new Reachable([], 'public too'),
        resolve: () => Promise.resolve([]),
        connectMilliseconds: 5_000,
        answerMilliseconds: 5_000,
        timeoutMilliseconds: 10_000,
        leastBytesPerSecond: 1,
        maxBytes: 1_000,
        ...(trusted ? { trusted } : {}),
      },
    );

  it('reaches the demonstration of this machine, and nothing else of it', async () => {
    const trusted = isOwnPhoto(own);
    for (const path of ['/demo/1.jpg', '/demo/leads-on']) {
      const { status } = await get(path, trusted);
      expect({ path, status }).toEqual({ path, status: 200 });
    }
    const refused = { status: null, failure: expect.stringContaining('private or reserved') as string };
    expect(await get('/v1/cases', trusted)).toEqual(refused);
    expect(await get('/demo/leads-out', trusted)).toEqual(refused);
    expect(await get('/demo/1.jpg')).toEqual(refused);
  });
});
