import { SpreadBlock } from '../../src/images/spread-block.js';
import { MATCH_CONTENT, SPREAD_BLOCK } from '../../src/moderation/match-jobs.js';
import { until } from '../setup/until.js';
import { fingerprint, MatchDesk, run } from './match-desk.js';

let room: MatchDesk;
let sites = 0;
beforeAll(async () => {
  room = await MatchDesk.open();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.desk.siteId = await room.desk.site(`site-${(sites += 1)}`);
});

/** So many images with the same bytes. */
async function copies(count: number, bytes = 'photo'): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => `copy-${n}`);
  for (const name of names) await room.image(name, { bytes });
  return names;
}

describe('a block by a person', () => {
  it('is followed by every image of the site that has the very same bytes, as the act of a rule', async () => {
    const source = await room.image('source', { bytes: 'photo' });
    const names = await copies(5);
    await room.image('other', { bytes: 'another photo' });
    await room.block('source', 'hate');
    await room.spread('source', 2);
    for (const name of names) {
      expect(await room.blocks(name)).toEqual([`match ${source}`]);
      expect(await room.desk.row(name)).toMatchObject({
        blocked: true,
        shown_reason: 'hate',
        reviewed: false,
        review_state: 'open',
      });
      // This process says so from now on, and not once it has read its own log.
      expect(room.desk.blockedHere(name)).toBe(true);
    }
    expect(await room.blocks('other')).toEqual([]);
    const [event] = await room.sql(
      `select actor_kind, data ->> 'source' as source, data ->> 'reason' as reason from event
       where image_id = $1 and type = 'image.blocked'`,
      [await room.id('copy-0')],
    );
    expect(event).toEqual({ actor_kind: 'rule', source: 'match', reason: 'hate' });
  });

  it('comes to the same however often it is spread', async () => {
    const source = await room.image('source', { bytes: 'photo' });
    await copies(3);
    await room.block('source');
    await room.spread('source');
    const events = await room.desk.count('event');
    await room.spread('source');
    expect(await room.desk.count('event')).toBe(events);
    expect(await room.blocks('copy-1')).toEqual([`match ${source}`]);
  });

  it('is released as a set, save where another block stands', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(4);
    await room.block('source');
    await room.spread('source', 3);
    await room.desk.reports('copy-2', 5);
    await room.unblock('source');
    await room.spread('source', 3);
    expect([1, 2].map((copy) => room.desk.blockedHere(`copy-${copy}`))).toEqual([false, true]);
    for (const name of ['copy-0', 'copy-1', 'copy-3']) {
      expect(await room.desk.row(name)).toMatchObject({ blocked: false, version: 2 });
      expect(await room.blocks(name)).toEqual([]);
    }
    expect(await room.blocks('copy-2')).toEqual(['threshold']);
  });

  it('by the votes of readers is followed by nobody', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    await room.desk.reports('source', 5);
    expect(await room.blocks('source')).toEqual(['threshold']);
    await room.spread('source');
    expect(await room.blocks('copy-0')).toEqual([]);
  });

  it('gives its new reason to those who follow', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    await room.block('source', 'hate');
    await room.spread('source');
    await room.block('source', 'nudity');
    await room.spread('source');
    expect(await room.desk.row('copy-0')).toMatchObject({ shown_reason: 'nudity', version: 2 });
  });

  it('of old bytes still holds for those who show them, not for those who showed them once', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    await room.image('left', { bytes: 'photo' });
    await room.bytes('left', { bytes: 'something else', version: 2 });
    await room.block('source');
    await room.bytes('source', { bytes: 'swapped', version: 2 });
    await room.image('swapped-too', { bytes: 'swapped' });
    await room.spread('source');
    expect((await room.blocks('copy-0')).length).toBe(1);
    expect(await room.blocks('left')).toEqual([]);
    expect(await room.blocks('swapped-too')).toEqual([]);
  });
});

