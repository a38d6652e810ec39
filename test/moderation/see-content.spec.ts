import { reconcile } from '../../src/cli/reconcile.js';
import { SpreadBlock } from '../../src/images/spread-block.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const address = (): string => `https://cdn.example.ma/content/${(n += 1)}.jpg`;
const ownId = (): string => `content-${(n += 1)}`;
const picture = (): string => `picture ${(n += 1)}`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  expect((await reconcile(desk.database)).flatMap(({ problems }) => problems)).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

const versions = async (image: string): Promise<Record<string, unknown>[]> =>
  desk.dataSource.query(
    `select version, verdict, reason, left_at is null as shown, blocks, kept_at from content_version
     where image_id = $1 order by version`,
    [(await desk.row(image))['id']],
  );
const bytesOf = async (image: string): Promise<number> =>
  desk.count('content_bytes', `image_id = ${String((await desk.row(image))['id'])}`);

/** A moderator keeps an image, not a case of it. */
const keepFromTheList = async (image: string) =>
  done(
    await desk.neck.moderateOne(desk.decision({ imageId: String((await desk.row(image))['id']) }, 'keep')),
  );

describe('a look at the bytes of an image', () => {
  it('that nobody knows makes nothing', async () => {
    expect(await desk.neck.see(desk.picture(address(), picture()))).toEqual({ known: false });
  });

  it('notes the first, and finds them again', async () => {
    const [url, bytes] = [address(), picture()];
    const { imageId } = await desk.reports(url, 1);
    expect(await desk.look(url, bytes)).toEqual({
      known: true,
      imageId,
      version: 1,
      change: 'first',
      blocked: false,
      severe: false,
    });
    expect(await desk.look(url, bytes)).toMatchObject({ version: 1, change: 'same' });
    expect(await versions(url)).toMatchObject([{ version: 1, verdict: null, shown: true }]);
    expect(await desk.row(url)).toMatchObject({ content: 1, round: 1, tally: { violence: 1 } });
  });

  it('completes what the site had told by its digest alone', async () => {
    const [url, bytes] = [address(), picture()];
    await desk.reports(url, 1);
    await desk.look(url, bytes, {
      pdq: null,
      quality: null,
      width: null,
      height: null,
      bytes: null,
      format: null,
    });
    await desk.look(url, bytes);
    const id = String((await desk.row(url))['id']);
    expect(await desk.count('content_bytes', `image_id = ${id} and pdq is not null and bytes = 12345`)).toBe(
      1,
    );
  });
});

