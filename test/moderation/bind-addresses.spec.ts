import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const address = (): string => `https://cdn.example.ma/photos/${(n += 1)}.jpg`;
const ownId = (): string => `photo-${(n += 1)}`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

describe('binding addresses to the site’s own id', () => {
  it('behaviour 19: one photo under thirty addresses, one report each, is one image with thirty votes', async () => {
    const id = ownId();
    const urls = Array.from({ length: 30 }, address);
    await desk.bindings.bind(desk.siteId, id, urls);
    await Promise.all(urls.map((url) => desk.neck.moderateOne(desk.report(url))));
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 30 }, blocked: true });
    expect(urls.every((url) => desk.blockedHere(url))).toBe(true);
  });

  it('makes the image when neither id nor address is known', async () => {
    const [id, url] = [ownId(), address()];
    const imageId = await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await desk.row(id)).toMatchObject({ id: imageId, key: id, key_kind: 'id', url });
    expect((await desk.row(url))['id']).toBe(imageId);
    expect(await desk.count('image', `key = '${url}'`)).toBe(0);
  });

  it('gives the id to an image that readers have already reported by its address', async () => {
    const [id, url] = [ownId(), address()];
    const reported = await desk.reports(url, 3);
    expect(await desk.bindings.bind(desk.siteId, id, [url])).toBe(reported.imageId);
    expect(await desk.row(id)).toMatchObject({
      id: reported.imageId,
      tally: { violence: 3 },
      review_state: 'open',
    });
    expect((await desk.reports(url, 2)).visibility.blocked).toBe(true);
    expect(desk.blockedHere(id)).toBe(true);
  });

  it('merges the votes of images that become one, one per reporter, and blocks at the threshold', async () => {
    const [id, one, two] = [ownId(), address(), address()];
    for (const reporter of ['a', 'b', 'c'])
      await desk.neck.moderateOne(desk.report(one, 'violence', reporter));
    for (const reporter of ['c', 'd', 'e']) await desk.neck.moderateOne(desk.report(two, 'hate', reporter));
    await desk.bindings.bind(desk.siteId, id, [one, two]);
    expect(await desk.row(id)).toMatchObject({
      tally: { violence: 2, hate: 2, 'violence+hate': 1 },
      blocked: true,
      review_state: 'open',
    });
    expect(desk.blockedHere(one) && desk.blockedHere(two) && desk.blockedHere(id)).toBe(true);
    expect(await desk.count('moderation_case', `outcome = 'merged'`)).toBe(1);
  });

  it('loses no block, and no vote of either, and closes the case that ended', async () => {
    const [id, url] = [ownId(), address()];
    await desk.reports(url, 5);
    await desk.publish(id, 'publisher-block', 'privacy');
    await desk.bindings.bind(desk.siteId, id, [url]);
    const blocks = await desk.dataSource.query<{ source: string }[]>(
      'select source from block where image_id = $1 order by source',
      [(await desk.row(id))['id']],
    );
    expect(blocks.map(({ source }) => source)).toEqual(['publisher', 'threshold']);
    expect(await desk.row(id)).toMatchObject({ review_state: 'open', shown_reason: 'privacy' });
  });

  it('is as urgent as either was, also by a report that no network had a place for', async () => {
    const [id, url] = [ownId(), address()];
    for (const device of ['ann', 'ben'])
      await desk.neck.moderateOne(desk.fromDevice(url, 'home/isp', { device }));
    await desk.neck.moderateOne(desk.fromDevice(url, 'home/isp', { device: 'cid', reason: 'child_abuse' }));
    await desk.reports(id, 1);
    const joined = await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await desk.count('moderation_case', `image_id = ${joined} and status = 'open' and severe`)).toBe(
      1,
    );
  });

  it('leaves behind what somebody wrote who had withdrawn their report: there is no vote of theirs here', async () => {
    const [id, url] = [ownId(), address()];
    const writes = (reader: string) => ({
      ...desk.report(url, 'violence', reader),
      comment: `${url} ${reader}`,
    });
    const withdrawn = done(await desk.neck.moderateOne(writes('regrets')));
    await desk.withdraw(withdrawn, 'regrets');
    await desk.neck.moderateOne(writes('stands'));
    await desk.reports(id, 1);
    const joined = await desk.bindings.bind(desk.siteId, id, [url]);
    expect(joined).not.toBe(withdrawn.imageId);
    const where = `image_id = ${joined} and comment like '${url} %'`;
    expect(await desk.count('report_note', `${where} and comment like '%stands'`)).toBe(1);
    expect(await desk.count('report_note', `${where} and comment like '%regrets'`)).toBe(0);
  });

  it('takes a vote for one of an archive where it was on both, and for none once its reader speaks today', async () => {
    const [id, one, two] = [ownId(), address(), address()];
    const castAt = new Date(Date.now() - 365 * 24 * 3_600_000);
    const archived = (url: string, reader: string) => ({
      ...desk.report(url, 'violence', `${id} ${reader}`),
      castAt,
    });
    const today = (url: string, reader: string) => desk.report(url, 'violence', `${id} ${reader}`);
    const again = done(await desk.neck.moderateOne(archived(one, 'again')));
    await desk.neck.moderate([archived(one, 'both'), archived(one, 'one')]);
    await desk.neck.moderate([archived(two, 'both'), today(two, 'one'), archived(two, 'two')]);
    await desk.withdraw(again, `${id} again`);
    await desk.neck.moderateOne(today(one, 'again'));
    await desk.neck.moderateOne(today(two, 'two'));
    const joined = await desk.bindings.bind(desk.siteId, id, [one, two]);
    const votes = await desk.dataSource.query<unknown[]>(
      `select encode(reporter, 'escape') as reader, archived from vote where image_id = ${joined} and round = 1 order by 1`,
    );
    expect(votes).toEqual([
      { reader: desk.reporter(`${id} again`).toString(), archived: null },
      { reader: desk.reporter(`${id} both`).toString(), archived: true },
      { reader: desk.reporter(`${id} one`).toString(), archived: null },
      { reader: desk.reporter(`${id} two`).toString(), archived: null },
    ]);
  });

  it('passes the version that was seen at the address, so that nobody takes the next change for an old one', async () => {
    const [id, url] = [ownId(), address()];
    await desk.publish(id, 'publisher-block', 'spam');
    const seen = done(await desk.decide(await desk.reports(url, 5), 'keep'));
    expect(seen.visibility.version).toBe(2);
    await desk.bindings.bind(desk.siteId, id, [url]);
    expect(Number((await desk.row(id))['version'])).toBeGreaterThan(2);
    expect(desk.blockedHere(url)).toBe(true);
  });

  it('moves an address from one id to another, with what is seen there', async () => {
    const [bad, good, url] = [ownId(), ownId(), address()];
    await desk.bindings.bind(desk.siteId, bad, [url]);
    await desk.publish(bad, 'publisher-block', 'spam');
    expect(desk.blockedHere(url)).toBe(true);
    await desk.bindings.bind(desk.siteId, good, [url]);
    expect(desk.blockedHere(url)).toBe(false);
    expect(desk.blockedHere(bad)).toBe(true);
    expect(Number((await desk.row(good))['version'])).toBeGreaterThan(
      Number((await desk.row(bad))['version']),
    );
  });

  it('leaves an address with the last of the ids that a batch names, also where it was there before', async () => {
    const [first, last, url, other] = [ownId(), ownId(), address(), address()];
    await desk.bindings.bind(desk.siteId, last, [url]);
    const events = await desk.count('event');
    await desk.bindings.bindAll(desk.siteId, [
      { id: first, urls: [url] },
      { id: last, urls: [url] },
    ]);
    expect((await desk.row(url))['key']).toBe(last);
    expect(await desk.count('event')).toBe(events);
    await desk.bindings.bindAll(desk.siteId, [
      { id: last, urls: [other] },
      { id: last, urls: [url] },
      { id: first, urls: [url] },
    ]);
    expect((await desk.row(url))['key']).toBe(first);
    expect((await desk.row(other))['key']).toBe(last);
  });

  it('changes nothing when it is said again', async () => {
    const [id, url] = [ownId(), address()];
    await desk.bindings.bind(desk.siteId, id, [url]);
    const events = await desk.count('event');
    await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await desk.count('event')).toBe(events);
  });

  it('loses no report that arrives at the same moment, over twenty rounds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [id, url] = [ownId(), address()];
      const reports = Array.from({ length: 8 }, () => desk.neck.moderateOne(desk.report(url)));
      await Promise.all([...reports, desk.bindings.bind(desk.siteId, id, [url])]);
      expect(await desk.row(id)).toMatchObject({ tally: { violence: 8 }, blocked: true });
      expect(desk.blockedHere(url)).toBe(true);
      expect(await desk.count('image', `key = '${url}' and merged_into is null`)).toBe(0);
    }
  });

  it('a second process that follows the log agrees', async () => {
    const other = await desk.beside();
    const [id, url, late] = [ownId(), address(), address()];
    await desk.reports(url, 5);
    await desk.bindings.bind(desk.siteId, id, [url, late]);
    await other.follower().followOnce();
    expect([id, url, late].map((name) => other.blockedHere(name))).toEqual([true, true, true]);
    await other.close();
  });
});
