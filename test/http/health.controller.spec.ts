import type { Provider } from '@nestjs/common';
import { READINESS, type Readiness, type ReadinessCheck } from '../../src/http/readiness.js';
import { until } from '../setup/until.js';
import { appOf } from './app-of.js';

const check = (name: string, result: () => Promise<Readiness>): ReadinessCheck => ({ name, check: result });

async function ask(path: string, checks?: readonly ReadinessCheck[]) {
  const providers: Provider[] = checks === undefined ? [] : [{ provide: READINESS, useValue: checks }];
  const { app } = await appOf([], { logLevel: 'silent' }, providers);
  try {
    const response = await app.inject(`/health/${path}`);
    return { status: response.statusCode, body: response.json<unknown>() };
  } finally {
    await app.close();
  }
}

describe('health', () => {
  it('is alive whatever else is down', async () => {
    const down = check('postgres', () => Promise.resolve('down'));
    expect(await ask('live', [down])).toEqual({ status: 200, body: { status: 'up' } });
  });

  it('is ready when nothing says otherwise', async () => {
    expect(await ask('ready')).toEqual({ status: 200, body: { status: 'up', checks: {} } });
  });

  it('is degraded, and ready, without what it can do without', async () => {
    const checks = [
      check('postgres', () => Promise.resolve('up')),
      check('redis', () => Promise.resolve('degraded')),
    ];
    expect(await ask('ready', checks)).toEqual({
      status: 200,
      body: { status: 'degraded', checks: { postgres: 'up', redis: 'degraded' } },
    });
  });

  it.each([
    ['says that it is down', () => Promise.resolve<Readiness>('down')],
    ['throws', () => Promise.reject<Readiness>(new Error('connect ECONNREFUSED 127.0.0.1:5432'))],
    ['never answers', () => new Promise<Readiness>(() => undefined)],
  ])('is not ready when a check %s', async (_name, result) => {
    const checks = [check('postgres', result), check('index', () => Promise.resolve('up'))];
    expect(await ask('ready', checks)).toEqual({
      status: 503,
      body: {
        type: '/problems/unavailable',
        title: 'Not available now',
        status: 503,
        detail: 'Not ready: postgres down.',
        instance: expect.any(String) as string,
        checks: { postgres: 'down', index: 'up' },
      },
    });
  });

  it('asks once for all who ask at the same time, and again for who comes after', async () => {
    let asked = 0;
    let answer: (result: Readiness) => void = () => undefined;
    const postgres = check('postgres', () => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    });
    const { app } = await appOf([], { logLevel: 'silent' }, [{ provide: READINESS, useValue: [postgres] }]);
    const statuses = async (result: Readiness) => {
      const arrived = asked;
      const all = Promise.all(Array.from({ length: 50 }, () => app.inject('/health/ready')));
      await until(() => asked > arrived);
      // All have come by now: they are handed over one after the other, without anything to wait for.
      await new Promise(setImmediate);
      answer(result);
      return new Set((await all).map(({ statusCode }) => statusCode));
    };
    try {
      expect(await statuses('up')).toEqual(new Set([200]));
      expect(asked).toBe(1);
      expect(await statuses('down')).toEqual(new Set([503]));
      expect(asked).toBe(2);
    } finally {
      await app.close();
    }
  });
});
