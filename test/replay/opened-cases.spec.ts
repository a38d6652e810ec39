import { Desk, done } from '../setup/desk.js';
import { replayed } from './replayed.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const FRIENDS = ['first friend', 'second friend', 'third friend'];
const WORDS = 'This picture was made up by the ministry.';

/** Lets all that happened on the site be older by so many hours. */
async function pass(hours: number): Promise<void> {
  const ages = ['vote', 'report_note', 'decision', 'event'].map(
    (table) => `update ${table} set at = at - interval '${hours} hours' where site_id = ${desk.siteId};`,
  );
  await desk.dataSource.query(`
    alter table event disable trigger event_append_only;
    ${ages.join('\n')}
    alter table event enable trigger event_append_only`);
}

const mute = (reader: string): Promise<unknown> =>
  desk.dataSource.query(
    `insert into muted_reporter (site_id, reporter, cause, at) values ($1, $2, 'staff', clock_timestamp())`,
    [desk.siteId, desk.reporter(reader)],
  );

/** An account's report, with the same words as everybody's. */
const say = async (url: string, reader: string) =>
  done(
    await desk.neck.moderateOne({
      ...desk.fromAccount(url, `${reader} ${desk.siteId}`.slice(-16), null),
      comment: WORDS,
      page: { url: 'https://www.example.ma/article/1', title: null },
    }),
  );

/** What the neck made of an image's round. */
async function happened(imageId: string): Promise<{ blocked: boolean; held: boolean }> {
  const [row] = await desk.dataSource.query<{ blocked: boolean; held: boolean }[]>(
    `select exists (select from block where image_id = $1 and source = 'threshold') as blocked,
            exists (select from moderation_case where image_id = $1 and hold is not null) as held`,
    [imageId],
  );
  if (row === undefined) throw new Error('no answer');
  return row;
}

/** And what a replay makes of it. */
async function said(imageId: string): Promise<{ blocked: boolean; held: boolean }> {
  const { outcomes, idOf } = await replayed(desk);
  const own = [...outcomes.byRound.values()].filter(({ image }) => idOf(image) === imageId);
  return {
    blocked: own.some(({ blockedAt }) => blockedAt !== null),
    held: own.some(({ heldAt }) => heldAt !== null),
  };
}

/**
 * Friends who report a second picture together are held by what they said of a first one as long as its case awaits a decision. That one was
 * kept, and has had other bytes since: whoever reports these opens a case as if it were new.
 */
describe('a case that the reports on new bytes open, after a keep of the old ones, is open in a replay, too', () => {
  it.each([
    ['fewer than K of them', { reporters: 4, caseAt: 3 }, []],
    ['some from before the window', { reporters: 3, caseAt: 3 }, []],
    ['some of muted readers', { reporters: 3, caseAt: 4 }, ['fourth, muted']],
  ])('by %s', async (name, rule, muted) => {
    desk.siteId = await desk.site(name.replace(/[^a-z]+/g, '-'), {
      ...rule,
      windowHours: 24,
      weights: false,
      holdBounds: { burst: 4, newcomers: 0.25, sameComment: 3, cohort: 3, prolific: 9 },
    });
    const image = (of: string): string => `https://cdn.example.ma/${desk.siteId}/${of}.jpg`;
    const [kept, together] = [image('kept'), image('together')];
    const before = await desk.reports(kept, rule.caseAt);
    await desk.look(kept, `old bytes ${desk.siteId}`);
    done(await desk.decide(before, 'keep'));
    await desk.look(kept, `new bytes ${desk.siteId}`);
    await pass(30);
    for (const reader of muted) {
      await mute(`${reader} ${desk.siteId}`.slice(-16));
      await say(kept, reader);
    }
    await say(kept, FRIENDS[0] ?? '');
    await say(kept, FRIENDS[1] ?? '');
    await pass(30);
    const opened = await say(kept, FRIENDS[2] ?? '');
    expect(opened.case?.status).toBe('open');
    for (const reader of rule.reporters > FRIENDS.length ? [...FRIENDS, 'no friend'] : FRIENDS) {
      // So slowly that nothing but what they said and did before speaks against them.
      await pass(1);
      await say(together, reader);
    }
    const { id } = await desk.row(together);
    expect(await happened(String(id))).toEqual({ blocked: false, held: true });
    expect(await said(String(id))).toEqual({ blocked: false, held: true });
  });
});

it('a case that an undo has opened again holds what was said in the round that the keep had ended, in a replay, too', async () => {
  desk.siteId = await desk.site('opened-again', {
    reporters: 3,
    weights: false,
    holdBounds: { burst: 4, newcomers: 0.25, sameComment: 3, cohort: 3, prolific: 9 },
  });
  const image = (of: string): string => `https://cdn.example.ma/${desk.siteId}/${of}.jpg`;
  const [kept, together] = [image('kept'), image('together')];
  await say(kept, FRIENDS[0] ?? '');
  await say(kept, FRIENDS[1] ?? '');
  const seen = await say(kept, FRIENDS[2] ?? '');
  done(await desk.undo(done(await desk.decide(seen, 'keep', { reports: 'ignore' }))));
  for (const reader of FRIENDS) {
    await pass(1);
    await say(together, reader);
  }
  const { id } = await desk.row(together);
  expect(await happened(String(id))).toEqual({ blocked: false, held: true });
  expect(await said(String(id))).toEqual({ blocked: false, held: true });
});