describe('behaviour 20: blank images, logos and placeholders never propagate a block', () => {
  it.each(['quality', 'size', 'graphic'] as const)('of %s', async (indistinct) => {
    await room.image('source', { bytes: 'blank', indistinct });
    await room.image('other', { bytes: 'blank', indistinct });
    await room.block('source');
    await room.spread('source');
    expect(await room.blocks('other')).toEqual([]);
  });

  it('nor does a near one, where the site lets near ones block', async () => {
    await room.sql(`update site set near_matches = 'block' where id = $1`, [room.desk.siteId]);
    await room.image('source', { bytes: 'logo', pdq: fingerprint('logo'), indistinct: 'graphic' });
    await room.image('other', { bytes: 'logo, smaller', pdq: fingerprint('logo', 4) });
    await room.block('source');
    await room.spread('source');
    expect(await room.blocks('other')).toEqual([]);
  });
});

describe('a near picture', () => {
  const near = async (): Promise<void> => {
    await room.image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    await room.image('near', { bytes: 'smaller', pdq: fingerprint('photo', 31) });
    await room.image('far', { bytes: 'other', pdq: fingerprint('photo', 32) });
    await room.image('poor', { bytes: 'poor', pdq: fingerprint('photo', 1), quality: 49 });
  };

  it('follows nobody unless the site says so', async () => {
    await near();
    await room.block('source');
    await room.spread('source');
    expect(await room.blocks('near')).toEqual([]);
  });

  it('follows where the site says so, up to a distance of 31 and down to a quality of 50', async () => {
    await near();
    await room.sql(`update site set near_matches = 'block' where id = $1`, [room.desk.siteId]);
    await room.block('source');
    await room.spread('source', 1);
    expect(await room.blocks('near')).toEqual([`match ${await room.id('source')}`]);
    expect(await room.blocks('far')).toEqual([]);
    expect(await room.blocks('poor')).toEqual([]);
    await room.unblock('source');
    await room.spread('source', 1);
    expect(await room.blocks('near')).toEqual([]);
    expect(await room.waiting(MATCH_CONTENT)).toContain(await room.id('near'));
  });
});

describe('who does not follow', () => {
  it('is who a person kept with these bytes, whatever comes later: that pair stays exempt', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(2);
    await room.block('source');
    await room.spread('source');
    const decision = await room.decide('copy-0', 'keep');
    await room.spread('source');
    expect(await room.blocks('copy-0')).toEqual([]);
    expect((await room.blocks('copy-1')).length).toBe(1);
    await room.undo('copy-0', decision);
    await room.spread('source');
    expect(await room.blocks('copy-0')).toEqual([`match ${await room.id('source')}`]);
  });

  it('is what the site protects, until it no longer does', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    await room.desk.publish('copy-0', 'protect');
    await room.block('source');
    await room.spread('source');
    expect(await room.blocks('copy-0')).toEqual([]);
    await room.desk.publish('copy-0', 'unprotect');
    expect(await room.waiting(MATCH_CONTENT)).toContain(await room.id('copy-0'));
  });

  it('is another site, whatever bytes it has (invariant 9)', async () => {
    const { siteId } = room.desk;
    await room.image('source', { bytes: 'photo', pdq: fingerprint('photo') });
    room.desk.siteId = await room.desk.site(`neighbour-${sites}`);
    await room.sql(`update site set near_matches = 'block'`);
    await room.image('same', { bytes: 'photo', pdq: fingerprint('photo') });
    const theirs = room.desk.siteId;
    room.desk.siteId = siteId;
    await room.block('source');
    await room.spread('source');
    room.desk.siteId = theirs;
    expect(await room.blocks('same')).toEqual([]);
    await room.block('same');
    await room.spread('same');
    room.desk.siteId = siteId;
    expect(await room.blocks('source')).toEqual(['publisher']);
  });
});

