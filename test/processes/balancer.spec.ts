/** Two processes that answer and one that works, behind the balancer of docker-compose.yml. */
import { Balancer, haproxyIsThere } from '../setup/balancer.js';
import { describeWhere } from '../setup/describe-where.js';
import { type Keys, makeSite, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

jest.setTimeout(120_000);

const HAPROXY = { what: 'haproxy', how: 'install it (Debian: apt-get install haproxy)' };
const ASKERS = 8;

describeWhere(haproxyIsThere(), HAPROXY, 'behind the balancer', () => {
  let database: TestDatabase;
  let keys: Keys;
  let env: NodeJS.ProcessEnv;
  let one: ServiceProcess;
  let other: ServiceProcess;
  let balancer: Balancer;

  beforeAll(async () => {
    database = await createTestDatabase();
    env = { DATABASE_URL: database.url, VIGIE_SECRET: SECRET, ROLE: 'api', TRUST_PROXY: '1' };
    keys = await makeSite(database.url);
    [one, other] = await Promise.all([ServiceProcess.start(env), ServiceProcess.start(env)]);
    balancer = await Balancer.start(one, other);
    await until(async () => (await get('/health/ready')).status === 200);
  });

  afterAll(async () => {
    await balancer?.stop();
    await stopProcesses();
    await database?.drop();
  });

  const get = (address: string): Promise<Response> =>
    fetch(`${balancer.origin}${address}`, { headers: { authorization: `Bearer ${keys.secretKey}` } }).catch(
      () => new Response(null, { status: 599 }),
    );

  /** No balancer asks this twice: the second answer may be another case. */
  const claim = (): Promise<Response> =>
    fetch(`${balancer.origin}/v1/cases/claim`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.staffToken}` },
    }).catch(() => new Response(null, { status: 599 }));

  const report = (reader: string): Promise<Response> =>
    fetch(`${balancer.origin}/v1/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        image: { url: 'https://cdn.example.ma/balanced.jpg' },
        reason: 'violence',
        reporter: { account: reader },
      }),
    }).catch(() => new Response(null, { status: 599 }));

  test.each([
    ['stopped', 'SIGTERM'],
    ['killed', 'SIGKILL'],
  ] as const)(
    'a process is %s and started again while readers report and a site asks: nobody is sent away',
    async (_, signal) => {
      const ask = (n: number, turn: number) =>
        n % 2 === 0
          ? report(`reader-${signal}-${n}-${turn}`)
          : get('/v1/images/state?url=https%3A%2F%2Fcdn.example.ma%2Fbalanced.jpg');
      const wrong = await wrongWhile(ask, async (more) => {
        one.kill(signal);
        await one.exited;
        await more();
        one = await ServiceProcess.start({ ...env, PORT: String(one.port) });
      });
      expect(wrong).toEqual([]);
    },
  );

  test('a process that leaves before it stops refuses nobody, whatever is asked: moderators claim', async () => {
    other.kill('SIGTERM');
    await other.exited;
    const leaving = { ...env, LEAVE_SECONDS: '5', PORT: String(other.port) };
    other = await ServiceProcess.start(leaving);
    await until(async () => (await fetch(`http://127.0.0.1:${other.port}/health/ready`)).status === 200);
    const wrong = await wrongWhile(claim, async (more) => {
      other.kill('SIGTERM');
      await other.exited;
      await more();
    });
    expect(wrong).toEqual([]);
    expect(await other.exited).toEqual({ code: 0, signal: null });
  });

  /** What is not well answered of what many ask all the time, before, during and after what is done; `more` are answered. */
  async function wrongWhile(
    ask: (n: number, turn: number) => Promise<Response>,
    act: (more: () => Promise<void>) => Promise<void>,
  ): Promise<number[]> {
    const wrong: number[] = [];
    let answers = 0;
    let over = false;
    const askers = Array.from({ length: ASKERS }, async (_, n) => {
      for (let turn = 0; !over; turn += 1) {
        const { status } = await ask(n, turn);
        answers += 1;
        if (![200, 201, 204].includes(status)) wrong.push(status);
      }
    });
    const more = async (): Promise<void> => {
      const enough = answers + 200;
      await until(() => Promise.resolve(answers >= enough));
    };
    try {
      await more();
      await act(more);
      await more();
    } finally {
      over = true;
      await Promise.all(askers);
    }
    return wrong;
  }
});