describe('behaviour 17: bytes replaced at the same address', () => {
  it('while blocked by the rule start a new round, visible, with a case; the old ones close as superseded', async () => {
    const url = address();
    const blocked = await desk.reports(url, 5);
    await desk.look(url, picture());
    expect(await desk.look(url, picture())).toMatchObject({ version: 2, change: 'new' });
    expect(desk.blockedHere(url)).toBe(false);
    expect(await desk.row(url)).toMatchObject({
      round: 2,
      tally: {},
      blocked: false,
      review_state: 'open',
      content: 2,
      version: 2,
    });
    const cases = await desk.dataSource.query<unknown[]>(
      'select id, round, status, outcome, flags from moderation_case where image_id = $1 order by id',
      [blocked.imageId],
    );
    expect(cases).toMatchObject([
      { id: blocked.case?.id, round: 1, status: 'closed', outcome: 'superseded' },
      { round: 2, status: 'open', flags: ['bytes-replaced'] },
    ]);
    const events = await desk.dataSource.query<{ type: string; case_id: string }[]>(
      'select type, case_id from event where image_id = $1 order by seq desc limit 4',
      [blocked.imageId],
    );
    expect(events.map(({ type }) => type).reverse()).toEqual([
      'content.changed',
      'case.resolved',
      'case.opened',
      'image.unblocked',
    ]);
    expect(events.find(({ type }) => type === 'case.resolved')?.case_id).toBe(blocked.case?.id);
    // Votes count anew.
    expect((await desk.reports(url, 4)).visibility.blocked).toBe(false);
    expect((await desk.reports(url, 1)).visibility.blocked).toBe(true);
  });

  it('that come back are blocked, by what blocked them', async () => {
    const [url, old] = [address(), picture()];
    await desk.reports(url, 5);
    await desk.look(url, old);
    await desk.look(url, picture());
    expect(await versions(url)).toMatchObject([
      { version: 1, shown: false, blocks: [{ source: 'threshold', reason: 'violence' }] },
      { version: 2, shown: true },
    ]);
    expect(await desk.look(url, old)).toMatchObject({ version: 1, change: 'returned' });
    expect(desk.blockedHere(url)).toBe(true);
    expect(await desk.row(url)).toMatchObject({ round: 3, content: 1, shown_reason: 'violence', version: 3 });
    expect(await versions(url)).toMatchObject([{ shown: true }, { shown: false, blocks: [] }]);
  });

  it('that come back in another encoding are blocked, too', async () => {
    const [url, old] = [address(), picture()];
    await desk.reports(url, 5);
    await desk.look(url, old);
    await desk.look(url, picture());
    expect(await desk.look(url, picture(), { like: old })).toMatchObject({ version: 1, change: 'returned' });
    expect(desk.blockedHere(url)).toBe(true);
  });

  it('are nothing that was said before they came, as another system recorded it', async () => {
    const url = address();
    const kept = await desk.reports(url, 1);
    await desk.look(url, picture());
    done(await desk.decide(kept, 'keep'));
    const castAt = new Date(Date.now() - 3_600_000);
    const recorded = () => desk.neck.moderateOne({ ...desk.report(url), castAt });
    expect(await recorded()).toMatchObject({ recorded: false });
    await desk.look(url, picture());
    expect(await recorded()).toMatchObject({ recorded: false });
    expect((await desk.row(url))['tally']).toEqual({});
  });

  it('by a re-encoding are the same picture: nothing changes', async () => {
    const [url, bytes] = [address(), picture()];
    await desk.reports(url, 5);
    await desk.look(url, bytes);
    const events = await desk.count('event');
    expect(await desk.look(url, picture(), { like: bytes })).toMatchObject({
      version: 1,
      change: 're-encoded',
    });
    expect(await desk.row(url)).toMatchObject({ round: 1, blocked: true, content: 1 });
    expect(await desk.count('event')).toBe(events);
    expect(await bytesOf(url)).toBe(2);
  });

  it('by one re-encoding after the other that walk to another picture are other bytes', async () => {
    const url = address();
    const walked = (bits: number): Buffer =>
      Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 8 < bits ? 0xff : 0)));
    await desk.reports(url, 1);
    await desk.look(url, picture(), { pdq: walked(0) });
    done(await desk.decide(await desk.reports(url, 1), 'keep'));
    expect(await desk.look(url, picture(), { pdq: walked(24) })).toMatchObject({ change: 're-encoded' });
    expect(await desk.look(url, picture(), { pdq: walked(16) })).toMatchObject({ change: 're-encoded' });
    expect(await desk.look(url, picture(), { pdq: walked(48) })).toMatchObject({ change: 'new', version: 2 });
    expect(await desk.row(url)).toMatchObject({ kept_at: null });
  });

  it('of too little quality are no re-encoding of anything', async () => {
    const [url, bytes] = [address(), picture()];
    await desk.reports(url, 1);
    await desk.look(url, bytes, { quality: 49 });
    expect(await desk.look(url, picture(), { like: bytes, quality: 49 })).toMatchObject({ change: 'new' });
  });

  it('do not escape a moderator’s block by swapping, until a person looks', async () => {
    const url = address();
    const blocked = await desk.reports(url, 1);
    await desk.look(url, picture());
    done(await desk.decide(blocked, 'block'));
    await desk.look(url, picture());
    expect(desk.blockedHere(url)).toBe(true);
    expect(await desk.row(url)).toMatchObject({ review_state: 'open', content: 2 });
    const report = await desk.reports(url, 1);
    done(await desk.decide(report, 'keep'));
    expect(desk.blockedHere(url)).toBe(false);
  });

  it('are freed where the site announced them', async () => {
    const url = address();
    const blocked = await desk.reports(url, 1);
    await desk.look(url, picture());
    done(await desk.decide(blocked, 'block'));
    await desk.look(url, picture(), { announced: true });
    expect(desk.blockedHere(url)).toBe(false);
    expect(await desk.row(url)).toMatchObject({ review_state: 'open' });
  });
});

