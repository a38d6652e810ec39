import { Secret, TOTP } from 'otpauth';
import { loadConfig } from '../../src/config/load-config.js';
import { describeApi } from '../../src/describe-api.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { JobHandlers } from '../../src/jobs/job-handlers.js';
import { Neck } from '../../src/moderation/neck.js';
import { TellOverdue } from '../../src/moderation/tell-overdue.js';
import { type ApiDocument, Contract, type Operation } from '../setup/contract.js';
import { Receiver } from '../setup/receiver.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { PASSWORD, SignedIn } from '../setup/signed-in.js';
import { type GivenChallenge, proofOf } from '../setup/solve-challenge.js';
import { DeliveryDesk } from '../webhooks/delivery-desk.js';

/**
 * The description at /v1/openapi.json says what the service does: it is a right OpenAPI 3.1 document, its examples fit
 * its schemas, and the answers of a walk through all doors fit it too.
 */

type Json = Record<string, unknown>;
let service: Service;
let site: TestSite;
let described: ApiDocument;
let contract: Contract;

beforeAll(async () => {
  // No worker: nothing is posted to the addresses that are made up here.
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
  described = (await service.ask<ApiDocument>('GET', '/v1/openapi.json')).body;
  contract = new Contract(described);
});
afterAll(async () => {
  await service.close();
});

it('is what the command prints that needs no database', async () => {
  expect(JSON.parse(JSON.stringify(await describeApi()))).toEqual(described);
});

