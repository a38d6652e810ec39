import { gzipSync } from 'node:zlib';
import { getSafely, type GetOptions, type GetResult } from '../../src/outbound/get-safely.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { HOSTILE, HostileServer } from '../images/hostile-server.js';

/** What a hostile image server can do to whoever fetches from it: nothing is reached, nothing hangs, nothing grows. */

let server: HostileServer;
/** What names mean; by default the hostile server. */
let names: (host: string) => string[];
let questions: string[];

beforeAll(async () => {
  server = await HostileServer.open();
});
afterAll(() => server.close());
beforeEach(() => {
  names = () => [HOSTILE];
  questions = [];
  server.reached = 0;
});
afterEach(() => {
  expect(server.reached).toBe(0);
});

const get = (
  url: string,
  options: Partial<GetOptions> = {},
  headers: Record<string, string> = {},
): Promise<GetResult> =>
  getSafely(
    { url, headers },
    {
      reachable: new Reachable([`${HOSTILE}/32`], 'public too'),
      resolve: (host) => {
        questions.push(host);
        return Promise.resolve(names(host));
      },
      // Short where a test is about it: this machine may be busy.
      connectMilliseconds: 20_000,
      answerMilliseconds: 20_000,
      timeoutMilliseconds: 30_000,
      leastBytesPerSecond: 1_000,
      maxBytes: 100_000,
      ...options,
    },
  );

/** What is at a redirect to this address. */
const redirected = (location: string): Promise<GetResult> => {
  server.on('/away', 302, { location });
  return get(server.url('/away'));
};

const PRIVATE = 'This address is private or reserved, and is not connected to.';
const UNKNOWN = "The host's name is not known to any name server, or means a private or reserved address.";
const failure = (sentence: string): GetResult => ({ status: null, failure: sentence });

it('gives what is there, with what says how new it is', async () => {
  server.on('/photo', (response) => void response.writeHead(200, { etag: '"1"' }).end('photo'));
  const result = await get(server.url('/photo', 'cdn.example'), {}, { 'user-agent': 'Vigie' });
  expect(result).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: Buffer.from('photo') });
  expect(server.asked.at(-1)?.headers).toEqual({
    host: `cdn.example:${server.port}`,
    'user-agent': 'Vigie',
    'accept-encoding': 'identity',
    connection: 'close',
  });
});