describe('what was ever found behind an image', () => {
  const fill = async (image: string): Promise<void> => {
    await desk.dataSource.query(
      `with old as (
         insert into content_version (site_id, image_id, version, began_at, left_at, blocks, verdict, reason)
         select site_id, id, n, now() - interval '1 year', now() - make_interval(days => 300 - n), b.blocks,
                case when n = 100 then 'block' end, case when n = 100 then 'spam' end
         from image, generate_series(100, 219) n,
              lateral (select case when n < 110 then '[{"source": "threshold"}]'::jsonb else '[]' end as blocks) b
         where id = $1 returning version)
       insert into content_bytes (site_id, image_id, version, sha256, first_seen_at)
       select i.site_id, i.id, old.version, sha256((old.version || ' of ' || i.id)::bytea), now() - interval '1 year'
       from old, image i where i.id = $1`,
      [(await desk.row(image))['id']],
    );
  };

  it('is forgotten beyond a hundred versions, the oldest first, what was blocked last', async () => {
    const url = address();
    await desk.reports(url, 1);
    await desk.look(url, picture());
    await fill(url);
    await desk.look(url, picture());
    const kept = (await versions(url)).map(({ version }) => version);
    expect(kept).toHaveLength(100);
    expect(kept.slice(0, 12)).toEqual([1, ...Array.from({ length: 10 }, (_, at) => 100 + at), 132]);
    expect(kept.at(-1)).toBe(220);
    expect(await bytesOf(url)).toBe(100);
  });

  it('is forgotten beyond five hundred encodings, save the first of each version and what is there now', async () => {
    const [url, first] = [address(), picture()];
    await desk.reports(url, 1);
    await desk.look(url, first);
    await desk.dataSource.query(
      `insert into content_bytes (site_id, image_id, version, sha256)
       select site_id, id, 1, sha256((n || ' encodings of ' || id)::bytea) from image, generate_series(1, 600) n
       where id = $1`,
      [(await desk.row(url))['id']],
    );
    const shown = picture();
    await desk.look(url, shown, { like: first });
    expect(await bytesOf(url)).toBe(500);
    for (const bytes of [first, shown]) expect(await desk.look(url, bytes)).toMatchObject({ change: 'same' });
  });

  it('is never forgotten where somebody said that it is severe', async () => {
    const url = address();
    const reported = await desk.reports(url, 1, 'child_abuse');
    done(await desk.decide(reported, 'keep'));
    await desk.look(url, picture());
    await fill(url);
    await desk.look(url, picture());
    expect(await versions(url)).toHaveLength(122);
  });
});

describe('a decision', () => {
  it('behaviour 18: on bytes that were replaced meanwhile is a conflict', async () => {
    const url = address();
    const reported = await desk.reports(url, 1);
    await desk.look(url, picture());
    await desk.look(url, picture());
    // The case of the old bytes is closed, whatever the moderator said of the bytes.
    expect(await desk.decide(reported, 'block')).toMatchObject({ ok: false, refusal: 'case-closed' });
    const again = await desk.reports(url, 1);
    expect(await desk.decide(again, 'block', { contentVersion: 1 })).toMatchObject({
      ok: false,
      refusal: 'content-changed',
    });
    done(await desk.decide(again, 'block', { contentVersion: 2 }));
  });

  it('can not be undone after new bytes', async () => {
    const url = address();
    const reported = await desk.reports(url, 1);
    await desk.look(url, picture());
    const decided = done(await desk.decide(reported, 'block'));
    await desk.look(url, picture());
    expect(await desk.undo(decided)).toMatchObject({ ok: false, refusal: 'newer-content' });
  });
});

