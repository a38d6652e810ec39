import { loadReceipt } from '../../src/database/statements/votes/load-receipt.js';
import type { Outcome } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/linked/${(n += 1)}.jpg`;
/** A device and an account that nobody has seen. */
const person = (): { device: string; account: string } => ({ device: `d${(n += 1)}`, account: `a${n}` });

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

const one = async (command: Parameters<Desk['neck']['moderateOne']>[0]) =>
  done(await desk.neck.moderateOne(command));
const votesOf = (url: string, name: string) =>
  desk.dataSource.query<Record<string, unknown>[]>(
    `select v.* from vote v join image i on i.id = v.image_id and i.key = $1 where v.reporter = $2`,
    [url, desk.reporter(name)],
  );
const receiptOf = (outcome: Extract<Outcome, { ok: true }>, name: string) =>
  loadReceipt(desk.database, {
    siteId: desk.siteId,
    imageId: outcome.imageId,
    round: outcome.round,
    reporter: desk.reporter(name),
  });

describe('behaviour 4: an account and its devices', () => {
  it('are one vote, on two devices and without one', async () => {
    const [url, { account }] = [image(), person()];
    const outcomes = await desk.oneByOne([
      desk.fromAccount(url, account, 'phone'),
      desk.fromAccount(url, account, 'tablet'),
      desk.fromAccount(url, account, null),
    ]);
    expect(outcomes.map(({ recorded }) => recorded)).toEqual([true, false, false]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
  });

  it('are one vote when a device reports, logs in, and reports again: the case is flagged', async () => {
    const [url, { device, account }] = [image(), person()];
    await one(desk.fromDevice(url, 'home', { device, reason: 'spam' }));
    const again = await one(desk.fromAccount(url, account, device, 'hate'));
    expect(again).toMatchObject({ recorded: false, case: { flags: ['reporters-linked'] } });
    expect(await desk.row(url)).toMatchObject({ tally: { 'hate+spam': 1 }, left_out: { linked: 1 } });
    expect(await desk.events(url)).toEqual(['case.opened', 'case.flagged']);
    expect(await votesOf(url, device)).toMatchObject([
      { left_out: 'linked', linked_to: desk.reporter(account), reasons: ['spam'] },
    ]);
    await one(desk.fromAccount(url, account, device, 'hate'));
    await one(desk.fromDevice(url, 'home', { device, reason: 'hate' }));
    expect(await desk.row(url)).toMatchObject({ tally: { 'hate+spam': 1 }, left_out: { linked: 1 } });
    expect(await desk.events(url)).toEqual(['case.opened', 'case.flagged']);
  });

  it('are one vote from now on when both had voted, and nothing flips', async () => {
    const [url, { device, account }] = [image(), person()];
    await one(desk.fromDevice(url, 'home', { device }));
    await one(desk.fromAccount(url, account, null));
    const crossed = await desk.reports(url, 3);
    expect(crossed.visibility).toMatchObject({ blocked: true, version: 1 });
    const linked = await one(desk.fromAccount(url, account, device));
    expect(linked).toMatchObject({
      recorded: false,
      visibility: { blocked: true, version: 1 },
      case: { flags: ['reporters-linked'] },
    });
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 4 }, left_out: { linked: 1 } });
    const [block] = await desk.dataSource.query<{ evidence: { reporters: number } }[]>(
      'select evidence from block where image_id = $1',
      [linked.imageId],
    );
    expect(block?.evidence.reporters).toBe(5);
  });

  it('are the account on every image, once a report has named both', async () => {
    const [first, second, { device, account }] = [image(), image(), person()];
    await one(desk.fromAccount(first, account, device));
    const alone = await one(desk.fromDevice(second, 'home', { device }));
    expect(alone).toMatchObject({ recorded: true, voter: desk.reporter(account) });
    expect((await one(desk.fromAccount(second, account, null))).recorded).toBe(false);
    expect(await desk.row(second)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
    expect(await votesOf(second, account)).toMatchObject([{ reporter_kind: 'account' }]);
    expect(await votesOf(second, device)).toEqual([]);
  });

  it('become one where the device had voted before it was linked elsewhere, when it reports again', async () => {
    const [first, second, { device, account }] = [image(), image(), person()];
    await one(desk.fromDevice(first, 'home', { device }));
    await one(desk.fromAccount(second, account, device));
    const again = await one(desk.fromDevice(first, 'home', { device, reason: 'hate' }));
    expect(again).toMatchObject({ recorded: false, voter: desk.reporter(account) });
    expect(await desk.row(first)).toMatchObject({ tally: { 'violence+hate': 1 }, left_out: { linked: 1 } });
  });

  it('are one in one batch, whichever report comes first: the one that is not capped is recorded', async () => {
    for (const turn of [0, 1]) {
      const [url, { device, account }] = [image(), person()];
      const reports = [desk.fromDevice(url, 'home', { device }), desk.fromAccount(url, account, device)];
      const outcomes = await desk.neck.moderate(turn === 0 ? reports : reports.reverse());
      const recorded = outcomes.map((outcome) => done(outcome).recorded);
      expect(recorded).toEqual(turn === 0 ? [false, true] : [true, false]);
      expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
    }
  });

  it('are two people where two accounts name one device at once: its vote becomes that of the first', async () => {
    const [url, { device, account }] = [image(), person()];
    await one(desk.fromDevice(url, 'home', { device }));
    await desk.reports(url, 1);
    await desk.neck.moderate([
      desk.fromAccount(url, account, device, 'hate'),
      desk.fromAccount(url, `${account} sister`, device, 'spam'),
    ]);
    expect(await desk.row(url)).toMatchObject({
      tally: { violence: 1, 'violence+hate': 1, spam: 1 },
      left_out: { linked: 1 },
    });
    expect(await votesOf(url, device)).toMatchObject([{ linked_to: desk.reporter(account) }]);
  });

  it('are one vote however their reports meet, in two processes', async () => {
    const beside = await desk.beside();
    for (let round = 0; round < 10; round += 1) {
      const [url, { device, account }] = [image(), person()];
      await desk.reports(url, 1);
      const reports = [
        desk.fromDevice(url, 'home', { device }),
        desk.fromAccount(url, account, null),
        desk.fromAccount(url, account, device),
        desk.fromDevice(url, 'home', { device }),
        desk.fromAccount(url, account, device),
      ];
      await Promise.all(
        reports.map((report, index) => ((index + round) % 2 === 0 ? desk : beside).neck.moderateOne(report)),
      );
      expect((await desk.row(url))['tally']).toEqual({ violence: 2 });
    }
    await beside.close();
  });

  it('follow the latest account that a device was named with', async () => {
    const [first, second, { device, account }] = [image(), image(), person()];
    await one(desk.fromAccount(first, account, device));
    await one(desk.fromAccount(first, 'sister', device));
    expect((await one(desk.fromDevice(second, 'home', { device }))).voter).toEqual(desk.reporter('sister'));
    expect(await desk.row(first)).toMatchObject({ tally: { violence: 2 }, left_out: {} });
  });

  it('are told apart by site', async () => {
    const { device, account } = person();
    await one(desk.fromAccount(image(), account, device));
    const other = await Desk.open();
    expect(done(await other.neck.moderateOne(other.fromDevice(image(), 'x', { device }))).voter).toEqual(
      desk.reporter(device),
    );
    await other.close();
  });
});

describe('the place of a device whose vote became its account’s', () => {
  it('goes to the account where that is capped, and is free where it is not', async () => {
    for (const capped of [true, false]) {
      const [url, { device, account }] = [image(), person()];
      await desk.oneByOne([
        desk.fromDevice(url, 'full', { device }),
        desk.fromDevice(url, 'full'),
        desk.fromDevice(url, 'full'),
      ]);
      const command = desk.fromAccount(url, account, device);
      const { networks } = desk.fromDevice(url, 'full').reporter;
      await one(capped ? { ...command, reporter: { ...command.reporter, networks } } : command);
      expect(await desk.row(url)).toMatchObject({
        tally: { violence: 2 },
        left_out: { network: 1, linked: 1 },
      });
      await one(desk.fromDevice(url, 'full'));
      expect(await desk.row(url)).toMatchObject({ tally: { violence: capped ? 2 : 3 } });
    }
  });

  it('goes to an account whose own vote was left out, wherever that came from', async () => {
    const [url, { device, account }] = [image(), person()];
    const young = (own: string | null) => {
      const command = desk.fromAccount(url, account, own);
      const { networks } = desk.fromDevice(url, 'full').reporter;
      return { ...command, reporter: { ...command.reporter, networks } };
    };
    await desk.oneByOne([
      desk.fromDevice(url, 'mine', { device }),
      desk.fromDevice(url, 'mine'),
      desk.fromDevice(url, 'full'),
      desk.fromDevice(url, 'full'),
      young(null),
    ]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 4 }, left_out: { network: 1 } });
    await one(young(device));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 4 }, left_out: { linked: 1 } });
    await desk.oneByOne([desk.fromDevice(url, 'mine'), desk.fromDevice(url, 'full')]);
    expect(await desk.row(url)).toMatchObject({
      tally: { violence: 4 },
      left_out: { linked: 1, network: 2 },
    });
  });

  it.each(['older', 'younger'])(
    'goes to the account at a merge where that was left out on one image, and the device counted on the %s',
    async (which) => {
      const [mine, crowded, { device, account }] = [image(), image(), person()];
      const id = `linked-${(n += 1)}`;
      const young = (url: string, own: string | null) => {
        const command = desk.fromAccount(url, account, own);
        const { networks } = desk.fromDevice(url, 'full').reporter;
        return { ...command, reporter: { ...command.reporter, networks } };
      };
      const onMine = () =>
        desk.oneByOne([desk.fromDevice(mine, 'mine', { device }), desk.fromDevice(mine, 'mine')]);
      if (which === 'older') await onMine();
      await desk.oneByOne([desk.fromDevice(crowded, 'full'), desk.fromDevice(crowded, 'full')]);
      if (which === 'younger') await onMine();
      await desk.oneByOne([desk.fromDevice(crowded, 'full', { device }), young(crowded, device)]);
      expect(await desk.row(crowded)).toMatchObject({ left_out: { network: 1, linked: 1 } });
      await desk.bindings.bind(desk.siteId, id, [mine, crowded]);
      expect(await desk.row(id)).toMatchObject({ tally: { violence: 4 }, left_out: { linked: 1 } });
      await desk.oneByOne([desk.fromDevice(id, 'mine')]);
      expect((await desk.row(id))['left_out']).toEqual({ linked: 1, network: 1 });
    },
  );

  it('lets a verified account count whose device was left out', async () => {
    const [url, { device, account }] = [image(), person()];
    await desk.oneByOne([
      desk.fromDevice(url, 'crowded'),
      desk.fromDevice(url, 'crowded'),
      desk.fromDevice(url, 'crowded', { device }),
    ]);
    expect((await one(desk.fromAccount(url, account, device))).recorded).toBe(false);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 3 }, left_out: { linked: 1 } });
  });

  it('keeps what it spent of the severe reason’s budget spent', async () => {
    const [url, { device, account }] = [image(), person()];
    const first = await one(desk.fromDevice(url, 'severe', { device, reason: 'child_abuse' }));
    expect(first.visibility.blocked).toBe(true);
    await one(desk.fromAccount(url, account, device, 'child_abuse'));
    const alone = await one(desk.fromAccount(image(), account, null, 'child_abuse'));
    expect(alone.visibility.blocked).toBe(false);
    const other = person();
    expect(
      (await one(desk.fromDevice(image(), 'far', { device: other.device, reason: 'child_abuse' }))).visibility
        .blocked,
    ).toBe(true);
    const both = await one(desk.fromAccount(image(), other.account, other.device, 'child_abuse'));
    expect(both.visibility.blocked).toBe(false);
  });
});

it.each([
  ['first', 0],
  ['last', 1],
])(
  'of two devices that become one account’s at once it keeps place and budget; the place’s voted %s',
  async (_, first) => {
    const [url, { device, account }] = [image(), person()];
    const other = `${device}b`;
    const young = (own: string | null) => {
      const command = desk.fromAccount(url, account, own);
      return {
        ...command,
        reporter: { ...command.reporter, networks: desk.fromDevice(url, 'full').reporter.networks },
      };
    };
    await desk.oneByOne([
      desk.fromDevice(url, 'full'),
      desk.fromDevice(url, 'full'),
      desk.fromDevice(url, 'mine', { device }),
      desk.fromDevice(url, 'train', { device: other }),
      young(null),
    ]);
    const [gives, spent] = first === 0 ? [device, other] : [other, device];
    await desk.dataSource.query('update vote set severe_at = now() where reporter = $1', [
      desk.reporter(spent),
    ]);
    // The first that counts gives its place.
    await desk.neck.moderate([young(gives), young(spent)]);
    expect(await votesOf(url, account)).toMatchObject([
      {
        left_out: null,
        network: desk.network(gives === device ? 'mine' : 'train'),
        severe_at: expect.any(Date) as Date,
      },
    ]);
  },
);

describe('the receipt of a device’s vote that became its account’s', () => {
  it('withdraws that person’s vote, once, and shows it', async () => {
    const [url, { device, account }] = [image(), person()];
    const first = await one(desk.fromDevice(url, 'home', { device }));
    await one(desk.fromAccount(url, account, device, 'hate'));
    expect(await receiptOf(first, device)).toMatchObject({ withdrawnAt: null });
    await desk.withdraw(first, device);
    expect(await desk.row(url)).toMatchObject({ tally: {}, left_out: { linked: 1 } });
    expect((await receiptOf(first, device))?.withdrawnAt).toBeInstanceOf(Date);
    expect((await receiptOf(first, account))?.withdrawnAt).toBeInstanceOf(Date);
    done(await desk.withdraw(first, device));
    await one(desk.fromDevice(url, 'home', { device, reason: 'spam' }));
    expect(await desk.row(url)).toMatchObject({ tally: { spam: 1 }, left_out: { linked: 1 } });
    expect(await receiptOf(first, device)).toMatchObject({ withdrawnAt: null });
  });

  it('withdraws nothing of another account that has the device now', async () => {
    const [url, { device, account }] = [image(), person()];
    const first = await one(desk.fromDevice(url, 'home', { device }));
    await desk.oneByOne([desk.fromAccount(url, account, device), desk.fromAccount(url, 'brother', device)]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 } });
    await desk.withdraw(first, device);
    expect((await receiptOf(first, 'brother'))?.withdrawnAt).toBeNull();
    expect((await receiptOf(first, account))?.withdrawnAt).toBeInstanceOf(Date);
  });

  it('still does both when the image became another', async () => {
    const [url, { device, account }] = [image(), person()];
    const first = await one(desk.fromDevice(url, 'home', { device }));
    await one(desk.fromAccount(url, account, device));
    const id = `linked-${(n += 1)}`;
    await one(desk.fromDevice(id, 'home', { device: `${device}x` }));
    await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 2 }, left_out: { linked: 1 } });
    const row = await receiptOf(first, device);
    expect(row).toMatchObject({ imageId: (await desk.row(id))['id'], withdrawnAt: null });
    await desk.withdraw({ ...first, imageId: row?.imageId ?? '', round: row?.round ?? 0 }, device);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 1 }, left_out: { linked: 1 } });
  });

  it('stays behind, withdrawn, where that person’s vote was when the image became another', async () => {
    const [url, { device, account }] = [image(), person()];
    const first = await one(desk.fromDevice(url, 'home', { device }));
    await one(desk.fromAccount(url, account, device));
    await desk.withdraw(first, device);
    const id = `linked-${(n += 1)}`;
    await desk.reports(id, 1);
    await desk.bindings.bind(desk.siteId, id, [url]);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
    expect((await receiptOf(first, device))?.withdrawnAt).toBeInstanceOf(Date);
    await one(desk.fromDevice(url, 'home', { device }));
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 2 }, left_out: {} });
  });

  it('joins what the device said on an image that became another with its account’s vote', async () => {
    const [url, other, { device, account }] = [image(), image(), person()];
    const id = `linked-${(n += 1)}`;
    await one(desk.fromDevice(other, 'home', { device, reason: 'spam' }));
    await one(desk.fromDevice(url, 'home', { device }));
    await one(desk.fromAccount(url, account, device));
    await desk.bindings.bind(desk.siteId, id, [url, other]);
    expect(await desk.row(id)).toMatchObject({ tally: { 'violence+spam': 1 }, left_out: { linked: 1 } });
  });

  it.each(['older', 'younger'])(
    'still counts what its device said of another image, which is the %s of two that become one',
    async (which) => {
      const [mine, other, { device, account }] = [image(), image(), person()];
      const id = `linked-${(n += 1)}`;
      await desk.reports(which === 'older' ? other : mine, 1);
      await one(desk.fromDevice(other, 'home', { device, reason: 'spam' }));
      await one(desk.fromDevice(mine, 'home', { device }));
      const withdrawn = await one(desk.fromAccount(mine, account, device));
      await desk.withdraw(withdrawn, account);
      await desk.bindings.bind(desk.siteId, id, [mine, other]);
      expect(await desk.row(id)).toMatchObject({ tally: { violence: 1, spam: 1 }, left_out: {} });
      await one(desk.fromDevice(id, 'home', { device, reason: 'hate' }));
      expect(await desk.row(id)).toMatchObject({
        tally: { violence: 1, 'hate+spam': 1 },
        left_out: { linked: 1 },
      });
    },
  );
});
