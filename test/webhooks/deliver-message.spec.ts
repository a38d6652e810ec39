import { Receiver, verified } from '../setup/receiver.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { DeliveryDesk, type Message, type TestEndpoint } from './delivery-desk.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

let desk: DeliveryDesk;
let receiver: Receiver;
let site: TestSite;
let endpoint: TestEndpoint;
let sites = 0;

beforeAll(async () => {
  desk = await DeliveryDesk.open();
});
afterAll(async () => {
  await desk.close();
});
beforeEach(async () => {
  receiver = await Receiver.open();
  site = await desk.service.site(`site-${(sites += 1)}`);
  endpoint = await desk.endpoint(site, receiver.url());
});
afterEach(async () => {
  await desk.sql('delete from webhook_endpoint');
  await desk.deliver();
  await receiver.close();
});

const picture = (): string => `https://cdn.${site.slug}.ma/a.jpg`;

/** Something for the endpoint to be told. */
async function happening(name = 'a'): Promise<void> {
  await desk.service.report(site, `https://cdn.${site.slug}.ma/${name}.jpg`, 'reader');
  await desk.fanOut.once();
}

async function message(): Promise<Message> {
  const [found] = await desk.messages(site, endpoint);
  if (found === undefined) throw new Error('no message');
  return found;
}

/** Lets the time pass that all messages wait. */
const passTime = () =>
  desk.sql(`update webhook_message set next_attempt_at = clock_timestamp() where status = 'pending'`);

const secondsUntilNext = async (): Promise<number> =>
  (Date.parse((await message()).nextAttemptAt ?? '') - Date.now()) / 1_000;

