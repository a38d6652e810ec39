import { reconcile } from '../../src/cli/reconcile.js';
import { secondsLateToForget } from '../../src/database/statements/readers/forget-readers.js';
import { loadReceipt } from '../../src/database/statements/votes/load-receipt.js';
import { listCaseReports } from '../../src/database/statements/cases/list-case-reports.js';
import { findVoterToMute } from '../../src/database/statements/readers/mute-readers.js';
import { ForgetReaders } from '../../src/moderation/forget-readers.js';
import { tablesWith } from '../setup/bytes-in-tables.js';
import { Desk, type Done, done } from '../setup/desk.js';

const DAY = 86_400_000;
const DAYS = { pseudonymDays: 30, recordDays: 180 };

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/forget/${(n += 1)}.jpg`;

beforeEach(async () => {
  desk = await Desk.open({ reporters: 3, hold: false, minNetworks: 1 });
});
afterEach(async () => {
  const off = (await reconcile(desk.database)).filter(({ problems }) => problems.length > 0);
  await desk.close();
  expect(off).toEqual([]);
});

const forget = (days: number, settings = DAYS) =>
  new ForgetReaders(desk.database, settings).once(new Date(Date.now() + days * DAY));

/** A report with a comment and a page. */
const said = (url: string, reader: string, comment = `words of ${reader}`) => ({
  ...desk.report(url, 'violence', reader),
  comment,
  page: { url: `https://www.example.ma/${reader}`, title: `title for ${reader}` },
});
const whereIs = (...readers: readonly string[]): Promise<string[]> =>
  tablesWith(
    desk.dataSource,
    readers.map((reader) => desk.reporter(reader)),
  );
const votes = (): Promise<{ reporter: Buffer; network: Buffer | null; linked_to: Buffer | null }[]> =>
  desk.dataSource.query('select * from vote order by site_id, image_id, round, at');

/** Lets all that was said, decided and opened be older by so many days. */
async function pass(days: number): Promise<void> {
  await desk.dataSource.query(`
    update vote set at = at - interval '${days} days', withdrawn_at = withdrawn_at - interval '${days} days';
    update report_note set at = at - interval '${days} days';
    update moderation_case set opened_at = opened_at - interval '${days} days',
                               closed_at = closed_at - interval '${days} days';
    update decision set at = at - interval '${days} days';
    update reporter_verdict set at = at - interval '${days} days';
    update device_account set at = at - interval '${days} days';
    update muted_reporter set at = at - interval '${days} days';
    update image set readers_since = readers_since - interval '${days} days',
                     round_started_at = round_started_at - interval '${days} days',
                     kept_at = kept_at - interval '${days} days',
                     created_at = created_at - interval '${days} days'`);
}

