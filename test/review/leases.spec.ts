import { Database } from '../../src/database/database.js';
import { claimCase } from '../../src/database/statements/cases/claim-case.js';
import { ForgetSkips } from '../../src/review/forget-skips.js';
import { removeMember } from '../../src/sites/remove-member.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { ReviewRoom, tokenOf } from './review-room.js';

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open({ LEASE_SECONDS: '120' });
});
afterAll(() => room.close());

const desk = async (
  slug: string,
): Promise<{ site: TestSite; amina: string; bilal: string; lead: string }> => {
  const site = await room.site(slug);
  const [amina, bilal] = [await room.moderator(site, 'amina'), await room.moderator(site, 'bilal')];
  return { site, amina, bilal, lead: await room.moderator(site, 'lead', 'lead') };
};

async function staffIdOf(email: string): Promise<string> {
  const [row] = await room.sql<{ id: string }>('select id from staff where email = $1', [email]);
  return row?.id ?? '';
}

describe('claim', () => {
  it('gives the next case by priority, the oldest of equal ones, and nothing when there is none', async () => {
    const { site, amina, bilal } = await desk('order');
    const [low, older, high] = [
      await room.caseOf(site, 'low'),
      await room.caseOf(site, 'older', 2),
      await room.caseOf(site, 'high', 5),
    ];
    const younger = await room.caseOf(site, 'younger', 2);
    const given: string[] = [];
    for (let n = 0; n < 4; n += 1) given.push((await room.claim(n % 2 === 0 ? amina : bilal)).body.id);
    expect(given).toEqual([high, older, younger, low]);
    const nothing = await room.claim(amina);
    expect([nothing.status, nothing.text]).toEqual([204, '']);
  });

  it('gives a token, who holds the case and until when', async () => {
    const { site, amina, bilal } = await desk('token');
    const id = await room.caseOf(site, 'image');
    const { status, body } = await room.claim(amina, { site: 'token' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, lease: { holder: { email: 'amina@token.ma' } } });
    expect(body.lease?.token).toMatch(/^lea_[\w-]{43}$/);
    const seen = (await room.show(bilal, id)).body.lease;
    expect(seen).toEqual({ holder: body.lease?.holder, expiresAt: body.lease?.expiresAt });
    const [row] = await room.sql<{ stored: string }>(
      `select encode(lease_token, 'escape') as stored from moderation_case
      where id = $1`,
      [room.sealed.databaseId('case', id)],
    );
    expect(row?.stored).not.toContain(body.lease?.token);
  });

  it('keeps to the reason and the site that were asked for', async () => {
    const { site, amina } = await desk('narrow');
    await room.caseOf(site, 'violent', 3);
    const hate = await room.caseOf(site, 'hateful', 1, 'hate');
    expect((await room.claim(amina, { reason: 'hate' })).body.id).toBe(hate);
    expect((await room.claim(amina, { reason: 'hate' })).status).toBe(204);
    expect((await room.claim(amina, { reason: 'boredom' })).body).toMatchObject({
      errors: [{ pointer: '/reason' }],
    });
  });

  it('looks at the most urgent case of all sites of a person', async () => {
    const [one, two] = [await desk('claim-one'), await desk('claim-two')];
    await room.sql(
      `insert into membership (site_id, staff_id, role)
       select $1, id, 'moderator' from staff where email = 'amina@claim-one.ma'`,
      [two.site.id],
    );
    const low = await room.caseOf(one.site, 'low');
    const high = await room.caseOf(two.site, 'high', 5);
    const middle = await room.caseOf(one.site, 'middle', 3);
    const given = [];
    for (let n = 0; n < 3; n += 1) given.push((await room.claim(one.amina)).body.id);
    expect(given).toEqual([high, middle, low]);
  });

  it('gives the next case when the one that was to be given is decided at that moment from another window', async () => {
    const { site, amina } = await desk('overtaken');
    const [urgent, next] = [await room.caseOf(site, 'urgent', 4), await room.caseOf(site, 'next')];
    const database = room.service.app.get(Database);
    const inTransaction = database.inIndexedTransaction.bind(database);
    // The lease is taken in one transaction and shown by a statement after it: the decision comes between.
    const spy = jest
      .spyOn(database, 'inIndexedTransaction')
      .mockImplementationOnce(async (work, isolation) => {
        const claimed = await inTransaction(work, isolation);
        await room.sql(
          `update moderation_case set status = 'closed', outcome = 'keep', closed_at = clock_timestamp(),
                lease_holder = null, lease_token = null, lease_expires_at = null, version = version + 1 where id = $1`,
          [room.sealed.databaseId('case', urgent)],
        );
        return claimed;
      });
    const { status, body } = await room.claim(amina);
    spy.mockRestore();
    expect([status, body.id]).toEqual([200, next]);
  });

  it('never gives one case to two people who claim at once', async () => {
    const { site, amina, bilal, lead } = await desk('at-once');
    for (let n = 0; n < 12; n += 1) await room.caseOf(site, `image-${n}`);
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, n) => room.claim([amina, bilal, lead][n % 3] ?? amina)),
    );
    const given = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
    expect(new Set(given).size).toBe(given.length);
    // Nobody may go away empty-handed while cases wait, except when all that were left were being taken.
    expect(given).toHaveLength(12);
  });
});

