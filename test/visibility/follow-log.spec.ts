import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { DataSource } from 'typeorm';
import pg from 'pg';
import type { Visibility } from '../../src/core/image-state.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { imageHash } from '../../src/database/image-hash.js';
import { Doorbell } from '../../src/database/listen.js';
import { LOG_CHANNEL, LOG_LOCK } from '../../src/database/statements/log/append-events.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { LogFollower } from '../../src/visibility/follow-log.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

const SINCE = Date.UTC(2026, 0, 2, 3, 4, 5);
const blocked = (version: number, reviewed = false): Visibility => ({
  blocked: true,
  version,
  reason: 'hate',
  since: SINCE,
  reviewed,
});
const visible = (version: number): Visibility => ({ blocked: false, version });

let database: TestDatabase;
let writer: pg.Client;
let dataSource: DataSource;
let db: Database;
let siteId: string;
const doorbells: Doorbell[] = [];
const followers: LogFollower[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
  dataSource = await new DataSource(dataSourceOptions(database.url, 4)).initialize();
  db = new Database(dataSource);
});

beforeEach(async () => {
  const { rows } = await writer.query<{ id: string }>(
    `insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
     values ($1, 'A site', '{}', '{}', 'fr', 'Africa/Casablanca', '{hate}') returning id`,
    [`s${randomBytes(6).toString('hex')}`],
  );
  siteId = rows[0]?.id ?? '';
});

afterEach(async () => {
  for (const follower of followers.splice(0)) await follower.stop();
  for (const doorbell of doorbells.splice(0)) await doorbell.close();
});

afterAll(async () => {
  await dataSource.destroy();
  await writer.end();
  await database.drop();
});

const hashOf = (key: string): Buffer => imageHash(siteId, { kind: 'id', key });