describe('who reported an image', () => {
  it('is forgotten 30 days after its case was closed, with what they wrote; counts stay', async () => {
    const url = image();
    await desk.oneByOne([said(url, 'ann'), said(url, 'ben')]);
    await desk.decide(done(await desk.neck.moderateOne(said(url, 'cem'))), 'block', { reports: 'ignore' });
    const before = await desk.row(url);
    expect(await forget(29.9)).toMatchObject({ readers: 0 });
    expect(await whereIs('ann')).toEqual(['report_note', 'vote']);
    expect(await forget(30.1)).toMatchObject({ readers: 3 });
    expect(await whereIs('ann', 'ben', 'cem')).toEqual([]);
    const { readers_since: since, ...after } = await desk.row(url);
    expect({ ...after, readers_since: before['readers_since'] }).toEqual(before);
    expect(since).toBeNull();
    const notes = await desk.dataSource.query<unknown[]>(
      `select from report_note
       where comment is null and page_url is null and page_title is null and claimed_url is null and reason = 'violence'`,
    );
    expect(notes).toHaveLength(3);
    // Run again, it does nothing.
    expect(await forget(90)).toEqual({ readers: 0, verdicts: 0, links: 0, mutes: 0 });
  });

  it('stays known while the case is open, or opened again, and for 30 days from then', async () => {
    const url = image();
    await desk.oneByOne([said(url, 'ann'), said(url, 'ben')]);
    const blocked = done(await desk.neck.moderateOne(said(url, 'cem')));
    await pass(400);
    expect(await forget(0)).toMatchObject({ readers: 0 });
    const decided = done(await desk.decide(blocked, 'block'));
    await pass(20);
    await desk.undo(decided);
    await pass(20);
    expect(await forget(0)).toMatchObject({ readers: 0 });
    expect(await whereIs('ann')).toEqual(['report_note', 'vote']);
    await decideAgain(url, 'keep');
    expect(await forget(29.9)).toMatchObject({ readers: 0 });
    expect(await forget(30.1)).toMatchObject({ readers: 3 });
  });

  it('is forgotten 30 days after they said it where that came later than the decision', async () => {
    const url = image();
    await desk.decide(await threeReport(url), 'block');
    await pass(20);
    await desk.neck.moderateOne(said(url, 'late'));
    expect(await forget(11)).toMatchObject({ readers: 3 });
    expect(await whereIs('late')).toEqual(['report_note', 'vote']);
    expect(await forget(29.9)).toMatchObject({ readers: 0 });
    expect(await forget(30.1)).toMatchObject({ readers: 1 });
    expect(await whereIs('late')).toEqual([]);
  });

  it('stays known for as long as their vote can count, where the rule hears longer than 30 days', async () => {
    await desk.changeRule({ windowHours: 40 * 24, caseAt: 3 });
    const url = image();
    await desk.oneByOne([said(url, 'ann'), said(url, 'ben')]);
    expect(await desk.row(url)).toMatchObject({ review_state: 'none' });
    expect(await forget(39.9)).toMatchObject({ readers: 0 });
    expect(await forget(40.1)).toMatchObject({ readers: 2 });
  });

  it('stays one reader of an image, and of one network with others there; nothing leads to another image', async () => {
    const [one, other] = [image(), image()];
    await desk.oneByOne([
      desk.fromDevice(one, 'home/isp', { device: 'ann' }),
      desk.fromDevice(one, 'home/isp', { device: 'ben' }),
      desk.fromDevice(other, 'home/isp', { device: 'ann' }),
    ]);
    await pass(40);
    await decideAgain(one, 'keep');
    await decideAgain(other, 'keep');
    await forget(31);
    const [a, b, c] = await votes();
    expect(a?.network).toEqual(b?.network);
    expect(a?.reporter).not.toEqual(b?.reporter);
    expect(a?.network).not.toEqual(c?.network);
    expect(a?.reporter).not.toEqual(c?.reporter);
    const networks = ['home', 'wide isp'].map((name) => desk.network(name));
    expect(await tablesWith(desk.dataSource, networks)).toEqual([]);
  });

  it('is forgotten with their device, which stays theirs', async () => {
    const url = image();
    await desk.oneByOne([
      desk.fromDevice(url, 'home/isp', { device: 'phone' }),
      desk.fromAccount(url, 'ann', 'phone'),
    ]);
    await decideAgain(url, 'keep');
    await forget(31);
    const linked = await votes();
    const device = linked.find(({ linked_to: to }) => to !== null);
    const account = linked.find(({ linked_to: to }) => to === null);
    expect(device?.linked_to).toEqual(account?.reporter);
    expect(linked).toHaveLength(2);
    // Whose the device is, is a record, and goes later.
    expect(await whereIs('phone', 'ann')).toEqual(['device_account']);
    expect(await forget(181)).toMatchObject({ links: 1 });
    expect(await whereIs('phone', 'ann')).toEqual([]);
  });

  it('is forgotten on an image that became another, and there when the other is decided', async () => {
    const url = image();
    await desk.oneByOne([said(url, 'ann'), said('photo', 'ben')]);
    await desk.bindings.bind(desk.siteId, 'photo', [url]);
    expect(await forget(31)).toMatchObject({ readers: 1 });
    expect(await desk.count('vote', 'forgotten_at is not null')).toBe(1);
    const [{ imageId, round }] = [await identity(url)];
    const receipt = { siteId: desk.siteId, imageId, round, reporter: desk.reporter('ann') };
    expect(await loadReceipt(desk.database, receipt)).toMatchObject({ withdrawnAt: null });
    await decideAgain('photo', 'keep');
    // Looked at 31 days from now, it was open: it may be due after 30 more.
    expect(await forget(62)).toMatchObject({ readers: 2 });
    expect(await whereIs('ann', 'ben')).toEqual([]);
    expect(await loadReceipt(desk.database, receipt)).toMatchObject({ action: 'keep' });
  });

  it('is forgotten, though a merge before this release brought their note and not their vote, which was withdrawn', async () => {
    const url = image();
    await desk.withdraw(done(await desk.neck.moderateOne(said(url, 'ann'))), 'ann');
    await desk.oneByOne([said(url, 'cem'), said('photo', 'ben')]);
    await desk.bindings.bind(desk.siteId, 'photo', [url]);
    expect(await desk.count('report_note', `comment = 'words of ann'`)).toBe(1);
    const photo = (await desk.row('photo'))['id'];
    await desk.dataSource.query(
      `insert into report_note (site_id, image_id, round, reporter, digest, reason, comment)
       select site_id, $1, 1, reporter, digest, reason, comment from report_note where comment = 'words of ann'`,
      [photo],
    );
    await decideAgain('photo', 'keep');
    await forget(31);
    expect(await whereIs('ann', 'ben', 'cem')).toEqual([]);
  });

  it('who comes along with a merge, and is due by then, does not wait', async () => {
    const url = image();
    await desk.changeRule({ caseAt: 2 });
    await desk.oneByOne([said(url, 'ann')]);
    await pass(20);
    await forget(0);
    await desk.oneByOne([said('photo', 'ben')]);
    await desk.bindings.bind(desk.siteId, 'photo', [url]);
    await decideAgain('photo', 'keep');
    await pass(31);
    await forget(0);
    expect(await whereIs('ann', 'ben')).toEqual([]);
  });
});