describe('a redirect', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.1',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    `${HOSTILE}@127.0.0.1`,
    `user:${HOSTILE}@127.0.0.1`,
  ])('to http(s)://%s is not followed into the inside', async (host) => {
    // Headers are bytes: other letters go encoded.
    const spelled = host.replace(/[^ -~]/gu, encodeURIComponent);
    for (const start of ['http://', 'https://', '//', String.raw`\\`]) {
      expect(await redirected(`${start}${spelled}:${server.port}/`)).toEqual(failure(PRIVATE));
    }
  });

  it.each(['localhost', 'localhost.', '127.0.0.1.nip.example', 'inside.example'])(
    'to the name %s, which means the inside, is not followed',
    async (host) => {
      names = () => ['127.0.0.1'];
      expect(await redirected(`http://${host}:${server.port}/`)).toEqual(failure(UNKNOWN));
      names = () => ['::ffff:127.0.0.1', '::1'];
      expect(await redirected(`https://${host}:${server.port}/`)).toEqual(failure(UNKNOWN));
      expect(questions).toEqual([host, host]);
    },
  );

  it('to a name that means another address each time is judged by the one that is connected to', async () => {
    server.on('/photo', (response) => void response.end('photo'));
    server.on('/away', 302, { location: server.url('/photo', 'rebinding.example') });
    names = () => [questions.length % 2 === 1 ? HOSTILE : '127.0.0.1'];
    const results = [];
    for (let n = 0; n < 4; n += 1) results.push(await get(server.url('/away')));
    expect(results).toMatchObject([
      { status: 200 },
      { failure: UNKNOWN },
      { status: 200 },
      { failure: UNKNOWN },
    ]);
    // Asked once for each connection, so there is no second answer that nobody looked at.
    expect(questions).toHaveLength(4);
  });

  it('to several addresses of which one is inside goes to the others alone', async () => {
    server.on('/photo', (response) => void response.end('photo'));
    names = () => ['127.0.0.1', HOSTILE, '::1'];
    expect(await redirected(server.url('/photo', 'both.example'))).toMatchObject({ status: 200 });
  });

  it.each([
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'gopher://127.0.0.1/',
    'ftp://127.0.0.1/',
    'javascript:alert(1)',
    'about:blank',
    'http://',
    'https://[::1',
  ])('to %s is no web address', async (location) => {
    expect(await redirected(location)).toEqual(failure('It redirects to something that is no web address.'));
  });

  it('to a port of another service is not followed', async () => {
    expect(await redirected(`http://${HOSTILE}:25/`)).toEqual(
      failure('Port 25 is not one of web servers, and is not connected to.'),
    );
  });

  it('is followed three times, and no cookie, referrer or password goes along', async () => {
    const hops = ['/1', '/2', '/3', '/photo'];
    hops.slice(0, 3).forEach((path, n) => {
      const location = server.url(hops[n + 1] ?? '', `user:password@${HOSTILE}`);
      server.on(path, 301, { location, 'set-cookie': 'a=b' });
    });
    server.on('/photo', (response) => void response.end('photo'));
    expect(await get(server.url('/1'))).toMatchObject({ status: 200, body: Buffer.from('photo') });
    const { cookie, referer, authorization } = server.asked.at(-1)?.headers ?? {};
    expect([cookie, referer, authorization]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['/photos/été/صورة.jpg', 'utf8', '/photos/%C3%A9t%C3%A9/%D8%B5%D9%88%D8%B1%D8%A9.jpg'],
    ['/photos/%C3%A9t%C3%A9.jpg', 'utf8', '/photos/%C3%A9t%C3%A9.jpg'],
    ['/photos/été.jpg', 'latin1', '/photos/%C3%A9t%C3%A9.jpg'],
  ] as const)('to %s, in the bytes of %s, is followed to %s', async (location, encoding, path) => {
    server.on('/away', 302, { location: Buffer.from(location, encoding).toString('latin1') });
    server.on(path, (response) => void response.end('photo'));
    expect(await get(server.url('/away'))).toMatchObject({ status: 200, body: Buffer.from('photo') });
  });

  it('to a private address in letters that mean digits is not followed, not in the bytes of UTF-8 either', async () => {
    const bytes = Buffer.from(`http://①②⑦.⓪.⓪.①:${server.port}/`).toString('latin1');
    expect(await redirected(bytes)).toEqual(failure(PRIVATE));
  });

  it('that never ends is given up', async () => {
    server.on('/loop', 302, { location: '/loop' });
    expect(await get(server.url('/loop'))).toEqual(failure('It redirects more than 3 times.'));
    expect(server.count('/loop')).toBe(4);
  });
});

/** As many bytes as the other side takes. */
function endless(path: string, headers: Record<string, string> = {}): void {
  const part = Buffer.alloc(64 * 1024, 'x');
  server.on(path, (response) => {
    response.writeHead(200, headers);
    const more = (): void => {
      while (!response.destroyed && response.write(part));
    };
    response.on('drain', more);
    more();
  });
}

