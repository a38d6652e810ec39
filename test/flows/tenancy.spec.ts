import { type Answer, Service, type TestSite } from '../setup/service.js';
import { proofOf } from '../setup/solve-challenge.js';

/**
 * Behaviour 49: nothing crosses from one site to another (invariant 9). The routes come from the API's own description,
 * so a new one can not be forgotten: it fails here until it says how a stranger would ask it.
 */

let service: Service;
let victim: TestSite;
let stranger: TestSite;
let tokens: { lead: string; moderator: string };
let paths: Record<string, Record<string, { security?: Record<string, unknown>[] }>>;
let ids: {
  case: string;
  decision: string;
  reader: string;
  mute: string;
  receipt: string;
  key: string;
  member: string;
  token: string;
  cursor: string;
  proof: string;
};
let hook: { endpoint: string; message: string };
const image = 'https://cdn.victim.ma/secret.jpg';

beforeAll(async () => {
  // No worker: nothing is posted to the addresses that are made up here.
  service = await Service.open({ ROLE: 'api', METRICS_TOKEN: 'the-token-of-prometheus' });
  [victim, stranger] = [await service.site('victim'), await service.site('stranger')];
  tokens = {
    lead: await service.staffToken('lead@stranger.ma', 'lead', stranger),
    moderator: await service.staffToken('moderator@stranger.ma', 'moderator', stranger),
  };
  ({ paths } = (await service.ask<{ paths: typeof paths }>('GET', '/v1/openapi.json')).body);
  ids = await fill();
  hook = await fillWebhooks();
});
afterAll(async () => {
  await service.close();
});

/** Makes one of everything on the victim's site. */
async function fill(): Promise<typeof ids> {
  const admin = await service.staffToken('admin@vigie.ma', 'admin');
  const lead = await service.staffToken('lead@victim.ma', 'lead', victim);
  const report = await service.reports(victim, image, 5);
  const claimed = await service.ask<{ id: string; version: number; lease: { token: string } }>(
    'POST',
    '/v1/cases/claim',
    lead,
    {},
  );
  const decided = await service.ask<{ decision: { id: string } }>(
    'POST',
    `/v1/cases/${claimed.body.id}/decision`,
    lead,
    {
      action: 'block',
      policy: 'violence',
      leaseToken: claimed.body.lease.token,
      version: claimed.body.version,
    },
  );
  const { body: said } = await service.ask<{ items: { handle: string }[] }>(
    'GET',
    `/v1/cases/${claimed.body.id}/reports`,
    lead,
  );
  const [muted, reader] = said.items;
  const mute = await service.ask('POST', '/v1/mutes', lead, { reader: muted?.handle });
  const list = async (url: string, key: string): Promise<string> => {
    const { body } = await service.ask<{ items: { id: string }[] }>('GET', url, key);
    return body.items[0]?.id ?? '';
  };
  return {
    case: claimed.body.id,
    decision: decided.body.decision.id,
    reader: reader?.handle ?? '',
    mute: String(mute.body['id']),
    receipt: String(report.body['receipt']),
    key: await list('/v1/sites/victim/keys', admin),
    member: await list('/v1/sites/victim/members', lead),
    token: await list('/v1/tokens', lead),
    proof: proofOf(await service.challenge(victim)),
    cursor: String((await service.ask('GET', '/v1/changes', victim.secretKey)).body['cursor']),
  };
}

