import type { TestSite } from '../setup/service.js';
import { ReviewRoom, tokenOf } from './review-room.js';

let room: ReviewRoom;
let site: TestSite;
let moderator: string;
beforeAll(async () => {
  room = await ReviewRoom.open();
  site = await room.site('queue');
  moderator = await room.moderator(site, 'amina');
});
afterAll(() => room.close());

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('the review queue', () => {
  it('shows a case with its image, its tally and who said what, by reason', async () => {
    await room.reports(site, 'shown', 4);
    await room.report(site, 'shown', 'hate');
    const { status, body } = await room.list(moderator, `site=${site.slug}&reason=hate`);
    expect(status).toBe(200);
    const [shown] = body.items;
    expect(shown).toMatchObject({
      status: 'open',
      held: false,
      severe: false,
      version: 1,
      round: 1,
      site: { slug: 'queue' },
      image: {
        ownId: null,
        url: room.url(site, 'shown'),
        blocked: true,
        reason: 'violence',
        version: 1,
        reviewed: false,
        protected: false,
      },
      tally: { reporters: 5, notCounted: 0 },
      reasons: { violence: 4, hate: 1 },
      lease: null,
      outcome: null,
      closedAt: null,
    });
    expect(shown?.id).toMatch(/^case_[\w-]{32}$/);
    expect(shown?.image.id).toMatch(/^img_[\w-]{32}$/);
    expect(Date.parse(shown?.image.since ?? '')).not.toBeNaN();
  });

  it("gives the site's own id of an image that has one", async () => {
    const id = await room.caseOf(site, 'id:photo-7');
    expect((await room.show(moderator, id)).body.image).toMatchObject({ ownId: 'photo-7', url: null });
  });

  it.each(['priority', 'oldest', 'newest'])(
    'pages by %s without leaving out or repeating a case',
    async (order) => {
      const paged = await room.site(`paged-${order}`);
      const lead = await room.moderator(paged, 'lead', 'lead');
      for (let n = 0; n < 7; n += 1) await room.reports(paged, `image-${n}`, (n % 3) + 1);
      const seen: { id: string; priority: number; openedAt: string }[] = [];
      let cursor = '';
      for (let page = 0; page < 4; page += 1) {
        const { body } = await room.list(lead, `order=${order}&limit=2${cursor}`);
        seen.push(...body.items);
        // A case that comes in between pages shifts nothing.
        if (page === 0) await room.reports(paged, 'late', 5);
        cursor = `&cursor=${body.nextCursor}`;
        if (body.nextCursor === null) break;
      }
      const early = (await room.list(lead, `order=${order}&limit=100`)).body.items.filter(
        ({ image }) => image.url !== room.url(paged, 'late'),
      );
      expect(new Set(ids(seen)).size).toBe(seen.length);
      expect(ids(seen).filter((id) => ids(early).includes(id))).toEqual(ids(early));
      expect(early).toHaveLength(7);
      const sorted = [...early].sort((a, b) =>
        order === 'newest'
          ? b.openedAt.localeCompare(a.openedAt)
          : (order === 'priority' ? b.priority - a.priority : 0) || a.openedAt.localeCompare(b.openedAt),
      );
      expect(ids(sorted)).toEqual(ids(early));
    },
  );

  it('lists the cases of all sites of a person in one order, and those of no other site', async () => {
    const [one, two] = [await room.site('merged-one'), await room.site('merged-two')];
    const token = await room.moderator(one, 'both');
    await room.sql(
      `insert into membership (site_id, staff_id, role)
       select $1, id, 'moderator' from staff where email = 'both@merged-one.ma'`,
      [two.id],
    );
    await room.reports(one, 'low', 1);
    await room.reports(two, 'high', 5);
    await room.reports(one, 'middle', 2);
    const admin = await room.service.staffToken('admin@example.ma', 'admin');
    const urls = async (key: string, query = '') =>
      (await room.list(key, query)).body.items.map(({ image }) => image.url);
    const expected = [room.url(two, 'high'), room.url(one, 'middle'), room.url(one, 'low')];
    expect(await urls(token)).toEqual(expected);
    expect((await urls(admin, 'limit=100')).filter((url) => expected.includes(url ?? ''))).toEqual(expected);
    expect(await urls(admin, 'site=merged-two')).toEqual([room.url(two, 'high')]);
  });

  it('lists closed cases with the votes of their round, the newest first', async () => {
    const closed = await room.site('closed');
    const lead = await room.moderator(closed, 'lead', 'lead');
    for (const image of ['a', 'b', 'c']) {
      const id = await room.caseOf(closed, image, 2, image === 'c' ? 'hate' : 'violence');
      const action = image === 'b' ? { action: 'block', policy: 'violence' } : { action: 'keep' };
      expect((await room.decide(lead, id, { ...action, version: 1 })).status).toBe(201);
      // What comes in a new round is not part of the closed case.
      await room.report(closed, image, 'spam');
    }
    const { items } = (await room.list(lead, 'status=closed')).body;
    expect(items.map(({ image, outcome, reasons }) => [image.url, outcome, reasons])).toEqual([
      [room.url(closed, 'c'), 'keep', { hate: 2 }],
      [room.url(closed, 'b'), 'block', { violence: 2, spam: 1 }],
      [room.url(closed, 'a'), 'keep', { violence: 2 }],
    ]);
    const first = (await room.list(lead, 'status=closed&order=priority&limit=1')).body;
    expect(first.items).toHaveLength(1);
    expect(
      (await room.list(lead, `status=closed&order=priority&limit=5&cursor=${first.nextCursor}`)).body.items,
    ).toHaveLength(2);
    expect((await room.list(lead, 'status=closed&reason=hate')).body.items).toHaveLength(1);
    expect((await room.list(lead, 'status=open')).body.items).toEqual([]);
  });

  it('finds and gives a case by the reasons of all its rounds, also where an undone keep has opened it again', async () => {
    const site = await room.site('rounds');
    const lead = await room.moderator(site, 'lead', 'lead');
    const id = await room.caseOf(site, 'image', 2, 'hate');
    const { decision } = (await room.decide(lead, id, { action: 'keep', version: 1 })).body;
    await room.undo(lead, decision.id);
    await room.report(site, 'image', 'spam');
    for (const reason of ['hate', 'spam', '']) {
      const query = reason === '' ? '' : `reason=${reason}`;
      expect((await room.list(lead, query)).body.items.map((item) => item.id)).toEqual([id]);
    }
    expect((await room.list(lead, 'reason=nudity')).body.items).toEqual([]);
    expect((await room.claim(lead, { reason: 'nudity' })).status).toBe(204);
    const claimed = await room.claim(lead, { reason: 'hate' });
    expect(claimed.body).toMatchObject({ id, reasons: { hate: 2, spam: 1 } });
    await room.decide(lead, id, {
      action: 'keep',
      version: claimed.body.version,
      leaseToken: tokenOf(claimed),
    });
    await room.report(site, 'image', 'violence');
    for (const [reason, found] of [
      ['hate', [id]],
      ['spam', [id]],
      ['violence', []],
    ] as const)
      expect(
        (await room.list(lead, `status=closed&reason=${reason}`)).body.items.map((item) => item.id),
      ).toEqual(found);
  });

  it('finds and gives a case by what somebody says who is not counted: it may be all that is said there', async () => {
    const site = await room.site('uncounted');
    const lead = await room.moderator(site, 'lead', 'lead');
    const { case: before } = await room.report(site, 'before', 'spam', { reader: 'Brahim' });
    const [muted] = (await room.reportsOf(lead, room.sealed.id('case', before?.id ?? ''))).body.items;
    const mute = { reader: muted?.handle, note: 'All pictures of one person' };
    expect((await room.service.ask('POST', '/v1/mutes', lead, mute)).status).toBe(201);
    const { case: opened } = await room.report(site, 'image', 'child_abuse', { reader: 'Brahim' });
    const id = room.sealed.id('case', opened?.id ?? '');
    const found = async (reason: string) =>
      (await room.list(lead, `reason=${reason}`)).body.items.map((item) => item.id);
    expect(await found('child_abuse')).toEqual([id]);
    expect(await found('hate')).toEqual([]);
    expect((await room.claim(lead, { reason: 'child_abuse' })).body).toMatchObject({ id, reasons: {} });
  });

  it('shows held cases among the open ones and by themselves', async () => {
    const holding = await room.site('holding');
    const token = await room.moderator(holding, 'amina');
    const id = await room.caseOf(holding, 'held');
    await room.caseOf(holding, 'plain');
    await room.sql('update moderation_case set held = true where id = $1', [
      room.sealed.databaseId('case', id),
    ]);
    expect((await room.list(token, 'status=open')).body.items).toHaveLength(2);
    const held = (await room.list(token, 'status=held')).body.items;
    expect(held).toMatchObject([{ id, status: 'open', held: true }]);
  });

  it('shows escalated cases to leads only', async () => {
    const site2 = await room.site('escalating');
    const [amina, lead] = [await room.moderator(site2, 'amina'), await room.moderator(site2, 'lead', 'lead')];
    const id = await room.caseOf(site2, 'image', 5);
    expect((await room.decide(amina, id, { action: 'escalate', version: 1 })).status).toBe(201);
    expect((await room.list(amina, 'status=escalated')).status).toBe(403);
    expect((await room.list(amina, '')).body.items).toEqual([]);
    expect((await room.show(amina, id)).status).toBe(403);
    expect((await room.reportsOf(amina, id)).status).toBe(403);
    expect((await room.lease(amina, id)).status).toBe(403);
    expect((await room.claim(amina)).status).toBe(204);
    expect((await room.claim(lead)).status).toBe(204);
    expect(ids((await room.list(lead, 'status=escalated')).body.items)).toEqual([id]);
    expect((await room.lease(lead, id)).status).toBe(200);
  });

  it("behaviour 49: another site's case, decision and image are not there, and a key is not enough", async () => {
    const other = await room.site('other');
    const stranger = await room.moderator(other, 'stranger', 'lead');
    const id = await room.caseOf(site, 'not theirs', 5);
    const { body } = await room.decide(moderator, id, { action: 'keep', version: 1 });
    const ask = room.service.ask.bind(room.service);
    const answers = await Promise.all([
      room.show(stranger, id),
      room.reportsOf(stranger, id),
      room.lease(stranger, id),
      room.release(stranger, id, 'lea_x'),
      room.decide(stranger, id, { action: 'keep', version: 1 }),
      room.undo(stranger, body.decision.id),
      ask('GET', `/v1/images?image=${body.image.id}`, stranger),
      ask('GET', `/v1/events?image=${body.image.id}`, stranger),
      ask('GET', `/v1/events?site=${site.slug}`, stranger),
      room.list(stranger, `site=${site.slug}`),
      room.claim(stranger, { site: site.slug }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const made = await room.show(stranger, `${id.slice(0, -1)}x`);
    expect({ ...made.body, instance: '' }).toEqual({ ...answers[0]?.body, instance: '' });
    expect((await ask('GET', '/v1/cases', other.secretKey)).status).toBe(403);
    expect((await ask('GET', '/v1/cases')).status).toBe(401);
  });

  it.each([
    ['status=nowhere', '/status'],
    ['order=random', '/order'],
    ['reason=boredom', '/reason'],
    ['limit=0', '/limit'],
    ['limit=1000', '/limit'],
    ['cursor=made-up', '/cursor'],
    ['colour=red', '/colour'],
    ['site=a&site=b', '/site'],
  ])('refuses %s with a pointer', async (query, pointer) => {
    const { status, body } = await room.list(moderator, query);
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer }] });
  });

  it.each(['reason=violence', 'site=queue', 'status=held'])(
    'refuses a cursor with another filter than it was made with: %s',
    async (filter) => {
      const { body } = await room.list(moderator, 'limit=1');
      expect(body.nextCursor).not.toBeNull();
      const other = await room.list(moderator, `limit=1&${filter}&cursor=${body.nextCursor}`);
      expect(other).toMatchObject({ status: 422, body: { errors: [{ pointer: '/cursor' }] } });
    },
  );

  it('refuses the cursor of another order', async () => {
    const { body } = await room.list(moderator, 'limit=1');
    expect((await room.list(moderator, `limit=1&order=oldest&cursor=${body.nextCursor}`)).status).toBe(422);
  });
});