describe('what hangs on who reported', () => {
  it('a receipt still tells what became of the image, and withdraws nothing any more', async () => {
    const url = image();
    const mine = done(await desk.neck.moderateOne(said(url, 'ann')));
    const receipt = {
      siteId: desk.siteId,
      imageId: mine.imageId,
      round: mine.round,
      reporter: desk.reporter('ann'),
    };
    const never = { ...receipt, round: 7 };
    await decideAgain(url, 'keep');
    const before = await loadReceipt(desk.database, receipt);
    await forget(31);
    expect(await loadReceipt(desk.database, receipt)).toEqual(before);
    expect(await loadReceipt(desk.database, never)).toBeUndefined();
    expect(await desk.withdraw(mine, 'ann')).toMatchObject({ ok: false, refusal: 'unknown-vote' });
  });

  it('a reader who is forgotten can vote again, and no two votes of one person are ever heard', async () => {
    const url = image();
    const decided = done(await desk.decide(await threeReport(url), 'block'));
    await forget(31);
    // The same three: their votes of then are somebody's.
    await threeReport(url);
    const undone = done(await desk.undo(decided));
    expect(undone.visibility.blocked).toBe(true);
    await desk.publish(url, 'protect');
    await desk.publish(url, 'unprotect');
    expect((await desk.row(url))['tally']).toEqual({ violence: 6 });
    // Six are counted, three of them known: two more, of whom one is new, cross nothing that three known ones do not.
    await desk.changeRule({ reporters: 5 });
    expect(done(await desk.neck.moderateOne(said(url, 'ann'))).visibility.blocked).toBe(false);
    expect(done(await desk.neck.moderateOne(said(url, 'new'))).visibility.blocked).toBe(false);
    expect(done(await desk.neck.moderateOne(said(url, 'newer'))).visibility.blocked).toBe(true);
  });

  it('an undo takes back what was said of them, and a decision after it says nothing of them', async () => {
    const url = image();
    const decided = done(await desk.decide(await threeReport(url), 'block', { reports: 'valid' }));
    await forget(31);
    expect(await whereIs('ann')).toEqual(['reporter_verdict']);
    await desk.undo(decided);
    expect(await whereIs('ann')).toEqual([]);
    await decideAgain(url, 'keep', 'invalid');
    expect(await desk.count('reporter_verdict')).toBe(0);
  });

  it('moderators see how many, and for what; nobody can be muted by it', async () => {
    const url = image();
    const decided = done(await desk.decide(await threeReport(url), 'keep'));
    await forget(31);
    const { imageId } = decided;
    const rows = await listCaseReports(
      desk.database,
      { siteId: desk.siteId, imageId, round: 1, lastRound: 1 },
      null,
      10,
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toMatchObject({ forgotten: true, reasons: ['violence'], verdicts: [], muted: false });
      const found = await desk.database.inTransaction((tx) =>
        findVoterToMute(
          tx,
          { siteId: desk.siteId, imageId, round: 1, lastRound: 1 },
          Buffer.from(row.reporter, 'hex'),
        ),
      );
      expect(found).toBeUndefined();
    }
  });
});

