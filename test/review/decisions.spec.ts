import type { Answer, TestSite } from '../setup/service.js';
import { ReviewRoom, tokenOf } from './review-room.js';

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open();
});
afterAll(() => room.close());

const desk = async (
  slug: string,
): Promise<{ site: TestSite; amina: string; bilal: string; lead: string }> => {
  const site = await room.site(slug);
  const [amina, bilal] = [await room.moderator(site, 'amina'), await room.moderator(site, 'bilal')];
  return { site, amina, bilal, lead: await room.moderator(site, 'lead', 'lead') };
};

/** Carries `act` out once, after the first of such statements and before the next. */
function betweenReads(name: RegExp, act: () => Promise<unknown>): jest.SpyInstance {
  const { database } = room.service;
  const query = database.query.bind(database);
  let acted: Promise<unknown> | undefined;
  return jest.spyOn(database, 'query').mockImplementation((statement, values) => {
    if (!name.test(statement.name)) return query(statement, values);
    if (acted !== undefined) return acted.then(() => query(statement, values));
    const read: Promise<never[]> = query(statement, values);
    acted = read.then(act);
    return acted.then(() => read);
  });
}

const KEEP = { action: 'keep', version: 1 };
const BLOCK = { action: 'block', policy: 'violence', version: 1 };

