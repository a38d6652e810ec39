import { Neck } from '../../src/moderation/neck.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const address = (): string => `https://cdn.example.ma/fetched/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const jobsOf = (url: string): Promise<{ lane: string; payload: unknown }[]> =>
  desk.dataSource.query(
    `select lane, payload from job where kind = 'fetch-image' and payload ->> 'url' = $1`,
    [url],
  );

describe('the first report of an image', () => {
  it('has its bytes looked at, once, in the lane of its host’s owner', async () => {
    const url = address();
    await Promise.all([desk.reports(url, 1), desk.reports(url, 1), desk.reports(url, 1)]);
    expect(await jobsOf(url)).toEqual([
      {
        lane: 'fetch example.ma',
        payload: { site: desk.siteId, hash: desk.key(url).hash.toString('hex'), url },
      },
    ]);
  });

  it('has those of a whole batch looked at', async () => {
    const urls = [address(), address(), address()];
    await desk.neck.moderate([...urls, ...urls].map((url) => desk.report(url)));
    for (const url of urls) expect(await jobsOf(url)).toHaveLength(1);
  });

  it.each([150, 194, 253, 600])('takes a host of %d characters', async (length) => {
    const end = '.cdn.example.ma';
    const host = `${'a.'.repeat(length)}b`.slice(0, length - end.length).replace(/\.$/, 'b') + end;
    const url = `https://${host}/${(n += 1)}.jpg`;
    await desk.reports(url, 1);
    expect(await jobsOf(url)).toMatchObject([{ lane: 'fetch example.ma' }]);
  });

  it.each(['alone', 'beside others'])('never of what is called severe (rule 6): %s', async (how) => {
    const url = address();
    const others = how === 'alone' ? [] : [desk.report(url), desk.report(url, 'hate')];
    await desk.neck.moderate([...others, desk.report(url, 'child_abuse')]);
    expect(await jobsOf(url)).toEqual([]);
  });

  it('asks for nothing where the site only knows an id', async () => {
    await desk.reports('no-address', 1);
    expect(await desk.count('job', `payload ->> 'url' is null and kind = 'fetch-image'`)).toBe(0);
  });

  it('asks for nothing where that is switched off', async () => {
    const url = address();
    const neck = new Neck(desk.database, desk.index, { fetch: false });
    done(await neck.moderateOne(desk.report(url)));
    expect(await jobsOf(url)).toEqual([]);
  });
});

describe('a later report', () => {
  it('asks again where a case opens anew, since the watch may have ended', async () => {
    const url = address();
    const reported = await desk.reports(url, 1);
    done(await desk.decide(reported, 'keep'));
    await desk.reports(url, 4);
    expect(await jobsOf(url)).toHaveLength(1);
    await desk.reports(url, 1);
    expect(await jobsOf(url)).toHaveLength(2);
  });

  it('asks for the address that was looked at, or led to the image first, and not for its key', async () => {
    const [key, shown, watched] = [address(), address(), address()];
    const reported = await desk.reports(key, 1);
    const { hash } = desk.key(shown);
    await desk.dataSource.query(
      `insert into address (site_id, hash, url, image_id, bound_by) values ($1, $2, $3, $4, 'rules')`,
      [desk.siteId, hash, shown, reported.imageId],
    );
    done(await desk.decide(reported, 'keep'));
    await desk.reports(key, 5);
    expect(await jobsOf(shown)).toMatchObject([{ payload: { hash: hash.toString('hex') } }]);
    const own = desk.key(key).hash;
    await desk.dataSource.query(
      `insert into watched_address (site_id, hash, url, job_id, started_at) values ($1, $2, $3, 1, now())`,
      [desk.siteId, own, watched],
    );
    await desk.neck.announce({ siteId: desk.siteId, hash: own, note: null });
    expect(await jobsOf(watched)).toMatchObject([{ payload: { hash: own.toString('hex') } }]);
    expect(await jobsOf(key)).toHaveLength(1);
  });

  it('asks for the address that the site bound to its id', async () => {
    const [id, url] = [`fetched-${(n += 1)}`, address()];
    await desk.bindings.bind(desk.siteId, id, [url]);
    await desk.reports(id, 1);
    expect(await jobsOf(url)).toMatchObject([{ payload: { hash: desk.key(url).hash.toString('hex') } }]);
  });
});
