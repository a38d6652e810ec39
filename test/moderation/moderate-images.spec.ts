import { Desk, done } from '../setup/desk.js';

const IMAGE = 'https://cdn.example.ma/photos/first.jpg';
let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/photos/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

describe('the neck', () => {
  it('blocks an image once five different people have reported it', async () => {
    const before = await desk.reports(IMAGE, 4);
    expect(before.visibility).toEqual({ blocked: false, version: 0 });
    expect(desk.blockedHere(IMAGE)).toBe(false);
    const after = await desk.reports(IMAGE, 1);
    expect(after.visibility).toMatchObject({
      blocked: true,
      version: 1,
      reason: 'violence',
      reviewed: false,
    });
    expect(desk.blockedHere(IMAGE)).toBe(true);
    expect(await desk.events(IMAGE)).toEqual(['case.opened', 'image.blocked']);
  });

  it('behaviour 1: fifty parallel identical posts by one reporter are one vote', async () => {
    const url = image();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => desk.neck.moderateOne(desk.report(url, 'hate', 'one'))),
    );
    expect(outcomes.map(done).filter(({ recorded }) => recorded)).toHaveLength(1);
    expect((await desk.row(url))['tally']).toEqual({ hate: 1 });
  });

  it('counts one vote when the same report stands fifty times in one batch', async () => {
    const url = image();
    const outcomes = await desk.neck.moderate(
      Array.from({ length: 50 }, () => desk.report(url, 'hate', 'one')),
    );
    expect(outcomes.map(done).filter(({ recorded }) => recorded)).toHaveLength(1);
    expect((await desk.row(url))['tally']).toEqual({ hate: 1 });
  });

  it('behaviour 3: two reasons by one person are one vote that shows both', async () => {
    const url = image();
    await desk.neck.moderateOne(desk.report(url, 'spam', 'one'));
    const second = done(await desk.neck.moderateOne(desk.report(url, 'hate', 'one')));
    expect(second.recorded).toBe(false);
    expect((await desk.row(url))['tally']).toEqual({ 'hate+spam': 1 });
  });

  it('behaviour 11: withdrawn and reported again is one vote', async () => {
    const url = image();
    const first = done(await desk.neck.moderateOne(desk.report(url, 'spam', 'one')));
    await desk.withdraw(first, 'one');
    expect((await desk.row(url))['tally']).toEqual({});
    const again = done(await desk.neck.moderateOne(desk.report(url, 'hate', 'one')));
    expect(again.recorded).toBe(true);
    expect((await desk.row(url))['tally']).toEqual({ hate: 1 });
    expect(await desk.count('vote', `image_id = ${again.imageId}`)).toBe(1);
  });

  it('behaviour 12: a report on a blocked image is recorded and attached to its closed case', async () => {
    const url = image();
    const blocked = await desk.reports(url, 5);
    await desk.decide(blocked, 'block');
    const late = await desk.reports(url, 1);
    expect(late.recorded).toBe(true);
    expect(late.visibility).toMatchObject({ blocked: true, reviewed: true, version: 1 });
    expect((await desk.row(url))['tally']).toEqual({ violence: 6 });
    expect(late.case?.id).toBe(blocked.case?.id);
    expect(await desk.count('moderation_case', `image_id = ${late.imageId}`)).toBe(1);
  });

  it('behaviour 22: fifty reports that cross at once give one block, one event, one case', async () => {
    const url = image();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => desk.neck.moderateOne(desk.report(url))),
    );
    expect(outcomes.map(done).every(({ recorded }) => recorded)).toBe(true);
    expect(await desk.events(url)).toEqual(['case.opened', 'image.blocked']);
    expect((await desk.row(url))['tally']).toEqual({ violence: 50 });
  });

  it('behaviour 24: kept, then reported again: the old votes are gone and the bar is higher', async () => {
    const url = image();
    const kept = done(await desk.decide(await desk.reports(url, 5), 'keep'));
    expect(kept.visibility).toEqual({ blocked: false, version: 2 });
    const four = await desk.reports(url, 4);
    expect(four.case).toBeNull();
    const five = await desk.reports(url, 1);
    expect(five.visibility.blocked).toBe(false);
    expect(five.case).toMatchObject({ status: 'open', round: 2 });
    expect((await desk.reports(url, 9)).visibility.blocked).toBe(false);
    expect((await desk.reports(url, 1)).visibility).toMatchObject({ blocked: true, version: 3 });
  });

  it('opens a case again after a keep only for votes of the window', async () => {
    const url = image();
    const kept = done(await desk.decide(await desk.reports(url, 5), 'keep'));
    await desk.reports(url, 4);
    await desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [
      kept.imageId,
    ]);
    expect((await desk.reports(url, 1)).case).toBeNull();
    expect((await desk.reports(url, 4)).case).toMatchObject({ status: 'open', round: 2 });
  });

  it('behaviour 25: a lowered K blocks nothing, a raised K unblocks nothing', async () => {
    const url = image();
    const other = image();
    const blocked = await desk.reports(other, 5);
    await desk.reports(url, 4);
    await desk.changeRule({ reporters: 3 });
    expect((await desk.row(url))['blocked']).toBe(false);
    await desk.changeRule({ reporters: 9 });
    expect((await desk.row(other))['blocked']).toBe(true);
    await desk.reports(other, 1);
    expect((await desk.row(other))['blocked']).toBe(true);
    expect(blocked.visibility.blocked).toBe(true);
    await desk.changeRule({ reporters: 5 });
  });

  it('behaviour 28a: keep, five votes, undo, keep: no old vote counts, no new vote is swallowed', async () => {
    await desk.changeRule({ reporters: 6 });
    const url = image();
    const kept = done(await desk.decide(await desk.reports(url, 6), 'keep'));
    await desk.reports(url, 5);
    const undone = done(await desk.undo(kept));
    expect(undone.visibility).toMatchObject({ blocked: true });
    expect(await desk.row(url)).toMatchObject({ round: 2, tally: { violence: 5 } });
    const again = done(await desk.decide(undone, 'keep'));
    expect(again.visibility.blocked).toBe(false);
    expect(await desk.row(url)).toMatchObject({ round: 3, tally: {} });
    const fresh = done(await desk.neck.moderateOne(desk.report(url, 'violence', 1)));
    expect(fresh.recorded).toBe(true);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 } });
    await desk.changeRule({ reporters: 5 });
  });

  it('behaviour 30: a protected image only queues; protecting a blocked one lifts what the rule did', async () => {
    const url = image();
    await desk.publish(url, 'protect');
    const reported = await desk.reports(url, 8);
    expect(reported.visibility.blocked).toBe(false);
    expect(reported.case).toMatchObject({ status: 'open' });
    const other = image();
    await desk.reports(other, 5);
    expect(done(await desk.publish(other, 'protect')).visibility).toEqual({ blocked: false, version: 2 });
    expect(desk.blockedHere(other)).toBe(false);
  });

  it('the first word for a protection is in the log, also of two that come at once', async () => {
    const url = image();
    const protect = (note: string) => ({
      type: 'protect' as const,
      siteId: desk.siteId,
      target: { keys: [desk.key(url)] },
      actor: { kind: 'site' as const, id: null },
      reason: null,
      note,
    });
    await desk.neck.moderate([protect('verified'), protect('verified again')]);
    await desk.neck.moderateOne(protect('verified once more'));
    const said = await desk.dataSource.query<{ note: string }[]>(
      `select data->>'note' as note from event where type = 'protection.set' and image_id = $1`,
      [(await desk.row(url))['id']],
    );
    expect(said).toEqual([{ note: 'verified' }]);
  });

  it('counts only the votes of the window', async () => {
    const url = image();
    const four = await desk.reports(url, 4);
    await desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [
      four.imageId,
    ]);
    expect((await desk.reports(url, 4)).visibility.blocked).toBe(false);
    expect((await desk.row(url))['tally']).toEqual({ violence: 8 });
    expect((await desk.reports(url, 1)).visibility.blocked).toBe(true);
  });

  it('does not count a vote from before the window because it gains a reason', async () => {
    const url = image();
    const first = done(await desk.neck.moderateOne(desk.report(url, 'spam', 'old')));
    await desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [
      first.imageId,
    ]);
    await desk.reports(url, 4);
    const added = done(await desk.neck.moderateOne(desk.report(url, 'hate', 'old')));
    expect(added.visibility.blocked).toBe(false);
    expect((await desk.reports(url, 1)).visibility.blocked).toBe(true);
  });

  it('keeps the evidence of a crossing', async () => {
    const url = image();
    const { imageId } = await desk.reports(url, 5, 'hate');
    const [block] = await desk.dataSource.query<{ evidence: unknown; rule_version: number }[]>(
      'select evidence, rule_version from block where image_id = $1',
      [imageId],
    );
    expect(block?.evidence).toEqual({
      crossedBy: 'total',
      needed: 5,
      reporters: 5,
      weight: 5_000,
      tally: { hate: 5 },
      leftOut: {},
    });
  });
});

