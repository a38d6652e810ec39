import { ReviewRoom } from '../../review/review-room.js';
import type { TestSite } from '../../setup/service.js';
import { until } from '../../setup/until.js';
import { wishOn } from '../../../src/web/console/review/claim-next.js';
import { Moderator } from './moderator.js';

const LEASE = 120;

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open({ LEASE_SECONDS: String(LEASE) });
});
afterAll(() => room.close());

interface Shift {
  readonly site: TestSite;
  readonly amina: Moderator;
  readonly bilal: Moderator;
  readonly ids: string[];
}

/** Two moderators of a site with so many cases, the most urgent first. */
async function shift(slug: string, cases: number): Promise<Shift> {
  const site = await room.site(slug);
  const someone = async (name: string): Promise<Moderator> =>
    new Moderator(room, await room.moderator(site, name), LEASE);
  const [amina, bilal] = [await someone('amina'), await someone('bilal')];
  const ids: string[] = [];
  for (let n = 0; n < cases; n += 1) ids.push(await room.caseOf(site, `image-${n}`));
  return { site, amina, bilal, ids };
}

const holderOf = async ({ bilal }: Shift, id: string): Promise<string | null> => {
  const { lease } = await bilal.ask.get<{ lease: { holder: { email: string } } | null }>(`/v1/cases/${id}`);
  return lease?.holder.email ?? null;
};

