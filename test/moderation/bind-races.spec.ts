import pg from 'pg';
import { Desk, done } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
let holder: pg.Client;
let n = 0;
const address = (): string => `https://cdn.example.ma/races/${(n += 1)}.jpg`;
const ownId = (): string => `race-${(n += 1)}`;

beforeAll(async () => {
  desk = await Desk.open();
  holder = new pg.Client(desk.url);
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await desk.close();
});

/** Starts each piece of work once the one before waits for this image's lock, then lets them go in that order. */
async function inTurnAt(imageId: string, works: (() => Promise<unknown>)[]): Promise<unknown[]> {
  await holder.query('begin');
  await holder.query('select from image where id = $1 for update', [imageId]);
  const started: Promise<unknown>[] = [];
  for (const work of works) {
    started.push(work());
    await until(async () => (await desk.waiting()) === started.length);
  }
  await holder.query('commit');
  return Promise.all(started);
}

describe('two bindings of one address at once', () => {
  it('leave no address that leads to an image which became another', async () => {
    const [first, second, shared, other] = [ownId(), ownId(), address(), address()];
    await desk.reports(second, 1);
    const reported = await desk.reports(shared, 1);
    await inTurnAt(reported.imageId, [
      () => desk.bindings.bind(desk.siteId, first, [shared, other]),
      () => desk.bindings.bind(desk.siteId, second, [shared]),
    ]);
    done(await desk.neck.moderateOne(desk.report(other)));
    expect(await desk.count('address a join image i on i.id = a.image_id', 'i.merged_into is not null')).toBe(
      0,
    );
  });

  it('bind it to the id that came last, as if they had come one after the other', async () => {
    const [first, second, shared] = [ownId(), ownId(), address()];
    const reported = await desk.reports(shared, 1);
    await inTurnAt(reported.imageId, [
      () => desk.bindings.bind(desk.siteId, first, [shared]),
      () => desk.bindings.bind(desk.siteId, second, [shared]),
    ]);
    expect((await desk.row(shared))['key']).toBe(second);
  });

  it('to the same id leave one line in the log', async () => {
    const [id, url] = [ownId(), address()];
    const reported = await desk.reports(url, 1);
    await inTurnAt(reported.imageId, [
      () => desk.bindings.bind(desk.siteId, id, [url]),
      () => desk.bindings.bind(desk.siteId, id, [url]),
    ]);
    expect((await desk.events(id)).filter((type) => type === 'addresses.bound')).toHaveLength(1);
  });

  it('never show an address with a version that its followers drop as old', async () => {
    const [former, between, last, url] = [ownId(), ownId(), ownId(), address()];
    await desk.bindings.bind(desk.siteId, former, [url]);
    for (let i = 0; i < 3; i += 1) {
      await desk.publish(between, 'publisher-block', 'spam');
      await desk.publish(between, 'publisher-unblock');
    }
    await desk.publish(between, 'publisher-block', 'spam');
    await inTurnAt(String((await desk.row(former))['id']), [
      () => desk.bindings.bind(desk.siteId, between, [url]),
      () => desk.bindings.bind(desk.siteId, last, [url]),
    ]);
    expect((await desk.row(url))['key']).toBe(last);
    expect(Number((await desk.row(last))['version'])).toBeGreaterThan(
      Number((await desk.row(between))['version']),
    );
  });
});
