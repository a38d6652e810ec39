import { MetricsPort, MetricsPortError } from '../../src/metrics/metrics-port.js';
import { freePort } from '../setup/free-port.js';

const text = { write: () => Promise.resolve('vigie_x 1\n') };

it('says by a sentence that its port is taken', async () => {
  const port = await freePort();
  const first = new MetricsPort(text, { host: '127.0.0.1', port, token: null });
  const second = new MetricsPort(text, { host: '127.0.0.1', port, token: null });
  await first.onApplicationBootstrap();
  try {
    await expect(second.onApplicationBootstrap()).rejects.toThrow(MetricsPortError);
    await expect(second.onApplicationBootstrap()).rejects.toThrow(/EADDRINUSE.*set METRICS_PORT/);
  } finally {
    await first.beforeApplicationShutdown();
    await second.beforeApplicationShutdown();
  }
});

it('answers GET and HEAD of /metrics, to whoever brings the token', async () => {
  const port = await freePort();
  const one = new MetricsPort(text, { host: '127.0.0.1', port, token: 'the-token-of-prometheus' });
  await one.onApplicationBootstrap();
  const ask = async (method: string, path: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    return [answer.status, await answer.text()];
  };
  try {
    expect(await ask('GET', '/metrics?x=1', 'the-token-of-prometheus')).toEqual([200, 'vigie_x 1\n']);
    expect(await ask('HEAD', '/metrics', 'the-token-of-prometheus')).toEqual([200, '']);
    expect(await ask('GET', '/metrics', 'the-token-of-prometheu')).toEqual([401, 'Send METRICS_TOKEN.\n']);
    expect(await ask('GET', '/metrics')).toEqual([401, 'Send METRICS_TOKEN.\n']);
    expect((await ask('GET', '/'))[0]).toBe(404);
  } finally {
    await one.beforeApplicationShutdown();
  }
});
