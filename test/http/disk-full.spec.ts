import { DataSource } from 'typeorm';
import { Service, type TestSite } from '../setup/service.js';

/** Postgres' disk is full: it says so in the middle of a transaction, and goes on. */

let service: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(() => service.close());

const query = (text: string): Promise<unknown[]> => service.app.get(DataSource).query(text);

/** As a table does whose file can't grow. */
async function fillDisk(): Promise<void> {
  await query(`
    create function no_room() returns trigger language plpgsql as $$
    begin
      raise exception sqlstate '53100' using message = 'could not extend file "base/5/16384": No space left on device';
    end $$`);
  await query('create trigger no_room before insert on vote for each statement execute function no_room()');
}

const makeRoom = () => query('drop function no_room() cascade');

it('refuses what it cannot write until there is room, and has lost nothing of it', async () => {
  const url = 'https://cdn.example.ma/1.jpg';
  const reports = () =>
    Promise.all(['amina', 'brahim', 'chaima'].map((account) => service.report(site, { url }, account)));
  await fillDisk();
  for (const answer of await reports()) {
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { type: '/problems/unavailable' },
    });
  }
  expect(await query('select from image')).toHaveLength(0);
  await makeRoom();
  for (const answer of await reports()) expect(answer.status).toBe(201);
});
