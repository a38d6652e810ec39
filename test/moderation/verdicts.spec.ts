import { weightOf } from '../../src/core/weights.js';
import { moveRecords } from '../../src/database/statements/readers/move-records.js';
import { reconcileVerdicts } from '../../src/database/statements/reconcile/reconcile-verdicts.js';
import type { Outcome } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';
import { statementNames } from '../setup/statement-names.js';
import { until } from '../setup/until.js';

type Done = Extract<Outcome, { ok: true }>;

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/verdicts/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open({ reporters: 3, hold: false, breaker: null, reporterBudget: null });
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
  expect(await desk.database.inTransaction((tx) => reconcileVerdicts(tx))).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

/** What decisions said of these readers, in the order of the decisions. */
async function said(...readers: readonly (string | number)[]): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const reader of readers) {
    const rows = await desk.dataSource.query<{ valid: boolean }[]>(
      'select valid from reporter_verdict where reporter = $1 order by decision_id',
      [desk.reporter(reader)],
    );
    told[reader] = rows.map(({ valid }) => (valid ? '+' : '-')).join('');
  }
  return told;
}

/** Every row, bit by bit. */
const everything = (): Promise<unknown[]> =>
  desk.dataSource.query('select * from reporter_verdict order by site_id, reporter, decision_id');

const report = async (url: string, reader: string): Promise<Done> =>
  done(await desk.neck.moderateOne(desk.report(url, 'violence', reader)));

/** These report one after the other; the last outcome. */
async function reports(url: string, ...readers: readonly string[]): Promise<Done> {
  let last: Done | undefined;
  for (const reader of readers) last = await report(url, reader);
  if (last === undefined) throw new Error('no report');
  return last;
}

/** Names that nobody had before. */
const people = (count: number): string[] => Array.from({ length: count }, () => `person ${(n += 1)}`);

/** The case of an image as it is now, for a decision on it. */
async function caseOf(url: string, outcome: Done): Promise<Done> {
  const { id } = await desk.row(url);
  const [row] = await desk.dataSource.query<{ id: string; version: number }[]>(
    'select id, version from moderation_case where image_id = $1 order by id desc limit 1',
    [id],
  );
  if (outcome.case === null || row === undefined) throw new Error('no case');
  return { ...outcome, case: { ...outcome.case, id: row.id, version: row.version } };
}

const appeal = async (url: string): Promise<Done> =>
  done(
    await desk.neck.moderateOne({
      type: 'appeal',
      siteId: desk.siteId,
      target: { keys: [desk.key(url)] },
      note: null,
    }),
  );

/** What staff say of an image without a case. */
const onImage = async (
  url: string,
  action: 'block' | 'keep',
  policy: 'violence' | 'hate' = 'violence',
): Promise<Done> =>
  done(
    await desk.neck.moderateOne(
      desk.decision({ keys: [desk.key(url)] }, action, {
        policy,
        reports: action === 'block' ? 'valid' : 'ignore',
      }),
    ),
  );

