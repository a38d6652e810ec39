import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/told/${(n += 1)}.jpg`;
const digest = (digit: string): string => digit.repeat(64);

beforeAll(async () => {
  // No worker: nothing is fetched.
  service = await Service.open({ ROLE: 'api', FETCH_IMAGES: 'on' });
  site = await service.site();
});
afterAll(() => service.close());

const tell = (body: object, key = site.secretKey): Promise<Answer> =>
  service.ask('PUT', '/v1/images/content', key, body);
const fetches = async (url: string): Promise<{ payload: Record<string, unknown> }[]> =>
  service.database.query(
    {
      name: 'fetches-of-a-test',
      text: `select payload from job where kind = 'fetch-image' and payload ->> 'url' = $1 order by id`,
    },
    [url],
  );

describe('PUT /v1/images/content', () => {
  it('with the digest of the new bytes settles at once what they are', async () => {
    const url = image();
    await service.reports(site, url, 5);
    const known = { image: { url }, known: true, fetching: false };
    const first = await tell({ image: { url }, sha256: digest('a') });
    expect([first.status, first.body]).toEqual([
      200,
      { ...known, contentVersion: 1, change: 'first', blocked: true },
    ]);
    expect((await tell({ image: { url }, sha256: digest('a') })).body).toMatchObject({ change: 'same' });
    expect((await tell({ image: { url }, sha256: digest('b'), note: 'Replaced.' })).body).toEqual({
      ...known,
      contentVersion: 2,
      change: 'new',
      blocked: false,
    });
    expect((await service.state(site, { url })).body).toMatchObject({ blocked: false });
    expect((await tell({ image: { url }, sha256: digest('a') })).body).toMatchObject({
      contentVersion: 1,
      change: 'returned',
      blocked: true,
    });
  });

  it('without it has them looked at, as announced, and keeps who said so', async () => {
    const url = image();
    await service.reports(site, url, 1);
    const { status, body } = await tell({ image: { url }, note: 'Replaced.' });
    expect([status, body]).toEqual([
      200,
      { image: { url }, known: true, contentVersion: null, fetching: true, blocked: false },
    ]);
    expect(await fetches(url)).toHaveLength(2);
    const watched = await service.database.query({
      name: 'announced-of-a-test',
      text: `select announced_until > clock_timestamp() as announced from watched_address where url = '${url}'`,
    });
    expect(watched).toEqual([{ announced: true }]);
    const [event] = await service.database.query<{ data: unknown; kind: string }>({
      name: 'announcement-of-a-test',
      text: `select data, actor_kind as kind from event where type = 'content.announced' order by seq desc limit 1`,
    });
    expect(event).toEqual({ data: { note: 'Replaced.' }, kind: 'site' });
  });

  it('tells whether it may be shown by the database, where another process changed that a moment ago', async () => {
    const url = image();
    await service.reports(site, url, 5);
    // As that process leaves it, with no line of the log yet from which this one would hear.
    await service.database.query({
      name: 'unblock-of-a-test',
      text: `
        with shown as (
          update image set blocked = false, shown_reason = null, since = null where key = '${url}' returning id
        )
        delete from block where image_id in (select id from shown)`,
    });
    expect((await service.state(site, { url })).body).toMatchObject({ blocked: true });
    expect((await tell({ image: { url } })).body).toMatchObject({ fetching: true, blocked: false });
    expect((await tell({ image: { url }, sha256: digest('c') })).body).toMatchObject({
      change: 'first',
      blocked: false,
    });
  });

  it('fetches the address that is bound to an id, and says so where there is none', async () => {
    const url = image();
    await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'told-1', urls: [url] });
    expect((await tell({ image: { id: 'told-1' } })).body).toMatchObject({ fetching: true });
    expect(await fetches(url)).toHaveLength(1);
    await service.reports(site, { id: 'told-2' }, 1);
    const refused = await tell({ image: { id: 'told-2' } });
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ pointer: '/sha256' }]]);
  });

  it('makes nothing of an image that nobody knows', async () => {
    const url = image();
    for (const body of [{ image: { url } }, { image: { url }, sha256: digest('c') }]) {
      expect(await tell(body)).toMatchObject({
        status: 200,
        body: { image: { url }, known: false, contentVersion: null, fetching: false },
      });
    }
    expect(await fetches(url)).toEqual([]);
  });

  it('never has anything severe fetched', async () => {
    const url = image();
    await service.reports(site, url, 1, 'child_abuse');
    expect((await tell({ image: { url } })).body).toMatchObject({ known: true, fetching: false });
    expect(await fetches(url)).toEqual([]);
  });

  it('nor promises to where that was said, withdrawn, and a moderator blocked for something else', async () => {
    const url = image();
    const reported = await service.ask('POST', '/v1/reports', site.secretKey, {
      image: { url },
      reason: 'child_abuse',
      reporter: { account: 'regrets' },
    });
    const receipt = String(reported.body['receipt']);
    expect((await service.ask('DELETE', `/v1/reports/${receipt}`, site.secretKey)).status).toBe(204);
    const token = await service.staffToken('moderator@example.ma', 'moderator', site);
    const blocked = await service.ask('PUT', `/v1/images/block?site=${site.slug}`, token, {
      image: { url },
      policy: 'violence',
    });
    expect(blocked.body).toMatchObject({ blocked: true, reason: 'violence' });
    expect((await tell({ image: { url } })).body).toMatchObject({ known: true, fetching: false });
    expect(await fetches(url)).toEqual([]);
  });

  it.each([
    ['an image named twice', { url: 'https://cdn.example.ma/1.jpg', id: 'x' }, undefined, '/image'],
    ['no image', {}, undefined, '/image'],
    ['no digest', { id: 'x' }, 'A'.repeat(64), '/sha256'],
    ['another digest', { id: 'x' }, 'a'.repeat(40), '/sha256'],
  ])('refuses %s', async (_, named, sha256, pointer) => {
    const { status, body } = await tell({ image: named, ...(sha256 === undefined ? {} : { sha256 }) });
    expect([status, body['errors']]).toMatchObject([422, [{ pointer }]]);
  });

  it('is for the site’s secret key', async () => {
    const asked = { image: { url: image() } };
    const token = await service.staffToken('lead@example.ma', 'lead', site);
    expect((await tell(asked, token)).status).toBe(403);
    expect(
      (await service.ask('PUT', '/v1/images/content', site.publishableKey, asked, { origin: site.origin }))
        .status,
    ).toBe(403);
  });
});

describe('where images are not fetched', () => {
  it('says that only the digest tells anything', async () => {
    const off = await service.beside({ ROLE: 'api', FETCH_IMAGES: 'off' });
    const { status, body } = await off.ask('PUT', '/v1/images/content', site.secretKey, {
      image: { url: image() },
    });
    expect([status, body['errors']]).toMatchObject([422, [{ pointer: '/sha256' }]]);
    await off.close();
  });
});