describe('severe images', () => {
  it.each([
    ['whose vote counts', 'counted'],
    ['whose vote was left out', 'left out'],
  ])('leave nothing of a picture: %s', async (_, how) => {
    const url = address();
    await desk.neck.moderateOne(desk.report(url, 'child_abuse'));
    if (how === 'left out')
      await desk.dataSource.query(`update vote set left_out = 'network' where image_id = $1`, [
        (await desk.row(url))['id'],
      ]);
    expect(await desk.look(url, picture())).toMatchObject({ severe: true });
    expect(await bytesOf(url)).toBe(0);
    expect(await versions(url)).toEqual([]);
    if (how === 'left out')
      await desk.dataSource.query(`update vote set left_out = null where image_id = $1`, [
        (await desk.row(url))['id'],
      ]);
  });

  it('are noted by the digest that the site tells, and stay blocked whatever is announced', async () => {
    const [url, bytes] = [address(), picture()];
    const told = { pdq: null, quality: null, width: null, height: null, bytes: null, format: null };
    await desk.reports(url, 2, 'child_abuse');
    expect(await desk.look(url, bytes, { ...told, announced: true })).toMatchObject({
      severe: true,
      version: 1,
    });
    expect(await desk.look(url, picture(), { ...told, announced: true })).toMatchObject({
      severe: true,
      version: 2,
    });
    expect(desk.blockedHere(url)).toBe(true);
  });

  it('stay blocked also where a person has decided on them, whatever is announced (rule 6)', async () => {
    const url = address();
    const reported = await desk.reports(url, 1, 'violence');
    await desk.look(url, picture());
    done(await desk.decide(reported, 'block', { policy: 'child_abuse' }));
    await desk.look(url, picture(), { bytes: null, announced: true });
    expect(desk.blockedHere(url)).toBe(true);
    const { id } = await desk.row(url);
    expect(
      await desk.count('moderation_case', `image_id = ${String(id)} and status = 'open' and severe`),
    ).toBe(1);
  });
});

describe('an image of the site’s own id, under several addresses', () => {
  it('has a rendition of its own at each, and is replaced when one of them changes', async () => {
    const [id, small, large] = [ownId(), address(), address()];
    const [a, b, c] = [picture(), picture(), picture()];
    await desk.bindings.bind(desk.siteId, id, [small, large]);
    await desk.reports(small, 5);
    expect(await desk.look(small, a)).toMatchObject({ change: 'first' });
    expect(await desk.look(large, b)).toMatchObject({ change: 're-encoded', version: 1 });
    expect(await desk.look(small, a)).toMatchObject({ change: 'same' });
    expect(desk.blockedHere(large)).toBe(true);
    expect(await desk.look(small, c)).toMatchObject({ change: 'new', version: 2 });
    expect(desk.blockedHere(id)).toBe(false);
    // The other address lags behind: it shows what it did, which is no news.
    expect(await desk.look(large, b)).toMatchObject({ change: 'same', version: 2 });
    expect(await desk.look(large, c)).toMatchObject({ change: 'same', version: 2 });
    expect(await desk.row(id)).toMatchObject({ round: 2, content: 2 });
  });
});

describe('bytes that the site tells of, and that nobody has looked at', () => {
  const TOLD = {
    ...{ pdq: null, quality: null, width: null, height: null, bytes: null, format: null },
    announced: true,
  };
  const idOf = async (image: string): Promise<unknown> => (await desk.row(image))['id'];
  const reported = async (bytes?: string): Promise<string> => {
    const url = address();
    await desk.reports(url, 1);
    if (bytes !== undefined) await desk.look(url, bytes);
    return url;
  };

  it('may be a placeholder: they join nothing until somebody looks', async () => {
    const [one, two, bytes] = [await reported(), await reported(), picture()];
    await desk.look(one, bytes, TOLD);
    await desk.look(two, bytes, TOLD);
    expect(await idOf(one)).not.toBe(await idOf(two));
    await desk.look(one, bytes);
    expect(await idOf(one)).toBe(await idOf(two));
  });

  it('are what somebody saw elsewhere on the site', async () => {
    const [bytes, placeholder] = [picture(), picture()];
    const [seen, url, third, fourth] = [
      await reported(bytes),
      await reported(),
      await reported(),
      await reported(),
    ];
    await desk.look(url, bytes, TOLD);
    expect(await idOf(url)).toBe(await idOf(seen));
    await desk.look(third, placeholder, { indistinct: 'graphic' });
    await desk.look(fourth, placeholder, TOLD);
    expect(await idOf(third)).not.toBe(await idOf(fourth));
    await desk.publish(fourth, 'publisher-block', 'violence');
    const job = { site: desk.siteId, image: String(await idOf(fourth)) };
    await new SpreadBlock(desk.database, desk.neck).run(job, { signal: new AbortController().signal });
    expect(desk.blockedHere(third)).toBe(false);
  });

  it('are blocked with nobody’s, and nobody with them', async () => {
    const [told, other, seen, bytes] = [await reported(), ownId(), await reported(), picture()];
    await desk.reports(other, 1);
    await desk.look(told, bytes, TOLD);
    await desk.publish(told, 'publisher-block', 'violence');
    await desk.look(other, bytes, TOLD);
    await desk.look(seen, bytes, { indistinct: 'graphic' });
    const job = { site: desk.siteId, image: String(await idOf(told)) };
    await new SpreadBlock(desk.database, desk.neck).run(job, { signal: new AbortController().signal });
    expect([other, seen].map((image) => desk.blockedHere(image))).toEqual([false, false]);
    // What waits would put right is no problem to reconcile: nothing waits.
    await desk.dataSource.query(`delete from job where kind in ('spread-block', 'match-content')`);
  });

  it('are followed once somebody has looked', async () => {
    const [told, other, bytes] = [ownId(), ownId(), picture()];
    for (const id of [told, other]) {
      await desk.reports(id, 1);
      await desk.look(id, bytes, TOLD);
    }
    await desk.publish(told, 'publisher-block', 'violence');
    await desk.dataSource.query(`delete from job where kind = 'spread-block'`);
    await desk.look(told, bytes);
    expect(
      await desk.count(
        'job',
        `kind = 'spread-block' and payload ->> 'image' = '${String(await idOf(told))}'`,
      ),
    ).toBe(1);
    const job = { site: desk.siteId, image: String(await idOf(told)) };
    await new SpreadBlock(desk.database, desk.neck).run(job, { signal: new AbortController().signal });
    expect(desk.blockedHere(other)).toBe(true);
  });
});

