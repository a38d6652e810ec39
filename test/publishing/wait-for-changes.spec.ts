import { Database } from '../../src/database/database.js';
import { ReadChanges } from '../../src/publishing/read-changes.js';
import { WaitForChanges } from '../../src/publishing/wait-for-changes.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { ChangeFeed } from '../../src/visibility/change-feed.js';
import { LogFollower } from '../../src/visibility/follow-log.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

let service: Service;
let site: TestSite;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

const part = <T>(type: abstract new (...given: never[]) => T): T =>
  service.app.get(type as never, { strict: false });

it('answers with a change that comes while older ones are read', async () => {
  const feed = part(ChangeFeed);
  const url = 'https://cdn.example.ma/meanwhile.jpg';
  const cameMeanwhile = async (): Promise<void> => {
    const before = feed.head;
    await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'privacy' });
    await until(() => (feed.after(site.id, before, 1)?.length ?? 0) > 0);
  };
  const reads = jest.fn(async (work: Parameters<Database['inIndexedTransaction']>[0]) => {
    const rows = await service.database.inIndexedTransaction(work);
    if (reads.mock.calls.length === 1) await cameMeanwhile();
    return rows;
  });
  const database = { inIndexedTransaction: reads } as unknown as Database;
  const reading = new ReadChanges(database, feed, part(LogFollower), part(BlockIndex));
  const waiting = new WaitForChanges(reading, feed, { feed: { maxWaiting: 1 } } as never);
  const place = reading.now(site.id);
  // A change of another site, after which nothing before it is remembered: the place is older than memory.
  const other = await service.site('neighbour');
  const theirs = { image: { url: 'https://cdn.neighbour.ma/1.jpg' }, reason: 'privacy' };
  await service.ask('PUT', '/v1/images/block', other.secretKey, theirs);
  await until(() => feed.head > place.seq);
  feed.restart(place.epoch, feed.head);

  const began = performance.now();
  const { changes } = await waiting.next(place, 10, 10, new AbortController().signal);
  expect(changes.map(({ image }) => image.url)).toEqual([url]);
  expect(performance.now() - began).toBeLessThan(8_000);
  // What was read once is not read again.
  expect(reads).toHaveBeenCalledTimes(1);
});

it('waits for a look at a log that says nothing, and then goes on', async () => {
  const silent = { followOnce: () => new Promise(() => undefined) } as unknown as LogFollower;
  const index = { isAhead: true } as unknown as BlockIndex;
  const reading = new ReadChanges(service.database, part(ChangeFeed), silent, index);
  await expect(reading.catchUp()).resolves.toBeUndefined();
});

it('goes on with what it knows where the log can not be read', async () => {
  const lost = { followOnce: () => Promise.reject(new Error('lost')) } as unknown as LogFollower;
  const index = { isAhead: true } as unknown as BlockIndex;
  await expect(
    new ReadChanges(service.database, part(ChangeFeed), lost, index).catchUp(),
  ).resolves.toBeUndefined();
});
