import { Sealed } from '../../src/access/sealing/sealed.js';
import type { JobSummary, JobView } from '../../src/contract/jobs.js';
import { type Answer, Service } from '../setup/service.js';

let service: Service;
let admin: string;
beforeAll(async () => {
  // No worker: what is staged stays.
  service = await Service.open({ ROLE: 'api' });
  admin = await service.staffToken('admin@vigie.test', 'admin');
  await service.database.dataSource.query(`
    insert into job (kind, lane, payload, run_at, attempts, failures, relayed_until, locked_until, outcome, error, finished_at)
    select kind, 'a', '{"comment": "a reader''s word"}', clock_timestamp() + run_at, 10, 10, clock_timestamp() + relayed,
           clock_timestamp() + locked, outcome, error, clock_timestamp() + ended
    from (values ('mail', interval '0', null::interval, null::interval, 'dead', 'No such host', interval '-2 hours'),
                 ('ping', '0', null, null, 'dead', 'GET https://u:pw@ex.ma:8/a?token=s#x failed', '-1 hour'),
                 ('ping', '1 hour', null, null, null, null, null),
                 ('ping', '-1 hour', null, null, null, null, null),
                 ('ping', '-1 minute', '1 hour', null, null, null, null),
                 ('ping', '0', null, '1 hour', null, null, null),
                 ('ping', '0', null, null, 'done', null, '0'))
         as j (kind, run_at, relayed, locked, outcome, error, ended)`);
});
afterAll(() => service.close());

const list = (
  query: string,
): Promise<Answer<{ items: JobView[]; nextCursor: string | null; errors?: object[] }>> =>
  service.ask('GET', `/v1/jobs?${query}`, admin);
const retry = (id: string): Promise<Answer<JobView>> => service.ask('POST', `/v1/jobs/${id}/retry`, admin);
const jobId = (number: string): string => service.app.get(Sealed).id('job', number);

describe('background jobs', () => {
  it.each([
    ['', ['2', '1']],
    ['state=dead&kind=mail', ['1']],
    ['state=waiting', ['4', '5', '3']],
    ['state=running', ['6']],
    ['state=done', ['7']],
    ['state=dead&kind=none', []],
  ])('are listed: %s', async (query, numbers) => {
    const { body } = await list(query);
    expect(body.items.map(({ number }) => number)).toEqual(numbers);
    expect(body.nextCursor).toBeNull();
    expect(
      body.items.every(({ state }) => state === (new URLSearchParams(query).get('state') ?? 'dead')),
    ).toBe(true);
  });

  it('are walked page by page', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: Awaited<ReturnType<typeof list>> = await list(
        `state=waiting&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ number }) => number));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(['4', '5', '3']);
    const { body } = await list('state=dead&limit=1');
    expect((await list(`state=waiting&cursor=${body.nextCursor ?? ''}`)).body.errors).toMatchObject([
      { pointer: '/cursor' },
    ]);
  });

  it('show why they failed, and nothing of what they are about, nor a secret of an address', async () => {
    const { text, body } = await list('state=dead&kind=ping');
    expect(text).not.toMatch(/reader's word|payload|pw|token/);
    expect(body.items).toMatchObject([
      { id: jobId('2'), kind: 'ping', runs: 10, failures: 10, error: 'GET https://ex.ma:8/a failed' },
    ]);
  });

  it('are summed up by kind', async () => {
    const { body } = await service.ask<JobSummary>('GET', '/v1/jobs/summary', admin);
    expect(body.kinds).toMatchObject([
      { kind: 'mail', waiting: 0, due: 0, dueSince: null, running: 0, dead: 1 },
      { kind: 'ping', waiting: 3, due: 2, running: 1, dead: 1 },
    ]);
    const [{ items }] = [(await list('state=waiting')).body];
    expect(body.kinds[1]?.dueSince).toBe(items[0]?.runAt);
  });

  it('that are dead run again, once', async () => {
    for (const attempt of ['first', 'repeated']) {
      const { status, body } = await retry(jobId('1'));
      expect([attempt, status, body.state, body.failures, body.runs]).toEqual([
        attempt,
        200,
        'waiting',
        0,
        10,
      ]);
    }
    expect((await list('state=dead')).body.items.map(({ number }) => number)).toEqual(['2']);
    expect((await retry(jobId('6'))).body.state).toBe('running');
    expect(await retry(jobId('7'))).toMatchObject({ status: 409, body: { why: 'job-done' } });
    for (const unknown of [jobId('99'), '2', 'job_x']) expect((await retry(unknown)).status).toBe(404);
  });

  it('are for administrators alone, with a token that says so', async () => {
    const site = await service.site('example');
    const lead = await service.staffToken('lead@example.ma', 'lead', site);
    const { body } = await service.ask<{ token: string }>('POST', '/v1/tokens', admin, { scopes: ['sites'] });
    for (const key of [lead, site.secretKey, body.token]) {
      expect((await service.ask('GET', '/v1/jobs', key)).status).toBe(403);
      expect((await service.ask('GET', '/v1/jobs/summary', key)).status).toBe(403);
      expect((await service.ask('POST', `/v1/jobs/${jobId('2')}/retry`, key)).status).toBe(403);
    }
  });

  it.each([
    ['state=relayed', '/state'],
    ['kind=', '/kind'],
    ['limit=0', '/limit'],
  ])('refuse %s with a pointer', async (query, pointer) => {
    expect(await list(query)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});
