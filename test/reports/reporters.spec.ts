import { Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(() => service.close());

const forget = (body: unknown, key = site.secretKey) =>
  service.ask('POST', '/v1/reporters/forget', key, body);
const votes = (): Promise<{ reporter: Buffer; known: boolean }[]> =>
  service.database.query({
    name: 'known-votes',
    text: 'select reporter, forgotten_at is null as known from vote order by at',
  });

describe('POST /v1/reporters/forget', () => {
  it('forgets an account, answers alike where there is nothing to forget, and the receipt still tells', async () => {
    const url = 'https://cdn.example.ma/forgotten/1.jpg';
    const first = await service.report(site, url, 'amina');
    const [{ reporter } = { reporter: Buffer.alloc(0) }] = await votes();
    const answers = [await forget({ account: 'amina' }), await forget({ account: 'amina' })];
    answers.push(await forget({ account: 'nobody' }));
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [204, ''],
      [204, ''],
      [204, ''],
    ]);
    expect(await votes()).toMatchObject([{ known: false }]);
    const receipt = `/v1/reports/${String(first.body['receipt'])}`;
    expect(await service.ask('GET', receipt, site.secretKey)).toMatchObject({
      status: 200,
      body: { outcome: 'pending' },
    });
    const nothingLeft = await service.ask('DELETE', receipt, site.secretKey);
    expect(nothingLeft).toMatchObject({
      status: 409,
      body: { type: '/problems/conflict', why: 'forgotten' },
    });
    expect((await service.ask('GET', receipt, site.secretKey)).body).toMatchObject({ outcome: 'pending' });
    // Asked again, they are somebody new.
    expect((await service.report(site, url, 'amina')).status).toBe(201);
    expect((await votes()).map(({ reporter: by }) => by.equals(reporter))).toEqual([false, true]);
  });

  it('forgets a device by its token', async () => {
    const device = await service.mintDevice(site);
    const image = { url: 'https://cdn.example.ma/forgotten/2.jpg' };
    const body = { image, reason: 'spam', reporter: { device } };
    await service.ask('POST', '/v1/reports', site.publishableKey, body, { origin: site.origin });
    const { reporter = Buffer.alloc(0) } = (await votes()).at(-1) ?? {};
    expect((await forget({ device })).status).toBe(204);
    expect((await votes()).map(({ reporter: by }) => by.equals(reporter))).not.toContain(true);
  });

  it.each([
    [{}, '/account'],
    [{ account: 'x', device: 'dev_x' }, '/account'],
    [{ device: 'dev_x' }, '/device'],
    [{ account: '' }, '/account'],
  ])('refuses %j with a pointer', async (body, pointer) => {
    const answer = await forget(body);
    expect(answer.status).toBe(422);
    expect((answer.body['errors'] as { pointer: string }[])[0]?.pointer).toBe(pointer);
  });

  it('is for the secret key alone', async () => {
    const answer = await service.ask(
      'POST',
      '/v1/reporters/forget',
      site.publishableKey,
      { account: 'amina' },
      { origin: site.origin },
    );
    expect(answer.status).toBe(403);
  });
});
