import pg from 'pg';
import { LOG_LOCK } from '../../src/database/statements/log/append-events.js';
import { reconcileVerdicts } from '../../src/database/statements/reconcile/reconcile-verdicts.js';
import { forgetMutes } from '../../src/database/statements/readers/forget-mutes.js';
import type { ImageCommand, Outcome, ReportImage } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';
import { statementNames } from '../setup/statement-names.js';
import { until } from '../setup/until.js';

type Done = Extract<Outcome, { ok: true }>;

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/muted/${(n += 1)}.jpg`;
const name = (): string => `reader ${(n += 1)}`;

beforeAll(async () => {
  desk = await Desk.open({ reporters: 3, hold: false, breaker: null });
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
  expect(await desk.database.inTransaction((tx) => reconcileVerdicts(tx))).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

/** @param until SQL of a time; by default for good */
const mute = (reporter: string, until = 'null'): Promise<unknown> =>
  desk.dataSource.query(
    `insert into muted_reporter (site_id, reporter, cause, at, until)
     values ($1, $2, 'staff', clock_timestamp() - interval '1 day', ${until})`,
    [desk.siteId, desk.reporter(reporter)],
  );
const unmute = (reporter: string): Promise<unknown> =>
  desk.dataSource.query('delete from muted_reporter where reporter = $1', [desk.reporter(reporter)]);
const mutes = (reporter: string): Promise<Record<string, unknown>[]> =>
  desk.dataSource.query('select cause, until from muted_reporter where reporter = $1', [
    desk.reporter(reporter),
  ]);

const report = async (command: ReportImage): Promise<Done> => done(await desk.neck.moderateOne(command));
const by = (url: string, reader: string, reason: ReportImage['reason'] = 'violence'): ReportImage =>
  desk.report(url, reason, reader);

describe('a muted reporter', () => {
  it('has their votes stored, not counted, and their case opened as for any vote that is left out', async () => {
    const [reader, url] = [name(), image()];
    await mute(reader);
    expect(await report(by(url, reader))).toMatchObject({ recorded: true, visibility: { blocked: false } });
    expect(await report(by(url, reader, 'hate'))).toMatchObject({ recorded: false });
    expect(await desk.row(url)).toMatchObject({
      tally: {},
      left_out: { muted: 1 },
      review_state: 'open',
    });
    expect((await desk.reports(url, 2)).visibility.blocked).toBe(false);
    expect((await desk.reports(url, 1)).visibility.blocked).toBe(true);
  });

  it('takes no place of a network', async () => {
    const url = image();
    const device = name();
    await mute(device);
    await desk.oneByOne([
      desk.fromDevice(url, 'riad', { device }),
      desk.fromDevice(url, 'riad'),
      desk.fromDevice(url, 'riad'),
    ]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { muted: 1 } });
  });

  it('makes nothing urgent by the severe reason, and blocks nothing by it', async () => {
    const [reader, url] = [name(), image()];
    await mute(reader);
    const said = await report(by(url, reader, 'child_abuse'));
    expect(said).toMatchObject({ visibility: { blocked: false }, case: { status: 'open', severe: false } });
    // Anybody else's is.
    expect(await report(by(url, name(), 'child_abuse'))).toMatchObject({
      visibility: { blocked: true },
      case: { severe: true },
    });
  });

  it('keeps the votes that they gave before, as they were', async () => {
    const [reader, url] = [name(), image()];
    const voted = await report(by(url, reader, 'spam'));
    await mute(reader);
    await report(by(url, reader, 'child_abuse'));
    expect(await desk.row(url)).toMatchObject({ tally: { spam: 1 }, left_out: {} });
    await desk.withdraw(voted, reader);
    await report(by(url, reader, 'child_abuse'));
    expect(await desk.row(url)).toMatchObject({ tally: { spam: 1 }, left_out: {}, blocked: false });
  });

  it('counts again once that is lifted, and what was left out stays so', async () => {
    const [reader, before, after] = [name(), image(), image()];
    await mute(reader);
    await report(by(before, reader));
    await unmute(reader);
    await report(by(before, reader));
    await report(by(after, reader));
    expect(await desk.row(before)).toMatchObject({ tally: {}, left_out: { muted: 1 } });
    expect(await desk.row(after)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
  });

  it('counts again once its time is over, by the database’s clock, whether or not the row is gone', async () => {
    const [over, still] = [name(), name()];
    await mute(over, `clock_timestamp() - interval '1 second'`);
    await mute(still, `clock_timestamp() + interval '1 hour'`);
    const url = image();
    await desk.oneByOne([by(url, over), by(url, still)]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: { muted: 1 } });
    await desk.database.inTransaction((tx) => forgetMutes(tx, 100));
    expect([await mutes(over), await mutes(still)]).toMatchObject([[], [{ cause: 'staff' }]]);
  });

  it('is muted on one site alone', async () => {
    const reader = name();
    await mute(reader);
    const elsewhere = await desk.beside();
    elsewhere.siteId = await desk.site('elsewhere', { hold: false });
    const url = image();
    await elsewhere.neck.moderateOne(elsewhere.report(url, 'violence', reader));
    expect(await elsewhere.row(url)).toMatchObject({ tally: { violence: 1 } });
    await elsewhere.close();
  });
});

describe('a device and its account', () => {
  it('are both muted when the device was, from the report on that names both', async () => {
    const [device, account, first, second] = [name(), name(), image(), image()];
    await mute(device);
    await report(desk.fromAccount(first, account, device));
    await report(desk.fromAccount(second, account, null));
    for (const url of [first, second])
      expect(await desk.row(url)).toMatchObject({ tally: {}, left_out: { muted: 1 } });
    expect(await mutes(device)).toEqual([]);
    expect(await mutes(account)).toHaveLength(1);
  });

  it('are muted with the next account, too, that the device comes along with', async () => {
    const [device, account, next, ...urls] = [name(), name(), name(), image(), image(), image(), image()];
    const [first = '', second = '', third = '', fourth = ''] = urls;
    await mute(device, `clock_timestamp() + interval '9 days'`);
    await report(desk.fromAccount(first, account, device));
    await report(desk.fromAccount(second, next, device));
    await report(desk.fromDevice(third, 'home', { device }));
    await report(desk.fromAccount(fourth, next, null));
    for (const url of urls) expect(await desk.row(url)).toMatchObject({ tally: {}, left_out: { muted: 1 } });
    const [ofFirst, ofNext] = [await mutes(account), await mutes(next)];
    expect(ofFirst).toHaveLength(1);
    expect(ofNext).toEqual(ofFirst);
    // Each is a mute of its own: one is lifted, the other stands.
    await unmute(next);
    expect(await mutes(account)).toHaveLength(1);
  });

  it('are not muted by an account of before that is muted no more', async () => {
    const [device, account, next, url] = [name(), name(), name(), image()];
    await report(desk.fromAccount(image(), account, device));
    await mute(account, `clock_timestamp() - interval '1 second'`);
    await report(desk.fromAccount(url, next, device));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
    expect(await mutes(next)).toEqual([]);
  });

  it('are both muted when the account was', async () => {
    const [device, account, first, second] = [name(), name(), image(), image()];
    await report(desk.fromAccount(first, account, device));
    await mute(account);
    await report(desk.fromDevice(second, 'home', { device }));
    expect(await desk.row(second)).toMatchObject({ tally: {}, left_out: { muted: 1 } });
  });

  it('are muted for the longer of both times', async () => {
    for (const [ofDevice, ofAccount, longer] of [
      [`clock_timestamp() + interval '9 days'`, `clock_timestamp() + interval '2 days'`, 8],
      [`clock_timestamp() + interval '2 days'`, `clock_timestamp() + interval '9 days'`, 8],
      ['null', `clock_timestamp() + interval '2 days'`, Infinity],
      [`clock_timestamp() + interval '2 days'`, 'null', Infinity],
    ] as const) {
      const [device, account] = [name(), name()];
      await mute(device, ofDevice);
      await mute(account, ofAccount);
      await report(desk.fromAccount(image(), account, device));
      const [{ until } = {}] = (await mutes(account)) as { until?: Date | null }[];
      const days = until == null ? Infinity : (until.getTime() - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(longer === Infinity ? 1_000 : longer);
    }
  });
});

describe('behaviour 7: nothing that is done for a report tells whether its reporter is muted', () => {
  const statementsOf = (command: ImageCommand): Promise<string[]> => statementNames(desk.database, [command]);

  it.each([
    ['a new image', () => Promise.resolve(image())],
    [
      'an image that others reported',
      async () => {
        const url = image();
        await desk.changeRule({ reporters: 10 });
        await desk.reports(url, 2);
        return url;
      },
    ],
    [
      'an image that the rule blocked',
      async () => {
        const url = image();
        await desk.changeRule({ reporters: 3 });
        await desk.reports(url, 4);
        return url;
      },
    ],
    [
      'an image that a moderator blocked',
      async () => {
        const url = image();
        await desk.decide(await desk.reports(url, 2), 'block', { reports: 'valid' });
        return url;
      },
    ],
  ])('on %s: the very same statements, the first time and the second', async (_, on) => {
    const muted = name();
    await mute(muted);
    for (const kind of ['named', 'device'] as const) {
      const [url, other] = [await on(), await on()];
      const command = (at: string, reader: string): ReportImage =>
        kind === 'named' ? by(at, reader) : desk.fromDevice(at, `far ${(n += 1)}`, { device: reader });
      const free = name();
      const whoever = `${muted} ${kind}`;
      await mute(whoever);
      const expected = [await statementsOf(command(url, free)), await statementsOf(command(url, free))];
      const got = [await statementsOf(command(other, whoever)), await statementsOf(command(other, whoever))];
      expect(got).toEqual(expected);
      expect(await desk.row(other)).toMatchObject({ left_out: { muted: 1 } });
    }
    await desk.changeRule({ reporters: 3 });
  });
});

/** Nothing is committed that writes a line, until what comes back is called. */
async function holdLog(): Promise<() => Promise<void>> {
  const writer = new pg.Client(desk.url);
  await writer.connect();
  await writer.query('select pg_advisory_lock($1)', [LOG_LOCK]);
  return () => writer.end();
}

describe('muting by the rule', () => {
  /** So many images that this reader reports alone, and that are kept. */
  async function dismissed(reader: string, count: number): Promise<Done[]> {
    const decisions: Done[] = [];
    for (let at = 0; at < count; at += 1)
      decisions.push(
        done(await desk.decide(await report(by(image(), reader)), 'keep', { reports: 'invalid' })),
      );
    return decisions;
  }

  beforeAll(() => desk.changeRule({ muteAfter: { dismissed: 3, forDays: 10 } }));
  afterAll(() => desk.changeRule({ muteAfter: null }));

  it('follows three dismissals one after the other, for ten days, and the log says so without a name', async () => {
    const reader = name();
    await dismissed(reader, 2);
    expect(await mutes(reader)).toEqual([]);
    const [last] = await dismissed(reader, 1);
    const [row] = await desk.dataSource.query<{ days: number; decision_id: string; cause: string }[]>(
      `select round(extract(epoch from until - at) / 86400)::int as days, decision_id, cause
       from muted_reporter where reporter = $1`,
      [desk.reporter(reader)],
    );
    expect(row).toEqual({ days: 10, decision_id: last?.decisionId, cause: 'rule' });
    const [event] = await desk.dataSource.query<Record<string, unknown>[]>(
      `select * from event where type = 'reporter.muted' and decision_id = $1`,
      [last?.decisionId],
    );
    expect(event).toMatchObject({
      actor_kind: 'rule',
      data: { by: 'rule', until: expect.any(String) as string },
      image_id: last?.imageId,
      case_id: last?.case?.id,
    });
    expect(Object.keys(event?.['data'] as object).sort()).toEqual(['by', 'until']);
    const url = image();
    await report(by(url, reader));
    expect(await desk.row(url)).toMatchObject({ left_out: { muted: 1 } });
  });

  it('is of the last of the cases that were decided together, whichever was opened first', async () => {
    const reader = name();
    await dismissed(reader, 1);
    const older = await report(by(image(), reader));
    const newer = await report(by(image(), reader));
    const dismissal = (outcome: Done): ImageCommand =>
      desk.decision({ imageId: outcome.imageId }, 'keep', { reports: 'invalid' });
    const [, last] = await desk.neck.moderate([dismissal(newer), dismissal(older)]);
    const [row] = await desk.dataSource.query<{ case_id: string; decision_id: string }[]>(
      'select case_id, decision_id from muted_reporter where reporter = $1',
      [desk.reporter(reader)],
    );
    expect(row).toEqual({ case_id: older.case?.id, decision_id: last?.ok === true && last.decisionId });
  });

  it('does not follow when one of the last was right', async () => {
    const reader = name();
    await dismissed(reader, 2);
    await desk.decide(await report(by(image(), reader)), 'block', { reports: 'valid' });
    await dismissed(reader, 2);
    expect(await mutes(reader)).toEqual([]);
    await dismissed(reader, 1);
    expect(await mutes(reader)).toHaveLength(1);
  });

  it('is lifted by the undo of its decision, and the log says so', async () => {
    const reader = name();
    const [, , last] = await dismissed(reader, 3);
    if (last === undefined) throw new Error('no decision');
    done(await desk.undo(last));
    expect(await mutes(reader)).toEqual([]);
    expect(
      await desk.count('event', `type = 'reporter.unmuted' and decision_id = ${last.decisionId ?? '0'}`),
    ).toBe(1);
  });

  it('is lifted by the undo of any decision without which there was no run', async () => {
    const reader = name();
    const [first, second] = await dismissed(reader, 3);
    if (first === undefined || second === undefined) throw new Error('no decision');
    done(await desk.undo(first));
    expect(await mutes(reader)).toEqual([]);
    expect(
      await desk.count('event', `type = 'reporter.unmuted' and decision_id = ${first.decisionId ?? '0'}`),
    ).toBe(1);
    await dismissed(reader, 1);
    expect(await mutes(reader)).toHaveLength(1);
    done(await desk.undo(second));
    expect(await mutes(reader)).toEqual([]);
  });

  it('stays when a dismissal from before the run is undone, whatever was said since', async () => {
    const reader = name();
    const [before] = await dismissed(reader, 1);
    const right = async (on: Done): Promise<unknown> => desk.decide(on, 'block', { reports: 'valid' });
    await right(await report(by(image(), reader)));
    const open = await report(by(image(), reader));
    await dismissed(reader, 3);
    await right(open);
    expect(await mutes(reader)).toHaveLength(1);
    if (before === undefined) throw new Error('no decision');
    done(await desk.undo(before));
    expect(await mutes(reader)).toHaveLength(1);
  });

  it('stays when the run is there without the decision that is undone', async () => {
    const reader = name();
    // Four that are open at once, so that the fourth is dismissed although its reporter is muted by then.
    const open: Done[] = [];
    for (let at = 0; at < 4; at += 1) open.push(await report(by(image(), reader)));
    const decisions: Done[] = [];
    for (const one of open) decisions.push(done(await desk.decide(one, 'keep', { reports: 'invalid' })));
    const [, , third] = decisions;
    if (third === undefined) throw new Error('no decision');
    done(await desk.undo(third));
    expect(await mutes(reader)).toHaveLength(1);
  });

  it('is not left behind by a decision of the same moment as the undo of one that it goes by', async () => {
    const reader = name();
    const [first] = await dismissed(reader, 2);
    if (first === undefined) throw new Error('no decision');
    const third = await report(by(image(), reader));
    const letGo = await holdLog();
    const deciding = desk.decide(third, 'keep', { reports: 'invalid' });
    await until(async () => (await desk.waiting()) === 1);
    const undoing = desk.undo(first);
    await until(async () => (await desk.waiting()) === 2);
    await letGo();
    done(await deciding);
    done(await undoing);
    expect(await mutes(reader)).toEqual([]);
  });

  it('follows two dismissals of the same moment, which see each other', async () => {
    const reader = name();
    await dismissed(reader, 1);
    const open = [await report(by(image(), reader)), await report(by(image(), reader))];
    const letGo = await holdLog();
    const deciding = open.map((one) => desk.decide(one, 'keep', { reports: 'invalid' }));
    await until(async () => (await desk.waiting()) === 2);
    await letGo();
    for (const decision of deciding) done(await decision);
    expect(await mutes(reader)).toHaveLength(1);
  });

  it('leaves a mute by hand as it is', async () => {
    const reader = name();
    const open: Done[] = [];
    for (let at = 0; at < 3; at += 1) open.push(await report(by(image(), reader)));
    await mute(reader);
    const decisions: Done[] = [];
    for (const one of open) decisions.push(done(await desk.decide(one, 'keep', { reports: 'invalid' })));
    expect(await mutes(reader)).toEqual([{ cause: 'staff', until: null }]);
    for (const one of decisions.reverse()) done(await desk.undo(one));
    expect(await mutes(reader)).toHaveLength(1);
  });

  it('begins anew where a mute is over, and reaches everybody whom one decision dismisses', async () => {
    const [over, other] = [name(), name()];
    await mute(over, `clock_timestamp() - interval '1 second'`);
    for (let at = 0; at < 3; at += 1) {
      const url = image();
      await report(by(url, over));
      await desk.decide(await report(by(url, other)), 'keep', { reports: 'invalid' });
    }
    expect([await mutes(over), await mutes(other)]).toMatchObject([[{ cause: 'rule' }], [{ cause: 'rule' }]]);
  });
});
