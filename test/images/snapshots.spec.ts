import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { ReviewedImage } from '../../src/contract/images.js';
import { isConnectionLost } from '../../src/database/postgres-errors.js';
import {
  checkSnapshots,
  removeExpiredSnapshot,
  type SnapshotRef,
} from '../../src/database/statements/content/snapshots.js';
import { DiskSnapshots } from '../../src/images/disk-snapshots.js';
import { KeepSweeping } from '../../src/images/images-work.module.js';
import { changeLegal } from '../../src/sites/change-legal.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { scopesOf } from '../../src/access/scopes.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { until } from '../setup/until.js';
import type { TestSite } from '../setup/service.js';
import { ImageRoom } from './image-room.js';

/** Who sees our copies, until when, and what becomes of them. */

let room: ImageRoom;
let site: TestSite;
let moderator: string;
let counsel: { readonly id: string; readonly token: string };
let names = 0;

beforeAll(async () => {
  room = await ImageRoom.open();
  site = await room.site('example');
  moderator = await room.service.staffToken('amina@example.ma', 'moderator', site);
  await room.service.staffToken('counsel@example.ma', 'moderator', site);
  counsel = await legalToken('counsel@example.ma');
});
afterAll(() => room.close());

/** The operator lets them open what is sealed. */
async function legalToken(email: string): Promise<{ id: string; token: string }> {
  const [staff] = await room.sql<{ id: string }>('select id from staff where email = $1', email);
  const id = staff?.id ?? '';
  const { token } = await room.service.database.inTransaction(async (tx) => {
    await changeLegal(tx, email, true);
    const scopes = scopesOf('moderator', true);
    return issueToken(tx, { staffId: id, name: '', scopes, days: 1 }, { scopes, staffId: null });
  });
  return { id, token };
}

/** A reported image of its own, of which there is a copy. */
async function copied(shade: number): Promise<string> {
  const name = `photo-${(names += 1)}`;
  await room.serve(name, shade);
  await room.report(site, name);
  await room.look(site, name);
  return name;
}

const shown = (name: string, token = moderator): Promise<ReviewedImage> => room.shown(site, name, token);
const events = (type: string): Promise<number> => room.count('event', `type = '${type}'`);