describe('a withdrawal', () => {
  it('before the crossing lowers the tally', async () => {
    const url = image();
    const first = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'leaving')));
    await desk.withdraw(first, 'leaving');
    expect((await desk.reports(url, 4)).visibility.blocked).toBe(false);
  });

  it('after the crossing flags the case and unblocks nothing, whichever of the five withdraws', async () => {
    for (const leaving of [1, 5]) {
      const url = image();
      // Other people each time: the same five would be held (rule 4).
      const names = [1, 2, 3, 4, 5].map((number) => `v${leaving} ${number}`);
      const last = (await desk.oneByOne(names.map((name) => desk.report(url, 'violence', name)))).at(-1);
      if (last === undefined) throw new Error('nobody reported');
      const after = done(await desk.withdraw(last, `v${leaving} ${leaving}`));
      expect(after.visibility.blocked).toBe(true);
      expect(after.case?.flags).toEqual(['support-withdrawn']);
      expect((await desk.events(url)).at(-1)).toBe('case.flagged');
    }
  });

  it('by a latecomer takes nothing from the evidence', async () => {
    const url = image();
    await desk.reports(url, 5);
    const late = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'late')));
    const after = done(await desk.withdraw(late, 'late'));
    expect(after.case?.flags).toEqual([]);
  });
});

