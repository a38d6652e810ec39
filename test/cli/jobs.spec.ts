import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { describeWithRedis, TestRedis } from '../setup/redis.js';
import { startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let dataSource: DataSource;

beforeAll(async () => {
  cli = await startCli();
  dataSource = await new DataSource(dataSourceOptions(cli.url, 1)).initialize();
});
afterEach(() => dataSource.query('truncate job restart identity'));
afterAll(async () => {
  await dataSource.destroy();
  await cli.stop();
});

/** 1 and 2 are dead (of two kinds), 3 waits, 4 is overdue, 5 relayed, 6 running, 7 done. */
const fill = (): Promise<unknown> =>
  dataSource.query(`
    insert into job (kind, lane, payload, run_at, attempts, failures, relayed_until, locked_until, outcome, error, finished_at)
    select kind, lane, '{"n": 1}'::jsonb, clock_timestamp() + run_at, 10, 10, clock_timestamp() + relayed,
           clock_timestamp() + locked, outcome, error, case when outcome is not null then clock_timestamp() end
    from (values ('mail', 'a', interval '0', null::interval, null::interval, 'dead', 'No such' || E'\\nhost'),
                 ('ping', 'b', '0', null, null, 'dead', 'Refused'),
                 ('ping', 'b', '1 hour', null, null, null, null),
                 ('ping', 'b', '-1 hour', null, null, null, null),
                 ('ping', 'b', '0', '1 hour', null, null, null),
                 ('ping', 'b', '0', null, '1 hour', null, null),
                 ('ping', 'b', '0', null, null, 'done', null))
         as j (kind, lane, run_at, relayed, locked, outcome, error)`);

const idsIn = (json: Record<string, unknown>): string[] =>
  (json['jobs'] as { id: string }[]).map(({ id }) => id).sort();

const dead = async (): Promise<string[]> =>
  (await dataSource.query<{ id: string }[]>(`select id from job where outcome = 'dead' order by id`)).map(
    ({ id }) => id,
  );

describe('jobs list', () => {
  it('says so when there is nothing to show', async () => {
    expect(await cli.run('jobs list')).toMatchObject({ code: 0, out: ['No jobs: everything is done.'] });
    expect((await cli.run('jobs list --dead')).out).toEqual(['No job is dead.']);
    expect((await cli.run('jobs list --kind fetch-image')).out).toEqual(['No job of the kind fetch-image.']);
    expect((await cli.run('jobs list --dead --kind fetch-image')).out).toEqual([
      'No job of the kind fetch-image is dead.',
    ]);
  });

  it.each([
    'jobs list --kind fetch-imgae',
    'jobs list --dead --kind fetch-imgae',
    'jobs retry --all-dead --kind fetch-imgae',
  ])('refuses a kind that there is not, with those there are: "%s"', async (words) => {
    await fill();
    expect(await cli.run(words)).toMatchObject({
      code: 1,
      out: [],
      told: [
        'There is no kind of jobs "fetch-imgae". There are: case-overdue, deliver-webhook, fetch-image, mail-account-link, ' +
          'make-asked-link, match-content, readdress-images, spread-block.',
      ],
    });
  });

  it('shows what is not done with its state, and why it failed, on one line each', async () => {
    await fill();
    const { out } = await cli.run('jobs list');
    expect(out).toHaveLength(6);
    expect(out[0]).toMatch(/^4 +ping +b +waiting +due \S+ +10 runs$/);
    for (const state of ['dead', 'relayed', 'running'])
      expect(out.join('\n')).toMatch(new RegExp(` ${state} `));
    expect(out.join('\n')).toMatch(/^1 +mail +a +dead +since \S+ +10 runs +No such host$/m);
  });

  it('shows dead ones only, of one kind only, and no more than asked for', async () => {
    await fill();
    expect(idsIn((await cli.run('jobs list --dead --json')).json)).toEqual(['1', '2']);
    expect(idsIn((await cli.run('jobs list --dead --kind mail --json')).json)).toEqual(['1']);
    const { json } = await cli.run('jobs list --limit 2 --json');
    expect(idsIn(json)).toHaveLength(2);
    expect(json).toMatchObject({ more: true, dead: 2, jobs: [{ payload: { n: 1 }, state: 'waiting' }, {}] });
    expect((await cli.run('jobs list --limit 2')).out.at(-1)).toMatch(/--limit/);
    expect((await cli.run('jobs list --limit 0')).code).toBe(2);
  });
});

describe('jobs retry', () => {
  it('lets dead jobs wait again, with all their attempts, and says which were not dead', async () => {
    await fill();
    const { code, out } = await cli.run('jobs retry 1 3 999');
    expect({ code, out }).toEqual({
      code: 1,
      out: ['Retried 1.', '3: no job of that number is dead.', '999: no job of that number is dead.'],
    });
    expect(await dead()).toEqual(['2']);
    const [row] = await dataSource.query<object[]>('select * from job where id = 1');
    expect(row).toMatchObject({ outcome: null, failures: 0, attempts: 10, finished_at: null });
  });

  it('retries all, or all of a kind', async () => {
    await fill();
    expect((await cli.run('jobs retry --all-dead --kind mail --json')).json).toEqual({ retried: 1 });
    expect(await dead()).toEqual(['2']);
    expect((await cli.run('jobs retry --all-dead')).out).toEqual(['Retried 1.']);
    expect((await cli.run('jobs retry --all-dead')).out).toEqual(['No job is dead.']);
    expect((await cli.run('jobs retry --all-dead --kind deliver-webhook')).out).toEqual([
      'No job of the kind deliver-webhook is dead.',
    ]);
  });

  it.each(['jobs retry', 'jobs retry 1 --all-dead', 'jobs retry 1 --kind mail', 'jobs retry x'])(
    'refuses "%s" with what is wrong',
    async (words) => {
      const { code, told } = await cli.run(words);
      expect(code).toBe(2);
      expect(told.join('\n')).toMatch(/give ids, or --all-dead|--kind goes with|number of a job/);
    },
  );
});

describe('doctor', () => {
  const finding = async (name: string, env: NodeJS.ProcessEnv = {}) => {
    const { json } = await cli.run('doctor --json', env);
    return (json['checks'] as { name: string }[]).find((check) => check.name === name);
  };

  it('says how many jobs are dead and overdue, and what to do', async () => {
    expect(await finding('jobs')).toMatchObject({ status: 'ok' });
    await fill();
    expect(await finding('jobs')).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/^2 dead: "jobs list --dead".*; 1 overdue.*ROLE=worker/) as string,
    });
  });

  it('takes a Redis that is away for a warning, and needs none', async () => {
    expect(await finding('redis')).toBeUndefined();
    expect(await finding('redis', { REDIS_URL: 'redis://127.0.0.1:1' })).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/ECONNREFUSED.*REDIS_URL/) as string,
    });
  });
});

describeWithRedis('any', 'doctor with Redis', () => {
  it('says which Redis answers', async () => {
    const redis = await TestRedis.any();
    try {
      const { json } = await cli.run('doctor --json', { REDIS_URL: redis.url });
      expect(json['checks']).toContainEqual({
        name: 'redis',
        status: 'ok',
        detail: expect.stringMatching(/^Redis \d+\.\d+.* answers$/) as string,
      });
    } finally {
      await redis.close();
    }
  });
});
