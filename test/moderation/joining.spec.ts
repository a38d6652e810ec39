import pg from 'pg';
import { reconcile } from '../../src/cli/reconcile.js';
import type { SeenContent } from '../../src/moderation/seen-content.js';
import { readVisibilityEvents } from '../../src/database/statements/log/read-visibility-events.js';
import { seenChange } from '../../src/visibility/seen-change.js';
import { BLOCKED_NAMES, FoldedFeed } from '../publishing/fold-feed.js';
import { Desk, done } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
let other: Desk;
let holder: pg.Client;
let n = 0;
const address = (): string => `https://cdn.example.ma/joining/${(n += 1)}.jpg`;
const ownId = (): string => `joining-${(n += 1)}`;
const picture = (): string => `joined picture ${(n += 1)}`;

/** What somebody believes who has followed the feed from the beginning, page by page. */
let feed: FoldedFeed;
let read = 0;
async function follow(): Promise<void> {
  const events = await desk.database.inTransaction((tx) => readVisibilityEvents(tx, read, 2 ** 40, 10_000));
  for (const { key, keyKind, ...event } of events) {
    read = Number(event.seq);
    if (key === null || keyKind === null) continue;
    const { image, visibility } = seenChange({ ...event, key, keyKind });
    feed.take({ image, ...visibility });
  }
}

beforeAll(async () => {
  desk = await Desk.open();
  other = await desk.beside();
  holder = new pg.Client(desk.url);
  await holder.connect();
  feed = new FoldedFeed();
});
afterEach(async () => {
  expect((await reconcile(desk.database)).flatMap(({ problems }) => problems)).toEqual([]);
  await follow();
  const lines = await desk.dataSource.query<{ line: string }[]>(BLOCKED_NAMES, ['example']);
  expect(feed.blocked).toEqual(lines.map(({ line }) => line).sort());
});
afterAll(async () => {
  await holder.end();
  await other.close();
  await desk.close();
});

const idOf = async (image: string): Promise<string> => String((await desk.row(image))['id']);
/** Both processes' view of what is blocked. */
async function blockedEverywhere(urls: readonly string[]): Promise<boolean[]> {
  await other.follower().followOnce();
  return urls.map((url) => {
    expect(other.blockedHere(url)).toBe(desk.blockedHere(url));
    return desk.blockedHere(url);
  });
}
/** Reported once each, and looked at. */
async function group(count: number, bytes: string): Promise<string[]> {
  const urls = Array.from({ length: count }, address);
  for (const url of urls) {
    await desk.reports(url, 1);
    await desk.look(url, bytes);
  }
  return urls;
}

