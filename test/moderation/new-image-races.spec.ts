import pg from 'pg';
import { imageHash } from '../../src/database/image-hash.js';
import { Desk, done } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
let holder: pg.Client;

beforeAll(async () => {
  desk = await Desk.open();
  holder = new pg.Client(desk.url);
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await desk.close();
});

const hashOf = (url: string): Buffer => imageHash(desk.siteId, { kind: 'url', key: url });

/** Another transaction holds the key of a new image; a report on it waits for that one, and then goes on. */
async function reportBehind(url: string, before: (imageId: string) => Promise<unknown>): Promise<string> {
  await holder.query('begin');
  const { rows } = await holder.query<{ id: string }>(
    `insert into image (site_id, key_kind, key, key_hash, url) values ($1, 'url', $2, $3, $2) returning id`,
    [desk.siteId, url, hashOf(url)],
  );
  const held = rows[0]?.id ?? '';
  const reporting = desk.neck.moderateOne(desk.report(url));
  await until(async () => (await desk.waiting()) === 1);
  await before(held);
  await holder.query('commit');
  expect(done(await reporting).recorded).toBe(true);
  return held;
}

describe('a report on an image that another transaction makes at this moment', () => {
  it('is run again and finds that image', async () => {
    const url = 'https://cdn.example.ma/new/1.jpg';
    const made = await reportBehind(url, () => Promise.resolve());
    expect(await desk.count('image', `key_hash = '\\x${hashOf(url).toString('hex')}'`)).toBe(1);
    expect(await desk.count('vote', `image_id = ${made}`)).toBe(1);
  });

  it('goes to the image that the site bound the address to meanwhile', async () => {
    const url = 'https://cdn.example.ma/new/2.jpg';
    const { imageId } = await desk.reports('bound-meanwhile', 1);
    await reportBehind(url, async (reserved) => {
      await holder.query('insert into address (site_id, hash, url, image_id) values ($1, $2, $3, $4)', [
        desk.siteId,
        hashOf(url),
        url,
        imageId,
      ]);
      await holder.query('delete from image where id = $1', [reserved]);
    });
    expect(await desk.count('image', `key_hash = '\\x${hashOf(url).toString('hex')}'`)).toBe(0);
    expect(await desk.count('vote', `image_id = ${imageId}`)).toBe(2);
  });
});
