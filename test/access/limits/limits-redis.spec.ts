import { Redis } from 'ioredis';
import { DeviceTokens } from '../../../src/access/readers/device-token.js';
import { loadConfig, type LimitSettings } from '../../../src/config/load-config.js';
import { describeWithRedis, TestRedis } from '../../setup/redis.js';
import { type Answer, Service, type TestSite } from '../../setup/service.js';
import { until } from '../../setup/until.js';

const { limits } = loadConfig({});
const SMALL: LimitSettings = {
  ...limits,
  reports: { ...limits.reports, device: [{ points: 4, seconds: 60 }], network: [{ points: 6, seconds: 60 }] },
};

describeWithRedis('own', 'limits that processes count together', () => {
  let redis: TestRedis;
  let one: Service;
  let other: Service;
  let site: TestSite;
  let n = 0;

  beforeAll(async () => {
    redis = await TestRedis.start();
    // No worker: Bull would put keys of its own into Redis.
    const env = { RATE_LIMITS: 'on', TRUST_PROXY: '1', ROLE: 'api', REDIS_URL: redis.url };
    one = await Service.open(env, { limits: SMALL });
    other = await one.beside(env, { limits: SMALL });
  });
  beforeEach(async () => {
    await redis.down();
    await redis.up();
    site = await one.site(`site-${(n += 1)}`);
    await untilTogether();
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    await redis.close();
  });

  /** An address in a network that no other test has. */
  const somewhere = (): string => `10.${((n += 1) >> 8) & 255}.${n & 255}.77`;
  const from = (address: string) => ({ 'x-forwarded-for': address, origin: site.origin });

  function device(): { device: string } {
    return { device: one.app.get(DeviceTokens).mintDevice(site.id, Buffer.alloc(8)) };
  }

  function report(at: Service, reporter: object, address: string): Promise<Answer> {
    const image = { url: `https://cdn.${site.slug}.ma/${(n += 1)}.jpg` };
    const body = { image, reason: 'violence', reporter };
    return at.ask('POST', '/v1/reports', site.publishableKey, body, from(address));
  }

  const remaining = ({ headers }: Answer): string =>
    /^("[\w-]+";r=\d+)/.exec(String(headers['ratelimit']))?.[1] ?? '';

  /** Until what one process counted is counted in the other, after Redis came or came back. */
  async function untilTogether(): Promise<void> {
    await until(async () => {
      const reporter = device();
      const address = somewhere();
      await report(one, reporter, address);
      return remaining(await report(other, reporter, address)) === '"reports-device";r=2';
    });
  }

  it('are those of a device and of a network, whichever process is asked', async () => {
    const reporter = device();
    const address = somewhere();
    const answers = [];
    for (const at of [one, other, one, other, one, other]) answers.push(await report(at, reporter, address));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 429, 429]);
    expect(answers.slice(0, 5).map(remaining)).toEqual([
      '"reports-device";r=3',
      '"reports-device";r=2',
      '"reports-device";r=1',
      '"reports-device";r=0',
      '"reports-device";r=0',
    ]);
    expect(Number(answers[4]?.headers['retry-after'])).toBeGreaterThan(50);

    const others = [device(), device(), device()];
    const statuses = [];
    for (const [turn, who] of others.entries()) {
      statuses.push((await report(turn % 2 === 0 ? one : other, who, address)).status);
    }
    // Six in all from this network: what was refused to the device cost it at most one in each process.
    expect(statuses.at(-1)).toBe(429);
  });

  it('are counted exactly when requests come at once', async () => {
    const reporter = device();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => report(turn % 2 === 0 ? one : other, reporter, somewhere())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(16);
  });

  it('leave no address and no token in Redis, and nothing at all for good', async () => {
    const reporter = device();
    const address = somewhere();
    await report(one, reporter, address);
    await report(one, reporter, '2001:db8:77:100::1');
    const client = new Redis(redis.url);
    try {
      const keys = await client.keys('*');
      expect(keys.length).toBeGreaterThan(3);
      for (const key of keys) {
        expect(key).toMatch(
          /^vigie-[0-9a-f]{32}:limits:(reports|devices)-(device|(wide-)?network)(-\d+s)?:[\w-]{16}$/,
        );
        expect(await client.pttl(key)).toBeGreaterThan(0);
      }
      const values = await client.mget(keys);
      for (const value of values) expect(value).toMatch(/^\d+$/);
    } finally {
      client.disconnect();
    }
  });

  it('hold for each process while Redis is away, with no request lost or late, and together again after', async () => {
    const reporter = device();
    const address = somewhere();
    expect(remaining(await report(one, reporter, address))).toBe('"reports-device";r=3');
    await redis.down();

    const answers = [];
    const began = performance.now();
    for (const at of [one, one, one, one, one, other, other])
      answers.push(await report(at, reporter, address));
    expect(performance.now() - began).toBeLessThan(5_000);
    // Counted anew in each.
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 429, 201, 201]);
    expect((await one.ask('GET', '/health/ready')).status).toBe(200);

    await redis.up();
    await untilTogether();
  });

  it('do not make a request wait when Redis is there and says nothing', async () => {
    const reporter = device();
    const address = somewhere();
    await report(one, reporter, address);
    redis.freeze();
    try {
      const began = performance.now();
      const answers = await Promise.all([1, 2, 3].map(() => report(one, reporter, address)));
      for (let turn = 0; turn < 3; turn += 1) answers.push(await report(one, device(), somewhere()));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
      // All but the first were not asked of Redis any more, or waited beside it.
      expect(performance.now() - began).toBeLessThan(3_000);
    } finally {
      redis.thaw();
    }
    await untilTogether();
  });
});