describe('the same bytes under several addresses', () => {
  it('behaviour 19: thirty addresses, one report each: one image, thirty votes, blocked once', async () => {
    const urls = await group(30, picture());
    const ids = new Set(await Promise.all(urls.map(idOf)));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(await desk.row(urls[7] ?? '')).toMatchObject({ tally: { violence: 30 }, blocked: true, round: 1 });
    expect(await desk.count('event', `type = 'image.blocked' and image_id = ${id}`)).toBe(1);
    expect(await desk.count('block', `image_id = ${id}`)).toBe(1);
    expect(await desk.count('moderation_case', `image_id = ${id} and status <> 'closed'`)).toBe(1);
    expect(await desk.count('content_version', `image_id = ${id}`)).toBe(1);
    expect(await blockedEverywhere(urls)).toEqual(urls.map(() => true));
  });

  it('five reporters of five addresses block; one reporter of five does not', async () => {
    const bytes = picture();
    const urls = Array.from({ length: 5 }, address);
    for (const url of urls) {
      done(await desk.neck.moderateOne(desk.report(url, 'violence', 'one and the same')));
      await desk.look(url, bytes);
    }
    expect(await desk.row(urls[4] ?? '')).toMatchObject({ tally: { violence: 1 }, blocked: false });
  });

  it('looked at all at the same moment, are one image', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [bytes, urls] = [picture(), Array.from({ length: 8 }, address)];
      await Promise.all(urls.map((url) => desk.reports(url, 1)));
      await Promise.all(urls.map((url, index) => (index % 2 ? desk : other).look(url, bytes)));
      expect(new Set(await Promise.all(urls.map(idOf))).size).toBe(1);
      expect(await desk.row(urls[0] ?? '')).toMatchObject({ tally: { violence: 8 }, blocked: true });
      await desk.follower().followOnce();
      await desk.follower().load();
      expect(await blockedEverywhere(urls)).toEqual(urls.map(() => true));
    }
  });

  it('are one image also where one was blocked, and decided on, before', async () => {
    const [old, young, bytes] = [address(), address(), picture()];
    const reported = await desk.reports(old, 1);
    done(await desk.decide(reported, 'block'));
    await desk.look(old, bytes);
    await desk.reports(young, 1);
    await desk.look(young, bytes);
    expect(await idOf(young)).toBe(reported.imageId);
    expect(await blockedEverywhere([old, young])).toEqual([true, true]);
  });

  it('stay two where a person kept the one and blocked the other', async () => {
    const [kept, blocked, bytes] = [address(), address(), picture()];
    done(await desk.decide(await desk.reports(kept, 1), 'keep'));
    await desk.look(kept, bytes);
    done(await desk.decide(await desk.reports(blocked, 1), 'block'));
    await desk.look(blocked, bytes);
    expect(await idOf(kept)).not.toBe(await idOf(blocked));
    expect(await blockedEverywhere([kept, blocked])).toEqual([false, true]);
  });

  it('hide no picture that a person kept by five reports of a copy: its bar is the one after a keep', async () => {
    for (const keptFirst of [true, false]) {
      const bytes = picture();
      const [kept, copy] = [address(), address()];
      const keep = async (): Promise<void> => {
        done(await desk.decide(await desk.reports(kept, 1), 'keep'));
        await desk.look(kept, bytes);
      };
      if (keptFirst) await keep();
      await desk.reports(copy, 5);
      if (!keptFirst) await keep();
      await desk.look(copy, bytes);
      expect(await idOf(copy)).toBe(await idOf(kept));
      expect(await blockedEverywhere([kept, copy])).toEqual([false, false]);
      expect(await desk.row(kept)).toMatchObject({ tally: { violence: 5 }, review_state: 'open' });
      await desk.reports(copy, 9);
      expect(await blockedEverywhere([kept, copy])).toEqual([false, false]);
      await desk.reports(kept, 1);
      expect(await blockedEverywhere([kept, copy])).toEqual([true, true]);
    }
  });

  it.each([
    ['readers', (url: string) => desk.reports(url, 5)],
    ['a moderator', async (url: string) => done(await desk.decide(await desk.reports(url, 1), 'block'))],
  ])(
    'are one with whoever shows them, also where the oldest took them after %s had blocked them',
    async (_, block) => {
      const [bytes, old, blocked, young] = [picture(), address(), address(), address()];
      await desk.reports(old, 1);
      await desk.look(old, picture());
      await desk.reports(blocked, 1);
      await desk.look(blocked, bytes);
      await block(blocked);
      await desk.look(old, bytes);
      await desk.reports(young, 1);
      await desk.look(young, bytes);
      expect(new Set(await Promise.all([old, blocked, young].map(idOf))).size).toBe(1);
      expect(await blockedEverywhere([old, blocked, young])).toEqual([true, true, true]);
    },
  );

  it('stay with the site’s own ids, which only the site binds', async () => {
    const [id, url, bytes] = [ownId(), address(), picture()];
    await desk.reports(id, 1);
    await desk.look(id, bytes);
    await desk.reports(url, 1);
    await desk.look(url, bytes);
    expect(await idOf(id)).not.toBe(await idOf(url));
  });

  it.each(['quality', 'size', 'graphic'] as const)(
    'behaviour 20: stay apart where they are indistinct (%s)',
    async (indistinct) => {
      const [one, two, bytes] = [address(), address(), picture()];
      for (const url of [one, two]) {
        await desk.reports(url, 1);
        await desk.look(url, bytes, { indistinct });
      }
      expect(await idOf(one)).not.toBe(await idOf(two));
    },
  );

  it('bring what the younger ever showed, with what blocked it', async () => {
    const [bad, good] = [picture(), picture()];
    const [old, young] = [address(), address()];
    await desk.reports(old, 1);
    await desk.look(old, good);
    await desk.reports(young, 5);
    await desk.look(young, bad);
    await desk.look(young, good);
    expect(await idOf(young)).toBe(await idOf(old));
    expect(await blockedEverywhere([old, young])).toEqual([false, false]);
    await desk.look(young, bad);
    expect(await idOf(young)).not.toBe(await idOf(old));
    expect(await blockedEverywhere([old, young])).toEqual([false, true]);
  });

  it('do not bring a block that only holds bytes nobody has looked at', async () => {
    const [good, bad, url, swapped] = [picture(), picture(), address(), address()];
    await desk.reports(url, 1);
    await desk.look(url, good);
    const reported = await desk.reports(swapped, 1);
    await desk.look(swapped, bad);
    done(await desk.decide(reported, 'block'));
    await desk.look(swapped, good);
    expect(await idOf(url)).not.toBe(await idOf(swapped));
    expect(await blockedEverywhere([url, swapped])).toEqual([false, true]);
    // A person keeps them there: now nothing stands between the two.
    done(await desk.decide(await desk.reports(swapped, 1), 'keep'));
    await desk.look(swapped, good);
    expect(await idOf(url)).toBe(await idOf(swapped));
  });

  describe('of a good picture, shown where a block of other bytes only holds them', () => {
    /** Reported and blocked on bytes of its own; then its host shows the good ones, and nobody has announced it. */
    const swappedTo = async (good: string, block: (url: string) => Promise<unknown>): Promise<string> => {
      const url = address();
      await desk.reports(url, 1);
      await desk.look(url, picture());
      await block(url);
      await desk.look(url, good);
      expect(desk.blockedHere(url)).toBe(true);
      return url;
    };
    const byModerator = async (url: string): Promise<void> => {
      done(await desk.decide(await desk.reports(url, 1), 'block'));
    };
    const byPublisher = (url: string): Promise<unknown> => desk.publish(url, 'publisher-block', 'spam');
    /** Five readers block it; it goes and comes again within a month. */
    const restless = async (url: string): Promise<void> => {
      await desk.look(url, picture());
      await desk.reports(url, 5);
    };

    it.each([
      ['a moderator’s', byModerator],
      ['the publisher’s own', byPublisher],
      ['the rule’s, by the second change in a month', restless],
    ])('do not bring it to whoever shows them later: %s', async (_, block) => {
      const good = picture();
      const swapped = await swappedTo(good, block);
      const shown = address();
      await desk.reports(shown, 1);
      await desk.look(shown, good);
      await desk.look(shown, good);
      await desk.look(shown, picture(), { like: good });
      expect(await idOf(shown)).not.toBe(await idOf(swapped));
      expect(await blockedEverywhere([shown, swapped])).toEqual([false, true]);
    });

    it('do not bring the publisher’s own to whoever shows them already, nor to ids of the site', async () => {
      const [good, shown, id] = [picture(), address(), ownId()];
      for (const image of [shown, id]) {
        await desk.reports(image, 1);
        await desk.look(image, good);
      }
      const swapped = await swappedTo(good, byPublisher);
      expect(await blockedEverywhere([shown, swapped])).toEqual([false, true]);
      expect(
        await desk.count(
          'content_version',
          `image_id = ${await idOf(swapped)} and version = 2 and verdict is null`,
        ),
      ).toBe(1);
      await desk.look(id, good);
      expect(desk.blockedHere(id)).toBe(false);
    });

    it('do not keep the good ones apart, however many are held', async () => {
      const good = picture();
      for (let held = 0; held < 8; held += 1) await swappedTo(good, byModerator);
      const urls = await group(2, good);
      expect(await idOf(urls[1] ?? '')).toBe(await idOf(urls[0] ?? ''));
    });

    it('are one with those of a publisher’s block that was set on them', async () => {
      const [bad, ...urls] = [picture(), address(), address()];
      const [blocked = '', young = ''] = urls;
      await desk.reports(blocked, 1);
      await desk.look(blocked, bad);
      await byPublisher(blocked);
      await desk.reports(young, 1);
      await desk.look(young, bad);
      expect(await idOf(young)).toBe(await idOf(blocked));
      expect(await blockedEverywhere(urls)).toEqual([true, true]);
    });
  });

  it('follow the site when it binds one of the addresses to an id', async () => {
    const urls = await group(3, picture());
    const id = ownId();
    await desk.bindings.bind(desk.siteId, id, [urls[2] ?? '']);
    expect(await idOf(urls[2] ?? '')).toBe(await idOf(id));
    expect(await idOf(urls[0] ?? '')).toBe(await idOf(urls[1] ?? ''));
    const [first = ''] = urls;
    await desk.bindings.bind(desk.siteId, id, [first]);
    expect(new Set(await Promise.all(urls.map(idOf))).size).toBe(1);
    expect(await desk.row(id)).toMatchObject({ key_kind: 'id', tally: { violence: 3 } });
  });
});