describe('the word of people on bytes', () => {
  it('is told to those who show a further encoding of what a person blocked', async () => {
    const [source, shows, bytes, smaller] = [ownId(), ownId(), picture(), picture()];
    const reported = await desk.reports(source, 1);
    await desk.look(source, bytes);
    done(await desk.decide(reported, 'block'));
    await desk.reports(shows, 1);
    await desk.look(shows, smaller, { like: bytes });
    expect(desk.blockedHere(shows)).toBe(false);
    await desk.dataSource.query(`delete from job where kind = 'spread-block'`);
    expect(await desk.look(source, smaller, { like: bytes })).toMatchObject({ change: 're-encoded' });
    const job = { site: desk.siteId, image: reported.imageId };
    expect(await desk.count('job', `kind = 'spread-block' and payload ->> 'image' = '${job.image}'`)).toBe(1);
    await new SpreadBlock(desk.database, desk.neck).run(job, { signal: new AbortController().signal });
    expect(desk.blockedHere(shows)).toBe(true);
    await desk.look(source, smaller, { like: bytes });
    expect(await desk.count('job', `kind = 'spread-block' and payload ->> 'image' = '${job.image}'`)).toBe(1);
  });

  it('is kept with their version, and spreads once it changes', async () => {
    const url = address();
    const reported = await desk.reports(url, 1);
    await desk.look(url, picture());
    const jobs = async (): Promise<number> =>
      desk.count('job', `kind = 'spread-block' and payload ->> 'image' = '${reported.imageId}'`);
    expect(await jobs()).toBe(0);
    const blocked = done(await desk.decide(reported, 'block'));
    expect(await versions(url)).toMatchObject([{ verdict: 'block', reason: 'violence' }]);
    expect(await jobs()).toBe(1);
    done(await desk.undo(blocked));
    expect(await versions(url)).toMatchObject([{ verdict: null, reason: null }]);
    expect(await jobs()).toBe(2);
    await desk.publish(url, 'publisher-block', 'privacy');
    expect(await versions(url)).toMatchObject([{ verdict: 'block', reason: 'privacy' }]);
    await desk.publish(url, 'publisher-unblock');
    expect(await jobs()).toBe(4);
    done(await desk.decide(await desk.reports(url, 1), 'keep'));
    expect(await versions(url)).toMatchObject([{ verdict: 'keep', reason: null }]);
    expect(await jobs()).toBe(4);
  });

  it.each([
    ['of bytes that came back', true],
    ['that held what was there between', false],
  ])('comes back with the undo of a keep: a block %s', async (_, announced) => {
    const [url, bytes] = [address(), picture()];
    done(await desk.decide(await desk.reports(url, 1), 'block'));
    await desk.look(url, bytes);
    await desk.look(url, picture(), { announced });
    await desk.look(url, bytes);
    expect(desk.blockedHere(url)).toBe(true);
    const kept = await keepFromTheList(url);
    expect(await versions(url)).toMatchObject([{ verdict: 'keep' }, { verdict: null }]);
    done(await desk.undo(kept));
    expect(desk.blockedHere(url)).toBe(true);
    expect(await versions(url)).toMatchObject([{ verdict: 'block', reason: 'violence' }, { verdict: null }]);
  });

  it('does not pass to bytes that a block only holds: nobody has seen them', async () => {
    const url = address();
    const reported = await desk.reports(url, 1);
    await desk.look(url, picture());
    done(await desk.decide(reported, 'block'));
    await desk.look(url, picture());
    expect(await versions(url)).toMatchObject([{ verdict: 'block' }, { verdict: null }]);
    done(await desk.decide(await desk.reports(url, 1), 'keep'));
    // What was said of the old bytes was said of those.
    expect(await versions(url)).toMatchObject([{ verdict: 'block' }, { verdict: 'keep' }]);
  });

  it('goes from all versions with a publisher’s block, which is the image’s', async () => {
    const url = address();
    await desk.publish(url, 'publisher-block', 'spam');
    await desk.look(url, picture());
    await desk.look(url, picture());
    expect(await versions(url)).toMatchObject([{ verdict: 'block' }, { verdict: null }]);
    await desk.publish(url, 'publisher-unblock');
    expect(await versions(url)).toMatchObject([{ verdict: null }, { verdict: null }]);
  });
});

