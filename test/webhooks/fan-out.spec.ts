import { Sealed } from '../../src/access/sealing/sealed.js';
import { NO_ADDRESS_RULES } from '../../src/core/address-rules.js';
import { SpreadBlock } from '../../src/images/spread-block.js';
import type { ImageJob } from '../../src/moderation/match-jobs.js';
import { Neck } from '../../src/moderation/neck.js';
import type { OverdueJob } from '../../src/moderation/stage-overdue.js';
import { TellOverdue } from '../../src/moderation/tell-overdue.js';
import { addressKey, ownIdKey } from '../../src/moderation/wanted-key.js';
import { sha256 } from '../images/match-desk.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { Receiver, verified } from '../setup/receiver.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { DeliveryDesk, type TestEndpoint } from './delivery-desk.js';

let desk: DeliveryDesk;
let receiver: Receiver;
let site: TestSite;
let endpoint: TestEndpoint;
let sites = 0;

beforeAll(async () => {
  desk = await DeliveryDesk.open();
  receiver = await Receiver.open();
});
afterAll(async () => {
  await receiver.close();
  await desk.close();
});
beforeEach(async () => {
  site = await desk.service.site(`site-${(sites += 1)}`);
  endpoint = await desk.endpoint(site, receiver.url(`/${site.slug}`));
});

const picture = (): string => `https://cdn.${site.slug}.ma/a.jpg`;
const got = (count: number, name = site.slug) => receiver.got(count, `/${name}`);

/** Claims the site's only case and decides it. */
async function decide(action: 'block' | 'keep', policy?: string): Promise<string> {
  const lead = await desk.service.staffToken(`lead-${(sites += 1)}@example.ma`, 'lead', site);
  const claimed = await desk.service.ask<{ id: string; version: number; lease: { token: string } }>(
    'POST',
    '/v1/cases/claim',
    lead,
    { site: site.slug },
  );
  const { id, version, lease } = claimed.body;
  const body = { action, version, leaseToken: lease.token, ...(policy === undefined ? {} : { policy }) };
  const decided = await desk.service.ask<{ decision: { id: string } }>(
    'POST',
    `/v1/cases/${id}/decision`,
    lead,
    body,
  );
  expect(decided.status).toBe(201);
  return decided.body.decision.id;
}

it('turns a block by the rule and its case into messages that hold what the contract says', async () => {
  await desk.service.reports(site, picture(), 5, 'hate');
  await desk.work();
  const messages = await got(2);
  const [opened, blocked] = ['case.opened', 'image.blocked'].map((type) =>
    messages.find(({ body }) => body.type === type),
  );
  const id = expect.stringMatching(/^case_/) as string;
  const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
  expect(opened?.body).toEqual({
    type: 'case.opened',
    timestamp,
    data: { case: { id, status: 'open' }, image: { url: picture() } },
  });
  expect(blocked?.body).toEqual({
    type: 'image.blocked',
    timestamp,
    data: { image: { url: picture() }, blocked: true, reason: 'hate', version: 1, decidedBy: 'threshold' },
  });
  for (const message of messages) expect(verified(message, endpoint.secret)).toEqual(message.body);
});

it('behaviour 22: fifty reports crossing K at once make one message per endpoint, whoever turns them into messages', async () => {
  const second = await desk.endpoint(site, receiver.url(`/${site.slug}-second`), ['image.blocked']);
  const reports = Array.from({ length: 50 }, (_, n) => desk.service.report(site, picture(), `reader-${n}`));
  await Promise.all([...reports, desk.fanOut.once(), desk.beside().fanOut.once()]);
  await Promise.all([desk.fanOut.once(), desk.beside().fanOut.once(), desk.beside().fanOut.once()]);
  await desk.work();
  expect((await got(2)).map(({ body }) => body.type).sort()).toEqual(['case.opened', 'image.blocked']);
  expect((await got(1, `${site.slug}-second`)).map(({ body }) => body.type)).toEqual(['image.blocked']);
  expect(await desk.messages(site, second)).toHaveLength(1);
});