describe('who is judged', () => {
  it('is whoever counted when the rule blocked, and nobody who came later', async () => {
    const [[a, b, c, late], url] = [people(4) as [string, string, string, string], image()];
    const blocked = await reports(url, a, b, c, late);
    await desk.decide(blocked, 'block', { reports: 'valid' });
    expect(await said(a, b, c, late)).toEqual({ [a]: '+', [b]: '+', [c]: '+', [late]: '' });
  });

  it('is everybody who counts where the rule has not blocked', async () => {
    const [[a, b], url] = [people(2) as [string, string], image()];
    await desk.decide(await reports(url, a, b), 'keep', { reports: 'invalid' });
    expect(await said(a, b)).toEqual({ [a]: '-', [b]: '-' });
  });

  it('is also who withdrew after the rule blocked, and not who withdrew before', async () => {
    const [[before, a, b, c], url] = [people(4) as [string, string, string, string], image()];
    await desk.withdraw(await report(url, before), before);
    const blocked = await reports(url, a, b, c);
    await desk.withdraw(blocked, c);
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(before, a, b, c)).toEqual({ [before]: '', [a]: '-', [b]: '-', [c]: '-' });
  });

  it('is also who withdrew after the rule blocked and then reports again', async () => {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    const blocked = await reports(url, a, b, c);
    await desk.withdraw(blocked, c);
    await report(url, c);
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('is also who withdrew after a person had replaced the rule’s block, and then reports again', async () => {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    const blocked = await reports(url, a, b, c);
    await desk.decide(blocked, 'block');
    await desk.withdraw(blocked, c);
    await report(url, c);
    await appeal(url);
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('is nobody who came later when a decision is reversed that had replaced the rule’s block', async () => {
    const [[a, b, c, late], url] = [people(4) as [string, string, string, string], image()];
    const blocked = await reports(url, a, b, c, late);
    await desk.decide(blocked, 'block', { reports: 'valid' });
    await appeal(url);
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c, late)).toEqual({ [a]: '+', [b]: '+', [c]: '+', [late]: '' });
  });

  it('is whoever counted when the rule blocked where the decision that replaced its block said nothing', async () => {
    const [[a, b, c, late], url] = [people(4) as [string, string, string, string], image()];
    const blocked = await reports(url, a, b, c, late);
    await desk.withdraw(blocked, c);
    await desk.decide(blocked, 'block');
    await appeal(url);
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c, late)).toEqual({ [a]: '-', [b]: '-', [c]: '-', [late]: '' });
  });

  it('is nobody who withdrew where the rule has not blocked', async () => {
    const [[a, b], url] = [people(2) as [string, string], image()];
    const open = await reports(url, a, b);
    await desk.withdraw(open, b);
    await desk.decide(open, 'keep', { reports: 'invalid' });
    expect(await said(a, b)).toEqual({ [a]: '-', [b]: '' });
  });

  it('is nobody whose vote was left out', async () => {
    const url = image();
    const devices = ['d one', 'd two', 'd three'];
    const outcomes = await desk.oneByOne(
      devices.map((device) => desk.fromDevice(url, 'one flat', { device })),
    );
    const last = outcomes.at(-1);
    if (last === undefined) throw new Error('no report');
    await desk.decide(last, 'keep', { reports: 'invalid' });
    expect(await said(...devices)).toEqual({ 'd one': '-', 'd two': '-', 'd three': '' });
  });

  it('behaviour 29: is nobody when the decision ignores the reports, or hands the case on', async () => {
    const [[a, b], url] = [people(2) as [string, string], image()];
    const open = await reports(url, a);
    await desk.decide(open, 'escalate', { reports: 'invalid' });
    expect(await said(a)).toEqual({ [a]: '' });
    await desk.decide(await caseOf(url, await report(url, b)), 'keep', { lead: true });
    expect(await said(a, b)).toEqual({ [a]: '', [b]: '' });
  });

  it('is whoever reported an image on which staff decide without a case', async () => {
    const [[a, b], url] = [people(2) as [string, string], image()];
    await reports(url, a);
    await onImage(url, 'block');
    expect(await said(a)).toEqual({ [a]: '+' });
    // Who blocks again, for another policy, judges only those who came since.
    await report(url, b);
    await onImage(url, 'block', 'hate');
    expect(await said(a, b)).toEqual({ [a]: '+', [b]: '+' });
  });

  it('is each person once, of all rounds of a case', async () => {
    const [[a, b], url] = [people(2) as [string, string], image()];
    const kept = done(await desk.decide(await reports(url, a), 'keep', { reports: 'invalid' }));
    await report(url, a);
    const again = await report(url, b);
    expect(await said(a, b)).toEqual({ [a]: '-', [b]: '' });
    done(await desk.undo(kept, true));
    expect(await said(a, b)).toEqual({ [a]: '', [b]: '' });
    await desk.decide(await caseOf(url, { ...again, case: kept.case }), 'block', { reports: 'valid' });
    expect(await said(a, b)).toEqual({ [a]: '+', [b]: '+' });
  });

  it('is asked by one statement, however many decisions there are', async () => {
    const urls = [image(), image(), image()];
    const opened: Done[] = [];
    for (const url of urls) opened.push(await reports(url, ...people(2)));
    const names = await statementNames(
      desk.database,
      opened.map(({ imageId, case: moderationCase }) => ({
        type: 'decide' as const,
        siteId: desk.siteId,
        target: { imageId },
        seen: { caseId: moderationCase?.id ?? '', version: 1, leaseToken: null },
        action: 'keep' as const,
        policy: null,
        note: null,
        reports: 'invalid' as const,
        staffId: desk.staffId,
        lead: false,
        bulk: true,
        contentVersion: null,
      })),
    );
    expect(names.filter((name) => /judge|mute/.test(name))).toEqual(['judge-reporters']);
    expect(await desk.count('reporter_verdict', `decision_id > ${await lastDecision()} - 3`)).toBe(6);
  });
});