describe('a lease', () => {
  it('behaviour 34: one moderator with two windows has two leases with two tokens, and never both on one case', async () => {
    const { site, amina } = await desk('windows');
    const [first, second] = [await room.caseOf(site, 'first', 2), await room.caseOf(site, 'second')];
    const [one, two] = [await room.claim(amina), await room.claim(amina)];
    expect([one.body.id, two.body.id]).toEqual([first, second]);
    expect(tokenOf(one)).not.toBe(tokenOf(two));
    const again = await room.lease(amina, first);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      type: '/problems/case-conflict',
      holder: { email: 'amina@windows.ma' },
      expiresAt: one.body.lease?.expiresAt,
      case: { id: first },
    });
    const decision = { action: 'keep', version: 1 };
    const crossed = await room.decide(amina, first, { ...decision, leaseToken: tokenOf(two) });
    expect(crossed.status).toBe(409);
    expect((await room.decide(amina, first, { ...decision, leaseToken: tokenOf(one) })).status).toBe(201);
    expect((await room.decide(amina, second, { ...decision, leaseToken: tokenOf(two) })).status).toBe(201);
  });

  it('is refused while somebody else holds the case, and says who and until when', async () => {
    const { site, amina, bilal } = await desk('held-by');
    const id = await room.caseOf(site, 'image');
    const { body } = await room.lease(amina, id);
    const refused = await room.lease(bilal, id);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      holder: { email: 'amina@held-by.ma' },
      expiresAt: body.lease?.expiresAt,
    });
    expect(refused.text).not.toContain(tokenOf({ body } as never));
  });

  it('is renewed with its token only, also after it ran out, until somebody takes the case', async () => {
    const { site, amina, bilal } = await desk('renewed');
    const id = await room.caseOf(site, 'image');
    const token = tokenOf(await room.lease(amina, id));
    await room.runOut(id);
    const renewed = await room.lease(amina, id, { token });
    expect([renewed.status, tokenOf(renewed)]).toEqual([200, token]);
    expect(Date.parse(renewed.body.lease?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect((await room.lease(bilal, id, { token })).status).toBe(409);
    expect((await room.lease(amina, id, { token: `${token}x` })).status).toBe(409);
    await room.runOut(id);
    await room.lease(bilal, id);
    const late = await room.lease(amina, id, { token });
    expect(late.status).toBe(409);
    expect(late.body.holder?.email).toBe('bilal@renewed.ma');
  });

  it('is not had on a closed case', async () => {
    const { site, amina } = await desk('shut');
    const id = await room.caseOf(site, 'image');
    await room.decide(amina, id, { action: 'keep', version: 1 });
    expect(await room.lease(amina, id)).toMatchObject({
      status: 409,
      body: { decision: { action: 'keep' }, decidedBy: { email: 'amina@shut.ma' } },
    });
  });

  it('behaviour 33: it runs out while one types and another takes the case: the late one gets 409', async () => {
    const { site, amina, bilal } = await desk('late');
    const id = await room.caseOf(site, 'image');
    const leaseToken = tokenOf(await room.lease(amina, id));
    await room.runOut(id);
    const theirs = tokenOf(await room.lease(bilal, id));
    const typed = { action: 'keep', note: 'A long thought.', leaseToken, version: 1 };
    const late = await room.decide(amina, id, typed);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      type: '/problems/case-conflict',
      holder: { email: 'bilal@late.ma' },
      case: { id, status: 'open' },
      yours: typed,
    });
    expect((await room.decide(bilal, id, { action: 'keep', leaseToken: theirs, version: 1 })).status).toBe(
      201,
    );
    const later = await room.decide(amina, id, typed);
    expect(later.body).toMatchObject({ decidedBy: { email: 'bilal@late.ma' }, yours: typed });
  });

  it('may have run out when the decision comes, if nobody took the case', async () => {
    const { site, amina } = await desk('run-out');
    const id = await room.caseOf(site, 'image');
    const leaseToken = tokenOf(await room.lease(amina, id));
    await room.runOut(id);
    expect((await room.decide(amina, id, { action: 'keep', leaseToken, version: 1 })).status).toBe(201);
  });

  it('keeps others from deciding while it runs', async () => {
    const { site, amina, bilal } = await desk('fenced');
    const id = await room.caseOf(site, 'image');
    await room.lease(amina, id);
    expect((await room.decide(bilal, id, { action: 'keep', version: 1 })).status).toBe(409);
    await room.runOut(id);
    expect((await room.decide(bilal, id, { action: 'keep', version: 1 })).status).toBe(201);
  });

  it('behaviour 35: a case that is abandoned sixty times is still there', async () => {
    const { site, amina, bilal } = await desk('abandoned');
    const id = await room.caseOf(site, 'image', 5);
    for (let n = 0; n < 60; n += 1) {
      expect((await room.claim(n % 2 === 0 ? amina : bilal)).body.id).toBe(id);
      await room.runOut(id);
    }
    expect((await room.list(amina, '')).body.items).toMatchObject([
      { id, status: 'open', version: 1, lease: null },
    ]);
  });

  it("behaviour 36: its times are the database's", async () => {
    const { site, amina, bilal } = await desk('clocks');
    const id = await room.caseOf(site, 'image');
    // This process's clock is a day ahead of the database's.
    const real = Date.now;
    const ahead = jest.spyOn(Date, 'now').mockImplementation(() => real() + 86_400_000);
    try {
      const { body } = await room.lease(amina, id);
      const [row] = await room.sql<{ seconds: number }>(
        'select extract(epoch from $1::timestamptz - clock_timestamp())::float8 as seconds',
        [body.lease?.expiresAt],
      );
      expect(row?.seconds).toBeGreaterThan(60);
      expect(row?.seconds).toBeLessThanOrEqual(120);
      expect((await room.lease(bilal, id)).status).toBe(409);
      expect((await room.claim(bilal)).status).toBe(204);
    } finally {
      ahead.mockRestore();
    }
    await room.runOut(id);
    expect((await room.claim(bilal)).body.id).toBe(id);
  });

  it('is given back, whoever else holds the case by then keeps it', async () => {
    const { site, amina, bilal } = await desk('returned');
    const id = await room.caseOf(site, 'image');
    const token = tokenOf(await room.lease(amina, id));
    expect((await room.release(bilal, id, token)).status).toBe(204);
    expect((await room.lease(bilal, id)).status).toBe(409);
    expect((await room.release(amina, id, token)).status).toBe(204);
    expect((await room.release(amina, id, token)).status).toBe(204);
    const theirs = await room.claim(bilal);
    expect(theirs.body.id).toBe(id);
    await room.release(amina, id, token);
    expect((await room.show(amina, id)).body.lease?.holder.email).toBe('bilal@returned.ma');
    expect((await room.release(amina, id, '')).status).toBe(422);
  });

  it('behaviour 37: a skipped case does not come back at once, but others get it', async () => {
    const { site, amina, bilal } = await desk('skipped');
    const [urgent, other] = [await room.caseOf(site, 'urgent', 5), await room.caseOf(site, 'other')];
    const given = await room.claim(amina);
    expect(given.body.id).toBe(urgent);
    expect((await room.release(amina, urgent, tokenOf(given), true)).status).toBe(204);
    const next = await room.claim(amina);
    expect(next.body.id).toBe(other);
    await room.release(amina, other, tokenOf(next), true);
    expect((await room.claim(amina)).status).toBe(204);
    expect((await room.claim(bilal)).body.id).toBe(urgent);
    // By name it can be had all the same, and after an hour it is offered again.
    expect((await room.lease(amina, other)).status).toBe(200);
    await room.runOut(other);
    await room.sql(
      `update case_skip set until = clock_timestamp() - interval '1 second' where case_id = $1`,
      [room.sealed.databaseId('case', other)],
    );
    expect((await room.claim(amina)).body.id).toBe(other);
    // Nor is it kept who put what aside.
    await new ForgetSkips(room.service.app.get(Database)).forget();
    expect(await room.sql('select case_id as id from case_skip')).toEqual([
      { id: room.sealed.databaseId('case', urgent) },
    ]);
  });

  it('behaviour 41: the cases of a member who is removed are free at once', async () => {
    const { site, amina, bilal, lead } = await desk('removed');
    const id = await room.caseOf(site, 'image');
    const { body } = await room.claim(amina);
    const member = body.lease?.holder.id ?? '';
    const removed = await room.service.ask('DELETE', `/v1/sites/${site.slug}/members/${member}`, lead);
    expect(removed.status).toBe(204);
    expect((await room.claim(bilal)).body.id).toBe(id);
    const late = await room.decide(amina, id, { action: 'keep', version: 1, leaseToken: body.lease?.token });
    expect([403, 404]).toContain(late.status);
  });

  it('is neither claimed nor taken by a member who is being removed at that moment', async () => {
    const { site, amina, bilal } = await desk('leaving');
    const [claimed, named] = [await room.caseOf(site, 'claimed', 5), await room.caseOf(site, 'named')];
    const staffId = await staffIdOf('amina@leaving.ma');
    const waiting = (many: number) =>
      until(async () => (await room.sql(`${LOCK_WAITS} and query ~ 'for share'`)).length === many);
    const late = await room.service.database.inTransaction(async (tx) => {
      await removeMember(tx, site.id, staffId, { staffId, admin: true });
      const answers = Promise.all([room.claim(amina), room.lease(amina, named)]);
      // They have passed the guard, and wait for the membership.
      await waiting(2);
      return { answers };
    });
    const [claim, lease] = await late.answers;
    expect([claim.status, lease.status]).toEqual([204, 409]);
    expect((await room.claim(bilal)).body.id).toBe(claimed);
    expect((await room.claim(bilal)).body.id).toBe(named);
  });

  it('that a member is just getting is freed by their removal', async () => {
    const { site, bilal, lead } = await desk('going');
    const id = await room.caseOf(site, 'image');
    const staffId = await staffIdOf('amina@going.ma');
    const member = `/v1/sites/${site.slug}/members/${room.sealed.id('stf', staffId)}`;
    const removal = await room.service.database.inIndexedTransaction(async (tx) => {
      const lease = { reason: null, tokenHash: Buffer.alloc(32), seconds: 120 };
      expect(await claimCase(tx, { siteIds: [site.id], staffId, ...lease })).toBeDefined();
      const removed = room.service.ask('DELETE', member, lead);
      await until(async () => (await room.sql(LOCK_WAITS)).length === 1);
      return { removed };
    });
    expect((await removal.removed).status).toBe(204);
    expect((await room.claim(bilal)).body.id).toBe(id);
  });

  it('is had by an admin on a site of which they are no member', async () => {
    const { site } = await desk('elsewhere');
    const [claimed, named] = [await room.caseOf(site, 'claimed', 5), await room.caseOf(site, 'named')];
    const admin = await room.service.staffToken('admin@elsewhere.ma', 'admin');
    expect((await room.claim(admin, { site: site.slug })).body.id).toBe(claimed);
    expect((await room.lease(admin, named)).status).toBe(200);
  });
});