it('behaviour 39: a block that a moderator undoes after its webhook left makes a second message with a higher version', async () => {
  await desk.service.report(site, picture(), 'one');
  const decision = await decide('block', 'privacy');
  await desk.work();
  const lead = await desk.service.staffToken(`undo-${sites}@example.ma`, 'lead', site);
  expect((await desk.service.ask('POST', `/v1/decisions/${decision}/undo`, lead)).status).toBe(201);
  await desk.work();
  const changes = (await got(4)).map(({ body }) => body).filter(({ type }) => type.startsWith('image.'));
  expect(changes.map(({ type, data }) => [type, data])).toEqual([
    [
      'image.blocked',
      { image: { url: picture() }, blocked: true, reason: 'privacy', version: 1, decidedBy: 'moderator' },
    ],
    ['image.unblocked', { image: { url: picture() }, blocked: false, version: 2, decidedBy: 'moderator' }],
  ]);
});

it('tells how a case ended', async () => {
  await desk.service.report(site, picture(), 'one');
  await decide('keep');
  await desk.work();
  const resolved = (await got(2)).find(({ body }) => body.type === 'case.resolved');
  expect(resolved?.body.data).toEqual({
    case: { id: expect.stringMatching(/^case_/) as string, status: 'closed', outcome: 'keep' },
    image: { url: picture() },
  });
});

it('behaviour 31b: alerts the site once when its breaker trips, and tells each case that is held for it', async () => {
  const strict = await desk.service.site(`strict-${(sites += 1)}`, {
    reporters: 2,
    breaker: { perHour: 1, factor: 1 },
  });
  await desk.endpoint(strict, receiver.url('/strict'), ['site.breaker', 'case.held', 'case.overdue']);
  for (const id of ['first', 'second', 'third']) await desk.service.reports(strict, { id }, 2);
  await desk.work();
  const messages = (await got(3, 'strict')).map(({ body }) => body);
  expect(messages.filter(({ type }) => type === 'site.breaker').map(({ data }) => data)).toEqual([
    { limit: 1, blocksInHour: 1, baseline: null },
  ]);
  const held = messages.filter(({ type }) => type === 'case.held').map(({ data }) => data);
  const id = expect.stringMatching(/^case_/) as string;
  const sent = (image: string) => ({ case: { id, status: 'open' }, image: { id: image }, heldBy: 'breaker' });
  expect(held).toEqual(expect.arrayContaining([sent('second'), sent('third')]));
  expect(held).toHaveLength(2);
});

it('tells what nobody reviewed in time, and that it was lifted for that', async () => {
  const idle = await desk.service.site(`idle-${(sites += 1)}`, { reporters: 2, onOverdue: 'unblock' });
  await desk.endpoint(idle, receiver.url('/idle'), ['case.overdue', 'image.unblocked']);
  await desk.service.reports(idle, { id: 'photo-1' }, 2);
  const [job] = await desk.service.database.query<{ payload: OverdueJob }>({
    name: 'overdue-job',
    // It is due: while it is yet to come, nobody is told.
    text: `update job set run_at = clock_timestamp()
           where id = (select max(id) from job where kind = 'case-overdue')
           returning payload`,
  });
  if (job === undefined) throw new Error('no job');
  await new TellOverdue(desk.service.app.get(Neck)).run(job.payload);
  await desk.work();
  const messages = (await got(2, 'idle')).map(({ body }) => body);
  const id = expect.stringMatching(/^case_/) as string;
  const image = { id: 'photo-1' };
  expect(messages.find(({ type }) => type === 'case.overdue')?.data).toEqual({
    case: { id, status: 'open' },
    image,
    held: false,
    lifted: true,
  });
  expect(messages.find(({ type }) => type === 'image.unblocked')?.data).toEqual({
    image,
    blocked: false,
    version: 2,
    decidedBy: 'threshold',
  });
});