describe('what is on the desk', () => {
  it('holds the next case already, read and all, and shows it at once after a decision', async () => {
    const { amina, ids } = await shift('ahead', 3);
    await amina.desk.start();
    expect(amina.cases).toEqual([ids[0], ids[1]]);
    await until(() => amina.desk.ahead.peek()?.detail.peek() != null);
    const taken = amina.desk.decide({ action: 'keep', reports: 'ignore' });
    // Nothing was waited for.
    expect(amina.cases).toEqual([ids[1], null]);
    await amina.desk.fill();
    expect(amina.cases).toEqual([ids[1], ids[2]]);
    expect((await taken?.outcome)?.decision).toMatchObject({ action: 'keep', case: ids[0] });
  });

  it('is never the same for two people, nor for two windows of one', async () => {
    const { site, amina, bilal, ids } = await shift('distinct', 6);
    const again = new Moderator(room, await room.moderator(site, 'amina'), LEASE);
    await Promise.all([amina.desk.start(), bilal.desk.start(), again.desk.start()]);
    expect([...amina.cases, ...bilal.cases, ...again.cases].sort()).toEqual([...ids].sort());
  });

  it('is given back in a pause, with what was typed kept, and taken again', async () => {
    const one = await shift('pause', 2);
    const { amina, ids } = one;
    await amina.desk.start();
    amina.drafts.keep(ids[0] ?? '', 'not sure yet');
    await amina.desk.pause();
    expect(await Promise.all(ids.map((id) => holderOf(one, id)))).toEqual([null, null]);
    await amina.desk.start();
    expect(amina.cases).toEqual(ids);
    expect(amina.drafts.of(ids[0] ?? '')).toBe('not sure yet');
  });

  it('is at work again with a case that one asks for in a pause', async () => {
    const one = await shift('pause-ended', 2);
    const { amina, ids } = one;
    await amina.desk.start();
    await amina.desk.pause();
    await amina.desk.open(ids[1] ?? '');
    expect([amina.cases[0], amina.desk.isPaused.peek()]).toEqual([ids[1], false]);
    await amina.desk.fill();
    expect(amina.cases).toEqual([ids[1], ids[0]]);
  });

  it('gives back what was claimed while one paused', async () => {
    const one = await shift('pause-early', 2);
    const started = one.amina.desk.start();
    await one.amina.desk.pause();
    await started;
    expect(one.amina.cases).toEqual([null, null]);
    expect(await Promise.all(one.ids.map((id) => holderOf(one, id)))).toEqual([null, null]);
  });

  it('follows a change of what one wants, and gives the rest back', async () => {
    const one = await shift('wish', 2);
    const hateful = await room.caseOf(one.site, 'hateful', 1, 'hate');
    const { amina, ids } = one;
    await amina.desk.start();
    await amina.desk.choose({ site: 'wish', reason: 'hate', escalated: false });
    expect(amina.cases).toEqual([hateful, null]);
    expect(await holderOf(one, ids[0] ?? '')).toBeNull();
  });

  it('does not come back once it was skipped; what is looked at later stays', async () => {
    const one = await shift('skip', 3);
    const { amina, ids } = one;
    await amina.desk.start();
    amina.desk.later();
    expect(amina.cases).toEqual([ids[1], ids[0]]);
    amina.desk.skip();
    await amina.desk.fill();
    expect(amina.cases).toEqual([ids[0], ids[2]]);
    amina.desk.skip();
    amina.desk.skip();
    await amina.desk.fill();
    expect(amina.cases).toEqual([null, null]);
    expect(amina.desk.source.isDry.peek()).toBe(true);
  });

  it('looks again by itself where nothing waited', async () => {
    const { site, amina } = await shift('dry', 0);
    await amina.desk.start();
    const id = await room.caseOf(site, 'late');
    amina.pass(9);
    expect(amina.asked).toHaveLength(1);
    amina.pass(1);
    await amina.desk.fill();
    expect(amina.cases).toEqual([id, null]);
  });

  it('is given to nobody who is away, or looks at another page: it is only looked at, and claimed when one comes back', async () => {
    const one = await shift('away', 0);
    const { site, amina } = one;
    await amina.desk.start();
    const id = await room.caseOf(site, 'late');
    amina.isSeen = false;
    amina.pass(10);
    await until(() => amina.desk.source.isWaiting.peek());
    amina.isSeen = true;
    amina.pass(60);
    await amina.desk.fill();
    expect(amina.cases).toEqual([null, null]);
    expect(await holderOf(one, id)).toBeNull();
    expect(amina.asked.filter((what) => what === 'POST /v1/cases/claim')).toHaveLength(1);
    expect(amina.askedByItself.at(-1)).toBe('GET /v1/cases');
    amina.desk.touch();
    await until(() => amina.cases[0] === id);
  });

  it('rests while the session is over, and goes on afterwards', async () => {
    const { site, amina } = await shift('rests', 0);
    await amina.desk.start();
    const id = await room.caseOf(site, 'late');
    amina.isResting = true;
    const before = amina.asked.length;
    amina.pass(30);
    amina.desk.touch();
    await amina.desk.fill();
    expect(amina.asked).toHaveLength(before);
    amina.isResting = false;
    await amina.desk.fill();
    expect(amina.cases).toEqual([id, null]);
  });

  it('is of the chosen site alone: its own reasons, and what was passed on to its leads', () => {
    const wish = { site: null, reason: 'hate', escalated: true };
    const there = { site: 'news', reasons: ['violence'], isLead: false };
    expect(wishOn(wish, there)).toEqual({ site: 'news', reason: null, escalated: false });
    expect(wishOn(wish, { site: 'news', reasons: ['hate'], isLead: true })).toEqual({
      ...wish,
      site: 'news',
    });
  });

  it('puts a case that is named in front, and says who holds one that can not be had', async () => {
    const one = await shift('named', 4);
    const { amina, bilal, ids } = one;
    await amina.desk.start(ids[3]);
    expect(amina.cases).toEqual([ids[3], ids[0]]);
    await bilal.desk.start(ids[3]);
    expect(bilal.desk.refused.peek()?.problem.body).toMatchObject({ holder: { email: 'amina@named.ma' } });
    // A key that was meant for it would decide the one that came in its place.
    expect(bilal.cases).toEqual([null, null]);
    bilal.pass(30);
    bilal.desk.touch();
    await bilal.desk.fill();
    expect(bilal.cases).toEqual([null, null]);
    // That is no break, also after the words that said why were closed.
    bilal.desk.refused.value = null;
    expect([bilal.desk.isPaused.peek(), bilal.desk.pausedBy.peek()]).toEqual([true, 'refusal']);
    await bilal.desk.start();
    expect(bilal.cases).toEqual([ids[1], ids[2]]);
    await bilal.desk.pause();
    expect(bilal.desk.pausedBy.peek()).toBe('break');
    await bilal.desk.start();
    await amina.desk.open(ids[0] ?? '');
    expect(amina.cases).toEqual([ids[0], ids[3]]);
  });

  it('stays empty while a case that is named is asked for, and when it can not be had', async () => {
    const { site, amina, bilal, ids } = await shift('named-slowly', 2);
    await amina.desk.start(ids[0]);
    const opened = bilal.desk.start(ids[0]);
    // The page looks for cases meanwhile.
    await Promise.all([bilal.desk.fill(), opened]);
    expect(bilal.cases).toEqual([null, null]);
    // Where nobody answers, what waits comes when somebody does.
    const late = await room.caseOf(site, 'late');
    bilal.isOnline = false;
    await bilal.desk.start(ids[0]);
    bilal.isOnline = true;
    bilal.pass(10);
    await until(() => bilal.cases[0] === late);
  });

  it('gives leads the escalated cases where they ask for them, and skips those of others', async () => {
    const { site, amina, ids } = await shift('leads', 3);
    const lead = async (name: string) => new Moderator(room, await room.moderator(site, name, 'lead'), LEASE);
    const [one, two] = [await lead('leila'), await lead('lounis')];
    await amina.desk.start();
    for (let n = 0; n < ids.length; n += 1) {
      await amina.desk.decide({ action: 'escalate' })?.outcome;
      await amina.desk.fill();
    }
    await one.desk.choose({ site: null, reason: null, escalated: true });
    await one.desk.start();
    await two.desk.choose({ site: null, reason: null, escalated: true });
    await two.desk.start();
    expect(one.cases).toEqual([ids[0], ids[1]]);
    expect(two.cases).toEqual([ids[2], null]);
    two.desk.skip();
    await two.desk.fill();
    expect(two.cases).toEqual([null, null]);
  });
});

