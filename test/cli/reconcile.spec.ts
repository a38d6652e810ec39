/**
 * What reconcile finds. Each test damages a database that agreed with itself, behind the neck's back, in a transaction
 * that is rolled back.
 */
import { reconcile, type Reconciled } from '../../src/cli/reconcile.js';
import type { Database } from '../../src/database/database.js';
import type { Tx } from '../../src/database/tx.js';
import { SpreadBlock } from '../../src/images/spread-block.js';
import { Desk, done } from '../setup/desk.js';
import { runCommand } from './start-cli.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await workADay(desk);
});
afterAll(() => desk.close());

/** Everything that changes an image: votes, crossings, decisions, undos, the publisher's own acts, merges. */
async function workADay(at: Desk): Promise<void> {
  await at.reports('few', 2);
  const blocked = await at.reports('blocked', 6, 'hate');
  const upheld = done(await at.decide(await at.reports('upheld', 5), 'block'));
  await at.undo(upheld);
  done(await at.decide(blocked, 'escalate'));
  const kept = done(await at.decide(await at.reports('kept', 5), 'keep'));
  await at.reports('kept', 7);
  await at.decide(await at.reports('kept-for-good', 5), 'keep');
  await at.undo(done(await at.decide(await at.reports('undone', 5), 'keep')));
  await at.publish('published', 'publisher-block', 'privacy');
  await at.publish('published', 'publisher-unblock');
  await at.publish('blocked', 'publisher-block', 'spam');
  await at.reports('guarded', 5);
  await at.publish('guarded', 'protect');
  await at.reports('severe', 1, 'child_abuse');
  const reported = done(await at.neck.moderateOne(at.report('withdrawn', 'spam', 'somebody')));
  await at.neck.moderateOne(at.report('withdrawn', 'hate', 'somebody'));
  await at.neck.moderateOne(at.report('withdrawn', 'violence', 'somebody else'));
  await at.withdraw(reported, 'somebody else');
  const urls = [
    'https://cdn.example.ma/1.jpg',
    'https://cdn.example.ma/2.jpg',
    'https://cdn.example.ma/3.jpg',
  ];
  await at.reports(urls[0] ?? '', 3);
  await at.reports(urls[1] ?? '', 5, 'nudity');
  await at.bindings.bind(at.siteId, 'merged', urls);
  await at.bindings.bind(at.siteId, 'moved', urls.slice(2));
  const swapped = 'https://cdn.example.ma/swapped.jpg';
  const [one, two] = ['https://cdn.example.ma/same-1.jpg', 'https://cdn.example.ma/same-2.jpg'];
  await at.reports(swapped, 5);
  for (const bytes of ['old', 'new', 'old']) await at.look(swapped, bytes);
  for (const url of [one, two]) {
    await at.reports(url, 1);
    await at.look(url, 'the same');
  }
  done(await at.decide(await at.reports(one, 1), 'block', { reports: 'valid' }));
  done(await at.decide(await at.reports('judged', 6), 'keep', { reports: 'invalid' }));
  await at.reports('follower', 1);
  await at.look('follower', 'the same');
  await follow(at);
  expect(kept.round).toBeGreaterThan(0);
}

/** An image that a person blocks, and one with its bytes that follows. */
async function follow(at: Desk): Promise<void> {
  for (const name of ['source', 'copy']) {
    await at.reports(name, 1);
    await at.look(name, 'a photo');
  }
  await at.publish('source', 'publisher-block', 'hate');
  const { id } = await at.row('source');
  const job = { site: at.siteId, image: String(id) };
  await new SpreadBlock(at.database, at.neck).run(job, { signal: new AbortController().signal });
  await at.dataSource.query(
    `update job set outcome = 'done', finished_at = now() where kind = 'spread-block'`,
  );
}

const problemsIn = (checks: readonly Reconciled[]) => checks.filter(({ problems }) => problems.length > 0);