it("names the site's own id, the publisher as the one who decided, and a change of the shown reason", async () => {
  const block = (reason: string) =>
    desk.service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id: 'photo-1' }, reason });
  await block('spam');
  await block('privacy');
  await desk.service.ask('DELETE', '/v1/images/block?id=photo-1', site.secretKey);
  await desk.work();
  const image = { id: 'photo-1' };
  const data = (await got(3)).map(({ body }) => body.data);
  expect(data.sort((a, b) => Number(a['version']) - Number(b['version']))).toEqual([
    { image, blocked: true, reason: 'spam', version: 1, decidedBy: 'publisher' },
    { image, blocked: true, reason: 'privacy', version: 2, decidedBy: 'publisher' },
    { image, blocked: false, version: 3, decidedBy: 'publisher' },
  ]);
});

it('says `match` of a block that follows a person elsewhere, and of its end', async () => {
  const { id: siteId } = site;
  const see = (id: string) =>
    desk.service.app.get(Neck).see({
      siteId,
      hash: ownIdKey(siteId, id, false).hash,
      sha256: sha256('photo'),
      pdq: null,
      quality: null,
      indistinct: null,
      width: null,
      height: null,
      bytes: 12_345,
      format: null,
      announced: true,
    });
  const block = (method: 'PUT' | 'DELETE', id: string) =>
    method === 'PUT'
      ? desk.service.ask(method, '/v1/images/block', site.secretKey, { image: { id }, reason: 'hate' })
      : desk.service.ask(method, `/v1/images/block?id=${id}`, site.secretKey);
  const spread = async () => {
    const [job] = await desk.sql<{ payload: ImageJob }>(
      `select payload from job where kind = 'spread-block' order by id desc limit 1`,
    );
    if (job === undefined) throw new Error('nothing is spread');
    const signal = new AbortController().signal;
    await new SpreadBlock(desk.service.database, desk.service.app.get(Neck)).run(job.payload, { signal });
  };
  for (const id of ['source', 'follower']) {
    await block('PUT', id);
    await block('DELETE', id);
    await see(id);
  }
  await block('PUT', 'source');
  await spread();
  await block('DELETE', 'source');
  await spread();
  await desk.fanOut.once();
  const told = (await desk.messages(site, endpoint))
    .map(({ payload }) => payload['data'] as { image: unknown; version: number; decidedBy: string })
    .filter(({ decidedBy }) => decidedBy === 'match')
    .sort((a, b) => a.version - b.version);
  const image = { id: 'follower' };
  expect(told).toEqual([
    { image, blocked: true, reason: 'hate', version: 3, decidedBy: 'match' },
    { image, blocked: false, version: 4, decidedBy: 'match' },
  ]);
});

describe('an address that is bound to an id', () => {
  const bind = async (id: string, url: string): Promise<void> => {
    const body = { id, urls: [url] };
    const { status } = await desk.service.ask('PUT', '/v1/images/addresses', site.secretKey, body);
    expect(status).toBe(200);
  };
  const block = (id: string) =>
    desk.service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id }, reason: 'spam' });
  /** What the endpoint is told of addresses of this id, the oldest first. */
  const told = async (of: string, to = endpoint): Promise<unknown[]> => {
    await desk.fanOut.once();
    const all = (await desk.messages(site, to)).map(({ type, payload }) => ({
      type,
      data: payload['data'] as { image: { id?: string; addresses?: string[] } },
    }));
    return all.filter(({ data: { image } }) => image.id === of && image.addresses).reverse();
  };

  it('is blocked from then on where the id is, by whoever blocked that, and is told once', async () => {
    const picky = await desk.endpoint(site, receiver.url(`/${site.slug}-picky`), ['image.unblocked']);
    await desk.service.report(site, picture(), 'one');
    await block('photo-1');
    await bind('photo-1', picture());
    await bind('photo-1', picture());
    const image = { id: 'photo-1', url: picture(), addresses: [picture()] };
    expect(await told('photo-1')).toEqual([
      {
        type: 'image.blocked',
        data: { image, blocked: true, reason: 'spam', version: 1, decidedBy: 'publisher' },
      },
    ]);
    expect(await told('photo-1', picky)).toEqual([]);
  });

  it('is blocked by the rule where the rule blocked what becomes of the id', async () => {
    await desk.service.reports(site, picture(), 5, 'hate');
    await bind('photo-2', picture());
    const [bound] = (await told('photo-2')).slice(-1);
    expect(bound).toMatchObject({ type: 'image.blocked', data: { reason: 'hate', decidedBy: 'threshold' } });
  });

  it('is shown again where it moves to an id that is not blocked', async () => {
    await block('photo-3');
    await bind('photo-3', picture());
    await bind('photo-4', picture());
    expect(await told('photo-4')).toEqual([
      {
        type: 'image.unblocked',
        data: {
          image: { id: 'photo-4', url: picture(), addresses: [picture()] },
          blocked: false,
          version: 2,
          decidedBy: 'publisher',
        },
      },
    ]);
  });

  it('makes no message where nothing was ever blocked', async () => {
    await bind('photo-5', picture());
    expect(await told('photo-5')).toEqual([]);
  });
});