describe('a body', () => {
  it('that never ends is cut off when it is too large', async () => {
    endless('/endless');
    expect(await get(server.url('/endless'))).toEqual({ status: 'too-large' });
  });

  it('that is announced as too large is not read', async () => {
    endless('/vast', { 'content-length': '1000000000' });
    expect(await get(server.url('/vast'))).toEqual({ status: 'too-large' });
  });

  it('that is shorter than its length says has broken off', async () => {
    server.on('/short', (response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('photo', () => response.destroy());
    });
    expect(await get(server.url('/short'))).toEqual(failure('The answer broke off.'));
  });

  it('that is longer than its length says is read as far as that', async () => {
    server.on('/long', (response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nphoto${'x'.repeat(500_000)}`);
    });
    expect(await get(server.url('/long'))).toMatchObject({ status: 200, body: Buffer.from('photo') });
  });

  it('that comes drop by drop is cut off', async () => {
    server.on('/drip', (response) => {
      response.writeHead(200);
      server.every(50, response, () => response.write('x'));
    });
    expect(await get(server.url('/drip'))).toEqual(failure('It sends less than 1000 bytes a second.'));
  });

  it('that stops in the middle is cut off', async () => {
    server.on('/stuck', (response) => void response.writeHead(200).write('photo'));
    expect(await get(server.url('/stuck'), { timeoutMilliseconds: 700 })).toEqual(
      failure('It was not over within 700 ms.'),
    );
  });

  it('that is packed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    server.on('/bomb', (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await get(server.url('/bomb'))).toEqual(
      failure('The answer is compressed, which it must not be.'),
    );
  });

  it.each([204, 206, 304, 404, 410, 500])('of an answer %i is not read', async (status) => {
    server.on('/other', (response) => void response.writeHead(status).end());
    expect(await get(server.url('/other'))).toMatchObject({ status, body: Buffer.alloc(0) });
  });
});

describe('an answer', () => {
  it('with huge headers is refused', async () => {
    server.on('/headers', (response) => void response.writeHead(200, { x: 'y'.repeat(200_000) }).end());
    expect(await get(server.url('/headers'))).toEqual(failure('The headers of the answer are too large.'));
  });

  it('of which headers come drop by drop does not come', async () => {
    server.on('/slow-headers', (response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      server.every(20, response, () => response.socket?.write('x: y\r\n'));
    });
    const options = { answerMilliseconds: 300 };
    expect(await get(server.url('/slow-headers'), options)).toEqual(failure('No answer within 300 ms.'));
  });

  it('that begins without end does not come', async () => {
    server.on('/hints', (response) => {
      server.every(5, response, () => response.writeEarlyHints({ link: '</a>; rel=preload' }));
    });
    expect(await get(server.url('/hints'), { answerMilliseconds: 300 })).toEqual(
      failure('No answer within 300 ms.'),
    );
  });

  it('that is no HTTP is no answer', async () => {
    server.on('/nonsense', (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await get(server.url('/nonsense'))).toMatchObject({ status: null });
  });

  it('that does not come because the connection is closed is told', async () => {
    server.on('/closed', (response) => void response.socket?.destroy());
    expect(await get(server.url('/closed'))).toEqual(
      failure('The connection was closed before there was an answer.'),
    );
  });

  it('is not waited for when the process stops', async () => {
    const stop = new AbortController();
    server.on('/wait', () => stop.abort());
    const options = {
      reachable: new Reachable([`${HOSTILE}/32`], 'public too'),
      resolve: () => Promise.resolve([HOSTILE]),
      ...{ connectMilliseconds: 60_000, answerMilliseconds: 60_000, timeoutMilliseconds: 60_000 },
      ...{ leastBytesPerSecond: 1, maxBytes: 1 },
    };
    const request = { url: server.url('/wait'), headers: {}, signal: stop.signal };
    expect(await getSafely(request, options)).toEqual(failure('The process was stopping.'));
    expect(await getSafely(request, options)).toEqual(failure('The process was stopping.'));
  });
});

it('reports what is no address at all instead of throwing', async () => {
  expect(await get('nonsense')).toMatchObject({ status: null });
  expect(await get('ftp://www.example.ma/')).toEqual(failure('It is no web address.'));
});

it('goes by plain http to public addresses where that is allowed, and nowhere else', () => {
  const images = new Reachable([], 'public too');
  const webhooks = new Reachable([]);
  expect([images.allows('93.184.216.34', true), webhooks.allows('93.184.216.34', true)]).toEqual([
    true,
    false,
  ]);
  expect([images.allows('93.184.216.34', false), webhooks.allows('93.184.216.34', false)]).toEqual([
    true,
    true,
  ]);
  for (const address of ['127.0.0.1', '10.0.0.1', '::1', '::ffff:93.184.216.34'])
    expect(images.allows(address, true)).toBe(false);
});

it('keeps memory flat, however often it is sent too much', async () => {
  endless('/endless');
  const options = { maxBytes: 2_000_000 };
  for (let n = 0; n < 10; n += 1) await get(server.url('/endless'), options);
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 150; n += 1) await get(server.url('/endless'), options);
  // 300 MB came.
  expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
});