/** What is found after a statement that bypasses the neck. */
async function after(damage: string): Promise<readonly Reconciled[]> {
  class Undone extends Error {
    constructor(readonly found: readonly Reconciled[]) {
      super();
    }
  }
  try {
    return await desk.database.inTransaction(async (tx) => {
      await tx.manager.query(damage);
      const inside = {
        inTransaction: (work: (same: Tx) => Promise<unknown>) => work(tx),
      } as unknown as Database;
      throw new Undone(problemsIn(await reconcile(inside)));
    });
  } catch (error) {
    if (error instanceof Undone) return error.found;
    throw error;
  }
}

const env = () => ({
  DATABASE_URL: desk.url,
  VIGIE_SECRET: 'a secret of the tests, long enough for anybody',
});

describe('reconcile', () => {
  it('finds that everything agrees after all that the neck can do, and says so', async () => {
    expect(problemsIn(await reconcile(desk.database))).toEqual([]);
    const ran = await runCommand('reconcile', env());
    expect(ran.code).toBe(0);
    expect(ran.out).toHaveLength(14);
    expect(ran.out.slice(0, -1).every((line) => line.startsWith('ok'))).toBe(true);
    const { json } = await runCommand('reconcile --json', env());
    expect(json).toMatchObject({
      ok: true,
      checks: [
        { name: 'tallies equal the votes', problems: [] },
        ...Array<object>(12).fill({ problems: [] }),
      ],
    });
  });

  const image = (key: string): string => `(select id from image where key = '${key}')`;
  it.each<[name: string, damage: string]>([
    ['tallies equal the votes', `update image set tally = '{"violence": 3}' where key = 'few'`],
    ['tallies equal the votes', `update vote set left_out = 'network' where image_id = ${image('few')}`],
    ['tallies equal the votes', `update vote set withdrawn_at = null where image_id = ${image('withdrawn')}`],
    [
      'every vote stands for an image',
      `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons)
       values (${1}, 987654, 1, 'sixteen bytes ..', 'device', '{hate}')`,
    ],
    [
      'every vote stands for an image',
      `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons)
       select site_id, id, round + 1, 'sixteen bytes ..', 'device', '{hate}' from image where key = 'few'`,
    ],
    ...[
      `delete from reporter_verdict where ctid = (select min(ctid) from reporter_verdict)`,
      `update reporter_verdict set valid = not valid`,
      `update decision set undone_at = now(), undone_by = staff_id where image_id = ${image('judged')}`,
      `update decision set reports = 'ignore' where image_id = ${image('judged')}`,
      `update decision set reports = 'invalid' where image_id = ${image('kept-for-good')}`,
      // Who never reported it, and who came after the rule had blocked it.
      `insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
       select site_id, 'sixteen bytes ..', decision_id, valid, at from reporter_verdict limit 1`,
      `insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
       select v.site_id, v.reporter, d.id, false, now()
       from vote v join decision d on d.image_id = v.image_id
       where v.image_id = ${image('judged')} and not exists (select from reporter_verdict r where r.reporter = v.reporter)`,
    ].map((damage): [string, string] => ['what decisions say of reporters follows from the votes', damage]),
    [
      'every image has its site, and every case its image',
      `insert into moderation_case (site_id, image_id, round, status)
       values (${1}, 987654, 1, 'open')`,
    ],
    ['what is seen follows from the blocks', `delete from block where image_id = ${image('severe')}`],
    [
      'what is seen follows from the blocks',
      `insert into block (site_id, image_id, source, ref, reason, since)
       select site_id, id, 'publisher', '', 'spam', now() from image where key = 'few'`,
    ],
    [
      'what is seen follows from the blocks',
      `update block set reason = 'other' where image_id = ${image('severe')}`,
    ],
    ['what is seen follows from the blocks', `update image set reviewed = true where key = 'severe'`],
    [
      "a rule's block has a case that awaits a decision",
      `with c as (update moderation_case set status = 'closed', outcome = 'keep', closed_at = now()
                  where image_id = ${image('severe')})
       update image set review_state = 'closed' where key = 'severe'`,
    ],
    [
      'what follows a block by a person has its bytes, and nobody is left behind',
      `update content_version set verdict = null, reason = null where image_id = ${image('source')}`,
    ],
    [
      'what follows a block by a person has its bytes, and nobody is left behind',
      `update content_bytes set sha256 = sha256('other'), pdq = null, quality = null where image_id = ${image('source')}`,
    ],
    [
      'what follows a block by a person has its bytes, and nobody is left behind',
      `update content_bytes set indistinct = 'graphic' where image_id = ${image('source')}`,
    ],
    [
      'what follows a block by a person has its bytes, and nobody is left behind',
      `delete from block where source = 'match';
       update image set blocked = false, shown_reason = null, since = null where key = 'copy'`,
    ],
    [
      'at most one case of an image awaits a decision',
      `drop index moderation_case_awaiting;
       insert into moderation_case (site_id, image_id, round, status)
       select site_id, image_id, round + 1, status from moderation_case where image_id = ${image('few')}`,
    ],
    [
      'at most one case of an image awaits a decision',
      `update image set review_state = 'closed' where key = 'few'`,
    ],
    ['the log folds to what is seen', `update image set version = version + 1 where key = 'severe'`],
    [
      'the log folds to what is seen',
      `update image set since = since - interval '1 minute' where key = 'severe'`,
    ],
    ['the log folds to what is seen', `update image set version = 1 where key = 'few'`],
    [
      'the log folds to what is seen',
      `insert into event (site_id, image_id, type, actor_kind, visibility)
       select site_id, id, 'image.unblocked', 'rule', '{"blocked": false, "version": 9}' from image where key = 'severe'`,
    ],
    [
      'every change of what is seen raised the version',
      `insert into event (site_id, image_id, type, actor_kind, visibility)
       select site_id, id, 'image.unblocked', 'rule', jsonb_build_object('blocked', false, 'version', version)
       from image where key = 'severe'`,
    ],
    [
      'every address leads to its image',
      `update address a set image_id = i.id from image i where i.merged_into is not null and a.hash = i.key_hash`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `update image set content = 9 where key like '%swapped.jpg'`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `update content_version set left_at = now() where image_id = ${image('follower')}`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `update content_version set verdict = 'block', reason = 'spam' where image_id = ${image('follower')}`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `update content_version set verdict = 'keep' where image_id = ${image('follower')}`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `update content_version set verdict = null, reason = null where verdict = 'block'`,
    ],
    ['what is known of bytes fits the images that show them', `update content_version set left_at = null`],
    [
      'what is known of bytes fits the images that show them',
      `update content_version set blocks = '[{"source": "match"}]' where left_at is not null`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `insert into content_version (site_id, image_id, version)
       select site_id, id, 1 from image where merged_into is not null limit 1`,
    ],
    [
      'what is known of bytes fits the images that show them',
      `delete from found_bytes f using address a where a.hash = f.hash and a.bound_by = 'bytes'`,
    ],
    [
      'what follows a block by a person has its bytes, and nobody is left behind',
      `update block set ref = '987654' where source = 'match'`,
    ],
    ['every site has its rule', `update site set rule_version = 7`],
  ])('finds, where %s, that it does not: %#', async (name, damage) => {
    const found = await after(damage.replace('values (1,', `values (${desk.siteId},`));
    expect(found.map((check) => check.name)).toContain(name);
    expect(found.flatMap(({ problems }) => problems).every(({ siteId }) => siteId === desk.siteId)).toBe(
      true,
    );
  });

  it('finds an image of no site', async () => {
    const found = await after(`insert into image (site_id, key_kind, key, key_hash)
                               values (987654, 'id', 'nobody', 'sixteen bytes ..')`);
    expect(found).toMatchObject([
      { name: 'every image has its site, and every case its image', problems: [{ siteId: '987654' }] },
    ]);
  });

  it('says what is off, and ends with 1', async () => {
    await desk.dataSource.query(`update image set tally = '{}' where key = 'few'`);
    const ran = await runCommand('reconcile', env());
    expect(ran.code).toBe(1);
    expect(ran.out.join('\n')).toMatch(
      /OFF {3}tallies equal the votes: 1\n.*its tally is \{\}, and its votes of round 1/,
    );
    const { code, json } = await runCommand('reconcile --json', env());
    expect({ code, json }).toMatchObject({ code: 1, json: { ok: false } });
    await desk.dataSource.query(`update image set tally = '{"violence": 2}' where key = 'few'`);
  });
});
