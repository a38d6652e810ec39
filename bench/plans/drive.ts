import { DeviceTokens } from '../../src/access/readers/device-token.js';
import { Networks } from '../../src/access/readers/networks.js';
import { Sealed } from '../../src/access/sealing/sealed.js';
import { archivedUrl, onceReported, PICTURES_A_GROUP } from '../fill/pictures.js';

/** An answer: its status, and what its JSON holds. */
export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A filled site, and how it is asked. */
export interface Driven {
  readonly ask: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    key: string,
    body?: unknown,
  ) => Promise<Reply>;
  readonly secretKey: string;
  /** An administrator's. */
  readonly staffToken: string;
  /** Under which the service runs. */
  readonly secret: Buffer;
  /** As the database numbers it, and as the doors name it. */
  readonly siteId: string;
  readonly slug: string;
  readonly groups: number;
  /** Where something answers to webhooks at once. */
  readonly receiver: string;
}

const NEW_URL = 'https://cdn.example.ma/new/';

/**
 * Goes through every door that is asked often, on pictures of all kinds: the one that everybody reports, those that a person
 * has blocked or kept, one with a single report, a new one; first and further pages of everything that has pages.
 *
 * @throws Error when an answer is not the one that it must be
 */
export async function drive(site: Driven): Promise<void> {
  const said = Math.random().toString(36).slice(2);
  const asked = async (...[method, path, key, body]: Parameters<Driven['ask']>): Promise<Reply> => {
    const reply = await site.ask(method, path, key, body).catch((cause: unknown) => {
      throw new Error(`${method} ${path}`, { cause });
    });
    if (reply.status >= 300) {
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    return reply;
  };
  const asSite = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    asked(method, path, site.secretKey, body);
  const asStaff = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    asked(method, path, site.staffToken, body);
  const middle = Math.floor(site.groups / 2) * PICTURES_A_GROUP;
  const hot = archivedUrl(middle);
  const [upheld, kept, crossed] = [middle + 2, middle + 6, middle + 9].map(archivedUrl) as [
    string,
    string,
    string,
  ];
  const once = (turn: number): string => archivedUrl(onceReported(turn, site.groups));
  const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();

  await reportAll();
  await publish();
  await review();
  await look();

  async function reportAll(): Promise<void> {
    const devices = new DeviceTokens(new Sealed(site.secret));
    const networks = new Networks(site.secret);
    const report = (url: string, reporter: object, more: object = {}) =>
      asSite('POST', '/v1/reports', { image: { url }, reason: 'violence', reporter, ...more });
    const deviceOf = (n: number): object => {
      const address = `81.${n % 200}.${Math.floor(n / 200) % 200}.7`;
      const { narrow } = networks.networksOf(site.siteId, { ip: address });
      const since = Math.floor(Date.now() / 1_000) - 90 * 86_400;
      return { device: devices.mintDevice(site.siteId, narrow, since), address };
    };
    for (const url of [hot, upheld, kept, crossed, once(1), `${NEW_URL}${said}-a.jpg`]) {
      await report(url, { account: `${said}-one` }, { comment: `Pas ici: ${said}` });
      await report(url, deviceOf(7), { comment: `Cette photo ne va pas: ${said}` });
      await report(url, { account: `${said}-one` }, { reason: 'hate' });
    }
    // Crossings, one of them by devices whose words and ages are read.
    for (let n = 0; n < 6; n += 1) {
      await report(once(2), { account: `${said}-${n}` });
      await report(once(3), deviceOf(10 * n), { comment: `Encore: ${said}` });
    }
    await report(`${NEW_URL}${said}-b.jpg`, { account: `${said}-grave` }, { reason: 'child_abuse' });
    const { body } = await report(once(4), { account: `${said}-regrets` });
    await asSite('GET', `/v1/reports/${String(body['receipt'])}`);
    await asSite('DELETE', `/v1/reports/${String(body['receipt'])}`);
  }

  async function publish(): Promise<void> {
    await asSite('GET', `/v1/images/state?${query({ url: hot })}`);
    await asSite('POST', '/v1/images/state', {
      images: [hot, upheld, kept, once(5)].map((url) => ({ url })),
    });
    await site.ask('POST', '/v1/images/views', site.secretKey, {
      seconds: 3600,
      images: [hot, crossed, once(6)].map((url) => ({ url, views: 40_000 })),
    });
    const endpoint = { url: `${site.receiver}/${said}`, events: ['*'] };
    const { body } = await asSite('POST', '/v1/webhook-endpoints', endpoint);
    for (const url of [once(7), `${NEW_URL}${said}-c.jpg`]) {
      await asSite('PUT', '/v1/images/block', { image: { url }, reason: 'privacy' });
      await asSite('DELETE', `/v1/images/block?${query({ url })}`);
      await asSite('PUT', '/v1/images/protection', { image: { url } });
      await asSite('DELETE', `/v1/images/protection?${query({ url })}`);
    }
    await asSite('PUT', '/v1/images/addresses', {
      id: `photo-${said}`,
      urls: [once(8), `${NEW_URL}${said}-d.jpg`],
    });
    await asSite('PUT', '/v1/images/appeal', { image: { url: upheld }, note: 'Regardez encore.' });
    await asSite('GET', '/v1/blocklist');
    const { body: now } = await asSite('GET', '/v1/changes');
    await asSite('PUT', '/v1/images/block', { image: { url: once(9) }, reason: 'privacy' });
    await asSite('GET', `/v1/changes?${query({ cursor: String(now['cursor']), limit: '100' })}`);
    await delivered(String(body['id']));
  }

  /** Until what was logged has been posted: the log was made into messages, and these into jobs, by then. */
  async function delivered(endpoint: string): Promise<void> {
    let seen: Record<string, unknown> = {};
    for (let turn = 0; turn < 600; turn += 1) {
      ({ body: seen } = await asSite('GET', `/v1/webhook-endpoints/${endpoint}/messages`));
      const items = seen['items'] as { status: string }[];
      if (items.some(({ status }) => status === 'delivered')) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`No message was delivered within a minute: ${JSON.stringify(seen)}`);
  }

  async function review(): Promise<void> {
    const claim = async (body: object = {}) =>
      (await asStaff('POST', '/v1/cases/claim', body)).body as unknown as Claimed;
    for (const reason of ['hate', 'spam']) {
      const { id, lease } = await claim({ site: site.slug, reason });
      await asStaff('PUT', `/v1/cases/${id}/lease`, { token: lease.token });
      await asStaff('DELETE', `/v1/cases/${id}/lease?${query({ token: lease.token, skip: 'true' })}`);
    }
    const decisions: string[] = [];
    for (const said of [
      { action: 'block', policy: 'violence' },
      { action: 'keep', reports: 'invalid' },
      { action: 'escalate' },
    ]) {
      const { id, lease, version } = await claim();
      await asStaff('GET', `/v1/cases/${id}`);
      await asStaff('GET', `/v1/cases/${id}/reports`);
      const { body } = await asStaff('POST', `/v1/cases/${id}/decision`, {
        ...said,
        version,
        leaseToken: lease.token,
      });
      decisions.push((body['decision'] as { id: string }).id);
      await asStaff('GET', `/v1/cases/${id}`);
    }
    for (const id of decisions) await asStaff('POST', `/v1/decisions/${id}/undo`);
    const waiting = (await asStaff('GET', '/v1/cases?order=oldest&limit=3')).body['items'] as Listed[];
    await asStaff('POST', '/v1/decisions', {
      decisions: waiting.map(({ id, version }) => ({ case: id, action: 'keep', version })),
    });
  }

  async function look(): Promise<void> {
    const pages = async (path: string): Promise<void> => {
      const { body } = await asStaff('GET', path);
      const cursor = body['nextCursor'];
      if (typeof cursor === 'string') await asStaff('GET', `${path}&${query({ cursor })}`);
    };
    for (const status of ['open', 'held', 'escalated', 'closed']) {
      for (const order of ['priority', 'oldest', 'newest']) {
        await pages(`/v1/cases?${query({ status, order, limit: '25' })}`);
      }
      // A reason that many give: where few do, a page looks at every case until it is full.
      await pages(`/v1/cases?${query({ site: site.slug, status, reason: 'violence', limit: '25' })}`);
    }
    for (const url of [hot, upheld, kept, crossed]) {
      await asStaff('GET', `/v1/images?${query({ site: site.slug, url })}`);
      const { body } = await asStaff('GET', `/v1/images?${query({ site: site.slug, url })}`);
      await pages(`/v1/events?${query({ site: site.slug, image: String(body['id']), limit: '25' })}`);
    }
    for (const state of ['blocked', 'protected', 'open', 'escalated']) {
      await pages(`/v1/images?${query({ site: site.slug, state, limit: '25' })}`);
    }
    const closed = (await asStaff('GET', '/v1/cases?status=closed&order=oldest&limit=25')).body[
      'items'
    ] as Listed[];
    for (const { id } of closed.slice(0, 5)) {
      await asStaff('GET', `/v1/cases/${id}`);
      await pages(`/v1/cases/${id}/reports?limit=25`);
    }
    await pages(`/v1/events?${query({ site: site.slug, limit: '25' })}`);
    await pages(`/v1/mutes?${query({ site: site.slug, limit: '25' })}`);
    await pages('/v1/jobs?limit=25');
    await asStaff('GET', '/v1/jobs/summary');
    const from = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await asStaff('GET', `/v1/stats?${query({ site: site.slug, from, bucket: 'day' })}`);
    await asStaff('GET', `/v1/sites/${site.slug}/automation`);
    // Every statement runs four times here, so of a few hours: what a replay reads grows with its time, not with the tables.
    const since = new Date(Date.now() - 28 * 3_600_000).toISOString();
    await asStaff('POST', `/v1/sites/${site.slug}/threshold-rule/replay`, {
      rule: { reporters: 4 },
      from: since,
    });
  }
}

interface Claimed {
  readonly id: string;
  readonly version: number;
  readonly lease: { readonly token: string };
}

interface Listed {
  readonly id: string;
  readonly version: number;
}