it('sends an endpoint only what it asks for, of its own site, from its making on', async () => {
  await desk.service.reports(site, picture(), 5);
  const late = await desk.endpoint(site, receiver.url(`/${site.slug}-late`));
  const picky = await desk.endpoint(site, receiver.url(`/${site.slug}-picky`), ['image.unblocked']);
  const other = await desk.service.site(`other-${sites}`);
  const foreign = await desk.endpoint(other, receiver.url(`/${other.slug}`));
  await decide('keep');
  await desk.fanOut.once();
  const types = async (whose: TestSite, of: TestEndpoint) =>
    (await desk.messages(whose, of)).map(({ type }) => type).sort();
  expect(await types(site, endpoint)).toEqual([
    'case.opened',
    'case.resolved',
    'image.blocked',
    'image.unblocked',
  ]);
  expect(await types(site, late)).toEqual(['case.resolved', 'image.unblocked']);
  expect(await types(site, picky)).toEqual(['image.unblocked']);
  expect(await types(other, foreign)).toEqual([]);
});

it('makes no message for a disabled endpoint, gives up what waits, and goes on from where it is enabled', async () => {
  await desk.service.report(site, `${picture()}?n=1`, 'one');
  await desk.fanOut.once();
  await desk.ask(site, endpoint, 'PATCH', '', { enabled: false });
  await desk.service.report(site, `${picture()}?n=2`, 'one');
  await desk.ask(site, endpoint, 'PATCH', '', { enabled: true });
  await desk.service.report(site, `${picture()}?n=3`, 'one');
  await desk.fanOut.once();
  const images = (await desk.messages(site, endpoint)).map(({ status, payload }) => [
    status,
    (payload['data'] as { image: { url: string } }).image.url,
  ]);
  expect(images).toEqual([
    ['pending', `${picture()}?n=3`],
    ['failed', `${picture()}?n=1`],
  ]);
});

it('moves over a long log in pages, and does not lose the last event of one', async () => {
  const [head] = await desk.sql<{ seq: string }>('select coalesce(max(seq), 0) as seq from event');
  await desk.sql(
    `insert into event (site_id, type, actor_kind, case_id)
     select $1, case when n % 100 = 0 then 'case.opened' else 'case.flagged' end, 'rule', n
     from generate_series(1, 1500) n`,
    site.id,
  );
  expect(await desk.fanOut.once()).toBe(15);
  const [cursor] = await desk.sql<{ seq: string }>('select seq from webhook_cursor');
  expect(Number(cursor?.seq) - Number(head?.seq)).toBe(1500);
  const sealed = desk.service.app.get(Sealed);
  const newest = await desk.messages(site, endpoint);
  const cases = newest.map(({ payload }) => (payload['data'] as { case: { id: string } }).case.id);
  expect(cases.map((id) => Number(sealed.databaseId('case', id)))).toEqual(
    Array.from({ length: 15 }, (_, n) => 1500 - n * 100),
  );
});

