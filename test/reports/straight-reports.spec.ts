import { Networks } from '../../src/access/readers/networks.js';
import type { ImageCommand } from '../../src/moderation/image-command.js';
import { ReportBatch } from '../../src/reports/report-batch.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let n = 0;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

const good = (url: string) => ({ image: { url }, reason: 'violence', reporter: { account: 'amina' } });
const image = (): string => `https://cdn.example.ma/straight/${(n += 1)}.jpg`;

/** What has a question mark in its address goes the framework's way. */
async function bothWays(
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
  { key = site.secretKey, from }: { readonly key?: string; readonly from?: string } = {},
): Promise<Answer[]> {
  // Known from here on.
  await service.state(site, { url: image() }, key);
  const straight = await service.ask('POST', '/v1/reports', key, body, headers, from);
  const query = await service.ask('POST', '/v1/reports?', key, body, headers, from);
  return [straight, query];
}

const told = ({ status, body }: Answer): unknown => {
  return { status, body: { ...body, instance: undefined } };
};

describe('a report by a key that is known', () => {
  it.each([
    ['an unknown field', { ...good('https://cdn.example.ma/a.jpg'), extra: 1 }],
    ['no reason', { image: { url: 'https://cdn.example.ma/a.jpg' }, reporter: { account: 'a' } }],
    ['an address that is none', good('nowhere')],
    ['a reason that does not exist', { ...good('https://cdn.example.ma/a.jpg'), reason: 'ugly' }],
    [
      'an address of its reader that is none',
      { ...good('https://cdn.example.ma/a.jpg'), reporter: { account: 'a', address: 'nowhere' } },
    ],
    ['no image', { reason: 'violence', reporter: { account: 'a' } }],
  ])('is refused as on the framework’s way: %s', async (_name, body) => {
    const [straight, framework] = (await bothWays(body)).map(told);
    expect(straight).toEqual(framework);
    expect(straight).toMatchObject({ status: 422 });
  });

  it('gets the same answer as on the framework’s way', async () => {
    const url = image();
    await service.report(site, url, 'amina');
    const [straight, framework] = (await bothWays(good(url), { 'accept-language': 'ar' })).map(told);
    expect(straight).toEqual(framework);
    expect(straight).toMatchObject({ status: 200 });
  });

  it('comes from the same networks as on the framework’s way', async () => {
    const batch = service.app.get(ReportBatch);
    const submit = batch.submit.bind(batch);
    const seen: ImageCommand[] = [];
    batch.submit = (command) => {
      seen.push(command);
      return submit(command);
    };
    const device = await service.mintDevice(site, { address: '198.51.100.7' });
    const body = { image: { url: image() }, reason: 'violence', reporter: { device } };
    const key = site.publishableKey;
    const answers = await bothWays(body, { origin: site.origin }, { key, from: '203.0.113.9' });
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    const [straight, framework] = seen.map((command) =>
      command.type === 'report' ? command.reporter : null,
    );
    expect(straight).toEqual(framework);
    const of = (ip: string) => service.app.get(Networks).networksOf(site.id, { ip });
    expect(straight?.networks).toEqual({ ...of('203.0.113.9'), minted: of('198.51.100.7').narrow });
  });
});