async function makeImage(key: string, visibility: Visibility = visible(0)): Promise<string> {
  const { rows } = await writer.query<{ id: string }>(
    `insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version, reviewed)
     values ($1, 'id', $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      siteId,
      key,
      hashOf(key),
      visibility.blocked,
      visibility.blocked ? visibility.reason : null,
      visibility.blocked ? new Date(visibility.since) : null,
      visibility.version,
      visibility.blocked && visibility.reviewed,
    ],
  );
  return rows[0]?.id ?? '';
}

async function bind(imageId: string, url: string): Promise<Buffer> {
  const hash = imageHash(siteId, { kind: 'url', key: url });
  await writer.query(
    `insert into address (site_id, hash, url, image_id) values ($1, $2, $3, $4)
     on conflict (hash) do update set image_id = excluded.image_id`,
    [siteId, hash, url, imageId],
  );
  return hash;
}

/** Appends one event as the neck does: under the log's lock, inside a transaction that is already open. */
async function append(client: pg.Client, imageId: string, visibility: Visibility | null): Promise<number> {
  await client.query('select pg_advisory_xact_lock($1), pg_notify($2, $3)', [LOG_LOCK, LOG_CHANNEL, '']);
  const { rows } = await client.query<{ seq: string }>(
    `insert into event (site_id, image_id, type, actor_kind, visibility) values ($1, $2, 'test', 'rule', $3)
     returning seq`,
    [siteId, imageId, visibility === null ? null : JSON.stringify(visibility)],
  );
  return Number(rows[0]?.seq);
}

async function commit(imageId: string, visibility: Visibility | null): Promise<number> {
  await writer.query('begin');
  const seq = await append(writer, imageId, visibility);
  await writer.query('commit');
  return seq;
}

function aProcess(pollMilliseconds = 20): { index: BlockIndex; follower: LogFollower } {
  const index = new BlockIndex();
  const follower = new LogFollower(db, index, { pollMilliseconds });
  followers.push(follower);
  return { index, follower };
}

function doorbell(url = database.url): Doorbell {
  const made = new Doorbell(url, { sessionPooling: true });
  doorbells.push(made);
  return made;
}

/** Waits, with Jest's own limit as the bound, until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('following the log', () => {
  it('loads every blocked key and address, over pages, with whole seconds', async () => {
    const id = await makeImage('one', blocked(3, true));
    const address = await bind(id, 'https://a.example/1.jpg');
    await makeImage('two');
    await writer.query(
      `insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version)
       select $1::bigint, 'id', 'many-' || n, decode(md5($1::bigint || 'many' || n), 'hex'), true, 'spam', now(), 1
       from generate_series(1, 11000) n`,
      [siteId],
    );
    const { index, follower } = aProcess();
    await follower.load();
    expect(index.ready).toBe(true);
    expect(index.get(hashOf('one'))).toEqual({ reason: 'hate', since: SINCE, version: 3, reviewed: true });
    expect(index.get(address)).toEqual(index.get(hashOf('one')));
    expect(index.get(hashOf('two'))).toBeNull();
    const { rows } = await writer.query<{ hash: Buffer }>(
      `select key_hash as hash from image where site_id = $1 and blocked`,
      [siteId],
    );
    expect(rows).toHaveLength(11_001);
    expect(rows.filter(({ hash }) => index.get(hash) === null)).toEqual([]);
    await writer.query(
      `update image set blocked = false, shown_reason = null, since = null where site_id = $1`,
      [siteId],
    );
  });

  it('applies an event to the key and all addresses, and passes over events that change nothing seen', async () => {
    const { index, follower } = aProcess();
    await follower.load();
    const id = await makeImage('one');
    const address = await bind(id, 'https://a.example/1.jpg');
    await commit(id, blocked(1));
    await follower.followOnce();
    expect(index.get(hashOf('one'))?.version).toBe(1);
    expect(index.get(address)?.version).toBe(1);
    const irrelevant = await commit(id, null);
    await follower.followOnce();
    expect(index.cursor).toBe(irrelevant);
    expect(index.get(address)?.version).toBe(1);
    await commit(id, visible(2));
    await follower.followOnce();
    expect(index.get(hashOf('one'))).toBeNull();
    expect(index.get(address)).toBeNull();
  });

  it('reads more events than fit on a page, and each only once', async () => {
    const { index, follower } = aProcess();
    await follower.load();
    const id = await makeImage('busy');
    await writer.query(
      `insert into event (site_id, image_id, type, actor_kind, visibility)
       select $1, $2, 'test', 'rule', case when n % 7 = 0 then null else jsonb_build_object('blocked', true, 'version', n,
              'reason', 'hate', 'since', 0, 'reviewed', false) end
       from generate_series(1, 3001) n`,
      [siteId, id],
    );
    await follower.followOnce();
    expect(index.get(hashOf('busy'))?.version).toBe(3001);
  });

  it('serves an address that moved, and the key of a merged image, with the state of their new owner', async () => {
    const { index, follower } = aProcess();
    await follower.load();
    const old = await makeImage('old');
    const survivor = await makeImage('survivor');
    const address = await bind(old, 'https://a.example/moves.jpg');
    await commit(old, blocked(1));
    await follower.followOnce();
    expect(index.get(address)?.version).toBe(1);

    await bind(survivor, 'https://a.example/moves.jpg');
    await commit(survivor, visible(5));
    await follower.followOnce();
    expect(index.get(address)).toBeNull();
    expect(index.get(hashOf('old'))?.version).toBe(1);

    await writer.query(
      `insert into address (site_id, hash, url, image_id) values ($1, $2, 'https://a.example/old', $3)`,
      [siteId, hashOf('old'), survivor],
    );
    await writer.query(
      `update image set merged_into = $3, merged_round = 1, blocked = false, shown_reason = null, since = null
       where site_id = $1 and id = $2`,
      [siteId, old, survivor],
    );
    await commit(survivor, blocked(6));
    await follower.followOnce();
    expect(index.get(hashOf('old'))?.version).toBe(6);
    expect(index.get(address)?.version).toBe(6);
  });

  it('behaviour 42: two overlapping batches commit in either order: both processes and the table agree', async () => {
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      const id = await makeImage('contested');
      const hashes = [hashOf('contested')];
      const [one, two] = [aProcess(), aProcess()];
      await one.follower.load();
      await two.follower.load();
      // The second batch begins first, and waits at the log's lock for the first to commit.
      await other.query('begin');
      await writer.query('begin');
      const first = await append(writer, id, blocked(1));
      const waiting = append(other, id, visible(2));
      await writer.query('commit');
      const second = await waiting;
      await other.query('commit');
      expect(second).toBeGreaterThan(first);
      const changes = [
        { seq: first, siteId, hashes, visibility: blocked(1) },
        { seq: second, siteId, hashes, visibility: visible(2) },
      ];
      one.index.apply(changes.slice(1));
      one.index.apply(changes.slice(0, 1));
      expect(one.index.get(hashOf('contested'))).toBeNull();
      two.index.apply(changes.slice(0, 1));
      expect(two.index.get(hashOf('contested'))?.version).toBe(1);
      await Promise.all([one.follower.followOnce(), two.follower.followOnce()]);
      for (const { index } of [one, two]) {
        index.apply(changes.slice(0, 1));
        expect(index.get(hashOf('contested'))).toBeNull();
        expect(index.cursor).toBe(second);
      }
    } finally {
      await other.end();
    }
  });

  it('behaviour 42a: a writer held open in another database of the cluster does not delay the follower', async () => {
    const elsewhere = await createTestDatabase();
    const held = new pg.Client({ connectionString: elsewhere.url });
    await held.connect();
    try {
      await held.query('begin');
      await held.query(`select pg_advisory_xact_lock($1)`, [LOG_LOCK]);
      await held.query(`insert into event (site_id, type, actor_kind) values (1, 'held', 'rule')`);
      const id = await makeImage('prompt');
      const { index, follower } = aProcess(60_000);
      await follower.load();
      follower.run(doorbell());
      await commit(id, blocked(1));
      // Far below the polling of a minute: were the writer in the way, this would never come.
      await until(() => index.get(hashOf('prompt')) !== null);
      await held.query('rollback');
    } finally {
      await held.end();
      await elsewhere.drop();
    }
  });

  it('follows by polling alone when LISTEN is not possible', async () => {
    const id = await makeImage('polled');
    const { index, follower } = aProcess(20);
    const silent = new Doorbell(database.url, { sessionPooling: false });
    doorbells.push(silent);
    follower.run(silent);
    await until(() => index.ready);
    await commit(id, blocked(1));
    await until(() => index.get(hashOf('polled')) !== null);
  });

  it('goes on answering when its connections are killed, keeps asOf, and catches up by itself', async () => {
    const id = await makeImage('before');
    const later = await makeImage('later');
    await commit(id, blocked(1));
    const { index, follower } = aProcess(20);
    await follower.load();
    follower.run(doorbell());
    await commit(later, blocked(1));
    for (let times = 0; times < 5; times += 1) {
      await writer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      expect(index.ready).toBe(true);
      await commit(later, blocked(2 + times));
      await until(() => index.get(hashOf('later'))?.version === 2 + times);
    }
  });

  it('keeps what it knows and its asOf while the database is out of reach', async () => {
    const id = await makeImage('known', blocked(1));
    const away = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    const index = new BlockIndex();
    const follower = new LogFollower(new Database(away), index, { pollMilliseconds: 10 });
    await follower.load();
    const { asOf } = index;
    await away.destroy();
    await commit(id, visible(2));
    await expect(follower.followOnce()).rejects.toThrow();
    await expect(follower.load()).rejects.toThrow();
    expect(index.asOf).toEqual(asOf);
    expect(index.get(hashOf('known'))?.version).toBe(1);
    index.apply([{ seq: index.cursor + 1, siteId, hashes: [hashOf('known')], visibility: visible(2) }]);
    expect(index.get(hashOf('known'))).toBeNull();
  });

  it('loads again when the log has become shorter, as after restoring a database', async () => {
    const id = await makeImage('restored', blocked(4));
    const { index, follower } = aProcess();
    await follower.load();
    const end = index.cursor;
    index.follow([{ seq: end + 50, siteId, hashes: [hashOf('restored')], visibility: visible(9) }], end + 50);
    expect(index.get(hashOf('restored'))).toBeNull();
    await follower.followOnce();
    expect(index.cursor).toBe(end);
    expect(index.get(hashOf('restored'))?.version).toBe(4);
    await commit(id, visible(5));
    await follower.followOnce();
    expect(index.get(hashOf('restored'))).toBeNull();
  });

  it('asks nothing of the database after it was stopped', async () => {
    const { index, follower } = aProcess(10);
    follower.run(doorbell());
    await until(() => index.ready);
    await follower.stop();
    const { asOf } = index;
    const id = await makeImage('late');
    const listener = new pg.Client({ connectionString: database.url });
    await listener.connect();
    await listener.query(`listen ${LOG_CHANNEL}`);
    const heard = once(listener, 'notification');
    await commit(id, blocked(1));
    await heard;
    await listener.end();
    expect(index.asOf).toEqual(asOf);
    expect(index.get(hashOf('late'))).toBeNull();
  });
});