const lastDecision = async (): Promise<string> => {
  const [row] = await desk.dataSource.query<{ id: string }[]>('select max(id) as id from decision');
  return row?.id ?? '0';
};

describe('what is undone', () => {
  it('behaviour 28: leaves every weight bit by bit as it was, and comes back when it is decided again', async () => {
    const [[a, b, c], first, second] = [people(3) as [string, string, string], image(), image()];
    await desk.decide(await reports(first, a, b, c), 'block', { reports: 'valid' });
    const before = await everything();
    const open = await reports(second, a, b);
    const decision = done(await desk.decide(open, 'keep', { reports: 'invalid' }));
    expect(await said(a, b, c)).toEqual({ [a]: '+-', [b]: '+-', [c]: '+' });
    done(await desk.undo(decision));
    expect(await everything()).toEqual(before);
    await desk.decide(await caseOf(second, open), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '+-', [b]: '+-', [c]: '+' });
  });

  it('weighs nothing any more when the rule looks at what was said since', async () => {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    const decision = done(await desk.decide(await reports(url, a, b), 'block', { reports: 'invalid' }));
    await report(url, c);
    const undone = done(await desk.undo(decision));
    expect((await desk.row(url))['blocked']).toBe(true);
    const [block] = await desk.dataSource.query<{ source: string; weight: number }[]>(
      `select source, (evidence ->> 'weight')::int as weight from block where image_id = $1`,
      [undone.imageId],
    );
    expect(block).toEqual({ source: 'threshold', weight: 3_000 });
  });

  it('takes back who withdrew meanwhile, and judges again whoever counted at the crossing', async () => {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    const blocked = await reports(url, a, b, c);
    const decision = done(await desk.decide(blocked, 'block', { reports: 'valid' }));
    await desk.withdraw(blocked, a);
    expect(await said(a, b, c)).toEqual({ [a]: '+', [b]: '+', [c]: '+' });
    done(await desk.undo(decision));
    expect(await said(a, b, c)).toEqual({ [a]: '', [b]: '', [c]: '' });
    await desk.decide(await caseOf(url, blocked), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('behaviour 28a: judges after a keep, five votes, an undo and a keep whoever counted in either round, once', async () => {
    const [old, fresh, url] = [people(2), people(5), image()];
    const kept = done(await desk.decide(await reports(url, ...old), 'keep', { reports: 'invalid' }));
    const last = await reports(url, ...fresh);
    expect((await desk.row(url))['tally']).toEqual({ violence: 5 });
    // Its case was reopened by the votes, so the first decision can be undone no more.
    expect(await desk.undo(kept, true)).toMatchObject({ ok: false });
    await desk.decide(await caseOf(url, last), 'keep', { reports: 'invalid' });
    expect(Object.values(await said(...old, ...fresh))).toEqual(Array<string>(7).fill('-'));
  });
});

describe('a device that becomes an account’s', () => {
  it('brings what was said of it, one verdict for each decision', async () => {
    const [first, second, third] = [image(), image(), image()];
    const phone = { device: 'phone of Idir' };
    const alone = done(await desk.neck.moderateOne(desk.fromDevice(first, 'souk', phone)));
    await desk.decide(alone, 'keep', { reports: 'invalid' });
    // On the second image both have voted, and are judged as two.
    await desk.oneByOne([desk.fromDevice(second, 'souk', phone)]);
    const both = done(await desk.neck.moderateOne(desk.fromAccount(second, 'Idir', null)));
    const decision = done(await desk.decide(both, 'keep', { reports: 'invalid' }));
    expect(await said(phone.device, 'Idir')).toEqual({ [phone.device]: '--', Idir: '-' });
    await desk.oneByOne([desk.fromAccount(third, 'Idir', phone.device)]);
    expect(await said(phone.device, 'Idir')).toEqual({ [phone.device]: '', Idir: '--' });
    done(await desk.undo(decision));
    expect(await said(phone.device, 'Idir')).toEqual({ [phone.device]: '', Idir: '-' });
    await desk.decide(await caseOf(second, both), 'keep', { reports: 'invalid' });
    expect(await said(phone.device, 'Idir')).toEqual({ [phone.device]: '', Idir: '--' });
  });

  it('keeps its verdict when it is judged together with others of the account', async () => {
    const [first, second] = [image(), image()];
    await desk.oneByOne([
      desk.fromDevice(first, 'cafe', { device: 'tablet one' }),
      desk.fromDevice(first, 'cafe', { device: 'tablet two' }),
    ]);
    const open = await report(first, 'neighbour of Tiziri');
    await desk.decide(open, 'keep', { reports: 'invalid' });
    await desk.neck.moderate([
      desk.fromAccount(second, 'Tiziri', 'tablet one'),
      desk.fromAccount(second, 'Tiziri', 'tablet two'),
    ]);
    expect(await said('tablet one', 'tablet two', 'Tiziri')).toEqual({
      'tablet one': '',
      'tablet two': '',
      Tiziri: '-',
    });
  });

  it('does not keep a verdict that is undone while it changes hands', async () => {
    const url = image();
    const [device, account] = ['quick device', 'quick account'];
    const open = done(await desk.neck.moderateOne(desk.fromDevice(url, 'a home', { device })));
    const decision = done(await desk.decide(open, 'keep', { reports: 'invalid' }));
    const link = {
      siteId: desk.siteId,
      device: desk.reporter(device),
      account: desk.reporter(account),
      former: null,
    };
    let undone: Promise<Outcome> | undefined;
    await desk.database.inTransaction(async (tx) => {
      moveRecords(tx, [link]);
      await tx.query({ name: 'wait-for-those-before', text: 'select 1' });
      undone = desk.undo(decision);
      await until(async () => (await desk.waiting()) > 0);
    });
    expect(await undone).toMatchObject({ ok: true });
    expect(await said(device, account)).toEqual({ [device]: '', [account]: '' });
  });
});

it('keeps what was said of images that become one', async () => {
  const [[a, b], first, second] = [people(2) as [string, string], image(), image()];
  await desk.decide(await reports(first, a, b), 'block', { reports: 'valid' });
  await reports(second, a);
  await desk.bindings.bind(desk.siteId, 'one photo', [first, second]);
  expect(await said(a, b)).toEqual({ [a]: '+', [b]: '+' });
});

it('says nothing twice of what was said of an image before that became part of another', async () => {
  const [[a, b, c], first, second] = [people(3) as [string, string, string], image(), image()];
  await desk.decide(await reports(first, a, b), 'block', { reports: 'valid' });
  await reports(second, a, c);
  await desk.bindings.bind(desk.siteId, 'two decisions', [second]);
  await desk.bindings.bind(desk.siteId, 'two decisions', [first]);
  await desk.decide(await caseOf(second, await report(second, a)), 'block', { reports: 'valid' });
  expect(await said(a, b, c)).toEqual({ [a]: '+', [b]: '+', [c]: '+' });
});

describe('who withdrew after the rule blocked is judged', () => {
  /** The rule blocks this image by them; the last of them withdraws. */
  async function blockedAndTakenBack() {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    await desk.withdraw(await reports(url, a, b, c), c);
    return { a, b, c, url };
  }
  const decided = async (url: string, outcome: Done): Promise<void> => {
    done(await desk.decide(await caseOf(url, outcome), 'block', { reports: 'invalid' }));
  };

  it('also where the image became part of another meanwhile', async () => {
    const [{ a, b, c, url }, photo, [other]] = [await blockedAndTakenBack(), image(), people(1)];
    await desk.bindings.bind(desk.siteId, `taken back ${n}`, [photo]);
    await report(photo, other ?? '');
    await desk.bindings.bind(desk.siteId, `taken back ${n}`, [url]);
    await decided(photo, await report(photo, a));
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('also where the image became part of another, and they report that', async () => {
    const [{ a, b, c, url }, photo] = [await blockedAndTakenBack(), image()];
    await report(photo, 'somebody');
    await desk.bindings.bind(desk.siteId, `reported again ${n}`, [photo]);
    await desk.bindings.bind(desk.siteId, `reported again ${n}`, [url]);
    await decided(photo, await report(photo, c));
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('also where what they say of another image comes along', async () => {
    const [{ a, b, c, url }, copy] = [await blockedAndTakenBack(), image()];
    await desk.bindings.bind(desk.siteId, `of a copy ${n}`, [url]);
    await report(copy, c);
    await desk.bindings.bind(desk.siteId, `of a copy ${n}`, [copy]);
    await decided(url, await report(url, a));
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('also where a decision had taken the place of the block when that came along', async () => {
    const [{ a, b, c, url }, copy] = [await blockedAndTakenBack(), image()];
    await desk.bindings.bind(desk.siteId, `replaced ${n}`, [url]);
    const imageId = String((await desk.row(url))['id']);
    done(
      await desk.neck.moderateOne(
        desk.decision({ imageId }, 'block', { policy: 'violence', reports: 'ignore' }),
      ),
    );
    await report(copy, c);
    await desk.bindings.bind(desk.siteId, `replaced ${n}`, [copy]);
    await appeal(url);
    await desk.decide(await caseOf(url, await report(url, a)), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('once, whatever becomes of the image', async () => {
    const [{ a, b, c, url }, photo] = [await blockedAndTakenBack(), image()];
    await desk.bindings.bind(desk.siteId, `once ${n}`, [photo]);
    await report(photo, 'somebody');
    await desk.bindings.bind(desk.siteId, `once ${n}`, [url]);
    await decided(photo, await report(photo, c));
    await appeal(photo);
    await desk.decide(await caseOf(photo, await report(photo, c)), 'keep', { reports: 'invalid' });
    expect(await said(a, b, c)).toEqual({ [a]: '-', [b]: '-', [c]: '-' });
  });

  it('not who had withdrawn before, nor where nothing was blocked', async () => {
    const [[before, a, b, c, d], first, second, photo] = [
      people(5) as [string, string, string, string, string],
      image(),
      image(),
      image(),
    ];
    await desk.withdraw(await report(first, before), before);
    await reports(first, a, b, c);
    await desk.withdraw(await report(second, d), d);
    await report(photo, 'somebody');
    for (const url of [photo, first, second]) await desk.bindings.bind(desk.siteId, `before ${n}`, [url]);
    await report(photo, d);
    await decided(photo, await report(photo, before));
    expect(await said(before, a, b, c)).toEqual({ [before]: '', [a]: '-', [b]: '-', [c]: '-' });
    expect(await said(d)).toEqual({ [d]: '' });
  });
});

describe('behaviour 27: weights change after a block', () => {
  it('and its evidence stays what it was', async () => {
    const [[a, b, c], url] = [people(3) as [string, string, string], image()];
    const blocked = await reports(url, a, b, c);
    const evidence = async (): Promise<unknown> =>
      desk.dataSource.query('select evidence from block where image_id = $1', [blocked.imageId]);
    const frozen = await evidence();
    for (let wrong = 0; wrong < 3; wrong += 1)
      await desk.decide(await reports(image(), a, b, c), 'keep', { reports: 'invalid' });
    const rows = await desk.dataSource.query<{ decision: string; valid: boolean; at: Date }[]>(
      'select decision_id as decision, valid, at from reporter_verdict where reporter = $1',
      [desk.reporter(a)],
    );
    const verdicts = rows.map((row) => ({ ...row, at: row.at.getTime() }));
    expect(weightOf(verdicts, 'named', Date.now())).toBeLessThan(1_000);
    expect(await evidence()).toEqual(frozen);
    expect((await desk.row(url))['blocked']).toBe(true);
    // They no longer weigh enough to block another together.
    expect((await reports(image(), a, b, c)).visibility.blocked).toBe(false);
  });
});

describe('behaviour 26: one whom everybody trusts', () => {
  it('blocks nothing alone, and shortens nobody’s way: K people are needed at any weight', async () => {
    const [trusted] = people(1) as [string];
    for (let right = 0; right < 20; right += 1)
      await desk.decide(await reports(image(), trusted), 'block', { reports: 'valid' });
    const url = image();
    expect((await report(url, trusted)).visibility.blocked).toBe(false);
    expect((await reports(url, ...people(1))).visibility.blocked).toBe(false);
    expect((await reports(url, ...people(1))).visibility.blocked).toBe(true);
  });
});
