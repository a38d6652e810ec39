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
): Promise<Answer[]> {
  // Known from here on.
  await service.report(site, image(), 'somebody');
  const straight = await service.ask('POST', '/v1/reports', site.secretKey, body, headers);
  const query = await service.ask('POST', '/v1/reports?', site.secretKey, body, headers);
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
});