describe('an image that became part of another', () => {
  it('refuses what is still said of it by its row, and passes on what is said by its address', async () => {
    const url = image();
    const reported = await desk.reports(url, 3);
    await desk.reports('survivor', 1);
    await desk.bindings.bind(desk.siteId, 'survivor', [url]);
    expect(await desk.decide(reported, 'block')).toMatchObject({ ok: false, refusal: 'merged' });
    expect((await desk.reports(url, 1)).visibility.blocked).toBe(true);
  });
});

describe('the severe reason', () => {
  it('behaviour 31: blocks at one within its budget, urgent; kept, it only reopens', async () => {
    const url = image();
    const one = done(await desk.neck.moderateOne(desk.report(url, 'child_abuse', 'careful')));
    expect(one.visibility).toMatchObject({ blocked: true, reason: 'child_abuse' });
    expect(one.case).toMatchObject({ severe: true });
    const kept = done(await desk.decide(one, 'keep'));
    expect(kept.visibility.blocked).toBe(false);
    const again = done(await desk.neck.moderateOne(desk.report(url, 'child_abuse', 'another')));
    expect(again.visibility.blocked).toBe(false);
    expect(again.case).toMatchObject({ status: 'open', severe: true, round: 2 });
  });

  it('behaviour 31: one reporter looping over fifty images blocks one of them', async () => {
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
    const urls = Array.from({ length: 50 }, image);
    const outcomes = await desk.neck.moderate(urls.map((url) => desk.report(url, 'child_abuse', 'looping')));
    expect(outcomes.map(done).filter(({ visibility }) => visibility.blocked)).toHaveLength(1);
    const [second] = urls.slice(1);
    const two = done(await desk.neck.moderateOne(desk.report(second ?? '', 'child_abuse', 'second')));
    expect(two.visibility.blocked).toBe(true);
  });

  it('behaviour 31: a site gets three unreviewed blocks by a single vote within an hour', async () => {
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
    const blocked: boolean[] = [];
    for (let i = 0; i < 5; i += 1)
      blocked.push((await desk.reports(image(), 1, 'child_abuse')).visibility.blocked);
    expect(blocked).toEqual([true, true, true, false, false]);
  });

  it('does not block at two when the first vote has left the window', async () => {
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
    await desk.reports(image(), 3, 'child_abuse');
    await Promise.all([1, 2, 3].map(() => desk.reports(image(), 1, 'child_abuse')));
    const url = image();
    const first = await desk.reports(url, 1, 'child_abuse');
    expect(first.visibility.blocked).toBe(false);
    await desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [
      first.imageId,
    ]);
    expect((await desk.reports(url, 1, 'child_abuse')).visibility.blocked).toBe(false);
    expect((await desk.reports(url, 1, 'child_abuse')).visibility.blocked).toBe(true);
  });

  it('behaviour 31: on a protected image it only queues', async () => {
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
    const url = image();
    await desk.publish(url, 'protect');
    const outcome = await desk.reports(url, 2, 'child_abuse');
    expect(outcome.visibility.blocked).toBe(false);
    expect(outcome.case).toMatchObject({ severe: true });
  });
});

describe('what nobody may break', () => {
  it('gives every visibility change one event whose version rises by one', async () => {
    const url = image();
    const blocked = await desk.reports(url, 5);
    const kept = done(await desk.decide(blocked, 'keep'));
    await desk.undo(kept);
    await desk.publish(url, 'publisher-block', 'privacy');
    await desk.publish(url, 'publisher-unblock');
    const { id } = await desk.row(url);
    const rows = await desk.dataSource.query<{ type: string; version: number }[]>(
      `select type, (data ->> 'version')::int as version from event where image_id = $1 and type like 'image.%' order by seq`,
      [id],
    );
    expect(rows).toEqual([
      { type: 'image.blocked', version: 1 },
      { type: 'image.unblocked', version: 2 },
      { type: 'image.blocked', version: 3 },
      { type: 'image.reason-changed', version: 4 },
      { type: 'image.reason-changed', version: 5 },
    ]);
  });

  it('a poisonous command fails alone', async () => {
    const url = image();
    const poison = { ...desk.report(url), reason: '\0' } as unknown as ReturnType<Desk['report']>;
    const settled = await desk.neck.moderateEach([
      desk.report(url),
      poison,
      desk.report(url),
      desk.report(url),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await desk.row(url))['tally']).toEqual({ violence: 3 });
  });

  it('behaviour 32: two moderators decide at once: one wins, the other learns the case is closed', async () => {
    const url = image();
    const reported = await desk.reports(url, 5);
    const other = await desk.staff('second@example.ma');
    const outcomes = await Promise.all([
      desk.decide(reported, 'block'),
      desk.decide(reported, 'keep', { staffId: other }),
    ]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: 'case-closed' });
  });
});
