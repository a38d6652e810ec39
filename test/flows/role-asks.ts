import { PASSWORD } from '../setup/signed-in.js';
import type { Targets } from './role-targets.js';

/** Who asks: the columns of the table in roles.spec.ts. */
export const CALLERS = [
  'none',
  'pub',
  'sec',
  'mod',
  'lead',
  'admin',
  'other',
  'closed',
  'web',
  'forged',
  'totp',
  'enrol',
  'legal',
] as const;
export type CallerName = (typeof CALLERS)[number];

interface Ask {
  readonly url: string;
  readonly body?: unknown;
}

/** How each route is asked about the site "here". */
export const ASKS: Record<string, (to: Targets, who: CallerName) => Ask | Promise<Ask>> = {
  'GET /health/live': () => ({ url: '/health/live' }),
  'GET /health/ready': () => ({ url: '/health/ready' }),
  // Nobody of these: for whoever has METRICS_TOKEN, which is not set here (test/metrics).
  'GET /metrics': () => ({ url: '/metrics' }),
  'POST /v1/reports': async (to, who) => ({
    url: '/v1/reports',
    body: {
      image: { url: 'https://cdn.here.ma/1.jpg' },
      reason: 'spam',
      reporter: who === 'pub' ? { device: await to.device() } : { account: to.fresh },
    },
  }),
  'GET /v1/reports/{receipt}': async (to) => ({ url: `/v1/reports/${await to.receipt()}` }),
  'DELETE /v1/reports/{receipt}': async (to) => ({ url: `/v1/reports/${await to.receipt()}` }),
  'POST /v1/reporters/forget': ({ fresh }) => ({ url: '/v1/reporters/forget', body: { account: fresh } }),
  'GET /v1/reasons': () => ({ url: '/v1/reasons' }),
  'GET /v1/challenges': () => ({ url: '/v1/challenges' }),
  'POST /v1/devices': async (to) => ({ url: '/v1/devices', body: { proof: await to.proof() } }),
  'GET /v1/images/state': () => ({ url: '/v1/images/state?site=here&id=x' }),
  'POST /v1/images/state': () => ({ url: '/v1/images/state?site=here', body: { images: [{ id: 'x' }] } }),
  'PUT /v1/images/block': async (to, who) => ({
    url: '/v1/images/block?site=here',
    body: { image: { id: await to.photo() }, ...(who === 'sec' ? { reason: 'spam' } : { policy: 'spam' }) },
  }),
  'DELETE /v1/images/block': async (to) => ({ url: `/v1/images/block?site=here&id=${await to.photo()}` }),
  'PUT /v1/images/protection': async (to) => ({
    url: '/v1/images/protection?site=here',
    body: { image: { id: await to.photo() } },
  }),
  'DELETE /v1/images/protection': async (to) => ({
    url: `/v1/images/protection?site=here&id=${await to.photo()}`,
  }),
  'PUT /v1/images/appeal': async (to) => ({
    url: '/v1/images/appeal',
    body: { image: { id: await to.blocked() } },
  }),
  'DELETE /v1/images/appeal': async (to) => ({ url: `/v1/images/appeal?id=${await to.photo()}` }),
  'POST /v1/images/views': async (to) => ({
    url: '/v1/images/views',
    body: { seconds: 600, images: [{ id: await to.photo(), views: 1 }] },
  }),
  'PUT /v1/images/content': async (to) => ({
    url: '/v1/images/content',
    body: { image: { id: await to.photo() }, sha256: 'a'.repeat(64) },
  }),
  'PUT /v1/images/addresses': ({ fresh }) => ({
    url: '/v1/images/addresses',
    body: { id: fresh, urls: [`https://cdn.here.ma/${fresh}.jpg`] },
  }),
  'POST /v1/images/canonical': () => ({
    url: '/v1/images/canonical?site=here',
    body: { url: 'https://cdn.here.ma/1.jpg' },
  }),
  'GET /v1/address-rules': () => ({ url: '/v1/address-rules' }),
  'GET /v1/blocklist': () => ({ url: '/v1/blocklist' }),
  'GET /v1/changes': () => ({ url: '/v1/changes' }),
  // A cursor that is none of ours, or the stream would not end: 410 for who may read it.
  'GET /v1/changes/stream': () => ({ url: '/v1/changes/stream?cursor=garbage' }),
  'GET /v1/cases': () => ({ url: '/v1/cases?site=here' }),
  'POST /v1/cases/claim': () => ({ url: '/v1/cases/claim', body: { site: 'here' } }),
  'GET /v1/cases/{id}': async (to) => ({ url: `/v1/cases/${(await to.open()).id}` }),
  'GET /v1/cases/{id}/reports': async (to) => ({ url: `/v1/cases/${(await to.open()).id}/reports` }),
  'GET /v1/cases/{id} (escalated)': async (to) => ({ url: `/v1/cases/${(await to.escalated()).id}` }),
  'PUT /v1/cases/{id}/lease': async (to) => ({ url: `/v1/cases/${(await to.open()).id}/lease`, body: {} }),
  'DELETE /v1/cases/{id}/lease': async (to) => {
    const { id, token } = await to.held();
    return { url: `/v1/cases/${id}/lease?token=${token}` };
  },
  'POST /v1/cases/{id}/decision': async (to) => {
    const { id, version } = await to.open();
    return { url: `/v1/cases/${id}/decision`, body: { action: 'keep', version } };
  },
  'POST /v1/cases/{id}/decision (escalated)': async (to) => {
    const { id, version } = await to.escalated();
    return { url: `/v1/cases/${id}/decision`, body: { action: 'keep', version } };
  },
  'POST /v1/decisions': async (to) => {
    const { id, version } = await to.open();
    return { url: '/v1/decisions', body: { decisions: [{ case: id, action: 'keep', version }] } };
  },
  'POST /v1/decisions/{id}/undo': async (to) => ({ url: `/v1/decisions/${await to.decision()}/undo` }),
  'GET /v1/mutes': () => ({ url: '/v1/mutes?site=here' }),
  'POST /v1/mutes': async (to) => ({ url: '/v1/mutes', body: { reader: await to.reader() } }),
  'DELETE /v1/mutes/{id}': async (to) => ({ url: `/v1/mutes/${await to.mute()}` }),
  'GET /v1/images': () => ({ url: '/v1/images?site=here' }),
  'GET /v1/events': () => ({ url: '/v1/events?site=here' }),
  'GET /v1/policies': () => ({ url: '/v1/policies?site=here' }),
  'GET /v1/snapshots/{token}': () => ({ url: '/v1/snapshots/snp_x' }),
  'GET /v1/stats': () => ({ url: '/v1/stats?site=here' }),
  'GET /v1/stats.csv': () => ({ url: '/v1/stats.csv?site=here' }),
  'GET /v1/jobs': () => ({ url: '/v1/jobs?state=dead' }),
  'GET /v1/jobs/summary': () => ({ url: '/v1/jobs/summary' }),
  'POST /v1/jobs/{id}/retry': async (to) => ({ url: `/v1/jobs/${await to.job()}/retry` }),
  'DELETE /v1/snapshots/{token}': () => ({ url: '/v1/snapshots/snp_x' }),
  'POST /v1/sites': ({ fresh }) => ({ url: '/v1/sites', body: { slug: fresh, name: fresh } }),
  'GET /v1/sites': () => ({ url: '/v1/sites' }),
  'GET /v1/sites/{id}': () => ({ url: '/v1/sites/here' }),
  'PATCH /v1/sites/{id}': ({ fresh }) => ({ url: '/v1/sites/here', body: { name: fresh } }),
  'POST /v1/sites/{id}/keys': async (to) => {
    await to.room();
    return { url: '/v1/sites/here/keys', body: { kind: 'secret' } };
  },
  'GET /v1/sites/{id}/keys': () => ({ url: '/v1/sites/here/keys' }),
  'DELETE /v1/sites/{id}/keys/{keyId}': async (to) => ({ url: `/v1/sites/here/keys/${await to.key()}` }),
  'GET /v1/sites/{id}/automation': () => ({ url: '/v1/sites/here/automation' }),
  'GET /v1/sites/{id}/threshold-rule': () => ({ url: '/v1/sites/here/threshold-rule' }),
  'PUT /v1/sites/{id}/threshold-rule': () => ({
    url: '/v1/sites/here/threshold-rule',
    body: { reporters: 7 },
  }),
  'POST /v1/sites/{id}/threshold-rule/replay': () => ({
    url: '/v1/sites/here/threshold-rule/replay',
    body: { rule: { reporters: 4 } },
  }),
  'POST /v1/sites/{id}/threshold-rule/apply': async (to) => ({
    url: '/v1/sites/here/threshold-rule/apply',
    body: { rule: { reporters: 7 }, ifVersion: await to.ruleVersion() },
  }),
  'GET /v1/sites/{id}/threshold-rule/versions': () => ({ url: '/v1/sites/here/threshold-rule/versions' }),
  'POST /v1/sites/{id}/members': ({ fresh }) => ({
    url: '/v1/sites/here/members',
    body: { email: `${fresh}@example.ma`, role: 'moderator' },
  }),
  'GET /v1/sites/{id}/members': () => ({ url: '/v1/sites/here/members' }),
  'PATCH /v1/sites/{id}/members/{memberId}': async (to) => ({
    url: `/v1/sites/here/members/${await to.member()}`,
    body: { role: 'lead' },
  }),
  'DELETE /v1/sites/{id}/members/{memberId}': async (to) => ({
    url: `/v1/sites/here/members/${await to.member()}`,
  }),
  'POST /v1/sites/{id}/members/{memberId}/invitation': async (to) => ({
    url: `/v1/sites/here/members/${await to.member()}/invitation`,
  }),
  'POST /v1/tokens': () => ({
    url: '/v1/tokens',
    body: { name: 'x', scopes: ['review'], days: 1, password: PASSWORD },
  }),
  'GET /v1/tokens': () => ({ url: '/v1/tokens' }),
  'DELETE /v1/tokens/{id}': async (to) => ({ url: `/v1/tokens/${await to.token()}` }),
  'GET /v1/staff': () => ({ url: '/v1/staff' }),
  'POST /v1/staff': ({ fresh }) => ({ url: '/v1/staff', body: { email: `${fresh}@vigie.ma` } }),
  'PATCH /v1/staff/{id}': async (to) => ({ url: `/v1/staff/${await to.member()}`, body: { closed: true } }),
  'POST /v1/staff/{id}/links': async (to) => ({
    url: `/v1/staff/${await to.member()}/links`,
    body: { purpose: 'invitation' },
  }),
  'DELETE /v1/staff/{id}/second-factor': async (to) => ({
    url: `/v1/staff/${await to.member()}/second-factor`,
  }),
  'DELETE /v1/staff/{id}/sessions': async (to) => ({ url: `/v1/staff/${await to.member()}/sessions` }),
  'GET /v1/account-events': () => ({ url: '/v1/account-events?site=here' }),
  'POST /v1/links/look': () => ({ url: '/v1/links/look', body: { token: 'vg_lnk_x' } }),
  'POST /v1/links/redeem': () => ({
    url: '/v1/links/redeem',
    body: { token: 'vg_lnk_x', password: 'three storks over the bay' },
  }),
  'POST /v1/session': () => ({
    url: '/v1/session',
    body: { email: 'web@vigie.ma', password: PASSWORD },
  }),
  'GET /v1/session': () => ({ url: '/v1/session' }),
  'DELETE /v1/session': () => ({ url: '/v1/session' }),
  'POST /v1/session/totp': () => ({ url: '/v1/session/totp', body: { code: '492039' } }),
  'PUT /v1/session/password': () => ({
    url: '/v1/session/password',
    body: { current: PASSWORD, password: PASSWORD },
  }),
  'POST /v1/session/second-factor': () => ({
    url: '/v1/session/second-factor',
    body: { password: PASSWORD },
  }),
  'PUT /v1/session/second-factor': () => ({ url: '/v1/session/second-factor', body: { code: '492039' } }),
  'DELETE /v1/session/second-factor': () => ({
    url: '/v1/session/second-factor',
    body: { password: PASSWORD, code: '492039' },
  }),
  'POST /v1/session/recovery-codes': () => ({
    url: '/v1/session/recovery-codes',
    body: { code: '492039' },
  }),
  'GET /v1/sessions': () => ({ url: '/v1/sessions' }),
  'DELETE /v1/sessions': () => ({ url: '/v1/sessions' }),
  'DELETE /v1/sessions/{id}': async (to) => ({ url: `/v1/sessions/${await to.session()}` }),
  'POST /v1/session/forgot': () => ({ url: '/v1/session/forgot', body: { email: 'a@b.ma' } }),
  'POST /v1/webhook-endpoints': ({ fresh }) => ({
    url: '/v1/webhook-endpoints?site=here',
    body: { url: `https://www.here.ma/hook-${fresh}`, events: ['*'] },
  }),
  'GET /v1/webhook-endpoints': () => ({ url: '/v1/webhook-endpoints?site=here' }),
  'GET /v1/webhook-endpoints/{id}': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}?site=here`,
  }),
  'PATCH /v1/webhook-endpoints/{id}': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}?site=here`,
    body: { enabled: false },
  }),
  'DELETE /v1/webhook-endpoints/{id}': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}?site=here`,
  }),
  'POST /v1/webhook-endpoints/{id}/test': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}/test?site=here`,
  }),
  'POST /v1/webhook-endpoints/{id}/rotate-secret': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}/rotate-secret?site=here`,
  }),
  'GET /v1/webhook-endpoints/{id}/messages': async (to) => ({
    url: `/v1/webhook-endpoints/${await to.endpoint()}/messages?site=here`,
  }),
  'POST /v1/webhook-endpoints/{id}/messages/{messageId}/retry': async (to) => {
    const { endpoint, id } = await to.message();
    return { url: `/v1/webhook-endpoints/${endpoint}/messages/${id}/retry?site=here` };
  },
};