it('is OpenAPI 3.1, without what 3.1 has dropped, every operation under a name of its own', () => {
  expect(described['openapi']).toMatch(/^3\.1\./);
  expect(JSON.stringify(described)).not.toContain('"nullable"');
  const names = Object.values(described.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

it('says of every answer what it is, and of the ways in how they are refused', () => {
  const untold = Object.entries(described.paths).flatMap(([route, path]) =>
    Object.entries(path).flatMap(([method, { responses }]) =>
      Object.entries(responses)
        .filter(([, { description }]) => !description)
        .map(([status]) => `${method} ${route} ${status}`),
    ),
  );
  expect(untold).toEqual([]);
  const statuses = (route: string, method: string): string[] =>
    Object.keys(described.paths[route]?.[method]?.responses ?? {});
  expect(statuses('/v1/links/look', 'post')).toContain('410');
  expect(statuses('/v1/links/redeem', 'post')).toContain('410');
  expect(statuses('/v1/session/forgot', 'post')).toContain('409');
  expect(statuses('/v1/stats', 'get')).toEqual(expect.arrayContaining(['409', '503']));
});

it('names only security schemes that it describes', () => {
  const schemes = Object.keys((described.components as unknown as Json)['securitySchemes'] as Json);
  const used = Object.values(described.paths).flatMap((path) =>
    Object.values(path).flatMap(({ security }) => (security ?? []).flatMap(Object.keys)),
  );
  expect(used.filter((name) => !schemes.includes(name))).toEqual([]);
});

it('lets a browser send its key in the query wherever it may ask with GET, and nowhere else', () => {
  for (const [route, path] of Object.entries(described.paths)) {
    for (const [method, { security = [] }] of Object.entries(path)) {
      const schemes = security.flatMap(Object.keys);
      const expected = method === 'get' && schemes.includes('publishableKey');
      expect([method, route, schemes.includes('publishableKeyInQuery')]).toEqual([method, route, expected]);
    }
  }
  const state = described.paths['/v1/images/state']?.['get']?.security ?? [];
  expect(state.flatMap(Object.keys)).toContain('publishableKeyInQuery');
});

it('asks for no body where nothing in it is required, and the service does not either', async () => {
  const left = Object.entries(described.paths).flatMap(([route, path]) =>
    Object.entries(path)
      .filter(([, { requestBody }]) => requestBody?.required === false)
      .map(([method]) => `${method} ${route}`),
  );
  expect(left).toContain('post /v1/cases/claim');
  expect(left).not.toContain('post /v1/reports');
  expect(left).not.toContain('post /v1/devices');
  const moderator = await service.staffToken('first@example.ma', 'moderator', site);
  expect((await service.ask('POST', '/v1/cases/claim', moderator)).status).toBe(204);
});

it('says of every route that asks for a key or lets somebody in how it is limited, and of no other', () => {
  for (const [route, path] of Object.entries(described.paths)) {
    for (const [method, { security, responses }] of Object.entries(path)) {
      // Those who watch the process are not counted.
      const isLimited = security !== undefined && route !== '/metrics';
      // The ways in ask for no key, and what is guessed is nobody's to know.
      const doors = ['/v1/session', '/v1/session/forgot', '/v1/links/look', '/v1/links/redeem'];
      const isSignIn = doors.includes(route) && method === 'post';
      const isReaders = ['/v1/challenges', '/v1/devices'].includes(route);
      const told = Object.entries(responses).map(([status, { headers = {} }]) => [
        status,
        Object.keys(headers).filter((name) => /^(RateLimit|Retry-After)/.test(name)),
      ]);
      const expected = Object.keys(responses).map((status) => {
        if (isSignIn && status === '429') return [status, ['Retry-After']];
        if (!isLimited || !/^(2|304|429)/.test(status)) return [status, []];
        // What is left of limits that readers share is no reader's business.
        if (isReaders && status !== '429') return [status, []];
        return [status, ['RateLimit-Policy', 'RateLimit', ...(status === '429' ? ['Retry-After'] : [])]];
      });
      expect([method, route, told]).toEqual([method, route, expected]);
      expect([method, route, '429' in responses]).toEqual([method, route, isLimited || isSignIn]);
    }
  }
});

it('gives whole bodies as examples that the service takes as they are', async () => {
  const other = await Service.open({ ROLE: 'api' });
  const { secretKey } = await other.site();
  const answers: unknown[] = [];
  for (const [route, path] of Object.entries(described.paths)) {
    for (const [method, { requestBody }] of Object.entries(path)) {
      const examples = Object.entries(requestBody?.content['application/json']?.examples ?? {});
      for (const [name, { value }] of examples) {
        const { status, text } = await other.ask(
          method.toUpperCase() as 'POST' | 'PUT',
          route,
          secretKey,
          value,
        );
        answers.push([route, name, status === 200 || status === 201 ? 'taken' : text]);
      }
    }
  }
  await other.close();
  expect(answers).toEqual([
    ['/v1/reports', 'account', 'taken'],
    ['/v1/reports', 'everything', 'taken'],
    ['/v1/images/block', 'site', 'taken'],
    ['/v1/images/canonical', 'by the rules of the site', 'taken'],
    ['/v1/images/canonical', 'by rules to be tried', 'taken'],
    ['/v1/webhook-endpoints', 'blocks', 'taken'],
  ]);
});

it('has schemas that compile, whose examples fit them', () => {
  const wrong: string[] = [];
  for (const [name, schema] of Object.entries(described.components.schemas)) {
    const place = ['components', 'schemas', name];
    contract.errorsOf(place, {});
    const properties = (schema['properties'] ?? {}) as Record<string, Json>;
    for (const [property, { example }] of Object.entries(properties)) {
      if (example === undefined) continue;
      for (const error of contract.errorsOf([...place, 'properties', property], example)) {
        wrong.push(`${name}.${property}: ${error}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

/** Asks, and makes sure that it was this operation: whether its answer fits, `Service.ask` looks each time. */
async function walk(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  route: string,
  url: string,
  by: string | SignedIn,
  body?: unknown,
): Promise<Answer> {
  const found = contract.find(method, url);
  expect([method, url, found.route, found.operation !== undefined]).toEqual([method, url, route, true]);
  return typeof by === 'string'
    ? service.ask(method, url, by, body, { origin: site.origin })
    : by.ask(method, url, body);
}

it('describes every answer of a walk through all doors, and nothing less', async () => {
  const admin = await service.staffToken('admin@vigie.ma', 'admin');
  const lead = await service.staffToken('lead@example.ma', 'lead', site);
  const image = { url: 'https://cdn.example.ma/photos/1.jpg' };
  const query = new URLSearchParams(image).toString();
  const secret = site.secretKey;

  await walk('GET', '/health/live', '/health/live', secret);
  await walk('GET', '/health/ready', '/health/ready', secret);
  const challenge = await walk('GET', '/v1/challenges', '/v1/challenges', site.publishableKey);
  const proof = proofOf(challenge.body as unknown as GivenChallenge);
  const device = await walk('POST', '/v1/devices', '/v1/devices', site.publishableKey, { proof });
  await walk('POST', '/v1/devices', '/v1/devices', site.publishableKey, { proof });
  await walk('POST', '/v1/reports', '/v1/reports', site.publishableKey, {
    image,
    page: { url: 'https://www.example.ma/1', title: 'x' },
    reason: 'hate',
    comment: 'x',
    reporter: { device: device.body['device'] },
  });
  await service.reports(site, image, 3);
  const fifth = await walk('POST', '/v1/reports', '/v1/reports', secret, {
    image,
    reason: 'violence',
    reporter: { account: 'fifth' },
  });
  const receipt = String(fifth.body['receipt']);
  await walk('GET', '/v1/reasons', '/v1/reasons', site.publishableKey);
  await walk('GET', '/v1/reports/{receipt}', `/v1/reports/${receipt}`, secret);
  await walk('GET', '/v1/images/state', `/v1/images/state?${query}`, secret);
  await walk('GET', '/v1/images/state', `/v1/images/state?${query}`, site.publishableKey);
  await walk('POST', '/v1/images/state', '/v1/images/state', secret, { images: [image, { id: 'x' }] });

  await walk('GET', '/v1/changes', '/v1/changes', secret);
  await walk('GET', '/v1/changes', '/v1/changes?cursor=garbage', secret);
  await walk('GET', '/v1/changes/stream', '/v1/changes/stream?cursor=garbage', secret);
  const list = await service.ask('GET', '/v1/blocklist', secret);
  expect(list.headers['vigie-cursor']).toBeDefined();
  expect(list.text.split('\n').filter((line) => line !== '')).toHaveLength(1);

  await walk('GET', '/v1/cases', '/v1/cases', lead);
  const claimed = await walk('POST', '/v1/cases/claim', '/v1/cases/claim', lead, {});
  const caseId = String(claimed.body['id']);
  const { token } = claimed.body['lease'] as { token: string };
  await walk('GET', '/v1/cases/{id}', `/v1/cases/${caseId}`, lead);
  await walk('GET', '/v1/cases/{id}/reports', `/v1/cases/${caseId}/reports`, lead);
  await walk('PUT', '/v1/cases/{id}/lease', `/v1/cases/${caseId}/lease`, lead, { token });
  await walk('PUT', '/v1/cases/{id}/lease', `/v1/cases/${caseId}/lease`, admin, {});
  await walk('POST', '/v1/cases/{id}/decision', `/v1/cases/${caseId}/decision`, admin, {
    action: 'keep',
    version: 9,
  });
  const decided = await walk('POST', '/v1/cases/{id}/decision', `/v1/cases/${caseId}/decision`, lead, {
    action: 'block',
    policy: 'violence',
    note: 'x',
    leaseToken: token,
    version: claimed.body['version'],
  });
  const decisionId = (decided.body['decision'] as { id: string }).id;
  await walk('GET', '/v1/cases/{id}', `/v1/cases/${caseId}`, lead);
  await walk('POST', '/v1/decisions/{id}/undo', `/v1/decisions/${decisionId}/undo`, lead);
  await walk('POST', '/v1/decisions', '/v1/decisions', lead, {
    decisions: [
      { case: caseId, action: 'keep', version: 1 },
      { case: 'case_x', action: 'keep', version: 1 },
    ],
  });
  await walk('DELETE', '/v1/cases/{id}/lease', `/v1/cases/${caseId}/lease?token=${token}`, lead);
  await walk('GET', '/v1/images', `/v1/images?site=example&${query}`, lead);
  await walk('GET', '/v1/images', '/v1/images?site=example&state=blocked', lead);
  await walk('GET', '/v1/events', '/v1/events?site=example', lead);
  await walk('GET', '/v1/policies', '/v1/policies?site=example', lead);

  await walk('PUT', '/v1/images/block', '/v1/images/block', secret, { image, reason: 'spam', note: 'x' });
  await walk('DELETE', '/v1/images/block', `/v1/images/block?${query}`, secret);
  await walk('PUT', '/v1/images/protection', '/v1/images/protection', secret, { image });
  await walk('DELETE', '/v1/images/protection', `/v1/images/protection?${query}`, secret);
  await walk('PUT', '/v1/images/appeal', '/v1/images/appeal', secret, { image, note: 'x' });
  await walk('DELETE', '/v1/images/appeal', `/v1/images/appeal?${query}`, secret);
  await walk('POST', '/v1/images/views', '/v1/images/views', secret, {
    seconds: 600,
    images: [{ ...image, views: 1_234 }],
  });
  await walk('PUT', '/v1/images/addresses', '/v1/images/addresses', secret, {
    id: 'photo',
    urls: [image.url],
  });
  await walk('PUT', '/v1/images/content', '/v1/images/content', secret, { image, sha256: 'a'.repeat(64) });
  await walk('PUT', '/v1/images/content', '/v1/images/content', secret, { image, note: 'x' });
  await walk('GET', '/v1/images', `/v1/images?site=example&id=photo`, lead);
  await walk('DELETE', '/v1/reports/{receipt}', `/v1/reports/${receipt}`, secret);
  await walk('POST', '/v1/reporters/forget', '/v1/reporters/forget', secret, { account: 'user-42' });

  await walk('POST', '/v1/sites', '/v1/sites', admin, {
    slug: 'second',
    name: 'x',
    origins: ['https://second.ma'],
  });
  await walk('GET', '/v1/sites', '/v1/sites', admin);
  await walk('GET', '/v1/sites/{id}', '/v1/sites/second', admin);
  await walk('PATCH', '/v1/sites/{id}', '/v1/sites/second', admin, { name: 'y' });
  const key = await walk('POST', '/v1/sites/{id}/keys', '/v1/sites/second/keys', admin, { kind: 'secret' });
  await walk('GET', '/v1/sites/{id}/keys', '/v1/sites/second/keys', admin);
  await walk(
    'DELETE',
    '/v1/sites/{id}/keys/{keyId}',
    `/v1/sites/second/keys/${String(key.body['id'])}`,
    admin,
  );
  await walk('GET', '/v1/sites/{id}/automation', '/v1/sites/example/automation', lead);
  await walk('PUT', '/v1/sites/{id}/threshold-rule', '/v1/sites/example/threshold-rule', lead, {
    reporters: 4,
  });
  await walk('GET', '/v1/sites/{id}/threshold-rule', '/v1/sites/example/threshold-rule', lead);
  await walk(
    'GET',
    '/v1/sites/{id}/threshold-rule/versions',
    '/v1/sites/example/threshold-rule/versions',
    lead,
  );
  await walk(
    'POST',
    '/v1/sites/{id}/threshold-rule/replay',
    '/v1/sites/example/threshold-rule/replay',
    lead,
    { rule: { reporters: 3 } },
  );
  await walk('POST', '/v1/sites/{id}/threshold-rule/apply', '/v1/sites/example/threshold-rule/apply', lead, {
    rule: { reporters: 3 },
    ifVersion: 2,
  });
  const member = await walk('POST', '/v1/sites/{id}/members', '/v1/sites/example/members', lead, {
    email: 'new@example.ma',
    role: 'moderator',
  });
  const memberId = String((member.body['member'] as Json | undefined)?.['id'] ?? member.body['id']);
  await walk('GET', '/v1/sites/{id}/members', '/v1/sites/example/members', lead);
  await walk('PATCH', '/v1/sites/{id}/members/{memberId}', `/v1/sites/example/members/${memberId}`, lead, {
    role: 'lead',
  });
  const invitation = `/v1/sites/example/members/${memberId}/invitation`;
  const link = await walk('POST', '/v1/sites/{id}/members/{memberId}/invitation', invitation, lead);
  await walk('DELETE', '/v1/sites/{id}/members/{memberId}', `/v1/sites/example/members/${memberId}`, lead);
  const issued = await walk('POST', '/v1/tokens', '/v1/tokens', lead, {
    name: 'x',
    scopes: ['review'],
    days: 1,
  });
  await walk('GET', '/v1/tokens', '/v1/tokens', lead);
  await walk('DELETE', '/v1/tokens/{id}', `/v1/tokens/${String(issued.body['id'])}`, lead);

  const oneTime = String(link.body['url']).split('#')[1];
  const password = 'three storks over the bay';
  await walk('POST', '/v1/links/look', '/v1/links/look', secret, { token: oneTime });
  await walk('POST', '/v1/links/redeem', '/v1/links/redeem', secret, { token: oneTime, password });
  await walk('POST', '/v1/links/look', '/v1/links/look', secret, { token: oneTime });
  await walk('POST', '/v1/session/forgot', '/v1/session/forgot', secret, { email: 'new@example.ma' });
  await walk('POST', '/v1/staff', '/v1/staff', admin, { email: 'boss@example.ma', admin: true });
  await walk('POST', '/v1/staff', '/v1/staff', admin, { email: 'boss@example.ma' });
  await walk('GET', '/v1/staff', '/v1/staff', admin);
  const account = `/v1/staff/${memberId}`;
  await walk('POST', '/v1/staff/{id}/links', `${account}/links`, admin, { purpose: 'reset' });
  await walk('DELETE', '/v1/staff/{id}/second-factor', `${account}/second-factor`, admin);
  await walk('DELETE', '/v1/staff/{id}/sessions', `${account}/sessions`, admin);
  await walk('PATCH', '/v1/staff/{id}', account, admin, { closed: true });
  await walk('GET', '/v1/account-events', '/v1/account-events?limit=50', admin);

  const hooks = '/v1/webhook-endpoints';
  const hook = { url: 'https://www.example.ma/hook', events: ['*'], description: 'x' };
  const made = await walk('POST', hooks, hooks, secret, hook);
  await walk('POST', hooks, `${hooks}?site=example`, lead, hook);
  await walk('GET', hooks, hooks, secret);
  const endpoint = `${hooks}/${String(made.body['id'])}`;
  await walk('GET', `${hooks}/{id}`, endpoint, secret);
  await walk('POST', `${hooks}/{id}/rotate-secret`, `${endpoint}/rotate-secret`, secret);
  const sent = await walk('POST', `${hooks}/{id}/test`, `${endpoint}/test`, secret);
  await walk('GET', `${hooks}/{id}/messages`, `${endpoint}/messages`, secret);
  const retry = `messages/${String(sent.body['id'])}/retry`;
  await walk('POST', `${hooks}/{id}/messages/{messageId}/retry`, `${endpoint}/${retry}`, secret);
  await walk('PATCH', `${hooks}/{id}`, endpoint, secret, { enabled: false });
  await walk('DELETE', `${hooks}/{id}`, endpoint, secret);
});

it('describes the answers of everything about one’s own account', async () => {
  const person = await SignedIn.as(service, 'amina@example.ma', 'lead', site);
  const email = 'amina@example.ma';
  await walk('POST', '/v1/session', '/v1/session', person, { email, password: PASSWORD });
  await walk('POST', '/v1/session', '/v1/session', person, { email, password: 'wrong' });
  await walk('GET', '/v1/session', '/v1/session', person);
  await walk('GET', '/v1/sessions', '/v1/sessions', person);
  const factor = '/v1/session/second-factor';
  const { body } = await walk('POST', factor, factor, person, { password: PASSWORD });
  const totp = new TOTP({ secret: Secret.fromBase32(String(body['secret'])) });
  const set = await walk('PUT', factor, factor, person, { code: totp.generate() });
  const [recoveryCode] = set.body['recoveryCodes'] as string[];
  await walk('POST', '/v1/session', '/v1/session', person, { email, password: PASSWORD });
  await walk('GET', '/v1/session', '/v1/session', person);
  await walk('GET', '/v1/cases', '/v1/cases', person);
  await walk('POST', '/v1/session/totp', '/v1/session/totp', person, { recoveryCode });
  const code = totp.generate({ timestamp: Date.now() + 30_000 });
  await walk('POST', '/v1/session/recovery-codes', '/v1/session/recovery-codes', person, { code });
  const password = 'a much better password';
  await walk('PUT', '/v1/session/password', '/v1/session/password', person, { current: PASSWORD, password });
  await walk('DELETE', factor, factor, person, { password, code });
  await walk('DELETE', '/v1/sessions/{id}', '/v1/sessions/ses_x', person);
  await walk('DELETE', '/v1/sessions', '/v1/sessions', person);
  await walk('DELETE', '/v1/session', '/v1/session', person);
  await walk('GET', '/v1/session', '/v1/session', person);
});

/** By these one gets in. */
const WITHOUT = ['post /v1/session', 'post /v1/session/forgot'];

it('names the cookie beside the token wherever staff may ask, and the token against forgery where it changes something', () => {
  for (const [route, path] of Object.entries(described.paths)) {
    for (const [method, { security = [] }] of Object.entries(path)) {
      const byCookie = security.find((schemes) => 'session' in schemes);
      const byToken = security.some((schemes) => 'staffToken' in schemes);
      const isAccount = /^\/v1\/sessions?(?:\/|$)/.test(route) && !WITHOUT.includes(`${method} ${route}`);
      expect([method, route, byCookie !== undefined]).toEqual([method, route, byToken || isAccount]);
      if (byCookie === undefined) continue;
      expect([method, route, 'csrfToken' in byCookie]).toEqual([method, route, method !== 'get']);
    }
  }
});

it('describes every message that an endpoint may ask for', () => {
  const { properties } = described.components.schemas['CreateEndpointRequest'] as {
    properties: { events: { items: { enum: string[] } } };
  };
  const sent = Object.keys(described['webhooks'] as Json);
  expect(properties.events.items.enum.filter((event) => event !== '*' && !sent.includes(event))).toEqual([]);
});

it('describes every message that is posted to sites, with its headers, and the messages themselves fit', async () => {
  const webhooks = described['webhooks'] as Record<string, { post: Operation }>;
  expect(Object.keys(webhooks).sort()).toEqual([
    'case.held',
    'case.opened',
    'case.overdue',
    'case.resolved',
    'image.blocked',
    'image.unblocked',
    'site.breaker',
    'webhook.disabled',
    'webhook.test',
  ]);
  for (const { post } of Object.values(webhooks)) {
    expect(post.parameters?.map(({ name }) => name)).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
  }
  const desk = await DeliveryDesk.open();
  const receiver = await Receiver.open();
  const told = await desk.service.site('told', { reporters: 2, breaker: { perHour: 1, factor: 1 } });
  const endpoint = await desk.endpoint(told, receiver.url());
  const gone = await desk.endpoint(told, receiver.url('/gone'), ['case.opened']);
  receiver.answers((response, { url }) => void response.writeHead(url === '/gone' ? 410 : 200).end());
  const image = { id: 'photo-1' };
  await desk.service.reports(told, image, 1);
  await desk.service.ask('PUT', '/v1/images/block', told.secretKey, { image, reason: 'spam' });
  await desk.service.ask('DELETE', '/v1/images/block?id=photo-1', told.secretKey);
  const lead = await desk.service.staffToken('lead@told.ma', 'lead', told);
  const { body } = await desk.service.ask('POST', '/v1/cases/claim', lead, {});
  const decision = { action: 'keep', version: body['version'] };
  await desk.service.ask('POST', `/v1/cases/${String(body['id'])}/decision`, lead, decision);
  // The first is blocked, the second would be but for the breaker; and nobody looks at it.
  await desk.service.reports(told, { id: 'photo-2' }, 2);
  await desk.service.reports(told, { id: 'photo-3' }, 2);
  await desk.service.database.query({
    name: 'due-now',
    text: `update job set run_at = clock_timestamp() where kind = 'case-overdue' and payload ->> 'cause' = 'hold'`,
  });
  const handlers = new JobHandlers([new TellOverdue(desk.service.app.get(Neck))]);
  await new Dispatcher(desk.service.database, () => handlers, loadConfig({}).jobs).runOnce();
  await desk.ask(told, endpoint, 'POST', '/test');
  await desk.work();
  await desk.work();
  const messages = await receiver.got(12);
  expect(gone.id).toBe(
    messages.find(({ body: { type } }) => type === 'webhook.disabled')?.body.data['endpoint'],
  );
  const types = new Set(messages.map(({ body: { type } }) => type));
  expect([...types].sort()).toEqual(Object.keys(webhooks).sort());
  for (const { body: posted } of messages) {
    const place = ['webhooks', posted.type, 'post', 'requestBody', 'content', 'application/json', 'schema'];
    expect([posted.type, contract.errorsOf(place, posted)]).toEqual([posted.type, []]);
  }
  await receiver.close();
  await desk.close();
});
