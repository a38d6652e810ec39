/**
 * How long a block takes to reach many, and whether anybody has to wait meanwhile. For figures (docs/matches.md):
 * `FOLLOWERS=10000 npx jest test/images/spread-many.spec.ts`
 */
import { performance } from 'node:perf_hooks';
import { imageHash } from '../../src/database/image-hash.js';
import { SpreadBlock } from '../../src/images/spread-block.js';
import { MatchDesk, run, sha256 } from './match-desk.js';

const FOLLOWERS = Number(process.env['FOLLOWERS'] ?? 600);

let room: MatchDesk;
beforeAll(async () => {
  room = await MatchDesk.open();
});
afterAll(() => room.close());

/** Images with the same bytes, written past the neck. */
async function manyCopies(): Promise<void> {
  const { siteId } = room.desk;
  const keys = Array.from({ length: FOLLOWERS }, (_, n) => `copy-${n}`);
  const hashes = keys.map((key) => imageHash(siteId, { kind: 'id', key }).toString('hex'));
  await room.sql(
    `insert into image (site_id, key_kind, key, key_hash, content)
     select $1, 'id', k.key, decode(k.hash, 'hex'), 1 from unnest($2::text[], $3::text[]) as k (key, hash)`,
    [siteId, keys, hashes],
  );
  await room.sql(
    `insert into content_version (site_id, image_id, version)
     select site_id, id, 1 from image where site_id = $1 and key like 'copy-%'`,
    [siteId],
  );
  await room.sql(
    `insert into content_bytes (site_id, image_id, sha256, version)
     select site_id, id, $2, 1 from image where site_id = $1 and key like 'copy-%'`,
    [siteId, sha256('photo')],
  );
  await room.sql('analyze');
}

/** Runs the job, while readers report images that follow; how long each waited, in ms. */
async function whileReported(): Promise<{ seconds: number; slowest: number; waits: number }> {
  const job = { site: room.desk.siteId, image: await room.id('source') };
  const begun = performance.now();
  let ended = false;
  const running = new SpreadBlock(room.desk.database, room.desk.neck)
    .run(job, run())
    .finally(() => (ended = true));
  const waited: number[] = [];
  for (let n = 0; !ended; n += 7) {
    const asked = performance.now();
    await room.desk.reports(`copy-${n % FOLLOWERS}`, 1);
    waited.push(performance.now() - asked);
  }
  expect(await running).toEqual({ done: true });
  return {
    seconds: (performance.now() - begun) / 1_000,
    slowest: Math.max(...waited),
    waits: waited.length,
  };
}

it('reaches all of many, and releases all of them, while readers go on reporting them', async () => {
  await manyCopies();
  await room.image('source', { bytes: 'photo' });
  await room.block('source');
  const there = await whileReported();
  expect(await room.desk.count('block', `source = 'match'`)).toBe(FOLLOWERS);
  expect(await room.desk.count('image', 'blocked')).toBe(FOLLOWERS + 1);
  await room.unblock('source');
  const back = await whileReported();
  expect(await room.desk.count('block', `source = 'match'`)).toBe(0);
  for (const { waits } of [there, back]) expect(waits).toBeGreaterThan(2);
  if (process.env['FOLLOWERS'] !== undefined) process.stdout.write(`${JSON.stringify({ there, back })}\n`);
}, 300_000);