describe('a decision', () => {
  it('blocks: a person stands behind the block from then on', async () => {
    const { site, amina } = await desk('blocks');
    const id = await room.caseOf(site, 'image');
    const { status, body } = await room.decide(amina, id, { ...BLOCK, note: 'Seen.' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      decision: {
        action: 'block',
        policy: 'violence',
        note: 'Seen.',
        reports: 'valid',
        case: id,
        version: 1,
        decidedBy: { email: 'amina@blocks.ma' },
        undoneAt: null,
        undoneBy: null,
      },
      case: { id, status: 'closed', outcome: 'block', version: 2, lease: null },
      image: { blocked: true, reason: 'violence', reviewed: true, version: 1 },
    });
    expect((await room.service.state(site, { url: room.url(site, 'image') })).body).toMatchObject({
      blocked: true,
      reviewed: true,
    });
  });

  it('keeps: the image is visible again, and the reports are left alone unless it says otherwise', async () => {
    const { site, amina } = await desk('keeps');
    const id = await room.caseOf(site, 'image', 5);
    const { body } = await room.decide(amina, id, KEEP);
    expect(body).toMatchObject({
      decision: { reports: 'ignore', policy: null, note: null },
      case: { status: 'closed', outcome: 'keep', tally: { reporters: 5 } },
      image: { blocked: false },
    });
    const second = await room.caseOf(site, 'second');
    const { decision } = (await room.decide(amina, second, { ...KEEP, reports: 'invalid' })).body;
    expect(decision.reports).toBe('invalid');
  });

  it('escalates: the case goes on with the leads', async () => {
    const { site, amina, lead } = await desk('escalates');
    const id = await room.caseOf(site, 'image');
    const leaseToken = tokenOf(await room.lease(amina, id));
    const escalate = { action: 'escalate', version: 1, leaseToken };
    const { status, body } = await room.decide(amina, id, escalate);
    expect([status, body.case?.status, body.case?.version]).toEqual([201, 'escalated', 2]);
    expect((await room.decide(amina, id, escalate)).status).toBe(200);
    const refused = await room.decide(amina, id, { action: 'keep', version: 2 });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      type: '/problems/forbidden',
      yours: { action: 'keep', version: 2 },
    });
    expect((await room.decide(lead, id, { action: 'escalate', version: 2 })).status).toBe(409);
    expect((await room.decide(lead, id, { action: 'keep', version: 2 })).status).toBe(201);
  });

  it('that is repeated gives the first one, with its lease or without', async () => {
    const { site, amina, bilal } = await desk('repeated');
    const [leased, plain] = [await room.caseOf(site, 'leased'), await room.caseOf(site, 'plain')];
    const leaseToken = tokenOf(await room.lease(amina, leased));
    for (const [id, request] of [
      [leased, { ...BLOCK, note: 'x', leaseToken }],
      [plain, { ...BLOCK, note: 'x' }],
    ] as const) {
      const first = await room.decide(amina, id, request);
      const again = await room.decide(amina, id, request);
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
      expect((await room.decide(amina, id, { ...request, note: 'y' })).status).toBe(409);
      expect((await room.decide(amina, id, KEEP)).status).toBe(409);
      expect((await room.decide(bilal, id, request)).status).toBe(409);
      expect((await room.decide(amina, id, { ...request, leaseToken: 'lea_other' })).status).toBe(409);
    }
    const [row] = await room.sql<{ n: number }>(
      'select count(*)::int as n from decision where site_id = $1',
      [site.id],
    );
    expect(row?.n).toBe(2);
  });

  it('that is repeated after a newer one on its case gives the first one, alone and among many', async () => {
    const { site, lead } = await desk('overtaken');
    const id = await room.caseOf(site, 'image');
    const escalate = { action: 'escalate', note: 'Too hard for me.', version: 1 };
    const first = await room.decide(lead, id, escalate);
    const newer = await room.decide(lead, id, { ...BLOCK, version: 2 });
    expect([first.status, newer.status]).toEqual([201, 201]);
    const again = await room.decide(lead, id, escalate);
    expect([again.status, again.body.decision]).toEqual([200, first.body.decision]);
    // What follows is told as it is now.
    expect(again.body).toMatchObject({ case: { status: 'closed', version: 3 }, image: { blocked: true } });
    const { body } = await room.decideMany(lead, [
      { ...BLOCK, version: 2, case: id },
      { ...escalate, case: id },
      { ...escalate, note: 'Other words.', case: id },
    ]);
    expect(body.results.map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(body.results[0]?.decision).toEqual(newer.body.decision);
    expect(body.results[1]?.decision).toEqual(first.body.decision);
    expect(body.results[2]).toMatchObject({ problem: { decision: { id: newer.body.decision.id } } });
  });

  it('that is repeated in the request that also brings the newer one gives the first one', async () => {
    const { site, lead } = await desk('overtaken-together');
    const id = await room.caseOf(site, 'image');
    const escalate = { action: 'escalate', version: 1, case: id };
    const { decision } = (await room.decide(lead, id, { action: 'escalate', version: 1 })).body;
    const { body } = await room.decideMany(lead, [escalate, { ...BLOCK, version: 2, case: id }]);
    expect(body.results).toMatchObject([
      { status: 200, decision: { id: decision.id, action: 'escalate' } },
      { status: 201, decision: { action: 'block' } },
    ]);
  });

  it('that was undone is no longer there to be repeated', async () => {
    const { site, amina } = await desk('undone-since');
    const id = await room.caseOf(site, 'image');
    const { decision } = (await room.decide(amina, id, KEEP)).body;
    expect((await room.undo(amina, decision.id)).status).toBe(201);
    expect((await room.decide(amina, id, KEEP)).status).toBe(409);
  });

  it('that is sent ten times at once is one decision', async () => {
    const { site, amina } = await desk('ten-times');
    const id = await room.caseOf(site, 'image', 5);
    const answers = await Promise.all(Array.from({ length: 10 }, () => room.decide(amina, id, KEEP)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.decision.id)).size).toBe(1);
  });

  it.each([
    [{ action: 'block', version: 1 }, '/policy'],
    [{ action: 'block', policy: 'taste', version: 1 }, '/policy'],
    [{ action: 'keep', policy: 'taste', version: 1 }, '/policy'],
    [{ action: 'delete', version: 1 }, '/action'],
    [{ action: 'keep' }, '/version'],
    [{ action: 'keep', version: '1' }, '/version'],
    [{ action: 'keep', version: 1e10 }, '/version'],
    [{ action: 'keep', version: 1, note: 'x'.repeat(4001) }, '/note'],
    [{ action: 'keep', version: 1, note: 'a\u0000b' }, '/note'],
    [{ action: 'keep', version: 1, note: 'a\ud800b' }, '/note'],
    [{ action: 'keep', version: 1, reports: 'good' }, '/reports'],
    [{ action: 'keep', version: 1, colour: 'red' }, '/colour'],
    [[], ''],
  ])('is refused with a pointer: %j', async (body, pointer) => {
    const site = await room.site(`refused-${Math.random().toString(36).slice(2)}`);
    const token = await room.moderator(site, 'amina');
    const id = await room.caseOf(site, 'image');
    const answer = await room.decide(token, id, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
    expect((await room.show(token, id)).body.version).toBe(1);
  });

  it("needs one of the site's own policies", async () => {
    const { site, amina } = await desk('policies');
    await room.sql(`update site set reasons = '{violence}' where id = $1`, [site.id]);
    const id = await room.caseOf(site, 'image');
    const answer = await room.decide(amina, id, { ...BLOCK, policy: 'spam' });
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/policy' }] });
    expect((await room.decide(amina, id, BLOCK)).status).toBe(201);
  });

  it('takes a note of 4000 characters as it is', async () => {
    const { site, amina } = await desk('long-note');
    const note = 'é"\\<\u202e'.repeat(800);
    const id = await room.caseOf(site, 'image');
    expect((await room.decide(amina, id, { ...KEEP, note })).body.decision.note).toBe(note);
  });

  it("behaviour 32: two moderators decide at once: one 201, one 409 that carries the winner and the loser's text", async () => {
    const { site, amina, bilal } = await desk('at-once');
    for (let n = 0; n < 10; n += 1) {
      const id = await room.caseOf(site, `image-${n}`, 5);
      const requests = [
        { ...BLOCK, note: 'Amina wrote this.' },
        { ...KEEP, note: 'Bilal wrote this.' },
      ] as const;
      const answers = await Promise.all([
        room.decide(amina, id, requests[0]),
        room.decide(bilal, id, requests[1]),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const won = answers[0].status === 201 ? 0 : 1;
      const [winner, loser] = [answers[won], answers[1 - won]];
      expect(loser?.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(loser?.body).toMatchObject({
        type: '/problems/case-conflict',
        case: winner?.body.case,
        decision: winner?.body.decision,
        decidedBy: { email: `${['amina', 'bilal'][won]}@at-once.ma` },
        yours: requests[1 - won],
      });
    }
  });

  it('names the version that was seen; reports do not raise it', async () => {
    const { site, amina } = await desk('versions');
    const id = await room.caseOf(site, 'image');
    await room.reports(site, 'image', 7);
    expect((await room.decide(amina, id, { ...KEEP, version: 2 })).status).toBe(409);
    expect((await room.decide(amina, id, KEEP)).status).toBe(201);
  });

  it('behaviour 23: a report that arrives while a moderator decides belongs to the decided round and is shown', async () => {
    const { site, amina } = await desk('meanwhile');
    const id = await room.caseOf(site, 'image', 5);
    const { body } = await room.lease(amina, id);
    await room.report(site, 'image', 'hate');
    const decided = await room.decide(amina, id, { ...BLOCK, version: body.version });
    expect(decided.status).toBe(201);
    expect(decided.body.case).toMatchObject({ tally: { reporters: 6 }, reasons: { violence: 5, hate: 1 } });
    expect((await room.reportsOf(amina, id)).body.items).toHaveLength(6);
  });

  it('behaviour 12: a report on a blocked image is recorded and attached to the closed case', async () => {
    const { site, amina } = await desk('attached');
    const id = await room.caseOf(site, 'image');
    await room.decide(amina, id, BLOCK);
    expect((await room.report(site, 'image', 'privacy')).recorded).toBe(true);
    const shown = (await room.show(amina, id)).body;
    expect(shown).toMatchObject({
      status: 'closed',
      tally: { reporters: 2 },
      reasons: { violence: 1, privacy: 1 },
    });
    expect((await room.list(amina, '')).body.items).toEqual([]);
  });

  it('behaviour 24: kept, then reported again: the old votes are gone, the bar is higher, no loop', async () => {
    const { site, amina } = await desk('again');
    const first = await room.caseOf(site, 'image', 5);
    await room.decide(amina, first, KEEP);
    expect((await room.reports(site, 'image', 4)).case).toBeNull();
    const again = await room.report(site, 'image');
    expect(again.visibility.blocked).toBe(false);
    const { items } = (await room.list(amina, '')).body;
    expect(items).toMatchObject([{ round: 2, tally: { reporters: 5 }, image: { blocked: false } }]);
    expect(items[0]?.id).not.toBe(first);
    expect((await room.reports(site, 'image', 9)).visibility.blocked).toBe(false);
    expect((await room.report(site, 'image')).visibility.blocked).toBe(true);
    expect((await room.show(amina, first)).body.tally.reporters).toBe(5);
  });

  it('on a case whose image became part of another is a conflict', async () => {
    const { site, amina } = await desk('merged');
    const id = await room.caseOf(site, 'image');
    await room.caseOf(site, 'id:photo-1');
    const bound = await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, {
      id: 'photo-1',
      urls: [room.url(site, 'image')],
    });
    expect(bound.status).toBe(200);
    const { status, body } = await room.decide(amina, id, KEEP);
    expect([status, body.type, body.case.outcome]).toEqual([409, '/problems/case-conflict', 'merged']);
    const many = (await room.decideMany(amina, [{ ...KEEP, case: id }])).body.results;
    expect(many).toMatchObject([{ status: 409, problem: { yours: { case: id } } }]);
  });
});

describe('behaviour 18: an image that is replaced while somebody looks at it', () => {
  const replace = async (site: TestSite, image: string, sha256: string): Promise<Answer> =>
    room.service.ask('PUT', '/v1/images/content', site.secretKey, {
      image: { url: room.url(site, image) },
      sha256: sha256.repeat(64),
    });

  it('makes a decision on its case a conflict that says so, and returns what was typed', async () => {
    const { site, amina } = await desk('replaced');
    const id = await room.caseOf(site, 'image', 5);
    await replace(site, 'image', 'a');
    expect((await room.show(amina, id)).body.image).toMatchObject({ contentVersion: 1, blocked: true });
    expect((await replace(site, 'image', 'b')).body).toMatchObject({ contentVersion: 2, blocked: false });
    const decision = { ...BLOCK, note: 'Seen in the old picture.', contentVersion: 1 };
    const { status, body } = await room.decide(amina, id, decision);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: '/problems/case-conflict',
      detail: expect.stringContaining('replaced') as string,
      case: { outcome: 'superseded', image: { contentVersion: 2 } },
      yours: decision,
    });
    expect((await room.show(amina, id)).body.timeline.map(({ type }) => type)).toContain('case.resolved');
  });

  it('makes one on the bytes of before a conflict, also where the case is new', async () => {
    const { site, amina } = await desk('other-bytes');
    await room.caseOf(site, 'image', 5);
    await replace(site, 'image', 'a');
    await replace(site, 'image', 'b');
    const [fresh] = (await room.list(amina, 'status=open')).body.items;
    expect(fresh).toMatchObject({ flags: ['bytes-replaced'], round: 2, image: { contentVersion: 2 } });
    const stale = { ...BLOCK, version: fresh?.version ?? 0, contentVersion: 1 };
    const { status, body } = await room.decide(amina, fresh?.id ?? '', stale);
    expect([status, body.type]).toEqual([409, '/problems/case-conflict']);
    expect(body.detail).toContain('other bytes');
    expect(body.yours).toEqual(stale);
    const taken = await room.decide(amina, fresh?.id ?? '', { ...stale, contentVersion: 2 });
    expect(taken.body.decision).toMatchObject({ contentVersion: 2 });
    await replace(site, 'image', 'c');
    const undone = await room.undo(amina, taken.body.decision.id);
    expect([undone.status, undone.body.type]).toEqual([409, '/problems/case-conflict']);
    expect(undone.body).toMatchObject({
      detail: expect.stringContaining('other bytes') as string,
      why: 'newer-content',
    });
  });
});

