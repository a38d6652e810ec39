import { A_DAY } from '../../src/demo/a-day-of-reports.js';
import { createDemonstration } from '../../src/demo/create-demonstration.js';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { Neck } from '../../src/moderation/neck.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { SECRET, Service } from '../setup/service.js';

const REPORTED = A_DAY.reduce((count, { reports }) => count + reports.length, 0);

let service: Service;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
});
afterAll(() => service.close());

/** What anybody else finds in the database. */
async function found(): Promise<unknown> {
  const [counts] = await service.database.query<{ sites: number; votes: number; decisions: number }>({
    name: 'count-demonstration',
    text: `select (select count(*)::int from site) as sites, (select count(*)::int from vote) as votes,
                  (select count(*)::int from decision) as decisions`,
  });
  return counts;
}

const WHOLE = { sites: 1, votes: REPORTED, decisions: 3 };

it('is there whole, or not at all: whoever looks while it is made finds no part of its day', async () => {
  let isMade = false;
  const made = createDemonstration(
    service.app.get(Neck),
    'http://127.0.0.1:4598',
    demonstrationKey(SECRET),
  ).finally(() => (isMade = true));
  const seen = new Set<string>();
  while (!isMade) seen.add(JSON.stringify(await found()));
  await made;
  const none = JSON.stringify({ sites: 0, votes: 0, decisions: 0 });
  expect(seen).toContain(none);
  seen.delete(none);
  seen.delete(JSON.stringify(WHOLE));
  expect([...seen]).toEqual([]);
});

it('has its day afterwards, and its blocks are known at once', async () => {
  expect(await found()).toEqual(WHOLE);
  expect(service.app.get(BlockIndex).size).toBeGreaterThan(0);
});

it('is made once', async () => {
  const again = createDemonstration(service.app.get(Neck), 'http://127.0.0.1:4598', demonstrationKey(SECRET));
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await found()).toEqual(WHOLE);
});
