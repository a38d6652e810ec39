import { DeviceTokens } from '../../src/access/readers/device-token.js';
import { Networks } from '../../src/access/readers/networks.js';
import { Service, type TestSite } from '../setup/service.js';
import { proofOf } from '../setup/solve-challenge.js';

/** From which network a request comes, behind proxies and without: as the token says that is minted by it. */

const HOME = '203.0.113.9';
const ELSEWHERE = '198.51.100.7';
const PROXY = '10.1.0.1';

let direct: Service;
const behind = new Map<string, Service>();
let site: TestSite;

beforeAll(async () => {
  direct = await Service.open({ RATE_LIMITS: 'off' });
  site = await direct.site();
  for (const TRUST_PROXY of ['1', '2', '10.1.0.0/16', '10.1.0.0/16,fd00::/8']) {
    behind.set(TRUST_PROXY, await direct.beside({ TRUST_PROXY, RATE_LIMITS: 'off' }));
  }
});
afterAll(async () => {
  for (const service of behind.values()) await service.close();
  await direct.close();
});

/** The network of a token that is minted from this peer, with this X-Forwarded-For. */
async function networkSeen(trust: string | null, peer: string, forwarded?: string): Promise<string> {
  const service = trust === null ? direct : behind.get(trust);
  if (service === undefined) throw new Error(`no service trusts ${trust}`);
  const headers = {
    origin: site.origin,
    ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  };
  const proof = proofOf(await direct.challenge(site, { address: peer }));
  const { body } = await service.ask('POST', '/v1/devices', site.publishableKey, { proof }, headers, peer);
  const opened = service.app.get(DeviceTokens).openDevice(site.id, String(body['device']));
  return opened?.network.toString('hex') ?? JSON.stringify(body);
}

const networkOf = (ip: string): string =>
  direct.app.get(Networks).networksOf(site.id, { ip }).narrow.toString('hex');

describe('behaviour 8: without a trusted proxy', () => {
  it.each([ELSEWHERE, `${ELSEWHERE}, ${PROXY}`, 'garbage', '', '127.0.0.1'])(
    'a forged X-Forwarded-For (%j) moves nobody into another network',
    async (forged) => {
      expect(await networkSeen(null, HOME, forged)).toBe(networkOf(HOME));
    },
  );

  it('neither do its relatives', async () => {
    const headers = {
      origin: site.origin,
      forwarded: `for=${ELSEWHERE}`,
      'x-real-ip': ELSEWHERE,
      'true-client-ip': ELSEWHERE,
    };
    const proof = proofOf(await direct.challenge(site));
    const url = '/v1/devices';
    const { body } = await direct.ask('POST', url, site.publishableKey, { proof }, headers, HOME);
    const opened = direct.app.get(DeviceTokens).openDevice(site.id, String(body['device']));
    expect(opened?.network.toString('hex')).toBe(networkOf(HOME));
  });
});

describe('with trusted proxies', () => {
  it.each<[string, string, string | undefined, string]>([
    // A number counts proxies from the nearest on.
    ['1', PROXY, HOME, HOME],
    ['1', PROXY, `${ELSEWHERE}, ${HOME}`, HOME],
    ['1', PROXY, `garbage, ${HOME}`, HOME],
    ['1', `::ffff:${PROXY}`, `::ffff:${HOME}`, HOME],
    ['1', PROXY, undefined, PROXY],
    ['2', PROXY, `${ELSEWHERE}, ${HOME}, 192.0.2.1`, HOME],
    // Networks are believed wherever they stand in the chain, and nobody behind a stranger is.
    ['10.1.0.0/16', PROXY, HOME, HOME],
    ['10.1.0.0/16', `::ffff:${PROXY}`, HOME, HOME],
    ['10.1.0.0/16', PROXY, `${ELSEWHERE}, ${HOME}, 10.1.2.3`, HOME],
    ['10.1.0.0/16', HOME, ELSEWHERE, HOME],
    ['10.1.0.0/16', HOME, `${ELSEWHERE}, ${PROXY}`, HOME],
    ['10.1.0.0/16,fd00::/8', 'fd00::1', `2001:db8::1, ${PROXY}`, '2001:db8::2'],
    // What a proxy adds to an address.
    ['1', PROXY, `${HOME}:4711`, HOME],
    ['1', PROXY, '[2001:db8::1]:443', '2001:db8::2'],
  ])('TRUST_PROXY=%s: %s forwarding %s speaks for %s', async (trust, peer, forwarded, expected) => {
    expect(await networkSeen(trust, peer, forwarded)).toBe(networkOf(expected));
  });

  it.each(['garbage', 'unknown', '203.0.113.9.1', '999.1.1.1', 'x'.repeat(4_000)])(
    'everybody whose address is nonsense (%j) is in one network',
    async (forwarded) => {
      expect(await networkSeen('1', PROXY, forwarded)).toBe(networkOf('nonsense'));
    },
  );
});