describe('the record of a reporter', () => {
  beforeEach(async () => {
    await desk.decide(await threeReport(image()), 'block', { reports: 'valid' });
  });

  it('goes 180 days after the last decision that said something of them', async () => {
    await pass(100);
    await desk.decide(done(await desk.neck.moderateOne(said(image(), 'ann'))), 'keep', {
      reports: 'invalid',
    });
    expect(await forget(79.9)).toMatchObject({ verdicts: 0 });
    expect(await forget(80.1)).toMatchObject({ verdicts: 2 });
    expect(await whereIs('ann')).toEqual(['reporter_verdict']);
    expect(await whereIs('ben', 'cem')).toEqual([]);
    expect(await forget(179.9)).toMatchObject({ verdicts: 0 });
    expect(await forget(180.1)).toMatchObject({ verdicts: 2 });
    expect(await whereIs('ann')).toEqual([]);
  });

  it('stays for as long as a vote is known to be theirs, or one of their device', async () => {
    await desk.oneByOne([said(image(), 'ann'), desk.fromAccount(image(), 'ben', 'phone')]);
    await desk.dataSource.query(
      `delete from vote where reporter = $1 and image_id in
      (select image_id from moderation_case where status <> 'closed')`,
      [desk.reporter('ben')],
    );
    await desk.dataSource.query(
      `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out)
       select site_id, image_id, round, $1, 'device', '{spam}', 'budget' from moderation_case where status <> 'closed' limit 1`,
      [desk.reporter('phone')],
    );
    await desk.dataSource.query(
      `update image i set left_out = '{"budget": 1}'
       from vote v where v.image_id = i.id and v.left_out = 'budget'`,
    );
    await desk.dataSource.query(
      `update image i set tally = '{}' where not exists (select from vote v where v.image_id = i.id and v.left_out is null)`,
    );
    expect(await forget(400)).toMatchObject({ verdicts: 1, links: 0 });
    expect(await whereIs('cem')).toEqual([]);
    expect(await whereIs('ann')).toEqual(['report_note', 'reporter_verdict', 'vote']);
    expect(await whereIs('ben')).toEqual(['device_account', 'reporter_verdict']);
  });

  it('a mute without an end goes when they have not reported for so long, and the log says so', async () => {
    await desk.dataSource.query(
      `insert into muted_reporter (site_id, reporter, cause, until)
       values ($1, $2, 'staff', null), ($1, $3, 'staff', clock_timestamp() + interval '1000 days')`,
      [desk.siteId, desk.reporter('ann'), desk.reporter('ben')],
    );
    expect(await forget(179)).toMatchObject({ mutes: 0 });
    expect(await forget(181)).toMatchObject({ mutes: 1 });
    expect(await whereIs('ann')).toEqual([]);
    expect(await whereIs('ben')).toEqual(['muted_reporter']);
    expect(await desk.count('event', `type = 'reporter.unmuted' and data = '{"by": "rule"}'`)).toBe(1);
  });
});

describe('how late it is', () => {
  it('is told in seconds, by the first image', async () => {
    expect(await secondsLateToForget(desk.database, 30)).toBe(0);
    await threeReport(image());
    expect(await secondsLateToForget(desk.database, 30)).toBe(0);
    await pass(31);
    const late = await secondsLateToForget(desk.database, 30);
    expect(late).toBeGreaterThan(86_000);
    expect(late).toBeLessThan(87_000);
    await forget(0);
    expect(await secondsLateToForget(desk.database, 30)).toBe(0);
  });
});

async function threeReport(url: string): Promise<Done> {
  const outcomes = await desk.oneByOne([said(url, 'ann'), said(url, 'ben'), said(url, 'cem')]);
  const [last] = outcomes.slice(-1);
  if (last === undefined) throw new Error('no report');
  return last;
}

async function identity(url: string): Promise<{ imageId: string; round: number }> {
  const [row] = await desk.dataSource.query<{ id: string; round: number }[]>(
    `select id, merged_into, round from image where url = $1 and merged_into is not null`,
    [url],
  );
  return { imageId: row?.id ?? '', round: row?.round ?? 0 };
}

/** Decides the case of an image that awaits it, as it is now. */
async function decideAgain(
  name: string,
  action: 'block' | 'keep',
  reports: 'valid' | 'invalid' | 'ignore' = 'ignore',
): Promise<Done> {
  const { id } = await desk.row(name);
  const waiting = (await desk.awaiting()).find(({ imageId }) => imageId === id);
  if (waiting === undefined) throw new Error('no case');
  return done(
    await desk.neck.moderateOne({
      ...desk.decision({ imageId: id as string }, action, { reports, lead: true }),
      seen: waiting.seen,
    }),
  );
}
