/** What the balancer of docker-compose.yml asks another process that one has left without an answer. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeApi } from '../../src/describe-api.js';
import { Balancer, haproxyIsThere } from '../setup/balancer.js';
import { describeWhere } from '../setup/describe-where.js';
import { until } from '../setup/until.js';

const HAPROXY = { what: 'haproxy', how: 'install it (Debian: apt-get install haproxy)' };

/** Of those that do anything: what does nothing more, and has the same answer, the second time. */
const REPEATED = [
  'POST /v1/reports',
  'DELETE /v1/reports/{receipt}',
  'POST /v1/images/state',
  'POST /v1/images/canonical',
  'POST /v1/images/views',
  ...['block', 'protection'].flatMap((of) => [`PUT /v1/images/${of}`, `DELETE /v1/images/${of}`]),
  'PUT /v1/images/content',
  'PUT /v1/images/addresses',
];

describeWhere(haproxyIsThere(), HAPROXY, 'the balancer', () => {
  const heard: string[] = [];
  const servers: Server[] = [];
  let balancer: Balancer;

  /** Is ready, and leaves all else without an answer, as a process that is killed meanwhile. */
  async function falter(): Promise<{ port: number }> {
    const server = createServer((asked, response) => {
      if (asked.url === '/health/ready') return void response.end();
      heard.push(`${asked.method} ${asked.url}`);
      asked.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return { port: (server.address() as AddressInfo).port };
  }

  const ask = (method: string, path: string): Promise<number> =>
    new Promise((resolve) => {
      const asked = request(`${balancer.origin}${path}`, { method, agent: false }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.once('error', () => resolve(0));
      asked.end();
    });

  beforeAll(async () => {
    balancer = await Balancer.start(await falter(), await falter());
    await until(async () => (await ask('GET', '/health/ready')) === 200);
  });
  afterAll(async () => {
    await balancer?.stop();
    for (const server of servers) server.close(() => undefined).closeAllConnections();
  });

  /** How often it asked, of each of some questions. */
  async function timesOf(questions: readonly string[]): Promise<Record<string, number>> {
    heard.length = 0;
    const asked = questions.map((question) => question.replaceAll(/[{}]/g, ''));
    for (const question of asked) await ask(...(question.split(' ') as [string, string]));
    return Object.fromEntries(
      questions.map((question, n) => [question, heard.filter((each) => each === asked[n]).length]),
    );
  }

  it('asks again only what does nothing more the second time, of all that there is', async () => {
    const { paths } = await describeApi();
    const all = Object.entries(paths).flatMap(([path, item]) =>
      ['POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
        method.toLowerCase() in item ? [`${method} ${path}`] : [],
      ),
    );
    expect(all).toEqual(expect.arrayContaining(REPEATED));
    expect(all.length).toBeGreaterThan(40);
    const times = await timesOf(all);
    expect(Object.keys(times).filter((question) => times[question] !== 1)).toEqual(
      all.filter((question) => REPEATED.includes(question)),
    );
  });

  it('asks once for what it was not told of, and again where only something is read', async () => {
    const times = await timesOf(['POST /v1/new', 'PUT /v1/images/new', 'PATCH /v1/sites/1', 'GET /v1/new']);
    expect(Object.values(times)).toEqual([1, 1, 1, 4]);
  });
});
