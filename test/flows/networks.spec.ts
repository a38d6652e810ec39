import type { VigieConfig } from '../../src/config/load-config.js';
import { Service, type TestSite } from '../setup/service.js';
import { proofOf, type GivenChallenge } from '../setup/solve-challenge.js';

/**
 * Readers without an account, from the page to the block, behind one trusted proxy:
 *
 *   challenge -> proof -> device -> report, each with the reader's address in X-Forwarded-For -> state of the image
 *
 * Many devices are cheap and networks are not, so what blocks an image is different networks (docs/rules.md, rule 3).
 */

/** No work worth mentioning, and neither quota nor rate limits: the caps alone must hold. */
const DEVICES: VigieConfig['devices'] = {
  difficulty: 2,
  easyPerNetwork: 100_000,
  perNetworkPerDay: 100_000,
  perWideNetworkPerDay: 100_000,
};

let service: Service;
let unproxied: Service;
let site: TestSite;
let n = 0;

beforeAll(async () => {
  service = await Service.open({ TRUST_PROXY: '1', RATE_LIMITS: 'off' }, { devices: DEVICES });
  unproxied = await service.beside({ RATE_LIMITS: 'off' }, { devices: DEVICES });
  site = await service.site();
});
afterAll(async () => {
  await unproxied.close();
  await service.close();
});

const image = (): string => `https://cdn.example.ma/networks/${(n += 1)}.jpg`;

/** What a reader's browser sends with the publishable key, forwarded by the proxy. */
const send = (
  forwarded: string,
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  to = service,
  at = site,
) => to.ask(method, url, at.publishableKey, body, { origin: at.origin, 'x-forwarded-for': forwarded });

async function mint(forwarded: string, to = service, at = site): Promise<string> {
  const { body } = await send(forwarded, 'GET', '/v1/challenges', undefined, to, at);
  const proof = proofOf(body as unknown as GivenChallenge);
  const answer = await send(forwarded, 'POST', '/v1/devices', { proof }, to, at);
  expect(answer.status).toBe(201);
  return String(answer.body['device']);
}

async function vote(
  url: string,
  reporter: object,
  forwarded: string,
  to = service,
  at = site,
): Promise<void> {
  const body = { image: { url }, reason: 'violence', reporter };
  expect((await send(forwarded, 'POST', '/v1/reports', body, to, at)).status).toBe(201);
}

/** A new device of a reader there reports. */
const newReader = async (url: string, forwarded: string, to = service, at = site): Promise<void> =>
  vote(url, { device: await mint(forwarded, to, at) }, forwarded, to, at);

const newReaders = async (url: string, from: readonly string[]): Promise<void> => {
  for (const address of from) await newReader(url, address);
};

const isBlocked = async (url: string, at = site): Promise<unknown> =>
  (await service.state(at, { url })).body['blocked'];

const range = (count: number, address: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => address(at));

describe('behaviour 5: devices block nothing by being many', () => {
  it('fifty fresh devices from one /24', async () => {
    const url = image();
    await newReaders(
      url,
      range(50, (at) => `203.0.113.${at}`),
    );
    expect(await isBlocked(url)).toBe(false);
  });

  it('six devices on two networks', async () => {
    const url = image();
    await newReaders(
      url,
      range(6, (at) => (at % 2 === 0 ? '203.0.113.1' : '198.51.100.1')),
    );
    expect(await isBlocked(url)).toBe(false);
  });

  it('fifty /64s of one /48', async () => {
    const url = image();
    await newReaders(
      url,
      range(50, (at) => `2001:db8:42:${(at * 0x0111).toString(16)}::1`),
    );
    expect(await isBlocked(url)).toBe(false);
  });

  it('fifty /24s of one /16', async () => {
    const url = image();
    await newReaders(
      url,
      range(50, (at) => `203.0.${at}.1`),
    );
    expect(await isBlocked(url)).toBe(false);
  });

  it('one address in all the ways in which it can be written', async () => {
    const url = image();
    const ways = [
      '203.0.113.9',
      '::ffff:203.0.113.9',
      '::ffff:cb00:7109',
      '64:ff9b::cb00:7109',
      '203.0.113.9:1000',
      '[::ffff:203.0.113.9]:1000',
      ...range(20, (at) => `2002:cb00:7109:${(at * 0x0100).toString(16)}::1`),
    ];
    await newReaders(url, ways);
    expect(await isBlocked(url)).toBe(false);
  });

  it('devices that were minted in one network and vote from fifty', async () => {
    const url = image();
    const devices: string[] = [];
    for (let at = 0; at < 50; at += 1) devices.push(await mint('203.0.113.9'));
    for (const [at, device] of devices.entries()) await vote(url, { device }, `10.${at}.0.1`);
    expect(await isBlocked(url)).toBe(false);
  });
});