describe('a delivery', () => {
  it('is signed as Standard Webhooks says, under the id of the message', async () => {
    await happening();
    await desk.deliver();
    const [got] = await receiver.got(1);
    const { id } = await message();
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Vigie-Webhooks/1',
      'webhook-id': id,
    });
    expect(Math.abs(Number(got?.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(20);
    expect(got && verified(got, endpoint.secret)).toEqual(got?.body);
    expect(() => got && verified({ ...got, text: `${got.text} ` }, endpoint.secret)).toThrow('No matching');
  });

  it('is tried again with the same id and the same bytes, and a new time', async () => {
    receiver.answers(500);
    await happening();
    const results = await desk.deliver();
    expect(results).toEqual([{ again: expect.any(Date) as Date, why: 'It answered 500.' }]);
    await desk.sql(`update image set url = 'https://elsewhere.example.ma/b.jpg' where site_id = ${site.id}`);
    receiver.answers(204);
    await until(async () => {
      await desk.deliver();
      return (await message()).status === 'delivered';
    });
    const [first, second] = await receiver.got(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.text).toBe(first?.text);
    expect(second && verified(second, endpoint.secret)).toEqual(first?.body);
    const { attempts, nextAttemptAt } = await message();
    expect(attempts.map(({ status, error }) => [status, error])).toEqual([
      [500, 'It answered 500.'],
      [204, null],
    ]);
    expect(nextAttemptAt).toBeNull();
    expect((await desk.ask(site, endpoint, 'GET')).body['failingSince']).toBeNull();
  });

  it('fails when all attempts are used up, and can be sent again by hand', async () => {
    receiver.answers(500);
    await happening();
    for (let n = 0; n < 4; n += 1) {
      await passTime();
      await desk.deliver();
    }
    const failed = await message();
    expect([failed.status, failed.attempts.length, await desk.staged()]).toEqual(['failed', 4, []]);
    receiver.answers(200);
    const retry = await desk.ask(site, endpoint, 'POST', `/messages/${failed.id}/retry`);
    expect([retry.status, retry.body['status']]).toEqual([200, 'pending']);
    // Asked for twice, it is sent once.
    expect((await desk.ask(site, endpoint, 'POST', `/messages/${failed.id}/retry`)).status).toBe(200);
    await desk.deliver();
    expect(await message()).toMatchObject({ status: 'delivered', attempts: { length: 5 } });
    expect(new Set((await receiver.got(5)).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('that is sent again by hand takes the place of the attempt that was planned', async () => {
    receiver.answers(503, { 'retry-after': '600' });
    await happening();
    await desk.deliver();
    const { id } = await message();
    await desk.ask(site, endpoint, 'POST', `/messages/${id}/retry`);
    expect(await desk.staged()).toHaveLength(2);
    receiver.answers(200);
    await desk.deliver();
    expect(await desk.staged()).toEqual([]);
    expect(await receiver.got(2)).toHaveLength(2);
  });

  it('whose job died is sent by hand, once it has been due for more than ten minutes', async () => {
    await happening();
    const { id } = await message();
    await desk.ask(site, endpoint, 'POST', '/test');
    // What a job leaves behind that threw too often.
    await desk.sql(`update job set outcome = 'dead', finished_at = clock_timestamp() where outcome is null`);
    const tested = await message();
    const byHand = async (): Promise<unknown[]> => [
      (await desk.ask(site, endpoint, 'POST', `/messages/${id}/retry`)).body['id'],
      (await desk.ask(site, endpoint, 'POST', '/test')).body['id'],
    ];
    const due = (minutes: number) =>
      desk.sql(`update webhook_message set next_attempt_at = clock_timestamp() - ${minutes} * interval '1 minute'
                where site_id = ${site.id}`);
    await due(9);
    expect([await byHand(), await desk.staged()]).toEqual([[id, tested.id], []]);
    await due(11);
    const [sent, test] = await byHand();
    expect(sent).toBe(id);
    expect(test).not.toBe(tested.id);
    expect(await desk.staged()).toHaveLength(2);
    await desk.deliver();
    expect((await receiver.got(2)).map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      [id, test].sort(),
    );
  });

  it('during which the clock is set back is written down with the time that it took', async () => {
    const { now } = Date;
    let clock: jest.SpyInstance<number> | undefined;
    receiver.answers((response) => {
      clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
      response.writeHead(200).end();
    });
    await happening();
    await desk.deliver().finally(() => clock?.mockRestore());
    expect(clock).toBeDefined();
    expect((await message()).status).toBe('delivered');
    const [{ milliseconds } = { milliseconds: -1 }] = await desk.sql<{ milliseconds: number }>(
      'select milliseconds from webhook_attempt where site_id = $1',
      site.id,
    );
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(milliseconds).toBeLessThan(60_000);
  });

  it('is not made before its time, by a job that comes too early', async () => {
    receiver.answers(503, { 'retry-after': '600' });
    await happening();
    await desk.deliver();
    const next = (await message()).nextAttemptAt;
    expect(await desk.deliver()).toEqual([{ again: new Date(next ?? 0), why: 'It is not due yet.' }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('that two workers make at once is written down once', async () => {
    await happening();
    await Promise.all([desk.deliver(), desk.beside().deliver()]);
    expect((await message()).attempts).toHaveLength(1);
  });

  it('that a stop cuts short counts as none', async () => {
    receiver.answers(() => undefined);
    await happening();
    const stop = new AbortController();
    const running = desk.deliver(stop.signal);
    await receiver.got(1);
    stop.abort();
    expect(await running).toEqual([{ inSeconds: 0, why: 'The process was stopping.' }]);
    expect(await message()).toMatchObject({ status: 'pending', attempts: [] });
  });

  it('behaviour 44: a receiver that gets messages twice and out of order ends with the truth by version alone', async () => {
    const image = { url: picture() };
    const block = (reason: string) =>
      desk.service.ask('PUT', '/v1/images/block', site.secretKey, { image, reason });
    await block('spam');
    await block('privacy');
    await desk.service.ask('DELETE', `/v1/images/block?url=${encodeURIComponent(image.url)}`, site.secretKey);
    await block('hate');
    await desk.fanOut.once();
    await desk.deliver();
    for (const { id } of await desk.messages(site, endpoint)) {
      await desk.ask(site, endpoint, 'POST', `/messages/${id}/retry`);
      await desk.deliver();
    }
    const seen = (await receiver.got(8)).map(({ body }) => body.data);
    // Sent again one by one, the newest first: so they came out of order.
    expect(seen.slice(4).map(({ version }) => version)).toEqual([4, 3, 2, 1]);
    const known = new Map<string, Record<string, unknown>>();
    for (const data of seen) {
      const { url } = data['image'] as { url: string };
      if (Number(data['version']) > Number(known.get(url)?.['version'] ?? 0)) known.set(url, data);
    }
    const { body } = await desk.service.state(site, image);
    const { blocked, reason, version } = known.get(image.url) ?? {};
    expect({ blocked, reason, version }).toEqual({ blocked: true, reason: 'hate', version: 4 });
    expect(body).toMatchObject({ blocked, reason, version });
  });
});

describe('while a secret is being replaced', () => {
  it('both sign, and after its time the old one does not', async () => {
    const { body } = await desk.ask(site, endpoint, 'POST', '/rotate-secret');
    await happening('a');
    await desk.deliver();
    const [both] = await receiver.got(1);
    expect(both?.headers['webhook-signature']).toMatch(/^v1,[\w+/=]+ v1,[\w+/=]+$/);
    expect(both && verified(both, endpoint.secret)).toEqual(both?.body);
    expect(both && verified(both, String(body['secret']))).toEqual(both?.body);
    await desk.sql(`update webhook_endpoint set old_until = clock_timestamp() where site_id = ${site.id}`);
    await happening('b');
    await desk.deliver();
    const [, one] = await receiver.got(2);
    expect(one?.headers['webhook-signature']).toMatch(/^v1,[\w+/=]+$/);
    expect(one && verified(one, String(body['secret']))).toEqual(one?.body);
    expect(() => one && verified(one, endpoint.secret)).toThrow('No matching');
    expect((await desk.ask(site, endpoint, 'GET')).body['oldSecretUntil']).toBeNull();
  });
});

describe('a secret that is replaced twice within a day', () => {
  it('leaves the one that receivers have, until its time, with the newest', async () => {
    const rotate = async () => (await desk.ask(site, endpoint, 'POST', '/rotate-secret')).body;
    const second = await rotate();
    const third = await rotate();
    expect(third['oldSecretUntil']).toBe(second['oldSecretUntil']);
    await happening('a');
    await desk.deliver();
    const [both] = await receiver.got(1);
    for (const secret of [endpoint.secret, String(third['secret'])]) {
      expect(both && verified(both, secret)).toEqual(both?.body);
    }
    expect(() => both && verified(both, String(second['secret']))).toThrow('No matching');
    await desk.sql(`update webhook_endpoint set old_until = clock_timestamp() where site_id = ${site.id}`);
    const fourth = await rotate();
    await happening('b');
    await desk.deliver();
    const [, next] = await receiver.got(2);
    for (const { secret } of [third, fourth]) {
      expect(next && verified(next, String(secret))).toEqual(next?.body);
    }
    expect(() => next && verified(next, endpoint.secret)).toThrow('No matching');
  });
});

describe('an answer', () => {
  it('410 disables the endpoint, gives up what waits, and is told to the site', async () => {
    const other = await desk.endpoint(site, receiver.url('/other'), ['webhook.disabled']);
    await happening('a');
    await happening('b');
    receiver.answers(410);
    const [first] = await desk.staged();
    if (first === undefined) throw new Error('nothing staged');
    const signal = new AbortController().signal;
    await desk.handler.run(first.payload, { jobId: first.id, attempt: 1, signal });
    expect((await desk.ask(site, endpoint, 'GET')).body).toMatchObject({
      enabled: false,
      disabledReason: 'gone',
    });
    expect((await desk.messages(site, endpoint)).map(({ status }) => status)).toEqual(['failed', 'failed']);
    receiver.answers(200);
    await desk.work();
    const told = await receiver.got(1, '/other');
    expect(told[0]?.body).toMatchObject({
      type: 'webhook.disabled',
      data: { endpoint: endpoint.id, reason: 'gone' },
    });
    expect(told[0] && verified(told[0], other.secret)).toEqual(told[0]?.body);
    const lead = await desk.service.staffToken(`lead@${site.slug}.ma`, 'lead', site);
    const log = await desk.service.ask<{ items: { type: string; data: object }[] }>(
      'GET',
      `/v1/events?site=${site.slug}`,
      lead,
    );
    expect(log.body.items[0]?.type).toBe('webhook.disabled');
    // Its address may hold a token, and all staff of the site reads the log.
    expect(log.body.items[0]?.data).toEqual({ endpoint: endpoint.id, reason: 'gone' });
    expect((await receiver.got(1)).length).toBe(1);
  });

  it.each([301, 302, 307, 308])('%i is a failure, and is not followed', async (status) => {
    receiver.answers(status, { location: receiver.url('/elsewhere') });
    await happening();
    await desk.deliver();
    const [attempt] = (await message()).attempts;
    expect(attempt).toMatchObject({ status, error: expect.stringContaining('not followed') as string });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it.each([
    [429, '120', 119, 121],
    [503, '120', 119, 121],
    [503, 'a date', 110, 131],
    [503, '9999999', 86_300, 86_401],
    [500, '120', -5, 1],
    [503, 'soon', -5, 1],
  ])('%i with Retry-After %s is waited for as it asks', async (status, given, least, most) => {
    const header = given === 'a date' ? new Date(Date.now() + 120_000).toUTCString() : given;
    receiver.answers(status, { 'retry-after': header });
    await happening();
    await desk.deliver();
    const seconds = await secondsUntilNext();
    expect(seconds).toBeGreaterThan(least);
    expect(seconds).toBeLessThan(most);
  });

  it('is kept as text that is safe to show, and no more of it than a thousand characters', async () => {
    receiver.answers((response) => void response.writeHead(500).end(`a\0b\u202Ec${'é'.repeat(2_000)}`));
    await happening();
    await desk.deliver();
    const answer = (await message()).attempts[0]?.answer ?? '';
    expect(answer.startsWith('a\uFFFDb\uFFFDcé')).toBe(true);
    expect([...answer]).toHaveLength(1_000);
  });

  it('that goes on for ever is read for sixteen kibibytes, and its status counts', async () => {
    let sent = 0;
    let closed = false;
    receiver.answers((response) => {
      response.writeHead(200);
      response.on('close', () => (closed = true));
      const more = (): void => {
        while (!closed) {
          sent += 1024;
          if (!response.write('x'.repeat(1024))) return void response.once('drain', more);
        }
      };
      more();
    });
    await happening();
    await desk.deliver();
    expect(await message()).toMatchObject({ status: 'delivered', attempts: [{ status: 200 }] });
    await until(() => closed);
    // What the system's buffers took, not a flood.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('an endpoint', () => {
  it('that did nothing but fail for five days is disabled', async () => {
    receiver.answers(500);
    await happening();
    await desk.deliver();
    expect((await desk.ask(site, endpoint, 'GET')).body).toMatchObject({ enabled: true });
    const five = `update webhook_endpoint set failing_since = failing_since - interval '121 hours' where site_id = $1`;
    await desk.sql(five, site.id);
    await passTime();
    await desk.deliver();
    const { body } = await desk.ask(site, endpoint, 'GET');
    expect(body).toMatchObject({ enabled: false, disabledReason: 'failing' });
    expect(await message()).toMatchObject({ status: 'failed', attempts: { length: 2 } });
    const { id } = await message();
    expect(await desk.ask(site, endpoint, 'POST', `/messages/${id}/retry`)).toMatchObject({
      status: 409,
      body: { why: 'endpoint-disabled' },
    });
    const enabled = await desk.ask(site, endpoint, 'PATCH', '', { enabled: true });
    expect(enabled.body).toMatchObject({ enabled: true, failingSince: null });
  });

  it.each(['its site', 'what it answers'])(
    'that is disabled by %s gives up what waits, be it more than a transaction should hold',
    async (by) => {
      await happening();
      await desk.sql(
        `insert into webhook_message (site_id, endpoint_id, type, body)
         select m.site_id, m.endpoint_id, m.type, m.body
         from webhook_message m, generate_series(1, 10001) n
         where m.site_id = $1`,
        site.id,
      );
      receiver.answers(410);
      if (by === 'its site') await desk.ask(site, endpoint, 'PATCH', '', { enabled: false });
      else await desk.deliver();
      expect((await desk.ask(site, endpoint, 'GET')).body).toMatchObject({ enabled: false });
      const parts = await desk.sql<{ status: string; messages: number }>(
        `select status, count(*)::int as messages from webhook_message where site_id = $1 group by status, xmin::text`,
        site.id,
      );
      expect([...new Set(parts.map(({ status }) => status))]).toEqual(['failed']);
      expect(Math.max(...parts.map(({ messages }) => messages))).toBeLessThanOrEqual(5_001);
      expect(parts.reduce((sum, { messages }) => sum + messages, 0)).toBe(10_002);
    },
  );

  it('that succeeds in between is not', async () => {
    receiver.answers(500);
    await happening('a');
    await desk.deliver();
    await desk.sql(`update webhook_endpoint set failing_since = failing_since - interval '121 hours'`);
    receiver.answers(200);
    await passTime();
    await desk.deliver();
    receiver.answers(500);
    await happening('b');
    await desk.deliver();
    expect((await desk.ask(site, endpoint, 'GET')).body).toMatchObject({ enabled: true });
  });

  async function twoWaitAndItIsDisabled() {
    await happening('a');
    await happening('b');
    await desk.sql(`update webhook_endpoint set disabled_at = clock_timestamp(), disabled_reason = 'by_site'
                    where site_id = ${site.id}`);
    const [first] = await desk.staged();
    if (first === undefined) throw new Error('nothing staged');
    return { first, signal: new AbortController().signal };
  }

  it('that is enabled while a message is about to be given up gets that one and all others', async () => {
    const { first, signal } = await twoWaitAndItIsDisabled();
    const { giving } = await desk.service.database.inTransaction(async (tx) => {
      await tx.manager.query(
        'update webhook_endpoint set disabled_at = null, disabled_reason = null where site_id = $1',
        [site.id],
      );
      const running = desk.handler.run(first.payload, { jobId: first.id, attempt: 1, signal });
      let over = false;
      void running.finally(() => (over = true));
      await until(async () => over || (await desk.sql(LOCK_WAITS)).length > 0);
      return { giving: running };
    });
    expect(await giving).toEqual({ inSeconds: 0, why: 'Its endpoint was enabled meanwhile.' });
    await desk.deliver();
    expect((await desk.messages(site, endpoint)).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  it('that is disabled fails the messages that were made meanwhile, each by its own delivery', async () => {
    const { first, signal } = await twoWaitAndItIsDisabled();
    await desk.handler.run(first.payload, { jobId: first.id, attempt: 1, signal });
    const statuses = async () => (await desk.messages(site, endpoint)).map(({ status }) => status);
    expect(await statuses()).toEqual(['pending', 'failed']);
    await desk.deliver();
    expect([await statuses(), receiver.received]).toEqual([['failed', 'failed'], []]);
  });

  it.each([200, 410, 500])(
    'whose address changes while the old one is about to answer %i is judged by its new one only',
    async (status) => {
      const answers: (() => void)[] = [];
      receiver.answers((response) => {
        answers.push(() => void response.writeHead(status).end());
      });
      await happening();
      const long = `update webhook_endpoint
                    set failing_since = clock_timestamp() - interval '121 hours', last_failed_at = clock_timestamp()
                    where site_id = ${site.id}`;
      await desk.sql(long);
      const running = desk.deliver();
      await until(() => answers.length === 1);
      const moved = await desk.ask(site, endpoint, 'PATCH', '', { url: receiver.url('/new') });
      expect(moved.body).toMatchObject({ enabled: true, failingSince: null });
      // It fails, too: what the old one says changes nothing of that either.
      if (status === 200) await desk.sql(long);
      const before = (await desk.ask(site, endpoint, 'GET')).body;
      answers[0]?.();
      await running;
      expect((await desk.ask(site, endpoint, 'GET')).body).toEqual(before);
      receiver.answers(200);
      await passTime();
      await desk.deliver();
      expect(await message()).toMatchObject({ status: 'delivered' });
      expect(await receiver.got(status === 200 ? 0 : 1, '/new')).toHaveLength(status === 200 ? 0 : 1);
    },
  );

  it('that keeps its address keeps since when it fails, whatever else is changed', async () => {
    receiver.answers(500);
    await happening();
    await desk.deliver();
    const { failingSince } = (await desk.ask(site, endpoint, 'GET')).body;
    expect(typeof failingSince).toBe('string');
    const changed = await desk.ask(site, endpoint, 'PATCH', '', { url: receiver.url(), description: 'same' });
    expect(changed.body).toMatchObject({ description: 'same', failingSince });
  });

  it.each([
    [35, false],
    [37, true],
  ])(
    'that fails after %i hours without a word, and before that, too, is enabled: %s',
    async (hours, enabled) => {
      receiver.answers(500);
      await happening('a');
      await desk.deliver();
      await desk.sql(
        `update webhook_endpoint
       set failing_since  = failing_since - interval '121 hours',
           last_failed_at = last_failed_at - $2 * interval '1 hour'
       where site_id = $1`,
        site.id,
        hours,
      );
      await passTime();
      await desk.deliver();
      const { body } = await desk.ask(site, endpoint, 'GET');
      expect(body['enabled']).toBe(enabled);
      if (enabled) expect(Date.now() - Date.parse(String(body['failingSince']))).toBeLessThan(3_600_000);
    },
  );

  it('that is removed takes what waits with it', async () => {
    await happening();
    expect((await desk.ask(site, endpoint, 'DELETE')).status).toBe(204);
    await desk.deliver();
    expect(receiver.received).toEqual([]);
    expect(await desk.staged()).toEqual([]);
    expect(await desk.sql('select from webhook_message where site_id = $1', site.id)).toEqual([]);
  });

  it('that nobody listens at is said to refuse the connection', async () => {
    await receiver.close();
    await happening();
    await desk.deliver();
    expect((await message()).attempts).toMatchObject([
      { status: null, answer: null, error: 'The connection was refused.' },
    ]);
    receiver = await Receiver.open();
  });

  it('whose certificate nobody vouches for is not given anything', async () => {
    const secure = await Receiver.openSecure();
    const distrusted = await desk.endpoint(site, secure.url());
    await desk.ask(site, distrusted, 'POST', '/test');
    await desk.deliver();
    expect((await desk.messages(site, distrusted))[0]?.attempts).toMatchObject([
      { status: null, error: 'Its certificate is signed by itself, so nobody vouches for it.' },
    ]);
    expect(secure.received).toEqual([]);
    await secure.close();
  });

  it('that is slow delays no other', async () => {
    const quick = await desk.endpoint(site, receiver.url('/quick'));
    const waiting: (() => void)[] = [];
    receiver.answers((response, { url }) => {
      const answer = (): void => void response.writeHead(200).end();
      if (url === '/quick') answer();
      else waiting.push(answer);
    });
    for (let n = 0; n < 20; n += 1) await happening(String(n));
    const all = desk.deliver();
    expect(await receiver.got(20, '/quick')).toHaveLength(20);
    await until(async () => {
      const messages = await desk.messages(site, quick);
      return messages.every(({ status }) => status === 'delivered');
    });
    await until(() => waiting.length === 20);
    for (const answer of waiting) answer();
    await all;
    expect((await message()).status).toBe('delivered');
  });

  it('gets a test, whatever it asks for, and only one while that is on its way', async () => {
    const picky = await desk.endpoint(site, receiver.url('/picky'), ['site.breaker']);
    const [first, second] = [
      await desk.ask(site, picky, 'POST', '/test'),
      await desk.ask(site, picky, 'POST', '/test'),
    ];
    expect([first.status, second.status, second.body['id']]).toEqual([201, 201, first.body['id']]);
    await desk.deliver();
    const [got] = await receiver.got(1, '/picky');
    expect(got?.body).toMatchObject({ type: 'webhook.test', data: { endpoint: picky.id } });
    expect(got && verified(got, picky.secret)).toEqual(got?.body);
    expect((await desk.ask(site, picky, 'POST', '/test')).body['id']).not.toBe(first.body['id']);
  });

  it('shows its messages page by page, and those of one status', async () => {
    for (const name of ['a', 'b', 'c']) await happening(name);
    const [oldest] = await desk.staged();
    if (oldest !== undefined) {
      const signal = new AbortController().signal;
      await desk.handler.run(oldest.payload, { jobId: oldest.id, attempt: 1, signal });
    }
    const page = await desk.ask(site, endpoint, 'GET', '/messages?limit=2');
    const rest = await desk.ask(
      site,
      endpoint,
      'GET',
      `/messages?limit=2&cursor=${String(page.body['nextCursor'])}`,
    );
    const statuses = [page, rest].flatMap(({ body }) =>
      (body['items'] as Message[]).map((one) => one.status),
    );
    expect([statuses, rest.body['nextCursor']]).toEqual([['pending', 'pending', 'delivered'], null]);
    expect(await desk.messages(site, endpoint, '?status=delivered')).toHaveLength(1);
    expect((await desk.ask(site, endpoint, 'GET', '/messages?status=lost')).status).toBe(422);
    const other = await desk.endpoint(site, receiver.url('/other'));
    const { id } = (rest.body['items'] as Message[])[0] ?? { id: '' };
    expect((await desk.ask(site, other, 'POST', `/messages/${id}/retry`)).status).toBe(404);
  });
});

describe('a receiver', () => {
  let hasty: DeliveryDesk;
  beforeEach(() => {
    hasty = desk.beside({}, 300);
  });

  it('that does not answer in time has failed', async () => {
    receiver.answers(() => undefined);
    await happening();
    await hasty.deliver();
    expect((await message()).attempts).toMatchObject([{ status: null, error: 'No answer within 300 ms.' }]);
  });

  it('that never ends its answer has said its status in time', async () => {
    receiver.answers((response) => void response.writeHead(200).write('so far'));
    await happening();
    await hasty.deliver();
    expect(await message()).toMatchObject({ status: 'delivered', attempts: [{ answer: 'so far' }] });
  });

  it('that hangs up has failed', async () => {
    receiver.answers((response) => void response.destroy());
    await happening();
    await desk.deliver();
    expect((await message()).attempts).toMatchObject([
      { status: null, error: 'The connection was closed before there was an answer.' },
    ]);
  });
});