describe('an address of a snapshot', () => {
  it('shows it to an <img>, to nobody else’s page, and only for minutes', async () => {
    const { snapshot } = await shown(await copied(10));
    const { status, headers } = await room.ask(snapshot?.preview);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/) as string,
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['cache-control']).toMatch(/^private, max-age=(2[4-9]\d|300), immutable$/);
  });

  it('is the same in lists and in cases, one query for all', async () => {
    const name = await copied(11);
    const { snapshot } = await shown(name);
    const { body: list } = await room.service.ask<{ items: { url: string; snapshot: unknown }[] }>(
      'GET',
      '/v1/images',
      moderator,
    );
    const { body: queue } = await room.service.ask<{ items: { image: ReviewedImage }[] }>(
      'GET',
      '/v1/cases',
      moderator,
    );
    const [inList, inQueue] = [
      list.items.find(({ url }) => url === room.url(site, name))?.snapshot,
      queue.items.find(({ image }) => image.url === room.url(site, name))?.image.snapshot,
    ];
    // The minute may have turned between them.
    expect([inList, inQueue]).toEqual(
      Array(2).fill({
        ...snapshot,
        thumbnail: expect.stringContaining('/v1/snapshots/snp_') as string,
        preview: expect.stringContaining('/v1/snapshots/snp_') as string,
      }),
    );
  });

  it('that is made up, or not there, is answered with a problem', async () => {
    const name = await copied(12);
    const { snapshot } = await shown(name);
    const wrong = `${snapshot?.preview ?? ''}A`;
    expect(await room.ask(wrong)).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    await room.sql('delete from snapshot');
    expect(await room.ask(snapshot?.preview)).toMatchObject({ status: 404 });
  });

  it('of somebody who has left the site opens nothing', async () => {
    const [email, name] = ['gone@example.ma', await copied(14)];
    const { snapshot } = await shown(name, await room.service.staffToken(email, 'moderator', site));
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
    await room.sql('delete from membership where staff_id = (select id from staff where email = $1)', email);
    expect((await room.ask(snapshot?.preview)).status).toBe(404);
  });

  it('that is over says so', async () => {
    const { snapshot } = await shown(await copied(13));
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'performance'],
    });
    try {
      jest.setSystemTime(Date.now() + 301_000);
      expect(await room.ask(snapshot?.preview)).toMatchObject({
        status: 410,
        body: { type: '/problems/gone' },
      });
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('what is reported as child abuse', () => {
  it('is sealed at once, also for who has an address already', async () => {
    const name = await copied(20);
    const { snapshot } = await shown(name);
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
    await room.report(site, name, 'child_abuse');
    for (const address of [snapshot?.preview, snapshot?.thumbnail])
      expect(await room.ask(address)).toMatchObject({
        status: 403,
        headers: { 'cache-control': 'no-store' },
      });
    expect((await shown(name)).snapshot).toEqual({
      sealed: true,
      ...{ thumbnail: null, preview: null, width: null, height: null, takenAt: null },
    });
    const { body } = await room.service.ask<{ items: { image: ReviewedImage }[] }>(
      'GET',
      '/v1/cases',
      moderator,
    );
    expect(
      body.items.find(({ image }) => image.url === room.url(site, name))?.image.snapshot?.preview,
    ).toBeNull();
  });

  it('is opened by who has the permission and a token that says so, and the log says who', async () => {
    const name = await copied(21);
    await room.report(site, name, 'child_abuse');
    const { id, snapshot } = await shown(name, counsel.token);
    expect(snapshot).toMatchObject({ sealed: true, width: 64 });
    const before = await events('snapshot.opened');
    const answer = await room.ask(snapshot?.preview);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(await events('snapshot.opened')).toBe(before + 1);
    const { body } = await room.service.ask<{ items: object[] }>(
      'GET',
      `/v1/events?image=${id}`,
      counsel.token,
    );
    expect(body.items[0]).toMatchObject({
      type: 'snapshot.opened',
      actor: { kind: 'staff', email: 'counsel@example.ma' },
      image: id,
      data: { file: 'preview', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });

  it('is opened by nobody whose token does not say so, or from whom the permission was taken', async () => {
    const name = await copied(22);
    const [person, token] = [
      'other@example.ma',
      await room.service.staffToken('other@example.ma', 'lead', site),
    ];
    const { token: legal } = await legalToken(person);
    await room.report(site, name, 'child_abuse');
    expect((await shown(name, token)).snapshot?.preview).toBeNull();
    const { snapshot } = await shown(name, legal);
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
    await room.service.database.inTransaction((tx) => changeLegal(tx, person, false));
    expect((await room.ask(snapshot?.preview)).status).toBe(403);
    await until(async () => (await shown(name, legal)).snapshot?.preview === null);
  });

  it('stays sealed when the vote is withdrawn, and while its bytes are shown no more', async () => {
    const name = await copied(23);
    const { snapshot } = await shown(name);
    const { body } = await room.report(site, name, 'child_abuse');
    await room.service.ask('DELETE', `/v1/reports/${String(body['receipt'])}`, site.secretKey);
    expect((await room.ask(snapshot?.preview)).status).toBe(403);
    // Other bytes came, and with them a new round: those of before are what they were.
    await room.sql(
      `with i as (update image set content = 2, round = 2 where url = $1 returning site_id, id)
       update moderation_case c set status = 'closed', outcome = 'superseded', closed_at = clock_timestamp()
       from i where c.site_id = i.site_id and c.image_id = i.id`,
      room.url(site, name),
    );
    expect((await room.ask(snapshot?.preview)).status).toBe(403);
  });

  it('is open again once a moderator kept it', async () => {
    const name = await copied(24);
    const { snapshot } = await shown(name);
    await room.report(site, name, 'child_abuse');
    const { cases } = (await shown(name)) as ReviewedImage & { cases: { id: string }[] };
    const [first] = cases;
    const { body } = await room.service.ask<{ version: number }>('GET', `/v1/cases/${first?.id}`, moderator);
    const decision = { action: 'keep', version: body.version };
    const decided = await room.service.ask('POST', `/v1/cases/${first?.id}/decision`, moderator, decision);
    expect(decided.status).toBe(201);
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
  });

  it('is sealed under every image of the site with these bytes, and under none of another site', async () => {
    const [one, same] = [await copied(25), await copied(25)];
    const elsewhere = await room.site('elsewhere');
    const bytes = await room.picture(25);
    room.host.on('/theirs.png', (response) => void response.end(bytes));
    await room.report(elsewhere, 'theirs');
    await room.look(elsewhere, 'theirs');
    const lead = await room.service.staffToken('lead@elsewhere.ma', 'lead', elsewhere);
    const [ours, theirs] = [
      (await shown(same)).snapshot,
      (await room.shown(elsewhere, 'theirs', lead)).snapshot,
    ];
    await room.report(site, one, 'child_abuse');
    expect([(await room.ask(ours?.preview)).status, (await room.ask(theirs?.preview)).status]).toEqual([
      403, 200,
    ]);
  });
});

describe('deleting by hand', () => {
  const remove = (address: string | null | undefined, token: string) =>
    room.service.ask('DELETE', new URL(address ?? 'http://none/').pathname, token);

  it('is for who has the permission: all files go, for good, and the log says who', async () => {
    const name = await copied(30);
    await room.report(site, name, 'child_abuse');
    const { snapshot } = await shown(name, counsel.token);
    expect((await remove(snapshot?.preview, moderator)).status).toBe(403);
    expect((await remove(snapshot?.preview, counsel.token)).status).toBe(204);
    expect(await remove(snapshot?.preview, counsel.token)).toMatchObject({ status: 404 });
    for (const address of [snapshot?.preview, snapshot?.thumbnail])
      expect(await room.ask(address)).toMatchObject({ status: 410 });
    expect(await shown(name, counsel.token)).toMatchObject({ snapshot: null, notShown: 'deleted' });
    expect(await room.count('event', `type = 'snapshot.deleted' and actor_id = ${counsel.id}`)).toBe(1);
  });

  it('is not undone by another look', async () => {
    const name = await copied(31);
    const { snapshot } = await shown(name, counsel.token);
    expect((await remove(snapshot?.thumbnail, counsel.token)).status).toBe(204);
    await room.due(site, name);
    await room.look(site, name);
    expect(await shown(name)).toMatchObject({ snapshot: null, notShown: 'deleted' });
  });

  it('reaches no other site', async () => {
    const { snapshot } = await shown(await copied(32));
    const foreign = await room.site('foreign');
    await room.service.staffToken('counsel@foreign.ma', 'lead', foreign);
    const { token } = await legalToken('counsel@foreign.ma');
    expect((await remove(snapshot?.preview, token)).status).toBe(404);
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
  });
});

test('an image of which its site told the bytes waits to be looked at, as others do', async () => {
  const name = `photo-${(names += 1)}`;
  const url = room.url(site, name);
  const bytes = await room.serve(name, 15);
  const ask = (method: 'PUT' | 'DELETE', path: string, body?: object) =>
    room.service.ask(method, path, site.secretKey, body);
  await ask('PUT', '/v1/images/block', { image: { url }, reason: 'privacy' });
  await ask('DELETE', `/v1/images/block?${new URLSearchParams({ url }).toString()}`);
  const told = await ask('PUT', '/v1/images/content', {
    image: { url },
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(told).toMatchObject({ status: 200, body: { contentVersion: 1, blocked: false } });
  expect(await shown(name)).toMatchObject({ notShown: 'pending' });
  await room.look(site, name);
  expect(await shown(name)).toMatchObject({ notShown: 'expired' });
});

describe('the sweeper', () => {
  /** Time passes for all copies. */
  const days = (count: number): Promise<unknown> =>
    room.sql(
      `update snapshot set needed_at = needed_at - $1 * interval '1 day',
                           sealed_at = sealed_at - $1 * interval '1 day',
                           checked_at = checked_at - $1 * interval '1 day'`,
      count,
    );
  const close = (name: string): Promise<unknown> =>
    room.sql(
      `with closed as (
         update moderation_case c set status = 'closed', outcome = 'keep', closed_at = clock_timestamp()
         from image i where i.id = c.image_id and i.url = $1
         returning i.id)
       update image i set review_state = 'closed' from closed c where i.id = c.id`,
      room.url(site, name),
    );
  const hasCopy = async (name: string): Promise<boolean> => (await shown(name)).snapshot !== null;

  beforeEach(async () => {
    await room.sql('delete from snapshot');
  });

  it('deletes what nobody needs any more, after its days, and nothing else', async () => {
    const [kept, awaited] = [await copied(40), await copied(41)];
    const { snapshot } = await shown(kept);
    await close(kept);
    await days(1);
    await room.sweeper().sweep();
    await days(28);
    await room.sweeper().sweep();
    expect([await hasCopy(kept), await hasCopy(awaited)]).toEqual([true, true]);
    await days(2);
    await room.sweeper().sweep();
    expect([await hasCopy(kept), await hasCopy(awaited)]).toEqual([false, true]);
    expect(await shown(kept)).toMatchObject({
      notShown: 'expired',
      notShownBecause: 'No copy of it is kept: it is not blocked, and awaits no decision.',
    });
    expect(await room.ask(snapshot?.preview)).toMatchObject({ status: 404 });
    await days(300);
    await room.sweeper().sweep();
    expect(await hasCopy(awaited)).toBe(true);
  });

  it('keeps what is sealed until somebody deletes it, or for the days that the operator chose', async () => {
    const name = await copied(42);
    await room.report(site, name, 'child_abuse');
    await days(1);
    await room.sweeper().sweep();
    await close(name);
    await days(3_000);
    await room.sweeper({ keepSnapshotsDays: 0 }).sweep();
    expect(await room.count('snapshot')).toBe(1);
    await days(1);
    await room.sweeper({ keepSealedDays: 4_000 }).sweep();
    expect(await room.count('snapshot')).toBe(1);
    await days(1);
    await room.sweeper({ keepSealedDays: 365 }).sweep();
    expect(await room.count('snapshot')).toBe(0);
  });

  it('removes a row without files, and files without a row once they are older than an hour', async () => {
    const name = await copied(43);
    const [row] = await room.sql<{ site_id: string; sha256: Buffer }>('select site_id, sha256 from snapshot');
    const ref = { siteId: row?.site_id ?? '', sha256: row?.sha256 ?? Buffer.alloc(32) };
    const stray = { siteId: ref.siteId, sha256: Buffer.alloc(32, 7) };
    await room.store.put(stray, 'preview', Buffer.from('stray'));
    await room.sweeper().sweep();
    expect(await room.store.get(stray, 'preview')).not.toBeNull();
    await room.sweeper().sweep(undefined, Date.now() + 7_200_000);
    expect(await room.store.get(stray, 'preview')).toBeNull();
    expect(await hasCopy(name)).toBe(true);
    await room.store.delete(ref);
    await days(1);
    await room.sweeper().sweep();
    expect(await hasCopy(name)).toBe(false);
  });

  it('leaves a file that is stored anew while files are looked through: its row is on its way', async () => {
    const stray = { siteId: site.id, sha256: Buffer.alloc(32, 8) };
    await copied(51);
    await room.store.put(stray, 'preview', Buffer.from('stray'));
    const hex = stray.sha256.toString('hex');
    const before = new Date(Date.now() - 7_200_000);
    utimesSync(path.join(room.store.root, site.id, '08', `${hex}-preview.webp`), before, before);
    class StoredMeanwhile extends DiskSnapshots {
      override async *storedBefore(time: Date): AsyncGenerator<SnapshotRef> {
        yield* super.storedBefore(time);
        await this.put(stray, 'preview', Buffer.from('reported again'));
      }
    }
    await room.sweeper({}, new StoredMeanwhile(room.store.root)).sweep();
    expect(await room.store.get(stray, 'preview')).toEqual(Buffer.from('reported again'));
  });

  it('leaves what is stored anew once the row of an expired copy is gone', async () => {
    const name = await copied(52);
    const [ref] = await room.sql<{ siteId: string; sha256: Buffer }>(
      'select site_id as "siteId", sha256 from snapshot',
    );
    if (ref === undefined) throw new Error('there is no copy');
    class StoredMeanwhile extends DiskSnapshots {
      override async delete(gone: SnapshotRef, storedBefore?: Date): Promise<void> {
        await this.put(gone, 'preview', Buffer.from('reported again'));
        await super.delete(gone, storedBefore);
      }
    }
    await close(name);
    await days(31);
    await room.sweeper({}, new StoredMeanwhile(room.store.root)).sweep();
    expect(await room.count('snapshot')).toBe(0);
    expect(await room.store.get(ref, 'preview')).toEqual(Buffer.from('reported again'));
  });

  it('deletes nothing where the folder is not the one that holds the copies', async () => {
    const name = await copied(44);
    const { snapshot } = await shown(name);
    const away = `${room.store.root}-away`;
    await rename(room.store.root, away);
    await days(1);
    await room.sweeper().sweep(undefined, Date.now() + 7_200_000);
    // Somebody else's: another process, with another DATA_DIR.
    const elsewhere = new DiskSnapshots(path.join(room.folder, 'elsewhere'));
    await elsewhere.mark('0'.repeat(32));
    await days(1);
    await room.sweeper({}, elsewhere).sweep(undefined, Date.now() + 7_200_000);
    expect(await hasCopy(name)).toBe(true);
    await rename(away, room.store.root);
    await room.sweeper().sweep(undefined, Date.now() + 7_200_000);
    expect((await room.ask(snapshot?.preview)).status).toBe(200);
  });

  it('keeps no copy in a folder that is not the one, and says so', async () => {
    await copied(45);
    const away = `${room.store.root}-away`;
    await rename(room.store.root, away);
    const name = await copied(46);
    expect(await shown(name)).toMatchObject({
      snapshot: null,
      notShownBecause: 'Its copy could not be kept here.',
    });
    await rename(away, room.store.root);
  });

  it('keeps a copy as soon as Postgres is back, where it went as the files had been written', async () => {
    const other = new pg.Client({ connectionString: room.service.databaseUrl });
    await other.connect();
    class LastToKnow extends DiskSnapshots {
      override async put(...file: Parameters<DiskSnapshots['put']>): Promise<void> {
        await super.put(...file);
        if (file[1] === 'preview') await other.query('begin; lock table snapshot in exclusive mode');
      }
    }
    const name = `photo-${(names += 1)}`;
    await room.serve(name, 51);
    await room.report(site, name);
    const job = room.job();
    const handler = room.beside({}, { store: new LastToKnow(room.store.root) });
    const look = room.look(site, name, { job, handler }).catch((error: unknown) => error);
    await until(async () => (await room.sql(LOCK_WAITS)).length === 1);
    await room.sql(`select pg_terminate_backend(pid) from (${LOCK_WAITS}) waits`);
    const error = await look;
    expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
    await other.end();
    // Nothing is noted against the address: the job itself comes again, and need not wait for it to be due.
    expect(await room.watched(site, name)).toMatchObject({ failures: 0, problem: null, next_at: null });
    await room.look(site, name, { job });
    expect(await hasCopy(name)).toBe(true);
  });

  it('keeps the word that there is a sealed copy when its files are lost', async () => {
    const name = await copied(47);
    await room.report(site, name, 'child_abuse');
    const [row] = await room.sql<{ site_id: string; sha256: Buffer }>('select site_id, sha256 from snapshot');
    await room.store.delete({ siteId: row?.site_id ?? '', sha256: row?.sha256 ?? Buffer.alloc(32) });
    await days(1);
    await room.sweeper().sweep();
    expect(await room.count('snapshot')).toBe(1);
  });

  it('is not undone by the next look', async () => {
    const name = await copied(48);
    await close(name);
    await days(31);
    await room.sweeper().sweep();
    expect(await hasCopy(name)).toBe(false);
    await room.due(site, name);
    const before = room.examined;
    await room.look(site, name);
    expect(room.examined).toBe(before);
    // Not even where all of it is taken again.
    await room.sql(`update watched_address set sha256 = null, etag = null`);
    await room.due(site, name);
    await room.look(site, name);
    expect(await hasCopy(name)).toBe(false);
  });

  it('deletes no copy that was reported again since it was looked at', async () => {
    const name = await copied(49);
    await close(name);
    await days(31);
    const [ref] = await room.sql<{ siteId: string; sha256: Buffer }>(
      'select site_id as "siteId", sha256 from snapshot',
    );
    const keep = { snapshots: 30, sealed: null };
    const { database } = room.service;
    if (ref === undefined) throw new Error('there is no copy');
    const [checked] = await checkSnapshots(database, keep, 60, 10);
    expect(checked).toMatchObject({ expired: true });
    // A moderator undoes what they decided.
    await room.sql(
      `update moderation_case c set status = 'open', outcome = null, closed_at = null
       from image i where i.id = c.image_id and i.url = $1`,
      room.url(site, name),
    );
    expect(await removeExpiredSnapshot(database, ref, keep)).toBe(false);
    await close(name);
    expect(await removeExpiredSnapshot(database, ref, { ...keep, snapshots: 32 })).toBe(false);
    expect(await removeExpiredSnapshot(database, ref, keep)).toBe(true);
  });

  it('begins soon after the process does', async () => {
    const name = await copied(50);
    await close(name);
    await days(31);
    const sweeping = new KeepSweeping(room.sweeper());
    const asked = jest.spyOn(globalThis, 'setTimeout');
    sweeping.onApplicationBootstrap();
    const [begin, milliseconds] = asked.mock.calls[0] ?? [];
    asked.mockRestore();
    expect(milliseconds).toBeGreaterThanOrEqual(15_000);
    expect(milliseconds).toBeLessThanOrEqual(30_000);
    begin?.();
    await until(async () => !(await hasCopy(name)));
    await sweeping.beforeApplicationShutdown();
  });
});