describe('an address that its bytes had joined, bound by the site to an id', () => {
  const stateOf = async (image: string): Promise<Record<string, unknown>> => {
    const { blocked, shown_reason: reason, content, review_state: review } = await desk.row(image);
    return { blocked, reason, content, review };
  };

  it('brings the block that hid it, with a case, and its bytes; the others keep theirs, and their votes', async () => {
    const [bytes, id] = [picture(), ownId()];
    const urls = await group(5, bytes);
    const [own = '', , third = '', ...rest] = urls;
    const before = await desk.row(own);
    await desk.bindings.bind(desk.siteId, id, [third]);
    expect(await idOf(third)).toBe(await idOf(id));
    expect(await stateOf(id)).toEqual({ blocked: true, reason: 'violence', content: 1, review: 'open' });
    expect(await desk.count('content_bytes', `image_id = ${await idOf(id)}`)).toBe(1);
    expect(await desk.row(own)).toEqual(before);
    expect(await blockedEverywhere([own, third, ...rest, id])).toEqual([true, true, true, true, true]);
    await desk.look(third, bytes);
    expect(await idOf(third)).toBe(await idOf(id));
    done(await desk.decide(await desk.reports(id, 1), 'keep'));
    expect(await blockedEverywhere([own, third])).toEqual([true, false]);
  });

  it('brings a moderator’s block, which is one of these bytes there, too', async () => {
    const [bytes, id] = [picture(), ownId()];
    const [own = '', second = ''] = await group(2, bytes);
    done(await desk.decide(await desk.reports(own, 1), 'block'));
    await desk.bindings.bind(desk.siteId, id, [second]);
    expect(await blockedEverywhere([own, second])).toEqual([true, true]);
    expect(await desk.count('content_version', `image_id = ${await idOf(id)} and verdict = 'block'`)).toBe(1);
  });

  it('brings it to an id that has an image already, and several bring it once', async () => {
    const [bytes, id] = [picture(), ownId()];
    const [own = '', second = '', third = '', ...rest] = await group(6, bytes);
    await desk.reports(id, 1);
    await desk.bindings.bind(desk.siteId, id, [second, third]);
    expect(await stateOf(id)).toMatchObject({ blocked: true, review: 'open' });
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 1 } });
    expect(await desk.count('block', `image_id = ${await idOf(id)}`)).toBe(1);
    expect(await blockedEverywhere([own, second, third, ...rest])).toEqual(Array(6).fill(true));
  });

  it('is visible where its picture was', async () => {
    const [, second = ''] = await group(2, picture());
    const id = ownId();
    await desk.bindings.bind(desk.siteId, id, [second]);
    expect(await stateOf(id)).toMatchObject({ blocked: false, content: 1, review: 'open' });
  });
});