describe('many decisions', () => {
  it('behaviour 38: of a hundred with three changed meanwhile, 97 are done and 3 explained', async () => {
    const { site, amina, bilal } = await desk('hundred');
    const cases: string[] = [];
    for (let n = 0; n < 100; n += 1) cases.push(await room.caseOf(site, `image-${n}`));
    const changed = [7, 50, 99];
    for (const n of changed) await room.decide(bilal, cases[n] ?? '', { ...BLOCK, note: 'Faster.' });
    const decisions = cases.map((id) => ({ ...KEEP, case: id }));
    const { status, body } = await room.decideMany(amina, decisions);
    expect(status).toBe(200);
    expect(body.results.map((result) => result.case)).toEqual(cases);
    body.results.forEach((result, n) => {
      if (!changed.includes(n)) {
        expect(result).toMatchObject({ status: 201, decision: { action: 'keep', case: cases[n] } });
        return;
      }
      expect(result).toMatchObject({
        status: 409,
        problem: {
          type: '/problems/case-conflict',
          status: 409,
          decidedBy: { email: 'bilal@hundred.ma' },
          decision: { action: 'block', note: 'Faster.' },
          yours: decisions[n],
        },
      });
      expect(result.decision).toBeUndefined();
    });
    const again = await room.decideMany(amina, decisions);
    expect(again.body.results.filter((result) => result.status === 200)).toHaveLength(97);
    expect((await room.list(amina, 'status=closed&limit=100')).body.items).toHaveLength(100);
  });

  it('never decide a severe case', async () => {
    const { site, amina } = await desk('severe');
    const severe = await room.caseOf(site, 'severe', 1, 'child_abuse');
    const plain = await room.caseOf(site, 'plain');
    const { body } = await room.decideMany(amina, [
      { ...BLOCK, policy: 'child_abuse', case: severe },
      { ...BLOCK, case: plain },
    ]);
    expect(body.results.map(({ status }) => status)).toEqual([409, 201]);
    expect(body.results[0]?.problem?.detail).toMatch(/open this case/);
    expect((await room.decide(amina, severe, { ...BLOCK, policy: 'child_abuse' })).status).toBe(201);
  });

  it('have each an outcome as if it had been sent alone', async () => {
    const { site, amina, bilal } = await desk('each');
    const stranger = await room.caseOf(await room.site('elsewhere'), 'image');
    const [open, leased, twice, escalated] = [
      await room.caseOf(site, 'open'),
      await room.caseOf(site, 'leased'),
      await room.caseOf(site, 'twice'),
      await room.caseOf(site, 'escalated'),
    ];
    await room.lease(bilal, leased);
    await room.decide(bilal, escalated, { action: 'escalate', version: 1 });
    const { body } = await room.decideMany(amina, [
      { ...KEEP, case: stranger },
      { ...KEEP, case: 'case_made-up' },
      { action: 'block', version: 1, case: open },
      { ...KEEP, case: leased },
      { ...KEEP, case: twice },
      { ...BLOCK, case: twice },
      { ...KEEP, case: escalated },
      { ...KEEP, case: escalated, version: 2 },
      { ...KEEP, case: open },
    ]);
    expect(body.results.map(({ status }) => status)).toEqual([404, 404, 422, 409, 201, 409, 409, 403, 201]);
    expect(body.results[2]?.problem?.errors).toMatchObject([{ pointer: '/policy' }]);
    expect(
      body.results.filter(({ problem }) => problem !== undefined).map(({ problem }) => problem?.status),
    ).toEqual([404, 404, 422, 409, 409, 409, 403]);
  });

  it('are at most 200, and a malformed one is named', async () => {
    const { amina } = await desk('malformed');
    const many = Array.from({ length: 201 }, () => ({ ...KEEP, case: 'case_x' }));
    expect((await room.decideMany(amina, many)).body).toMatchObject({ errors: [{ pointer: '/decisions' }] });
    expect((await room.decideMany(amina, [])).status).toBe(422);
    const wrong = [
      { ...KEEP, case: 'case_x' },
      { case: 'case_x', action: 'delete', version: 1 },
    ];
    expect((await room.decideMany(amina, wrong)).body).toMatchObject({
      errors: [{ pointer: '/decisions/1/action' }],
    });
    const long = Array.from({ length: 200 }, () => ({
      ...KEEP,
      case: 'case_x',
      note: '\u202e'.repeat(4000),
    }));
    expect((await room.decideMany(amina, long)).body.results).toHaveLength(200);
  });
});

