import { createServer } from 'node:net';
import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { LimitsRedis } from '../../../src/access/limits/limits-redis.js';
import { Proxy } from '../../setup/proxy.js';
import { describeWithRedis, TestRedis } from '../../setup/redis.js';
import { until } from '../../setup/until.js';

let warned: jest.SpiedFunction<Logger['warn']>;
let logged: jest.SpiedFunction<Logger['log']>;

beforeEach(() => {
  warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  logged = jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

/** How often it tried to connect, while `look` waits. */
function triesOf({ client }: LimitsRedis): { count: number } {
  const tries = { count: 0 };
  client.on('close', () => {
    tries.count += 1;
  });
  return tries;
}

// Of a name with two addresses Node says one error, without a message, that holds those of both.
const nobody = ['127.0.0.1', 'localhost'];
it.each(nobody)('a Redis that is not there is told once, without a request: %s', async (host) => {
  const redis = new LimitsRedis(`redis://${host}:1`);
  try {
    const tries = triesOf(redis);
    await until(() => tries.count >= 3);
    expect(redis.isThere).toBe(false);
    expect(warned.mock.calls).toEqual([
      [expect.stringMatching(/^Redis can't be reached \(.*ECONNREFUSED.*\): this process counts for itself/)],
    ]);
    expect(logged).not.toHaveBeenCalled();
  } finally {
    redis.onApplicationShutdown();
  }
});

it('a Redis that takes connections and never answers is told once', async () => {
  const sockets = new Set<{ destroy: () => void }>();
  const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const redis = new LimitsRedis(`redis://127.0.0.1:${port}`);
  try {
    const tries = triesOf(redis);
    await until(() => tries.count >= 2);
    expect(redis.isThere).toBe(false);
    expect(warned).toHaveBeenCalledTimes(1);
  } finally {
    redis.onApplicationShutdown();
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});

describeWithRedis('own', 'a Redis that comes, goes and comes back', () => {
  it('is asked over another connection where the one that was there is lost and nobody told of it', async () => {
    const server = await TestRedis.start();
    const way = await Proxy.before(server.url);
    const redis = new LimitsRedis(way.url);
    try {
      await until(() => redis.isThere);
      expect(await server.clients('vigie-limits')).toHaveLength(1);
      way.lose();
      await until(() =>
        redis.client.ping().then(
          () => true,
          () => false,
        ),
      );
    } finally {
      redis.onApplicationShutdown();
      await way.close();
      await server.close();
    }
  });

  it('is told each time, once', async () => {
    const server = await TestRedis.absent();
    const redis = new LimitsRedis(server.url);
    try {
      await until(() => warned.mock.calls.length === 1);
      await server.up();
      await until(() => redis.isThere);
      expect(logged.mock.calls).toEqual([['Redis is back: all processes count together again.']]);
      await server.down();
      await until(() => warned.mock.calls.length === 2);
      await server.up();
      await until(() => logged.mock.calls.length === 2);
      expect(warned).toHaveBeenCalledTimes(2);
    } finally {
      redis.onApplicationShutdown();
      await server.close();
    }
  });
});