describe('behaviour 40: blocked by match and by hand, one undone: still blocked', () => {
  const both = async (): Promise<string> => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    await room.block('source');
    await room.spread('source');
    return room.decide('copy-0', 'block');
  };

  it('when the hand goes', async () => {
    await room.undo('copy-0', await both());
    expect(await room.blocks('copy-0')).toEqual([`match ${await room.id('source')}`]);
    expect(await room.desk.row('copy-0')).toMatchObject({ blocked: true });
  });

  it('when what it followed goes', async () => {
    await both();
    await room.unblock('source');
    await room.spread('source');
    expect(await room.blocks('copy-0')).toEqual(['moderator']);
  });

  it('when it was blocked by hand first', async () => {
    await room.image('source', { bytes: 'photo' });
    await copies(1);
    const decision = await room.decide('copy-0', 'block');
    await room.block('source');
    await room.spread('source');
    await room.undo('copy-0', decision);
    expect(await room.blocks('copy-0')).toEqual([`match ${await room.id('source')}`]);
  });
});

describe('many blocks of the same bytes', () => {
  it('give each image one that it follows, and another when that one ends', async () => {
    await room.image('first', { bytes: 'photo' });
    await room.image('second', { bytes: 'photo' });
    await copies(2);
    await room.block('first');
    await room.spread('first');
    await room.block('second');
    await room.spread('second');
    expect(await room.blocks('copy-0')).toEqual([`match ${await room.id('first')}`]);
    await room.unblock('first');
    await room.spread('first');
    const second = await room.id('second');
    expect(await room.blocks('first')).toEqual([`match ${second}`]);
    expect(await room.blocks('copy-0')).toEqual([`match ${second}`]);
    expect(await room.desk.row('copy-0')).toMatchObject({ blocked: true, version: 1 });
    expect(await room.waiting(SPREAD_BLOCK)).toContain(second);
    await room.unblock('second');
    await room.spread('second');
    expect(await room.blocks('copy-0')).toEqual([]);
  });

  it('of two that point at each other, neither holds the other without a person', async () => {
    await room.image('first', { bytes: 'photo' });
    await room.image('second', { bytes: 'photo' });
    for (const name of ['first', 'second']) {
      await room.block(name);
      await room.spread(name);
    }
    for (const name of ['first', 'second']) {
      await room.unblock(name);
      await room.spread(name);
    }
    for (const name of ['first', 'second']) expect(await room.blocks(name)).toEqual([]);
  });

  it('are left by those who followed an image that became part of another, for that one', async () => {
    const url = 'https://cdn.example.ma/source.jpg';
    const source = await room.image(url, { bytes: 'photo' });
    const joined = await room.image('joined', { bytes: 'photo' });
    await copies(1);
    await room.block(url);
    await room.spread(url);
    await room.block('joined');
    expect(await room.blocks('joined')).toEqual([`match ${source}`, 'publisher']);
    await room.desk.bindings.bind(room.desk.siteId, 'joined', [url]);
    expect(await room.waiting(SPREAD_BLOCK)).toContain(source);
    await new SpreadBlock(room.desk.database, room.desk.neck).run(
      { site: room.desk.siteId, image: source },
      run(),
    );
    expect(await room.blocks('copy-0')).toEqual([`match ${joined}`]);
    expect(await room.blocks('joined')).toEqual(['publisher']);
    expect(await room.desk.row('copy-0')).toMatchObject({ blocked: true, version: 1 });
  });
});