/** An endpoint of the victim with a message. */
async function fillWebhooks(): Promise<typeof hook> {
  const endpoint = { url: 'https://www.victim.ma/hook', events: ['case.held'] };
  const made = await service.ask('POST', '/v1/webhook-endpoints', victim.secretKey, endpoint);
  const id = String(made.body['id']);
  const message = await service.ask('POST', `/v1/webhook-endpoints/${id}/test`, victim.secretKey);
  return { endpoint: id, message: String(message.body['id']) };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Attempt {
  readonly url: string;
  readonly body?: unknown;
  /** What a stranger may be told, where it is not an error: about their own site, or nothing at all. */
  readonly own?: (answer: Answer) => boolean;
}

const url = encodeURIComponent(image);
const nothing = ({ body }: Answer): boolean => (body['items'] as unknown[]).length === 0;
const ownSiteOnly = ({ text }: Answer): boolean => !text.includes('victim');

/** How a stranger would ask each route about the victim. */
const attempts = (): Record<string, Attempt> => ({
  'POST /v1/reports': {
    url: '/v1/reports',
    body: { image: { url: image }, reason: 'violence', reporter: { account: 'x' } },
    own: ({ body }) => (body['image'] as { blocked: boolean }).blocked === false,
  },
  'GET /v1/reports/{receipt}': { url: `/v1/reports/${ids.receipt}` },
  'DELETE /v1/reports/{receipt}': { url: `/v1/reports/${ids.receipt}` },
  // An account of the same name is the stranger's own.
  'POST /v1/reporters/forget': {
    url: '/v1/reporters/forget',
    body: { account: 'x' },
    own: ({ status, text }) => status === 204 && text === '',
  },
  'GET /v1/reasons': {
    url: '/v1/reasons',
    own: ({ status, text }) => status === 200 && !text.includes('victim'),
  },
  'GET /v1/challenges': { url: '/v1/challenges', own: ({ status }) => status === 200 },
  'POST /v1/devices': { url: '/v1/devices', body: { proof: ids.proof } },
  'GET /v1/images/state': {
    url: `/v1/images/state?site=victim&url=${url}`,
  },
  'POST /v1/images/state': { url: '/v1/images/state?site=victim', body: { images: [{ url: image }] } },
  'PUT /v1/images/block': {
    url: '/v1/images/block?site=victim',
    body: { image: { url: image }, policy: 'spam' },
  },
  'DELETE /v1/images/block': { url: `/v1/images/block?site=victim&url=${url}` },
  'PUT /v1/images/protection': { url: '/v1/images/protection?site=victim', body: { image: { url: image } } },
  'DELETE /v1/images/protection': { url: `/v1/images/protection?site=victim&url=${url}` },
  // The victim's is blocked: theirs, of the same address, is not.
  'PUT /v1/images/appeal': {
    url: '/v1/images/appeal',
    body: { image: { url: image } },
    own: ({ status, text }) => status === 409 && text.includes('is visible'),
  },
  'DELETE /v1/images/appeal': {
    url: `/v1/images/appeal?url=${url}`,
    own: ({ body }) => body['blocked'] === false,
  },
  'POST /v1/images/views': {
    url: '/v1/images/views',
    body: { seconds: 600, images: [{ url: image, views: 1 }] },
    own: ({ text }) => text === '{"taken":1,"unknown":0}',
  },
  'PUT /v1/images/content': {
    url: '/v1/images/content',
    body: { image: { url: image }, sha256: 'a'.repeat(64) },
    own: ({ body }) => body['blocked'] !== true,
  },
  'PUT /v1/images/addresses': {
    url: '/v1/images/addresses',
    body: { id: 'x', urls: [image] },
    own: ({ body }) => body['blocked'] === false,
  },
  'GET /v1/changes': {
    url: '/v1/changes',
    own: ({ body }) => (body['changes'] as unknown[]).length === 0,
  },
  'GET /v1/changes/stream': { url: `/v1/changes/stream?cursor=${ids.cursor}` },
  'GET /v1/blocklist': { url: '/v1/blocklist', own: ({ text }) => text === '' },
  'POST /v1/images/canonical': { url: '/v1/images/canonical?site=victim', body: { url: image } },
  'GET /v1/address-rules': {
    url: '/v1/address-rules',
    own: ({ text }) => text === '{"addressRules":{}}',
  },
  'GET /v1/cases': { url: '/v1/cases?site=victim' },
  'POST /v1/cases/claim': { url: '/v1/cases/claim', body: { site: 'victim' } },
  'GET /v1/cases/{id}': { url: `/v1/cases/${ids.case}` },
  'GET /v1/cases/{id}/reports': { url: `/v1/cases/${ids.case}/reports` },
  'PUT /v1/cases/{id}/lease': { url: `/v1/cases/${ids.case}/lease`, body: {} },
  'DELETE /v1/cases/{id}/lease': { url: `/v1/cases/${ids.case}/lease?token=lea_x` },
  'POST /v1/cases/{id}/decision': {
    url: `/v1/cases/${ids.case}/decision`,
    body: { action: 'keep', version: 1 },
  },
  'POST /v1/decisions': {
    url: '/v1/decisions',
    body: { decisions: [{ case: ids.case, action: 'keep', version: 1 }] },
    own: ({ body }) => (body['results'] as { status: number }[])[0]?.status === 404,
  },
  'POST /v1/decisions/{id}/undo': { url: `/v1/decisions/${ids.decision}/undo` },
  'GET /v1/mutes': { url: '/v1/mutes?site=victim' },
  'POST /v1/mutes': { url: '/v1/mutes', body: { reader: ids.reader } },
  'DELETE /v1/mutes/{id}': { url: `/v1/mutes/${ids.mute}` },
  'GET /v1/images': { url: '/v1/images?site=victim' },
  'GET /v1/events': { url: '/v1/events?site=victim' },
  'GET /v1/stats': { url: '/v1/stats?site=victim' },
  'GET /v1/stats.csv': { url: '/v1/stats.csv?site=victim' },
  'GET /v1/jobs': { url: '/v1/jobs?state=dead' },
  'GET /v1/jobs/summary': { url: '/v1/jobs/summary' },
  'POST /v1/jobs/{id}/retry': { url: `/v1/jobs/${ids.case}/retry` },
  'POST /v1/sites': { url: '/v1/sites', body: { slug: 'new', name: 'new' } },
  'GET /v1/sites': { url: '/v1/sites', own: ownSiteOnly },
  'GET /v1/sites/{id}': { url: '/v1/sites/victim' },
  'PATCH /v1/sites/{id}': { url: '/v1/sites/victim', body: { name: 'mine' } },
  'POST /v1/sites/{id}/keys': { url: '/v1/sites/victim/keys', body: { kind: 'secret' } },
  'GET /v1/sites/{id}/keys': { url: '/v1/sites/victim/keys' },
  'DELETE /v1/sites/{id}/keys/{keyId}': { url: `/v1/sites/victim/keys/${ids.key}` },
  'GET /v1/sites/{id}/automation': { url: '/v1/sites/victim/automation' },
  'GET /v1/sites/{id}/threshold-rule': { url: '/v1/sites/victim/threshold-rule' },
  'PUT /v1/sites/{id}/threshold-rule': { url: '/v1/sites/victim/threshold-rule', body: { reporters: 2 } },
  'POST /v1/sites/{id}/threshold-rule/replay': {
    url: '/v1/sites/victim/threshold-rule/replay',
    body: { rule: { reporters: 2 } },
  },
  'POST /v1/sites/{id}/threshold-rule/apply': {
    url: '/v1/sites/victim/threshold-rule/apply',
    body: { rule: { reporters: 2 }, ifVersion: 1 },
  },
  'GET /v1/sites/{id}/threshold-rule/versions': { url: '/v1/sites/victim/threshold-rule/versions' },
  'POST /v1/sites/{id}/members': {
    url: '/v1/sites/victim/members',
    body: { email: 'lead@stranger.ma', role: 'lead' },
  },
  'GET /v1/sites/{id}/members': { url: '/v1/sites/victim/members' },
  'PATCH /v1/sites/{id}/members/{memberId}': {
    url: `/v1/sites/victim/members/${ids.member}`,
    body: { role: 'moderator' },
  },
  'DELETE /v1/sites/{id}/members/{memberId}': { url: `/v1/sites/victim/members/${ids.member}` },
  'POST /v1/sites/{id}/members/{memberId}/invitation': {
    url: `/v1/sites/victim/members/${ids.member}/invitation`,
  },
  'GET /v1/staff': { url: '/v1/staff' },
  'POST /v1/staff': { url: '/v1/staff', body: { email: 'spy@stranger.ma', admin: true } },
  'PATCH /v1/staff/{id}': { url: `/v1/staff/${ids.member}`, body: { closed: true } },
  'POST /v1/staff/{id}/links': { url: `/v1/staff/${ids.member}/links`, body: { purpose: 'reset' } },
  'DELETE /v1/staff/{id}/second-factor': { url: `/v1/staff/${ids.member}/second-factor` },
  'DELETE /v1/staff/{id}/sessions': { url: `/v1/staff/${ids.member}/sessions` },
  'GET /v1/account-events': {
    url: `/v1/account-events?staff=${ids.member}`,
    own: ({ body }) => (body['items'] as unknown[]).length === 0,
  },
  'POST /v1/tokens': {
    url: '/v1/tokens',
    body: { name: 'x', scopes: ['review'], days: 1 },
    own: ({ status }) => status === 201,
  },
  'GET /v1/tokens': { url: '/v1/tokens', own: ({ text }) => !text.includes(ids.token) },
  'DELETE /v1/tokens/{id}': { url: `/v1/tokens/${ids.token}` },
  'POST /v1/webhook-endpoints': {
    url: '/v1/webhook-endpoints?site=victim',
    body: { url: 'https://www.stranger.ma/hook', events: ['*'] },
  },
  'GET /v1/webhook-endpoints': { url: '/v1/webhook-endpoints?site=victim' },
  'GET /v1/webhook-endpoints/{id}': { url: `/v1/webhook-endpoints/${hook.endpoint}?site=stranger` },
  'PATCH /v1/webhook-endpoints/{id}': {
    url: `/v1/webhook-endpoints/${hook.endpoint}?site=stranger`,
    body: { enabled: false },
  },
  'DELETE /v1/webhook-endpoints/{id}': { url: `/v1/webhook-endpoints/${hook.endpoint}?site=stranger` },
  'POST /v1/webhook-endpoints/{id}/test': {
    url: `/v1/webhook-endpoints/${hook.endpoint}/test?site=stranger`,
  },
  'POST /v1/webhook-endpoints/{id}/rotate-secret': {
    url: `/v1/webhook-endpoints/${hook.endpoint}/rotate-secret?site=stranger`,
  },
  'GET /v1/webhook-endpoints/{id}/messages': {
    url: `/v1/webhook-endpoints/${hook.endpoint}/messages?site=stranger`,
  },
  'POST /v1/webhook-endpoints/{id}/messages/{messageId}/retry': {
    url: `/v1/webhook-endpoints/${hook.endpoint}/messages/${hook.message}/retry?site=stranger`,
  },
  // That a person with the permission deletes none of another site is in test/images/snapshots.spec.ts.
  'DELETE /v1/snapshots/{token}': { url: '/v1/snapshots/snp_x' },
  'GET /v1/policies': { url: '/v1/policies?site=victim' },
  // About one's own account: no key or token opens these.
  'GET /v1/session': { url: '/v1/session' },
  'DELETE /v1/session': { url: '/v1/session' },
  'POST /v1/session/totp': { url: '/v1/session/totp', body: { code: '492039' } },
  'PUT /v1/session/password': {
    url: '/v1/session/password',
    body: { current: 'x', password: 'x'.repeat(12) },
  },
  'POST /v1/session/second-factor': { url: '/v1/session/second-factor', body: { password: 'x' } },
  'PUT /v1/session/second-factor': { url: '/v1/session/second-factor', body: { code: '492039' } },
  'DELETE /v1/session/second-factor': {
    url: '/v1/session/second-factor',
    body: { password: 'x', code: '492039' },
  },
  'POST /v1/session/recovery-codes': { url: '/v1/session/recovery-codes', body: { code: '492039' } },
  'GET /v1/sessions': { url: '/v1/sessions' },
  // For Prometheus: no key of a site or token of staff opens it.
  'GET /metrics': { url: '/metrics', own: ({ status }) => status === 401 },
  'DELETE /v1/sessions': { url: '/v1/sessions' },
  'DELETE /v1/sessions/{id}': { url: '/v1/sessions/ses_x' },
});

it('behaviour 49: every route that needs a key is tried', () => {
  const guarded = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security !== undefined && security.length > 0)
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(guarded.filter((route) => !(route in attempts()))).toEqual([]);
  expect(guarded.length).toBeGreaterThan(35);
});