describe('behaviour 8: a forged X-Forwarded-For moves nobody', () => {
  it('in front of the address that the trusted proxy adds', async () => {
    const url = image();
    await newReaders(
      url,
      range(20, (at) => `10.${at}.0.1, 203.0.113.9`),
    );
    expect(await isBlocked(url)).toBe(false);
  });

  it('where no proxy is trusted', async () => {
    const url = image();
    for (let at = 0; at < 20; at += 1) await newReader(url, `10.${at}.0.1`, unproxied);
    expect(await isBlocked(url)).toBe(false);
  });

  it('with nonsense, of which all is one network', async () => {
    const url = image();
    await newReaders(
      url,
      range(20, (at) => `nowhere-${at}`),
    );
    expect(await isBlocked(url)).toBe(false);
  });
});

describe('different people are heard', () => {
  it('seven readers on seven networks', async () => {
    const url = image();
    await newReaders(
      url,
      range(7, (at) => `10.${at}.0.1`),
    );
    expect(await isBlocked(url)).toBe(true);
  });

  it('behaviour 2: both readers of one network, with three elsewhere', async () => {
    const url = image();
    await newReaders(url, ['203.0.113.1', '203.0.113.2', '10.1.0.1', '10.2.0.1']);
    expect(await isBlocked(url)).toBe(false);
    await newReader(url, '10.3.0.1');
    expect(await isBlocked(url)).toBe(true);
  });

  it('behaviour 6: two hundred readers behind one carrier, never as one and never as two hundred', async () => {
    const url = image();
    await newReaders(
      url,
      range(200, (at) => `203.0.113.${at}`),
    );
    expect(await isBlocked(url)).toBe(false);
    await newReaders(url, ['10.1.0.1', '10.2.0.1']);
    expect(await isBlocked(url)).toBe(false);
    await newReader(url, '10.3.0.1');
    expect(await isBlocked(url)).toBe(true);
  });

  it('five verified accounts at one address, and not five of which nothing is known', async () => {
    const week = { verified: true, since: Math.floor(Date.now() / 1_000) - 8 * 86_400 };
    const day = { verified: true, since: Math.floor(Date.now() / 1_000) - 86_400 };
    for (const [claims, blocked] of [
      [{}, false],
      [{ verified: false, since: 1 }, false],
      [day, false],
      [week, true],
      [{ verified: true }, true],
    ] as const) {
      const url = image();
      // Other people for each image: the same five would be held (rule 4).
      for (const account of ['a', 'b', 'c', 'd', 'e'].map((name) => `${name} ${url}`)) {
        await vote(url, { token: await service.readerToken(site, account, claims) }, '203.0.113.9');
      }
      expect([claims, await isBlocked(url)]).toEqual([claims, blocked]);
    }
  });

  it('five readers for whom the back end reports, by the addresses that it names', async () => {
    for (const [name, blocked] of [
      [true, true],
      [false, false],
    ] as const) {
      const url = image();
      for (let at = 0; at < 5; at += 1) {
        const address = `10.${at}.0.1`;
        const reporter = { device: await mint(address), ...(name ? { address } : {}) };
        const body = { image: { url }, reason: 'violence', reporter };
        const server = { 'x-forwarded-for': '192.0.2.1' };
        expect((await service.ask('POST', '/v1/reports', site.secretKey, body, server)).status).toBe(201);
      }
      expect([name, await isBlocked(url)]).toEqual([name, blocked]);
    }
  });

  it('five readers at one address, where the rule of the site lifts the caps', async () => {
    const lifted = await service.site('lifted', { perNetwork: 1_000, minNetworks: 1 });
    const url = 'https://cdn.lifted.ma/1.jpg';
    for (let at = 0; at < 5; at += 1) await newReader(url, '203.0.113.9', service, lifted);
    expect(await isBlocked(url, lifted)).toBe(true);
  });
});