describe('nobody is left behind', () => {
  it('when the source is unblocked while its job runs, which looks again', async () => {
    await room.image('source', { bytes: 'photo' });
    const names = await copies(6);
    await room.block('source');
    const job = { site: room.desk.siteId, image: await room.id('source') };
    // Holds the fourth, so that the job stops in the middle.
    const held = room.desk.dataSource.createQueryRunner();
    await held.startTransaction();
    await held.query('select from image where id = $1 for update', [await room.id('copy-3')]);
    const spreading = new SpreadBlock(room.desk.database, room.desk.neck, 2).run(job, run());
    await until(async () => (await room.desk.waiting()) > 0);
    expect((await room.blocks('copy-1')).length).toBe(1);
    await room.unblock('source');
    // Whatever its own job finds now, the other one adds to it afterwards.
    const releasing = new SpreadBlock(room.desk.database, room.desk.neck, 2).run(job, run());
    await held.commitTransaction();
    await held.release();
    await Promise.all([spreading, releasing]);
    for (const name of names) expect(await room.blocks(name)).toEqual([]);
  });

  it('when a run is cut short between two chunks: the next one does the rest', async () => {
    await room.image('source', { bytes: 'photo' });
    const names = await copies(5);
    await room.block('source');
    const job = { site: room.desk.siteId, image: await room.id('source') };
    const cut = new AbortController();
    const held = room.desk.dataSource.createQueryRunner();
    await held.startTransaction();
    await held.query('select from image where id = $1 for update', [await room.id('copy-2')]);
    const running = new SpreadBlock(room.desk.database, room.desk.neck, 2).run(job, { signal: cut.signal });
    await until(async () => (await room.desk.waiting()) > 0);
    cut.abort(new Error('stopping'));
    await held.commitTransaction();
    await held.release();
    await expect(running).rejects.toThrow('stopping');
    const blocked = await Promise.all(names.map((name) => room.blocks(name)));
    expect(blocked.filter(({ length }) => length > 0).length).toBe(4);
    await room.spread('source');
    for (const name of names) expect((await room.blocks(name)).length).toBe(1);
  });

  it('when people change their minds at the same time, of the same bytes, in several processes', async () => {
    await room.image('first', { bytes: 'photo' });
    await room.image('second', { bytes: 'photo' });
    const names = await copies(12);
    const besides = await Promise.all([room.desk.beside(), room.desk.beside()]);
    const jobs = await Promise.all(
      ['first', 'second'].map(async (name) => ({ site: room.desk.siteId, image: await room.id(name) })),
    );
    const [first, second] = jobs;
    const spread = (n: number, job = first): Promise<unknown> =>
      job === undefined
        ? Promise.resolve()
        : new SpreadBlock((besides[n % 2] ?? room.desk).database, (besides[n % 2] ?? room.desk).neck, 3).run(
            job,
            run(),
          );
    // What is staged with a change runs at some time after it.
    const running: Promise<unknown>[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await room.block('first');
      running.push(spread(turn));
      await room.block('second');
      running.push(spread(turn + 1, second));
      await room.unblock(turn % 2 === 0 ? 'first' : 'second');
      running.push(spread(turn, turn % 2 === 0 ? first : second));
    }
    await room.unblock('first');
    running.push(spread(0));
    await Promise.all(running);
    // Of the handed over ones, too.
    await room.spread('second');
    const id = await room.id('second');
    for (const name of names) {
      expect(await room.blocks(name)).toEqual([`match ${id}`]);
    }
    await Promise.all(besides.map((desk) => desk.close()));
  });
});

it('holds up nobody for longer than one chunk takes', async () => {
  await room.image('source', { bytes: 'photo' });
  await copies(6);
  await room.block('source');
  const job = { site: room.desk.siteId, image: await room.id('source') };
  const held = room.desk.dataSource.createQueryRunner();
  await held.startTransaction();
  await held.query('select from image where id = $1 for update', [await room.id('copy-4')]);
  const running = new SpreadBlock(room.desk.database, room.desk.neck, 2).run(job, run());
  await until(async () => (await room.desk.waiting()) > 0);
  // Those of the chunks before are free, and so are those that come later.
  await room.decide('copy-0', 'keep');
  await room.desk.reports('copy-5', 1);
  await held.commitTransaction();
  await held.release();
  await running;
  expect(await room.blocks('copy-0')).toEqual([]);
  expect((await room.blocks('copy-5')).length).toBe(1);
});