it('makes what many endpoints ask for a little at a time, and each message once', async () => {
  const paths = Array.from({ length: 19 }, (_, n) => `/${site.slug}-${n}`);
  for (const path of paths) await desk.endpoint(site, receiver.url(path));
  await desk.service.ask('PUT', '/v1/images/block', site.secretKey, {
    image: { id: 'photo-1' },
    reason: 'spam',
  });
  await desk.fanOut.once();
  // Each might make one of two messages.
  await desk.sql(
    `insert into event (site_id, type, actor_kind, image_id, data, visibility)
     select i.site_id, 'addresses.bound', 'site', i.id, jsonb_build_object('urls', jsonb_build_array($2::text)),
            '{"blocked": true, "reason": "spam", "version": 1}'
     from image i, generate_series(1, 120) n
     where i.site_id = $1`,
    site.id,
    picture(),
  );
  expect(await desk.fanOut.once()).toBe(2400);
  // What one statement, and one transaction, wrote.
  const wrote = (by: string) =>
    desk.sql<{ messages: number }>(
      `select count(*)::int as messages
       from webhook_message m
       join event e on e.seq = m.event_seq
       where m.site_id = $1 and e.type = 'addresses.bound'
       group by ${by}`,
      site.id,
    );
  const most = (rows: { messages: number }[]) => Math.max(...rows.map(({ messages }) => messages));
  expect(most(await wrote('m.xmin::text, m.cmin::text'))).toBeLessThanOrEqual(100);
  expect(most(await wrote('m.xmin::text'))).toBeLessThanOrEqual(1100);
  expect((await wrote('m.event_seq')).map(({ messages }) => messages)).toEqual(Array<number>(120).fill(20));
  expect((await wrote('m.endpoint_id')).map(({ messages }) => messages)).toEqual(Array<number>(20).fill(120));
  // Nobody delivers so many.
  await desk.sql(`delete from job where kind = 'deliver-webhook'`);
});

it('is not stopped by an event that names addresses in another way', async () => {
  await desk.sql(
    `insert into event (site_id, type, actor_kind, case_id, data)
     select $1, 'case.opened', 'rule', n, jsonb_build_object('urls', urls)
     from unnest(array['"https://cdn.example.ma/a.jpg"', 'null', '{}']::jsonb[]) with ordinality as d (urls, n)`,
    site.id,
  );
  expect(await desk.fanOut.once()).toBe(3);
});

it('stages each delivery in the lane of its endpoint', async () => {
  const second = await desk.endpoint(site, receiver.url(`/${site.slug}-second`));
  await desk.service.report(site, picture(), 'one');
  await desk.work();
  await desk.service.report(site, `${picture()}?2`, 'one');
  await desk.fanOut.once();
  const sealed = desk.service.app.get(Sealed);
  const lanes = (await desk.staged()).map(({ lane }) => lane).sort();
  const expected = [endpoint, second].map(({ id }) => `webhook ${sealed.databaseId('whe', id) ?? ''}`).sort();
  expect(lanes.filter((lane) => expected.includes(lane))).toEqual(expected);
});

it('lets nobody wait for a cursor that another process holds', async () => {
  await desk.service.report(site, picture(), 'one');
  await desk.service.database.inTransaction(async (tx) => {
    await tx.manager.query('select seq from webhook_cursor for update');
    expect(await desk.fanOut.once()).toBe(0);
  });
  expect(await desk.fanOut.once()).toBe(1);
});