describe('other bytes at one of several addresses', () => {
  it('behaviour 17: only that address leaves: visible, with a case; the others keep block, votes and case', async () => {
    const urls = await group(6, picture());
    const [own = '', swapped = '', ...rest] = urls;
    const before = await desk.row(own);
    const cases = await desk.count('moderation_case', `image_id = ${String(before['id'])}`);
    expect(await desk.look(swapped, picture())).toMatchObject({ change: 'new', version: 2 });
    expect(await blockedEverywhere([own, swapped, ...rest])).toEqual([true, false, ...rest.map(() => true)]);
    expect(await desk.row(own)).toEqual(before);
    expect(await desk.count('moderation_case', `image_id = ${String(before['id'])}`)).toBe(cases);
    expect(await desk.row(swapped)).toMatchObject({
      tally: {},
      review_state: 'open',
      blocked: false,
      key: swapped,
    });
    expect(
      await desk.count(
        'moderation_case',
        `image_id = ${await idOf(swapped)} and status = 'open' and flags = '{bytes-replaced}'`,
      ),
    ).toBe(1);
    expect(await desk.events(swapped)).toEqual([
      'content.changed',
      'case.opened',
      'image.unblocked',
      'address.parted',
    ]);
  });

  it('leaves also where it was the image’s own key, which takes another address', async () => {
    const urls = await group(5, picture());
    const [own = '', second = ''] = urls;
    const id = await idOf(own);
    await desk.look(own, picture());
    expect(await idOf(own)).not.toBe(id);
    expect(await desk.row(second)).toMatchObject({ id, key: second, url: second });
    expect(await blockedEverywhere(urls)).toEqual([false, true, true, true, true]);
    // The follower loads anew, and says the same.
    await other.follower().load();
    expect(await blockedEverywhere(urls)).toEqual([false, true, true, true, true]);
  });

  it('comes back with the old bytes, and leaves again', async () => {
    const bytes = picture();
    const urls = await group(5, bytes);
    const [own = '', second = ''] = urls;
    for (const url of [own, second]) {
      await desk.look(url, picture());
      expect(await idOf(url)).not.toBe(await idOf(urls[4] ?? ''));
      await follow();
      expect((await blockedEverywhere([url]))[0]).toBe(false);
      await desk.look(url, bytes);
      expect(await idOf(url)).toBe(await idOf(urls[4] ?? ''));
      await follow();
      expect(await blockedEverywhere(urls)).toEqual(urls.map(() => true));
    }
    expect(await desk.row(urls[4] ?? '')).toMatchObject({ tally: { violence: 5 } });
  });

  it('leaves and comes back any number of times, and as much is known of the image as was ever there', async () => {
    const [bytes, ...others] = [picture(), picture(), picture(), picture()];
    const urls = await group(2, bytes);
    const [own = '', swapped = ''] = urls;
    for (let cycle = 0; cycle < 14; cycle += 1) {
      await desk.look(swapped, others[cycle % 3] ?? '');
      await desk.look(swapped, bytes);
    }
    const id = await idOf(own);
    expect(await idOf(swapped)).toBe(id);
    expect(await desk.count('content_version', `image_id = ${id}`)).toBe(4);
    expect(await desk.count('content_bytes', `image_id = ${id}`)).toBe(4);
    for (let cycle = 0; cycle < 20; cycle += 1) {
      await desk.look(swapped, picture());
      await desk.look(swapped, bytes);
    }
    const [row] = await desk.dataSource.query<{ last: number }[]>(
      'select max(version) as last from content_version where image_id = $1',
      [id],
    );
    expect(row?.last).toBe(24);
  });

  it('brings back what blocked the bytes between, also a second time', async () => {
    const [bytes, bad] = [picture(), picture()];
    const urls = await group(2, bytes);
    const [own = '', swapped = ''] = urls;
    await desk.look(swapped, bad);
    await desk.look(swapped, bytes);
    await desk.look(swapped, bad);
    await desk.reports(swapped, 5);
    await desk.look(swapped, bytes, { announced: true });
    done(await desk.decide(await desk.reports(swapped, 1), 'keep'));
    await desk.look(swapped, bytes);
    expect(await idOf(swapped)).toBe(await idOf(own));
    await desk.look(swapped, bad);
    expect(await blockedEverywhere(urls)).toEqual([false, true]);
  });

  it('a second time within a month stays blocked, whatever happened at the others', async () => {
    const bytes = picture();
    const urls = await group(5, bytes);
    const [, second = '', third = ''] = urls;
    await desk.look(second, picture());
    await desk.look(second, bytes);
    await desk.look(second, picture());
    await desk.look(third, picture());
    expect(await blockedEverywhere([second, third])).toEqual([true, false]);
    expect(await desk.row(second)).toMatchObject({ review_state: 'open', shown_reason: 'violence' });
  });

  it('leaves behind what was said of the bytes between, which can be withdrawn and counts nowhere', async () => {
    const bytes = picture();
    const urls = await group(3, bytes);
    const [own = '', second = ''] = urls;
    done(await desk.neck.moderateOne(desk.report(own, 'violence', 'said of both')));
    await desk.look(second, picture());
    const between = done(await desk.neck.moderateOne(desk.report(second, 'hate', 'said of both')));
    await desk.look(second, bytes);
    expect(await idOf(second)).toBe(await idOf(own));
    expect(await desk.row(own)).toMatchObject({ tally: { violence: 4 } });
    done(await desk.withdraw(between, 'said of both'));
    expect(await desk.row(own)).toMatchObject({ tally: { violence: 4 } });
    expect(await desk.count('vote', `image_id = ${between.imageId} and withdrawn_at is not null`)).toBe(1);
  });

  it('comes back visible where a person has kept the picture meanwhile', async () => {
    const bytes = picture();
    const urls = await group(5, bytes);
    const [own = '', second = ''] = urls;
    await desk.look(second, picture());
    done(await desk.decide(await desk.reports(own, 1), 'keep'));
    await desk.look(second, bytes);
    expect(await idOf(own)).toBe(await idOf(second));
    expect(await blockedEverywhere(urls)).toEqual(urls.map(() => false));
  });

  it('stays blocked where a moderator had blocked and nobody announced it, and the decision stays with the others', async () => {
    const urls = await group(2, picture());
    const [own = '', swapped = ''] = urls;
    const decided = done(await desk.decide(await desk.reports(own, 1), 'block'));
    await desk.look(swapped, picture());
    expect(await blockedEverywhere(urls)).toEqual([true, true]);
    expect(await desk.row(swapped)).toMatchObject({ review_state: 'open' });
    done(await desk.undo(decided));
    expect(await blockedEverywhere(urls)).toEqual([false, true]);
    done(await desk.decide(await desk.reports(swapped, 1), 'keep'));
    expect(await blockedEverywhere(urls)).toEqual([false, false]);
  });

  it('is freed where the site announced it', async () => {
    const urls = await group(2, picture());
    const [own = '', swapped = ''] = urls;
    done(await desk.decide(await desk.reports(own, 1), 'block'));
    await desk.look(swapped, picture(), { announced: true });
    expect(await blockedEverywhere(urls)).toEqual([true, false]);
  });

  it('joins whoever shows those bytes', async () => {
    const [first, second] = [picture(), picture()];
    const [own = '', moving = ''] = await group(5, first);
    const [there = ''] = await group(2, second);
    await desk.look(moving, second);
    expect(await idOf(moving)).toBe(await idOf(there));
    expect(await blockedEverywhere([own, moving, there])).toEqual([true, false, false]);
    await desk.look(moving, first);
    expect(await idOf(moving)).toBe(await idOf(own));
    expect(await blockedEverywhere([own, moving, there])).toEqual([true, true, false]);
  });
});