describe('leases', () => {
  it('are renewed, both, while one works', async () => {
    const { amina } = await shift('renew', 2);
    await amina.desk.start();
    const ends = () => [amina.desk.current.peek()?.endsAt.peek(), amina.desk.ahead.peek()?.endsAt.peek()];
    const before = ends();
    amina.pass(10);
    amina.desk.touch();
    amina.pass(40);
    expect(ends()).toEqual(before);
    amina.pass(15);
    const renewed = amina.time + LEASE * 1_000;
    await until(() => ends().every((at) => at === renewed));
  });

  it('run out in front of one who does not, and can be taken again while nobody did', async () => {
    const one = await shift('run-out', 2);
    const { amina, ids } = one;
    await amina.desk.start();
    amina.pass(LEASE);
    expect(amina.desk.current.peek()?.isOver.peek()).toBe(true);
    // What was ahead is another's now; who is away is given nothing.
    expect(amina.cases).toEqual([ids[0], null]);
    amina.pass(LEASE);
    expect(amina.cases).toEqual([ids[0], null]);
    expect(amina.desk.decide({ action: 'keep', reports: 'ignore' })).toBeUndefined();
    await amina.desk.takeAgain();
    expect(amina.desk.current.peek()?.canBeDecided.peek()).toBe(true);
  });

  it('that another took say who holds the case', async () => {
    const { amina, bilal, ids } = await shift('taken', 1);
    await amina.desk.start();
    amina.pass(LEASE);
    await room.runOut(ids[0] ?? '');
    await bilal.desk.start();
    expect(bilal.cases[0]).toBe(ids[0]);
    await amina.desk.takeAgain();
    expect(amina.desk.current.peek()?.loss.peek()?.body).toMatchObject({
      holder: { email: 'bilal@taken.ma' },
    });
  });

  it('that are renewed show what changed meanwhile', async () => {
    const { site, amina, ids } = await shift('changed', 1);
    await amina.desk.start();
    await room.sql('update moderation_case set version = version + 1 where id = $1', [
      room.sealed.databaseId('case', ids[0] ?? ''),
    ]);
    amina.desk.touch();
    amina.time += 1;
    amina.desk.touch();
    amina.pass(LEASE / 2);
    const held = amina.desk.current.peek();
    await until(() => held?.isChanged.peek() === true);
    expect(held?.view.peek()).toMatchObject({ version: 2, site: { slug: site.slug } });
  });

  it('show a report of the severe kind without being renewed', async () => {
    const { site, amina } = await shift('severe', 1);
    await amina.desk.start();
    await room.caseOf(site, 'image-0', 1, 'child_abuse');
    amina.pass(14);
    expect(amina.desk.current.peek()?.view.peek().severe).toBe(false);
    amina.pass(1);
    await until(() => amina.desk.current.peek()?.view.peek().severe === true);
    expect(amina.askedByItself.at(-1)).toMatch(/^GET /);
  });

  it('bind a decision to what was on the page, not to what the service told since', async () => {
    const { site, amina, ids } = await shift('unseen', 1);
    const show = (sha256: string) =>
      room.service.ask('PUT', '/v1/images/content', site.secretKey, {
        image: { url: room.url(site, 'image-0') },
        sha256: sha256.repeat(64),
      });
    await show('a');
    await amina.desk.start();
    const held = amina.desk.current.peek();
    const before = held?.seen;
    await room.sql('update moderation_case set version = version + 1 where id = $1', [
      room.sealed.databaseId('case', ids[0] ?? ''),
    ]);
    // Its address was no longer good: the picture is asked for again, and may be another by now.
    await held?.refreshPicture();
    expect(held?.isChanged.peek()).toBe(true);
    expect(held?.seen).toEqual(before);
    expect(await amina.desk.decide({ action: 'keep', reports: 'ignore' })?.outcome).toBeNull();
    expect(amina.outbox.refused.peek()).toHaveLength(1);
    held?.look();
    expect(held?.seen).toMatchObject({ version: 2 });
  });
});
