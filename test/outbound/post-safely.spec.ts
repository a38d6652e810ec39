import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OutboundResult, postSafely } from '../../src/outbound/post-safely.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { hostResolver } from '../../src/outbound/resolve-host.js';
import { NameServer } from './name-server.js';

/** A server inside, which must never be reached. */
let inside: Server;
let port: number;
let reached = 0;

beforeAll(async () => {
  inside = createServer((_, response) => {
    reached += 1;
    response.writeHead(200).end('secret');
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  ({ port } = inside.address() as AddressInfo);
});
afterAll(async () => {
  await new Promise((resolve) => inside.close(resolve));
});
beforeEach(() => {
  reached = 0;
});

interface Given {
  readonly allow?: readonly string[];
  readonly servers?: readonly string[];
  readonly milliseconds?: number;
}

function post(
  url: string,
  { allow = [], servers, milliseconds = 3_000 }: Given = {},
): Promise<OutboundResult> {
  const reachable = new Reachable(allow);
  return postSafely(
    { url, headers: { 'content-type': 'application/json' }, body: '{}' },
    {
      reachable,
      resolve: hostResolver({ systemToo: reachable.allowsSome, ...(servers ? { servers } : {}) }),
      connectMilliseconds: milliseconds,
      timeoutMilliseconds: milliseconds,
    },
  );
}

const PRIVATE = 'This address is private or reserved, and is not connected to.';
const UNKNOWN = "The host's name is not known to any name server, or means a private or reserved address.";
const PLAIN = 'Plain http goes to networks that the operator allows only: use https.';

describe('a literal address', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0177.0.0.1',
    '0x7f000001',
    '127.1',
    '127.0.0.1.',
    '0.0.0.0',
    '10.0.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[fe80::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    'user:pass@127.0.0.1',
  ])('%s is not connected to, with or without TLS', async (host) => {
    expect(await post(`https://${host}:${port}/`)).toEqual({ status: null, failure: PRIVATE });
    expect(await post(`http://${host}:${port}/`)).toEqual({ status: null, failure: PLAIN });
    expect(reached).toBe(0);
  });

  it('is connected to in networks that are allowed, of either family, without a word on the console', async () => {
    const said = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const allow = ['fd00::/8', '127.0.0.0/8'];
    expect(await post(`http://127.0.0.1:${port}/`, { allow })).toMatchObject({ status: 200 });
    expect(await post(`http://[::1]:${port}/`, { allow })).toEqual({ status: null, failure: PLAIN });
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
    expect(reached).toBe(1);
  });
});

describe('a name', () => {
  it('that means a private address is not connected to', async () => {
    const names = await NameServer.open(() => ['127.0.0.1']);
    const servers = [names.address];
    expect(await post(`https://evil.example:${port}/`, { servers })).toEqual({
      status: null,
      failure: UNKNOWN,
    });
    expect(await post(`http://evil.example:${port}/`, { servers })).toEqual({ status: null, failure: PLAIN });
    expect(reached).toBe(0);
    expect(names.asked).toContain('A evil.example');
    await names.close();
  });

  it('that means another address each time it is asked is judged by the one that is connected to', async () => {
    let questions = 0;
    const names = await NameServer.open(() => [(questions += 1) % 2 === 1 ? '127.0.0.1' : '10.255.255.1']);
    const given = { allow: ['127.0.0.0/8'], servers: [names.address], milliseconds: 500 };
    const results = [];
    for (let n = 0; n < 4; n += 1) results.push(await post(`http://rebinding.example:${port}/`, given));
    // Asked once for each request; allowed and refused in turn, by that answer.
    expect(results).toMatchObject([{ status: 200 }, { failure: PLAIN }, { status: 200 }, { failure: PLAIN }]);
    expect([questions, reached]).toEqual([4, 2]);
    await names.close();
  });

  it('that means several addresses is connected to at none that is refused', async () => {
    const names = await NameServer.open(() => ['10.255.255.1', '127.0.0.1', '169.254.169.254']);
    const servers = [names.address];
    expect(await post(`https://both.example:${port}/`, { servers })).toEqual({
      status: null,
      failure: UNKNOWN,
    });
    const given = { servers, allow: ['127.0.0.0/8'], milliseconds: 1_000 };
    expect(await post(`http://both.example:${port}/`, given)).toMatchObject({ status: 200 });
    await names.close();
  });

  it('that nobody knows is refused in the words of one that means a private address', async () => {
    const names = await NameServer.open(() => []);
    expect(await post('https://nowhere.example/', { servers: [names.address] })).toEqual({
      status: null,
      failure: UNKNOWN,
    });
    expect(await post('http://nowhere.example/', { servers: [names.address] })).toEqual({
      status: null,
      failure: PLAIN,
    });
    await names.close();
  });

  it('whose name server is silent ends in time, and delays no other name', async () => {
    const names = await NameServer.open((host) => (host === 'slow.example' ? undefined : ['127.0.0.1']));
    const given = { allow: ['127.0.0.0/8'], servers: [names.address], milliseconds: 20_000 };
    const impatient = { ...given, milliseconds: 700 };
    const slow = Array.from({ length: 20 }, () => post(`http://slow.example:${port}/`, impatient));
    const quick = await Promise.all(
      Array.from({ length: 20 }, () => post(`http://quick.example:${port}/`, given)),
    );
    expect(quick.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(await Promise.all(slow.map(async (one) => JSON.stringify(await one))))).toEqual(
      new Set([JSON.stringify({ status: null, failure: 'No connection within 700 ms.' })]),
    );
    await names.close();
  });

  it('is reached by IPv4 where its name server says nothing to who asks for IPv6', async () => {
    const names = await NameServer.open(() => ['127.0.0.1'], false);
    const given = { allow: ['127.0.0.0/8'], servers: [names.address], milliseconds: 5_000 };
    expect(await post(`http://receiver.example:${port}/`, given)).toMatchObject({ status: 200 });
    expect(new Set(names.asked)).toEqual(new Set(['A receiver.example', 'AAAA receiver.example']));
    await names.close();
  });

  it('is asked for no more where nobody waits by the time it would be', async () => {
    const names = await NameServer.open(() => undefined, false);
    const resolve = hostResolver({ servers: [names.address], systemToo: true });
    await expect(resolve('receiver.example', AbortSignal.abort(new Error('It is over.')))).rejects.toThrow(
      'It is over.',
    );
    expect(names.asked).toEqual([]);
    await names.close();
  });

  it('of this machine is found where private networks are allowed', async () => {
    const names = await NameServer.open(() => []);
    const given = { servers: [names.address] };
    expect(await post(`http://localhost:${port}/`, { ...given, allow: ['127.0.0.0/8'] })).toMatchObject({
      status: 200,
    });
    await names.close();
  });
});

it('reports what is no address at all instead of throwing', async () => {
  expect(await post('nonsense')).toMatchObject({ status: null });
  expect(await post('ftp://www.example.ma/')).toMatchObject({ status: null });
});

it('does not follow a redirect into the inside', async () => {
  const outside = createServer((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.2', resolve));
  const address = `http://127.0.0.2:${(outside.address() as AddressInfo).port}/`;
  expect(await post(address, { allow: ['127.0.0.2/32'] })).toMatchObject({ status: 307 });
  expect(reached).toBe(0);
  await new Promise((resolve) => outside.close(resolve));
});
