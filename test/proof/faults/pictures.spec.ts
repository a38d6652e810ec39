/** The check of pictures finds nothing in what the service did, and what is wrong once somebody has tampered with it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import type { Scene } from '../../../proof/faults/checks/check.js';
import { picturesAreRight } from '../../../proof/faults/checks/pictures.js';
import { drawPicture } from '../../../proof/faults/picture-host.js';
import { Acknowledged, imageOf } from '../../../proof/faults/record.js';
import type { Site } from '../../../proof/faults/sites.js';
import type { ReviewedImage } from '../../../src/contract/images.js';
import { ImageRoom } from '../../images/image-room.js';
import type { TestSite } from '../../setup/service.js';

const DRAWING = 'example/0';

let room: ImageRoom;
let site: TestSite;
let known: Acknowledged;
let client: pg.Client;
let sha256: Buffer;

beforeAll(async () => {
  room = await ImageRoom.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  site = await room.site(`example-${room.job()}`);
  known = new Acknowledged();
  client = new pg.Client({ connectionString: room.service.databaseUrl });
  await client.connect();
  const bytes = await drawPicture(DRAWING);
  sha256 = createHash('sha256').update(bytes).digest();
  for (const name of ['one', 'two']) {
    room.host.on(`/${name}.png`, (response) => void response.end(bytes));
    await room.report(site, name);
    await room.look(site, name);
    remember(name);
  }
});
afterEach(() => client.end());

const recorded = (): Site => site as unknown as Site;

function remember(name: string, drawing = DRAWING): void {
  const url = room.url(site, name);
  known.pictures.set(imageOf(recorded(), url), { site: recorded(), url, drawing, id: null });
}

/** What the check looks at; the rest of a scene takes a whole installation. */
const find = (): Promise<string[]> =>
  picturesAreRight.find({
    client,
    known,
    installation: { snapshots: path.join(room.folder, 'snapshots') },
  } as unknown as Scene);

/** A third address which shows the same bytes, and was never joined to the others. */
async function partedAddress(): Promise<void> {
  await room.report(site, 'three');
  remember('three');
  const hash = room.hash(site, 'three');
  const [{ id } = { id: '' }] = await room.sql<{ id: string }>(
    'select id from image where key_hash = $1',
    hash,
  );
  await room.sql('update image set content = 1 where id = $1', id);
  const of = [site.id, id];
  await room.sql('insert into content_version (site_id, image_id, version) values ($1, $2, 1)', ...of);
  await room.sql(
    'insert into content_bytes (site_id, image_id, sha256, version) values ($1, $2, $3, 1)',
    ...of,
    sha256,
  );
  await room.sql(
    'insert into found_bytes (site_id, hash, sha256) values ($1, $2, $3)',
    site.id,
    hash,
    sha256,
  );
}

async function otherCopy(): Promise<void> {
  const copy = await sharp(await drawPicture('another'))
    .webp()
    .toBuffer();
  await room.store.put({ siteId: site.id, sha256 }, 'preview', copy);
  await room.sql('update snapshot set preview_bytes = $2 where site_id = $1', site.id, copy.length);
}

it.each<[string, () => unknown, RegExp]>([
  [
    'a look that is lost',
    () => room.sql('delete from found_bytes where hash = $1', room.hash(site, 'two')),
    /^I1: .*two.png does not show its bytes/,
  ],
  ['an address that was not joined', partedAddress, /^I1: example\/0 is 2 images/],
  [
    'an image that does not follow',
    () =>
      known.published.set(imageOf(recorded(), room.url(site, 'one')), {
        site: recorded(),
        block: 'privacy',
        protected: false,
      }),
    /^I1: .* is visible, and the site blocks the same bytes/,
  ],
  [
    'no copy',
    () => room.sql('delete from snapshot where site_id = $1', site.id),
    /^I1: the copy of \w+ was never made/,
  ],
  [
    'half a copy',
    () => room.store.put({ siteId: site.id, sha256 }, 'preview', Buffer.from('half')),
    /^I1: the copy of \w+ has 4 bytes/,
  ],
  ['the copy of something else', otherCopy, /^I1: the copy of \w+ shows something else/],
])('finds nothing, and then %s', async (_, tamper, sentence) => {
  expect(await find()).toEqual([]);
  await tamper();
  const found = await find();
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toMatch(sentence);
});

it('finds nothing where one was kept, became part of an older one, and a third of the same bytes was blocked', async () => {
  const drawing = 'example/1';
  const bytes = await drawPicture(drawing);
  const token = await room.service.staffToken(`${site.slug}@example.ma`, 'moderator', site);
  const decide = async (name: string, said: object): Promise<void> => {
    const [waiting] = await room.sql<{ version: number }>(
      'select c.version from moderation_case c join image i on i.id = c.image_id where i.key_hash = $1',
      room.hash(site, name),
    );
    const { cases } = (await room.shown(site, name, token)) as ReviewedImage & { cases: { id: string }[] };
    const path = `/v1/cases/${cases[0]?.id}/decision`;
    const { status } = await room.service.ask('POST', path, token, { version: waiting?.version, ...said });
    expect(status).toBe(201);
  };
  for (const name of ['older', 'kept', 'blocked']) {
    room.host.on(`/${name}.png`, (response) => void response.end(bytes));
    await room.report(site, name);
    remember(name, drawing);
  }
  await decide('kept', { action: 'keep' });
  await decide('blocked', { action: 'block', policy: 'violence' });
  for (const name of ['older', 'kept', 'blocked']) await room.look(site, name);
  expect(await room.count('image', `site_id = ${site.id} and merged_into is null`)).toBe(3);
  expect(await find()).toEqual([]);
});