describe('at the same moment', () => {
  /** Starts each once the one before waits for this image's lock, then lets them go in that order. */
  async function inTurnAt(imageId: string, works: (() => Promise<unknown>)[]): Promise<void> {
    await holder.query('begin');
    await holder.query('select from image where id = $1 for update', [imageId]);
    const started: Promise<unknown>[] = [];
    for (const work of works) {
      started.push(work());
      await until(async () => (await desk.waiting()) === started.length);
    }
    await holder.query('commit');
    await Promise.all(started);
  }
  const see =
    (at: Desk, url: string, bytes: string, more: Partial<SeenContent> = {}) =>
    () =>
      at.look(url, bytes, more);

  it('one address joins another while that one joins a third', async () => {
    const [one, two] = [picture(), picture()];
    const [a, b, c] = [address(), address(), address()];
    for (const url of [c, b, a]) await desk.reports(url, 1);
    await desk.look(c, two);
    await desk.look(b, one);
    await inTurnAt(await idOf(b), [see(desk, a, one), see(other, b, two)]);
    expect(await idOf(b)).toBe(await idOf(c));
    expect(await idOf(a)).not.toBe(await idOf(b));
  });

  it('a report, a decision and a binding come while an address joins', async () => {
    const [bytes, id] = [picture(), ownId()];
    const [a, b, bound] = [address(), address(), address()];
    const reported = await desk.reports(a, 1);
    await desk.look(a, bytes);
    await desk.reports(b, 1);
    await inTurnAt(await idOf(b), [
      see(desk, b, bytes),
      () => desk.neck.moderateOne(desk.report(b)),
      () => other.neck.moderateOne(desk.report(b, 'hate')),
    ]);
    expect(await desk.row(a)).toMatchObject({ id: reported.imageId, tally: { violence: 3, hate: 1 } });
    await Promise.all([
      desk.look(a, bytes),
      desk.decide(reported, 'block'),
      other.bindings.bind(desk.siteId, id, [b, bound]),
      desk.reports(b, 1),
    ]);
    expect(await desk.count('address x join image i on i.id = x.image_id', 'i.merged_into is not null')).toBe(
      0,
    );
  });

  it('a report comes while its address leaves', async () => {
    const [bytes, other_] = [picture(), picture()];
    const urls = await group(2, bytes);
    const [own = '', swapped = ''] = urls;
    await inTurnAt(await idOf(own), [
      see(desk, swapped, other_),
      () => desk.neck.moderateOne(desk.report(swapped)),
    ]);
    expect(await desk.wrongTallies()).toEqual([]);
  });

  it('all of it at random, over many rounds, leaves everything in order', async () => {
    const pictures = [picture(), picture(), picture()];
    const urls = Array.from({ length: 6 }, address);
    const ids = [ownId(), ownId()];
    for (const url of urls) await desk.reports(url, 1);
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const at = random(2) === 0 ? desk : other;
          const url = urls[random(urls.length)] ?? '';
          const what = random(10);
          if (what < 6) await at.look(url, pictures[random(pictures.length)] ?? '');
          else if (what < 9) await at.neck.moderateOne(desk.report(url, 'violence', `random ${random(9)}`));
          else await at.bindings.bind(desk.siteId, ids[random(2)] ?? '', [url]);
        }),
      );
      expect((await reconcile(desk.database)).flatMap(({ problems }) => problems)).toEqual([]);
    }
    await desk.follower().load();
    await other.follower().load();
    await blockedEverywhere(urls);
  });
});