describe('behaviour 40: an image blocked by match and by hand', () => {
  const followed = async (): Promise<{ source: string; follower: string; bytes: string }> => {
    const [source, follower, bytes] = [ownId(), ownId(), picture()];
    const reported = await desk.reports(source, 1);
    await desk.look(source, bytes);
    done(await desk.decide(reported, 'block'));
    await desk.reports(follower, 1);
    await desk.look(follower, bytes);
    return { source, follower, bytes };
  };
  const sources = async (image: string): Promise<string[]> => {
    const rows = await desk.dataSource.query<{ source: string }[]>(
      'select source from block where image_id = $1 order by source',
      [(await desk.row(image))['id']],
    );
    return rows.map(({ source }) => source);
  };

  it('is blocked by its first look, with the source named', async () => {
    const { source, follower } = await followed();
    expect(desk.blockedHere(follower)).toBe(true);
    expect(
      await desk.count('block', `source = 'match' and ref = '${String((await desk.row(source))['id'])}'`),
    ).toBe(1);
  });

  it('stays blocked when the one by hand is undone', async () => {
    const { follower } = await followed();
    const report = await desk.reports(follower, 1);
    const decided = done(await desk.decide(report, 'block'));
    expect(await sources(follower)).toEqual(['moderator']);
    done(await desk.undo(decided));
    expect(await sources(follower)).toEqual(['match']);
    expect(desk.blockedHere(follower)).toBe(true);
  });

  it('does not get back a match whose source was let go meanwhile', async () => {
    const { source, follower } = await followed();
    const decided = done(await desk.decide(await desk.reports(follower, 1), 'block'));
    await keepFromTheList(source);
    done(await desk.undo(decided));
    expect(desk.blockedHere(follower)).toBe(false);
  });

  it.each(['quality', 'size', 'graphic'] as const)(
    'behaviour 20: never where the bytes are indistinct (%s)',
    async (indistinct) => {
      const [source, follower, bytes] = [ownId(), ownId(), picture()];
      const reported = await desk.reports(source, 1);
      await desk.look(source, bytes, { indistinct });
      done(await desk.decide(reported, 'block'));
      await desk.reports(follower, 1);
      await desk.look(follower, bytes, { indistinct });
      expect(desk.blockedHere(follower)).toBe(false);
    },
  );

  it('never on another site', async () => {
    const { bytes } = await followed();
    const other = await desk.beside();
    other.siteId = await desk.site(`other-${(n += 1)}`);
    const url = address();
    await other.reports(url, 1);
    await other.look(url, bytes);
    expect(other.blockedHere(url)).toBe(false);
    await other.close();
  });
});
