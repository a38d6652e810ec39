/**
 * A Postgres that takes what is sent and says nothing, as one that is stopped or behind a network that swallows packets:
 * no connection ends, so no error comes by itself.
 */
import { Proxy } from '../setup/proxy.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

let database: Service;
let behind: Service;
let proxy: Proxy;
let site: TestSite;
let staffToken: string;

/** What a proxy before the service would wait for one answer, at least, in ms; in vain without a bound of ours. */
const PATIENCE = 25_000;

beforeAll(async () => {
  database = await Service.open();
  site = await database.site();
  staffToken = await database.staffToken('lead@example.ma', 'lead', site);
  proxy = await Proxy.before(database.databaseUrl);
  behind = await database.beside({ DATABASE_URL: proxy.url });
});
afterAll(async () => {
  proxy.heal();
  await behind.close();
  await proxy.close();
  await database.close();
});

it(
  'is answered for with 503 and Retry-After in seconds, however many ask, and is asked again when it speaks',
  async () => {
    const report = (n: number) => behind.report(site, `https://cdn.example.ma/${n}.jpg`, `reader-${n}`);
    expect((await report(0)).status).toBe(201);
    expect((await behind.ask('GET', '/v1/cases?site=example', staffToken)).status).toBe(200);

    proxy.silent();
    const waits: number[] = [];
    const timed = async (answer: Promise<Answer>): Promise<Answer> => {
      const began = performance.now();
      await answer;
      waits.push(performance.now() - began);
      return answer;
    };
    const answers = await Promise.all([
      ...Array.from({ length: 30 }, (_, n) => timed(report(n))),
      ...Array.from({ length: 30 }, () => timed(behind.ask('GET', '/v1/cases?site=example', staffToken))),
    ]);
    // These begin when all connections have been given up.
    answers.push(await timed(report(1)), await timed(behind.ask('POST', '/v1/cases/claim', staffToken, {})));
    for (const { status, headers, body } of answers) {
      expect([status, headers['retry-after'], body['type']]).toEqual([503, '1', '/problems/unavailable']);
    }
    expect(Math.max(...waits)).toBeLessThan(PATIENCE);

    proxy.heal();
    let last = 503;
    while (last === 503) last = (await report(2)).status;
    expect(last).toBe(201);
  },
  4 * PATIENCE,
);
