import type { ApplyAnswer, ReplayAnswer } from '../../src/contract/replay.js';
import type { TestSite } from '../setup/service.js';
import { ReviewRoom } from '../review/review-room.js';

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open({ ROLE: 'api' });
});
afterAll(() => room.close());

const apply = (token: string, site: TestSite, body: object) =>
  room.service.ask<ApplyAnswer & { type?: string; why?: string; errors?: { pointer: string }[] }>(
    'POST',
    `/v1/sites/${site.slug}/threshold-rule/apply`,
    token,
    body,
  );

/** So many people report an image: its public id. */
async function reported(site: TestSite, name: string, people: number): Promise<string> {
  await room.service.reports(site, room.url(site, name), people);
  const [image] = await room.sql<{ id: string }>('select id from image where site_id = $1 and key like $2', [
    site.id,
    `%/${name}.jpg`,
  ]);
  return room.sealed.id('img', image?.id ?? '');
}

const isBlocked = async (site: TestSite, name: string): Promise<unknown> =>
  (await room.service.state(site, { url: room.url(site, name) })).body['blocked'];

describe('applying a rule', () => {
  it('behaviour 25: blocks nothing that nobody asked for, and what was asked for at once, under the new version', async () => {
    const site = await room.site('asked');
    const lead = await room.moderator(site, 'lead', 'lead');
    const [one, two, few] = [
      await reported(site, 'one', 3),
      await reported(site, 'two', 4),
      await reported(site, 'few', 2),
    ];
    const plain = await apply(lead, site, { rule: { reporters: 3 }, ifVersion: 1 });
    expect([plain.status, plain.body]).toMatchObject([
      200,
      { rule: { version: 2, reporters: 3 }, results: [] },
    ]);
    expect([await isBlocked(site, 'one'), await isBlocked(site, 'two')]).toEqual([false, false]);

    const asked = { rule: { reporters: 3 }, ifVersion: 2, block: [one, few, one] };
    const first = await apply(lead, site, asked);
    expect(first.body).toMatchObject({
      rule: { version: 2 },
      results: [
        { image: one, outcome: 'blocked' },
        { image: few, outcome: 'unchanged' },
        { image: one, outcome: 'blocked' },
      ],
    });
    expect([await isBlocked(site, 'one'), await isBlocked(site, 'two')]).toEqual([true, false]);
    const blocks = await room.sql(
      `select b.rule_version, b.evidence->'reporters' as reporters, i.version from block b join image i on i.id = b.image_id
       where b.site_id = $1`,
      [site.id],
    );
    expect(blocks).toEqual([{ rule_version: 2, reporters: 3, version: 1 }]);
    // Asked again it says the same, and nothing happens.
    expect((await apply(lead, site, asked)).body).toEqual(first.body);
    const events = await room.sql(
      `select type, actor_kind, rule_version from event where site_id = $1 and type like 'image.%'`,
      [site.id],
    );
    expect(events).toEqual([{ type: 'image.blocked', actor_kind: 'rule', rule_version: 2 }]);
    expect(two).not.toBe(one);
  });

  it('does what the replay said that it would', async () => {
    const site = await room.site('as-told');
    const lead = await room.moderator(site, 'lead', 'lead');
    for (const [name, people] of [
      ['a', 2],
      ['b', 3],
      ['c', 4],
      ['d', 1],
    ] as const)
      await reported(site, name, people);
    const rule = { reporters: 3 };
    const { body } = await room.service.ask<ReplayAnswer>(
      'POST',
      `/v1/sites/${site.slug}/threshold-rule/replay`,
      lead,
      { rule },
    );
    const block = body.openImages.items.map(({ image }) => image.id);
    const { body: applied } = await apply(lead, site, { rule, ifVersion: body.ruleVersion, block });
    expect(applied.results).toEqual(block.map((image) => ({ image, outcome: 'blocked' })));
    const states = await Promise.all(['a', 'b', 'c', 'd'].map((name) => isBlocked(site, name)));
    expect(states).toEqual([false, true, true, false]);
  });

  it('is refused where the rule was changed since it was tried, also where it would change nothing', async () => {
    const site = await room.site('changed');
    const lead = await room.moderator(site, 'lead', 'lead');
    const image = await reported(site, 'photo', 4);
    const put = (body: object) =>
      room.service.ask('PUT', `/v1/sites/${site.slug}/threshold-rule`, lead, body);
    await put({ reporters: 4 });
    for (const body of [
      { rule: { reporters: 3 }, ifVersion: 1, block: [image] },
      { rule: {}, ifVersion: 1, block: [image] },
      { rule: {}, ifVersion: 9, block: [image] },
    ]) {
      const { status, body: problem } = await apply(lead, site, body);
      expect([status, problem.type, problem.why]).toEqual([409, '/problems/conflict', 'rule-changed']);
    }
    expect(await isBlocked(site, 'photo')).toBe(false);
    // Sent twice it is done once: version 2 is version 1 with this change.
    const repeated = await apply(lead, site, { rule: { reporters: 4 }, ifVersion: 1, block: [image] });
    expect(repeated.body).toMatchObject({ rule: { version: 2 }, results: [{ outcome: 'blocked' }] });
  });

  it('looks only at open images of the site, at none that is protected, and unblocks nothing', async () => {
    const site = await room.site('only-own');
    const other = await room.site('not-own');
    const lead = await room.moderator(site, 'lead', 'lead');
    const others = await reported(other, 'photo', 4);
    const blocked = await reported(site, 'blocked', 5);
    const kept = await reported(site, 'kept', 4);
    const guarded = await reported(site, 'guarded', 4);
    await room.service.ask('PUT', '/v1/images/protection', site.secretKey, {
      image: { url: room.url(site, 'guarded') },
    });
    const { body } = await room.list(lead, `site=${site.slug}`);
    const waiting = body.items.find(({ image }) => image.id === kept);
    await room.service.ask('POST', `/v1/cases/${waiting?.id}/decision`, lead, { action: 'keep', version: 1 });
    const block = [others, blocked, kept, guarded];
    const { body: applied } = await apply(lead, site, { rule: { reporters: 3 }, ifVersion: 1, block });
    expect(applied.results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
    expect(await isBlocked(other, 'photo')).toBe(false);
    expect(await isBlocked(site, 'guarded')).toBe(false);
    // A higher bar unblocks nothing.
    await apply(lead, site, { rule: { reporters: 50 }, ifVersion: 2, block: [blocked] });
    expect(await isBlocked(site, 'blocked')).toBe(true);
  });

  it('refuses what is no id of an image, or half of a part that is off, before anything is changed', async () => {
    const site = await room.site('no-image');
    const lead = await room.moderator(site, 'lead', 'lead');
    const { status, body } = await apply(lead, site, {
      rule: { reporters: 3 },
      ifVersion: 1,
      block: [await reported(site, 'photo', 3), 'img_nothing', 'case_x'],
    });
    expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/block/1', '/block/2']]);
    const half = await apply(lead, site, { rule: { muteAfter: { dismissed: 3 } }, ifVersion: 1 });
    expect([half.status, half.body.errors?.[0]?.pointer]).toEqual([422, '/rule/muteAfter/forDays']);
    expect((await apply(lead, site, { rule: {}, ifVersion: 1 })).body).toMatchObject({
      rule: { version: 1 },
    });
  });

  it('holds what looks coordinated, and is not stopped by the breaker', async () => {
    const site = await room.site('held', { breaker: { perHour: 1, factor: 1 } });
    const lead = await room.moderator(site, 'lead', 'lead');
    const images = [
      await reported(site, 'one', 3),
      await reported(site, 'two', 3),
      await reported(site, 'three', 3),
    ];
    const comment = 'This picture was made up by the ministry of truth.';
    for (let n = 0; n < 4; n += 1) {
      await room.service.ask('POST', '/v1/reports', site.secretKey, {
        image: { url: room.url(site, 'junk') },
        reason: 'violence',
        comment,
        reporter: { account: `junk-${n}` },
      });
    }
    const [junk] = await room.sql<{ id: string }>(
      `select id from image where site_id = $1 and key like '%junk%'`,
      [site.id],
    );
    const block = [...images, room.sealed.id('img', junk?.id ?? '')];
    const { body } = await apply(lead, site, { rule: { reporters: 3 }, ifVersion: 1, block });
    expect(body.results.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked', 'blocked', 'held']);
    expect(await isBlocked(site, 'junk')).toBe(false);
  });

  it('calls held no case that was, before a protection that is over, and is not by this version', async () => {
    const site = await room.site('was-held', { breaker: { perHour: 1, factor: 1 } });
    const lead = await room.moderator(site, 'lead', 'lead');
    await reported(site, 'full', 5);
    const image = await reported(site, 'photo', 5);
    const held = async () => (await room.list(lead, `site=${site.slug}&status=held`)).body.items.length;
    expect(await held()).toBe(1);
    await room.service.ask('PUT', '/v1/images/protection', site.secretKey, {
      image: { url: room.url(site, 'photo') },
    });
    const lifted = await room.service.ask(
      'DELETE',
      `/v1/images/protection?url=${encodeURIComponent(room.url(site, 'photo'))}`,
      site.secretKey,
    );
    expect(lifted.body).toMatchObject({ protected: false });
    const { body } = await apply(lead, site, { rule: { reporters: 50 }, ifVersion: 1, block: [image] });
    expect(body.results).toEqual([{ image, outcome: 'unchanged' }]);
    expect(await held()).toBe(0);
  });

  it('calls held no case that an older version holds, and this one would not', async () => {
    const site = await room.site('held-before', { breaker: { perHour: 1, factor: 1 } });
    const lead = await room.moderator(site, 'lead', 'lead');
    await reported(site, 'full', 5);
    const image = await reported(site, 'photo', 5);
    const { body } = await apply(lead, site, { rule: { reporters: 50 }, ifVersion: 1, block: [image] });
    expect(body.results).toEqual([{ image, outcome: 'unchanged' }]);
    const [still] = (await room.list(lead, `site=${site.slug}&status=held`)).body.items;
    expect(still).toMatchObject({ held: true, hold: { by: 'breaker', needed: 5 } });
    expect(still?.hold).not.toHaveProperty('ruleVersion');
  });
});