describe('a case', () => {
  it('shows why the rule blocked, and keeps showing it when the block is gone', async () => {
    const id = await room.caseOf(site, 'evidence', 5);
    const evidence = {
      ruleVersion: 1,
      crossedBy: 'total',
      needed: 5,
      reporters: 5,
      reasons: { violence: 5 },
    };
    const { body } = await room.show(moderator, id);
    expect(body.evidence).toMatchObject({ ...evidence, standing: true, leftOut: {} });
    expect(body.timeline.map(({ type }) => type)).toEqual(['case.opened', 'image.blocked']);
    expect(body.timeline[1]).toMatchObject({ actor: { kind: 'rule' }, image: body.image.id, case: id });
    const [first] = (await room.reportsOf(moderator, id)).body.items;
    expect(body.evidence?.firstReportAt).toBe(first?.at);
    await room.report(site, 'evidence', 'spam');
    await room.decide(moderator, id, { action: 'keep', version: 1 });
    await room.reports(site, 'evidence', 15);
    const kept = (await room.show(moderator, id)).body;
    expect(kept.evidence).toMatchObject({ ...evidence, standing: false, at: body.evidence?.at });
    expect(kept.evidence?.firstReportAt).toBe(first?.at);
    expect(kept.timeline.map(({ type }) => type).slice(2)).toEqual(['case.resolved', 'image.unblocked']);
    expect(kept.timeline[2]?.actor.email).toBe('amina@queue.ma');
    expect(kept.tally).toEqual({ reporters: 6, notCounted: 0 });
  });

  it('has no evidence while no rule has blocked', async () => {
    expect((await room.show(moderator, await room.caseOf(site, 'quiet'))).body.evidence).toBeNull();
  });

  it('names readers by their place in time, never by a hash', async () => {
    const first = await room.report(site, 'readers', 'violence', { reader: 'first', comment: 'cruel' });
    const id = room.sealed.id('case', first.case?.id ?? '');
    const page = { url: 'https://www.queue.ma/article/1', title: 'Article' };
    const claimedUrl = 'https://elsewhere.example/x.jpg';
    await room.report(site, 'readers', 'hate', { reader: 'second', page, claimedUrl });
    await room.report(site, 'readers', 'spam', { reader: 'first' });
    const { body, text } = await room.reportsOf(moderator, id, 'limit=1');
    expect(body.items).toMatchObject([
      {
        reader: 'reader 1',
        kind: 'named',
        reasons: ['violence', 'spam'],
        counted: true,
        withdrawn: false,
        round: 1,
        notes: [{ reason: 'violence', comment: 'cruel', page: null, claimedUrl: null }],
      },
    ]);
    const next = await room.reportsOf(moderator, id, `limit=1&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({
      items: [{ reader: 'reader 2', notes: [{ reason: 'hate', comment: null, page, claimedUrl }] }],
      nextCursor: null,
    });
    for (const hash of ['first', 'second'].map((name) => Buffer.from(name.padEnd(16, '.')))) {
      for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const) {
        expect(text + next.text).not.toContain(hash.toString(encoding));
      }
    }
  });

  it('behaviour 9: a comment with HTML and a right-to-left override comes back as inert data', async () => {
    const comment = '<img src=x onerror=alert(1)></script>\u202Egpj.exe "\'`&';
    const { case: opened } = await room.report(site, 'inert', 'other', { comment });
    const answer = await room.reportsOf(moderator, room.sealed.id('case', opened?.id ?? ''));
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body.items[0]?.notes[0]?.comment).toBe(comment);
  });

  it('shows votes that were withdrawn as such', async () => {
    const { case: opened } = await room.report(site, 'withdrawn', 'other', { reader: 'regretful' });
    await room.report(site, 'withdrawn', 'other');
    await room.sql(`update vote set withdrawn_at = clock_timestamp() where reporter = $1`, [
      Buffer.from('regretful'.padEnd(16, '.')),
    ]);
    const { items } = (await room.reportsOf(moderator, room.sealed.id('case', opened?.id ?? ''))).body;
    expect(items.map(({ counted, withdrawn }) => ({ counted, withdrawn }))).toEqual([
      { counted: false, withdrawn: true },
      { counted: true, withdrawn: false },
    ]);
  });

  it('shows votes that are over a cap, and how many there are, in the case, its evidence and its image', async () => {
    const networks = { narrow: Buffer.alloc(8, 1), wide: Buffer.alloc(8, 2), minted: null };
    for (let n = 0; n < 4; n += 1) await room.report(site, 'crowded', 'hate', { networks });
    const id = await room.caseOf(site, 'crowded', 3, 'hate');
    const { body } = await room.show(moderator, id);
    expect(body).toMatchObject({
      tally: { reporters: 5, notCounted: 2 },
      reasons: { hate: 5 },
      evidence: { reporters: 5, leftOut: { network: 2 } },
    });
    const { items } = (await room.reportsOf(moderator, id)).body;
    expect(items.map(({ counted, leftOut }) => ({ counted, leftOut })).slice(1, 4)).toEqual([
      { counted: true, leftOut: null },
      { counted: false, leftOut: 'network' },
      { counted: false, leftOut: 'network' },
    ]);
    const listed = (await room.list(moderator, 'limit=100')).body.items;
    expect(listed.find((item) => item.id === id)?.tally).toEqual({ reporters: 5, notCounted: 2 });
    const image = await room.service.ask('GET', `/v1/images?image=${body.image.id}`, moderator);
    expect(image.body).toMatchObject({ rounds: [{ reporters: 5, notCounted: 2, reasons: { hate: 5 } }] });
  });
});
