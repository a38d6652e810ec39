import type { CaseView } from '../../src/contract/cases.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let other: TestSite;
let moderator: string;
let n = 0;
const image = (): string => `https://cdn.example.ma/seen/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
  other = await service.site('other');
  moderator = await service.staffToken('amina@example.ma', 'moderator', site);
});
afterAll(() => service.close());

type Named = { readonly url?: string; readonly id?: string };
const tell = (
  images: readonly (Named & { readonly views: unknown })[],
  { seconds = 3_600, key = site.secretKey }: { readonly seconds?: number; readonly key?: string } = {},
): Promise<Answer> => service.ask('POST', '/v1/images/views', key, { seconds, images });

const caseOf = async (url: string): Promise<CaseView> => {
  const { body } = await service.ask<{ items: CaseView[] }>('GET', '/v1/cases?limit=100', moderator);
  const found = body.items.find((one) => one.image.url === url);
  if (found === undefined) throw new Error(`${url} has no case`);
  return found;
};
const order = async (...urls: readonly string[]): Promise<string[]> => {
  const { body } = await service.ask<{ items: CaseView[] }>('GET', '/v1/cases?limit=100', moderator);
  return body.items.flatMap((one) => urls.filter((url) => url === one.image.url));
};
const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  service.database.dataSource.query<Row[]>(text, values);
const stored = async (url: string): Promise<number[]> => {
  const rows = await sql<{ per_hour: number }>(
    `select v.per_hour from image_views v join image i on i.site_id = v.site_id and i.id = v.image_id where i.key = $1`,
    [url],
  );
  return rows.map((row) => row.per_hour);
};

describe('POST /v1/images/views', () => {
  it('brings forward the case of what many see, and the next claim is that case', async () => {
    const [first, second] = [image(), image()];
    await service.report(site, first, 'a');
    await service.report(site, second, 'a');
    expect(await order(first, second)).toEqual([first, second]);
    const { status, body } = await tell([
      { url: second, views: 90_000 },
      { url: image(), views: 7 },
    ]);
    expect([status, body]).toEqual([200, { taken: 1, unknown: 1 }]);
    expect(await order(first, second)).toEqual([second, first]);
    const claimed = await service.ask<CaseView>('POST', '/v1/cases/claim', moderator, {});
    expect(claimed.body.image.url).toBe(second);
  });

  it('shows moderators what it is about, and readers and sites nothing', async () => {
    const url = image();
    await service.report(site, url, 'a', 'hate');
    expect((await caseOf(url)).urgency).toEqual({
      expectedHarm: 1_980,
      viewsPerHour: null,
      reportsPerHour: 1,
    });
    await tell([{ url, views: 1_000 }], { seconds: 600 });
    expect((await caseOf(url)).urgency).toEqual({
      expectedHarm: 11_321,
      viewsPerHour: 6_000,
      reportsPerHour: 1,
    });
    expect((await service.state(site, { url })).body).toEqual({ image: { url }, blocked: false });
  });

  it('said again changes nothing; the newest word counts, also when it is smaller', async () => {
    const url = image();
    await service.report(site, url, 'a');
    const quiet = await caseOf(url);
    await tell([{ url, views: 1_000_000 }]);
    const loud = await caseOf(url);
    expect(loud.priority).toBeGreaterThan(quiet.priority);
    expect(loud.version).toBe(quiet.version);
    await tell([{ url, views: 1_000_000 }]);
    expect((await caseOf(url)).priority).toBe(loud.priority);
    await tell([{ url, views: 0 }]);
    expect((await caseOf(url)).priority).toBeLessThan(quiet.priority);
  });

  it('adds up what is named twice, by whichever of its addresses', async () => {
    const [one, two, id] = [image(), image(), `photo-${n}`];
    await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id, urls: [one, two] });
    const answer = await tell([
      { url: one, views: 100 },
      { url: two, views: 20 },
      { id, views: 3 },
      { url: `${one}#again`, views: 4_000 },
      { id, url: image(), views: 50_000 },
    ]);
    expect(answer.body).toEqual({ taken: 5, unknown: 0 });
    expect(await stored(id)).toEqual([54_123]);
    await tell([{ url: two, views: 20 }]);
    expect(await stored(id)).toEqual([20]);
  });

  it('is kept for images without a case, and raises the one that opens', async () => {
    const [seen, unseen] = [image(), image()];
    for (const url of [seen, unseen]) {
      await service.report(site, url, 'a');
      await sql(`delete from moderation_case where image_id = (select id from image where key = $1)`, [url]);
      await sql(`update image set review_state = 'none' where key = $1`, [url]);
    }
    await tell([{ url: seen, views: 500_000 }]);
    await service.report(site, unseen, 'b');
    await service.report(site, seen, 'b');
    expect(await order(seen, unseen)).toEqual([seen, unseen]);
  });

  it('fades by the clock of the database', async () => {
    const url = image();
    await service.report(site, url, 'a');
    await tell([{ url, views: 8_000 }]);
    const age = (time: string) =>
      sql(
        `update image_views set at = clock_timestamp() - $2::interval where image_id = (select id from image where key = $1)`,
        [url, time],
      );
    await age('36 hours');
    expect((await caseOf(url)).urgency.viewsPerHour).toBe(4_000);
    await age('7 days');
    expect((await caseOf(url)).urgency.viewsPerHour).toBeNull();
  });

  it('is about images of the own site alone', async () => {
    const url = image();
    await service.report(site, url, 'a');
    const before = (await caseOf(url)).priority;
    const id = `own-${n}`;
    await service.report(site, { id }, 'a');
    const answer = await tell(
      [
        { url, views: 1_000_000 },
        { id, views: 1_000_000 },
      ],
      { key: other.secretKey },
    );
    expect(answer.body).toEqual({ taken: 0, unknown: 2 });
    expect((await caseOf(url)).priority).toBe(before);
    expect(await stored(url)).toEqual([]);
  });

  it('takes a thousand at once, and goes with reports on the same images', async () => {
    const urls = Array.from({ length: 1_000 }, image);
    const reported = urls.filter((_, index) => index % 100 === 0);
    for (const url of reported) await service.report(site, url, 'a');
    const images = urls.map((url, index) => ({ url, views: index }));
    const answers = await Promise.all([
      tell(images),
      tell([...images].reverse()),
      ...reported.map((url) => service.report(site, url, 'b')),
    ]);
    expect(answers.slice(0, 2).map(({ body }) => body)).toEqual([
      { taken: 10, unknown: 990 },
      { taken: 10, unknown: 990 },
    ]);
    expect(answers.slice(2).map(({ status }) => status)).toEqual(reported.map(() => 201));
    expect((await tell([...images, { url: image(), views: 1 }])).status).toBe(422);
  });

  it.each([
    ['no image', {}, '/images/0'],
    ['no address', { url: 'nonsense' }, '/images/0/url'],
    ['views that are none', { url: 'https://cdn.example.ma/1.jpg', views: -1 }, '/images/0/views'],
    ['half a view', { url: 'https://cdn.example.ma/1.jpg', views: 0.5 }, '/images/0/views'],
  ])('points at what is wrong: %s', async (_, named, pointer) => {
    const { status, body } = await tell([{ views: 1, ...named }]);
    expect(status).toBe(422);
    expect((body['errors'] as { pointer: string }[]).map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each([0, 59, 86_401, 1.5])('refuses views of %p seconds', async (seconds) => {
    const { status, body } = await tell([{ url: image(), views: 1 }], { seconds });
    expect([status, (body['errors'] as { pointer: string }[])[0]?.pointer]).toEqual([422, '/seconds']);
  });
});