it('behaviour 49: every route with another site’s key or staff answers 401, 403 or 404, and tells nothing', async () => {
  const keys = { secret: stranger.secretKey, publishable: stranger.publishableKey, ...tokens };
  const leaks: string[] = [];
  for (const [route, { url: address, body, own }] of Object.entries(attempts())) {
    for (const [name, key] of Object.entries(keys)) {
      const method = route.split(' ')[0] as Method;
      const answer = await service.ask(method, address, key, body, { origin: stranger.origin });
      const refused = answer.status === 403 || answer.status === 404 || answer.status === 410;
      const refusedHere = refused || (name === 'publishable' && answer.status === 422);
      if (!refusedHere && !(own?.(answer) ?? nothing(answer)))
        leaks.push(`${name}: ${route} -> ${answer.status} ${answer.text}`);
    }
  }
  expect(leaks).toEqual([]);
});

it('behaviour 49: without a key, with a revoked one and with a typo every route answers 401', async () => {
  const admin = await service.staffToken('admin@vigie.ma', 'admin');
  const made = await service.ask<{ id: string; key: string }>('POST', '/v1/sites/stranger/keys', admin, {
    kind: 'secret',
  });
  await service.ask('DELETE', `/v1/sites/stranger/keys/${made.body.id}`, admin);
  const typo = stranger.secretKey.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
  const other: string[] = [];
  for (const [route, { url: address, body }] of Object.entries(attempts())) {
    for (const key of [undefined, made.body.key, typo]) {
      const answer = await service.ask(route.split(' ')[0] as Method, address, key, body);
      if (answer.status !== 401)
        other.push(`${route} with ${key?.slice(0, 7) ?? 'no key'} -> ${answer.status}`);
    }
  }
  expect(other).toEqual([]);
});

it('nothing of the victim changed', async () => {
  const lead = await service.staffToken('another-lead@victim.ma', 'lead', victim);
  const mutes = await service.ask<{ items: { id: string }[] }>('GET', '/v1/mutes?site=victim', lead);
  expect(mutes.body.items.map(({ id }) => id)).toEqual([ids.mute]);
  expect((await service.state(victim, { url: image })).body).toMatchObject({ blocked: true, version: 1 });
  const rule = await service.ask(
    'GET',
    '/v1/sites/victim/threshold-rule',
    await service.staffToken('lead@victim.ma', 'lead', victim),
  );
  expect(JSON.stringify(rule.body)).toContain('"reporters":5');
  const endpoints = await service.ask<{ items: object[] }>('GET', '/v1/webhook-endpoints', victim.secretKey);
  expect(endpoints.body.items).toMatchObject([{ id: hook.endpoint, enabled: true, oldSecretUntil: null }]);
});