describe('undoing', () => {
  it('gives back what the decision took, opens the case again, and is the same when repeated', async () => {
    const { site, amina } = await desk('undone');
    const id = await room.caseOf(site, 'image', 5);
    const { decision } = (await room.decide(amina, id, KEEP)).body;
    const { status, body } = await room.undo(amina, decision.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      decision: { id: decision.id, undoneBy: { email: 'amina@undone.ma' } },
      case: { id, status: 'open', outcome: null, version: 3 },
      image: { blocked: true, reason: 'violence', reviewed: false, version: 3 },
    });
    expect(Date.parse(body.decision.undoneAt ?? '')).not.toBeNaN();
    const again = await room.undo(amina, decision.id);
    expect([again.status, again.body]).toEqual([200, body]);
    // What was decided once and undone is no repetition: it must be decided anew, on the case as it is now.
    expect((await room.decide(amina, id, KEEP)).status).toBe(409);
    expect((await room.decide(amina, id, { ...KEEP, version: 3 })).status).toBe(201);
  });

  it('is answered with case and image of one moment, whatever is decided meanwhile', async () => {
    const { site, amina, lead } = await desk('undone-meanwhile');
    const id = await room.caseOf(site, 'image', 5);
    const { decision } = (await room.decide(amina, id, KEEP)).body;
    const answering = betweenReads(/^read-(cases|image)/, () =>
      room.service.ask('PUT', `/v1/images/block?site=${site.slug}`, lead, {
        image: { url: room.url(site, 'image') },
        policy: 'hate',
      }),
    );
    const { body } = await room.undo(amina, decision.id);
    answering.mockRestore();
    expect(body.image).toMatchObject({ version: body.case?.image.version, reason: body.case?.image.reason });
  });

  it('that is sent ten times at once is one undo', async () => {
    const { site, amina } = await desk('undone-ten-times');
    const id = await room.caseOf(site, 'image', 5);
    const { decision } = (await room.decide(amina, id, KEEP)).body;
    const answers = await Promise.all(Array.from({ length: 10 }, () => room.undo(amina, decision.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    expect((await room.show(amina, id)).body.version).toBe(3);
  });

  it("is for one's own decisions; leads undo those of others", async () => {
    const { site, amina, bilal, lead } = await desk('whose');
    const id = await room.caseOf(site, 'image');
    const { decision } = (await room.decide(amina, id, BLOCK)).body;
    expect(await room.undo(bilal, decision.id)).toMatchObject({ status: 403, body: { why: 'not-yours' } });
    const { status, body } = await room.undo(lead, decision.id);
    expect([status, body.decision.undoneBy?.email]).toEqual([201, 'lead@whose.ma']);
    expect((await room.undo(bilal, decision.id)).status).toBe(403);
    expect((await room.undo(amina, 'dec_made-up')).status).toBe(404);
  });

  it('is refused when something newer was decided, or awaits a decision', async () => {
    const { site, amina, lead } = await desk('newer');
    const id = await room.caseOf(site, 'image');
    const first = (await room.decide(amina, id, { action: 'escalate', version: 1 })).body.decision;
    const second = (await room.decide(lead, id, { ...KEEP, version: 2 })).body.decision;
    const refused = await room.undo(amina, first.id);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: '/problems/case-conflict',
      why: 'not-latest',
      decision: { id: second.id },
      decidedBy: { email: 'lead@newer.ma' },
    });
    await room.reports(site, 'image', 5);
    expect(await room.undo(lead, second.id)).toMatchObject({ status: 409, body: { why: 'newer-case' } });
  });

  it("of a keep takes nothing that came along with another image, a moderator's block of which stays", async () => {
    const { site, amina, bilal } = await desk('came-along');
    const own = await room.caseOf(site, 'id:photo-1', 5);
    const kept = (await room.decide(amina, own, KEEP)).body.decision;
    const other = await room.caseOf(site, 'image');
    const blocked = (await room.decide(bilal, other, { ...BLOCK, policy: 'hate' })).body.decision;
    const urls = [room.url(site, 'image')];
    await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'photo-1', urls });
    const { status, body } = await room.undo(amina, kept.id);
    expect(status).toBe(201);
    // It waits again, and says what hides it: nobody but bilal.
    expect(body).toMatchObject({
      case: { id: own, status: 'open', held: false, outcome: null },
      image: { blocked: true, reason: 'hate', reviewed: true },
    });
    expect((await room.show(amina, own)).body.evidence?.standing).toBe(false);
    const history = await room.service.ask('GET', `/v1/images?site=${site.slug}&id=photo-1`, amina);
    expect(history.body['blocks']).toMatchObject([{ source: 'moderator', decision: blocked.id }]);
    // That can be lifted by a decision alone, and so it is by this case's.
    expect(await room.undo(bilal, blocked.id)).toMatchObject({ status: 409, body: { why: 'merged' } });
    const again = await room.decide(amina, own, { ...KEEP, version: body.case?.version });
    expect([again.status, again.body.image.blocked]).toEqual([201, false]);
    expect((await room.undo(amina, again.body.decision.id)).body.image).toMatchObject({ reason: 'hate' });
  });

  it('behaviour 28a: keep, five votes, undo, keep: no old vote counts, no new vote is swallowed', async () => {
    const { site, amina } = await desk('swallowed');
    const id = await room.caseOf(site, 'image', 4);
    const { decision } = (await room.decide(amina, id, KEEP)).body;
    await room.reports(site, 'image', 3, 'hate');
    expect((await room.undo(amina, decision.id)).status).toBe(201);
    // The four votes of the first round do not count again: three and one are no five.
    expect((await room.report(site, 'image', 'hate')).visibility.blocked).toBe(false);
    const readers = (await room.reportsOf(amina, id)).body.items;
    expect(readers.map(({ reader, round }) => [reader, round])).toEqual([
      ['reader 1', 1],
      ['reader 2', 1],
      ['reader 3', 1],
      ['reader 4', 1],
      ['reader 5', 2],
      ['reader 6', 2],
      ['reader 7', 2],
      ['reader 8', 2],
    ]);
    expect((await room.report(site, 'image', 'hate')).visibility.blocked).toBe(true);
    const shown = (await room.show(amina, id)).body;
    expect(shown).toMatchObject({ evidence: { reporters: 5, reasons: { hate: 5 }, standing: true } });
    const kept = await room.decide(amina, id, { ...KEEP, version: shown.version });
    expect([kept.status, kept.body.image.blocked]).toEqual([201, false]);
    expect((await room.reports(site, 'image', 4)).visibility.blocked).toBe(false);
    expect((await room.list(amina, '')).body.items).toEqual([]);
    await room.report(site, 'image');
    expect((await room.list(amina, '')).body.items).toMatchObject([{ round: 3, tally: { reporters: 5 } }]);
  });
});