it('waits for no endpoint that is being removed, however long its messages take', async () => {
  const other = await desk.service.site(`other-${(sites += 1)}`);
  await desk.endpoint(other, receiver.url(`/${other.slug}`));
  await desk.service.report(site, picture(), 'one');
  await desk.fanOut.once();
  const { removed } = await desk.service.database.inTransaction(async (tx) => {
    await tx.manager.query('select from webhook_message where site_id = $1 for update', [site.id]);
    const removing = desk.ask(site, endpoint, 'DELETE');
    await until(async () => (await desk.sql(LOCK_WAITS)).length > 0);
    for (const one of [site, other])
      await desk.service.report(one, `https://cdn.${one.slug}.ma/b.jpg`, 'one');
    expect(await desk.fanOut.once()).toBe(1);
    return { removed: removing };
  });
  expect((await removed).status).toBe(204);
  expect((await desk.ask(site, endpoint, 'GET')).status).toBe(404);
});

describe('addresses that the same bytes make one image', () => {
  const url = (name: string): string => `https://cdn.${site.slug}.ma/${name}.jpg`;
  const found = async (name: string, sha256: string): Promise<void> => {
    await desk.service.app.get(Neck).see({
      siteId: site.id,
      hash: addressKey({ id: site.id, addressRules: NO_ADDRESS_RULES }, url(name), '', false).hash,
      sha256: Buffer.alloc(32, sha256),
      pdq: null,
      quality: null,
      indistinct: null,
      width: 1,
      height: 1,
      bytes: 1,
      format: 'png',
      announced: false,
    });
  };
  /** The messages on images, the oldest first. */
  const told = async (): Promise<unknown[]> => {
    await desk.fanOut.once();
    const all = await desk.messages(site, endpoint);
    return all
      .filter(({ type }) => type.startsWith('image.'))
      .reverse()
      .map(({ payload }) => payload['data']);
  };

  it('are all named when their votes block them together, in one message; and the one that leaves when it does', async () => {
    for (const [n, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      await desk.service.report(site, url(name), `reader ${n}`);
      await found(name, 'same');
    }
    const image = { url: url('a'), addresses: ['b', 'c', 'd', 'e'].map(url) };
    expect(await told()).toMatchObject([{ image, blocked: true, version: 1, decidedBy: 'threshold' }]);
    await desk.service.report(site, url('f'), 'late');
    await found('f', 'same');
    expect((await told()).slice(1)).toMatchObject([
      { image: { url: url('f'), addresses: [url('f')] }, blocked: true, version: 1 },
    ]);
    await found('c', 'other');
    expect((await told()).slice(2)).toMatchObject([
      { image: { url: url('c') }, blocked: false, version: 2, decidedBy: 'threshold' },
    ]);
  });

  it('are named as far as a message goes, which says that there are more', async () => {
    await desk.service.report(site, url('a'), 'one');
    await desk.sql(
      `insert into address (site_id, hash, url, image_id, bound_by)
       select i.site_id, decode(md5(i.id || '/' || n), 'hex'), i.key || '?n=' || lpad(n::text, 4, '0'), i.id, 'bytes'
       from image i, generate_series(1, 3000) n
       where i.site_id = $1`,
      site.id,
    );
    const block = (image: object) =>
      desk.service.ask('PUT', '/v1/images/block', site.secretKey, { image, reason: 'spam' });
    await block({ url: url('a') });
    const addresses = Array.from(
      { length: 200 },
      (_, n) => `${url('a')}?n=${String(n + 1).padStart(4, '0')}`,
    );
    const image = { url: url('a'), addresses, moreAddresses: true };
    expect(await told()).toMatchObject([{ image, blocked: true }]);
    await block({ id: 'photo-1' });
    const body = { id: 'photo-1', urls: [url('a')] };
    expect((await desk.service.ask('PUT', '/v1/images/addresses', site.secretKey, body)).status).toBe(200);
    const [, , bound] = (await told()) as { image: { url: string; addresses: string[] } }[];
    expect(bound).toMatchObject({ image: { id: 'photo-1', url: url('a'), moreAddresses: true } });
    expect(bound?.image.addresses).toHaveLength(200);
    expect(bound?.image.addresses[0]).toBe(url('a'));
  });
});
