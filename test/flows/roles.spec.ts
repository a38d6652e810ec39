import type { Answer } from '../setup/service.js';
import { ASKS, CALLERS, type CallerName } from './role-asks.js';
import { type Caller, RoleDesk, type Targets } from './role-targets.js';

/**
 * Every route against everybody who may come to it. The routes come from the API's own description, so a new one can not be
 * forgotten: it fails here until it has a row. Tokens have every scope: the role alone decides.
 *
 *  1. who may do nothing asks everything, and nothing at all has changed afterwards;
 *  2. who may do something does it, each on something that nobody has used yet.
 */

let desk: RoleDesk;
/** A caller is one row here, and one column below. */
let callers: Record<CallerName, Caller>;
let paths: Record<string, Record<string, unknown>>;
beforeAll(async () => {
  desk = await RoleDesk.open();
  const { here, elsewhere } = desk;
  const web = await desk.web();
  callers = {
    none: {},
    pub: { key: here.publishableKey },
    sec: { key: here.secretKey },
    mod: { key: await desk.staff('mod@here.ma', 'moderator', here) },
    lead: { key: await desk.staff('lead@here.ma', 'lead', here) },
    admin: { key: await desk.staff('admin@vigie.ma', 'admin') },
    /** A lead of another site. */
    other: { key: await desk.staff('lead@elsewhere.ma', 'lead', elsewhere) },
    closed: { key: await desk.closed() },
    web,
    totp: await desk.waiting('totp'),
    enrol: await desk.waiting('enrol'),
    legal: { key: await desk.legal() },
    forged: { headers: () => ({ cookie: web.headers('GET')['cookie'] ?? '', origin: elsewhere.origin }) },
  };
  ({ paths } = (await desk.service.ask<{ paths: typeof paths }>('GET', '/v1/openapi.json')).body);
});
afterAll(() => desk.close());

/**
 * `none`: no key; `pub`, `sec`: the keys of the site "here"; `mod`, `lead`: its staff; `admin`; `other`: a lead of another site;
 * `closed`: a lead of this site whose account was closed, with the token that they had; `web`: an admin who is signed in, from
 * the console's own page; `forged`: the same cookie from another site's page, without the session's token; `totp`, `enrol`: a
 * lead of this site who gave their password, and whose session waits for the code, or for a second factor to be set up;
 * `legal`: a moderator of this site who may open what is sealed. Those without a session of the console's own page come from a
 * page of the site, so that signing in is refused to them.
 *
 * 401, 403, 404: may not. 2xx: done. 4xx: let in, and refused for what was sent. `own`: 2xx, about themselves alone.
 */
const TABLE = `
                                                              none   pub    sec    mod    lead   admin  other  closed web    forged totp   enrol  legal
GET    /health/live                                           2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx
GET    /health/ready                                          2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx    2xx
GET    /metrics                                               404    404    404    404    404    404    404    404    404    404    404    404    404
POST   /v1/reports                                            401    2xx    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/reports/{receipt}                                  401    2xx    2xx    403    403    403    403    401    401    401    401    401    403
DELETE /v1/reports/{receipt}                                  401    2xx    2xx    403    403    403    403    401    401    401    401    401    403
POST   /v1/reporters/forget                                   401    403    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/reasons                                            401    2xx    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/challenges                                         401    2xx    403    403    403    403    403    401    401    401    401    401    403
POST   /v1/devices                                            401    2xx    403    403    403    403    403    401    401    401    401    401    403
GET    /v1/images/state                                       401    2xx    2xx    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
POST   /v1/images/state                                       401    2xx    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
PUT    /v1/images/block                                       401    403    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
DELETE /v1/images/block                                       401    403    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
PUT    /v1/images/protection                                  401    403    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
DELETE /v1/images/protection                                  401    403    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
PUT    /v1/images/appeal                                      401    403    2xx    403    403    403    403    401    401    401    401    401    403
DELETE /v1/images/appeal                                      401    403    2xx    403    403    403    403    401    401    401    401    401    403
POST   /v1/images/views                                       401    403    2xx    403    403    403    403    401    401    401    401    401    403
PUT    /v1/images/content                                     401    403    2xx    403    403    403    403    401    401    401    401    401    403
PUT    /v1/images/addresses                                   401    403    2xx    403    403    403    403    401    401    401    401    401    403
POST   /v1/images/canonical                                   401    403    2xx    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
GET    /v1/address-rules                                      401    403    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/changes                                            401    403    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/changes/stream                                     401    403    4xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/blocklist                                          401    403    2xx    403    403    403    403    401    401    401    401    401    403
GET    /v1/cases                                              401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
POST   /v1/cases/claim                                        401    403    403    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
GET    /v1/cases/{id}                                         401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/cases/{id} (escalated)                             401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
GET    /v1/cases/{id}/reports                                 401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
PUT    /v1/cases/{id}/lease                                   401    403    403    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
DELETE /v1/cases/{id}/lease                                   401    403    403    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
POST   /v1/cases/{id}/decision                                401    403    403    2xx    2xx    2xx    404    401    2xx    403    401    401    2xx
POST   /v1/cases/{id}/decision (escalated)                    401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/decisions                                          401    403    403    2xx    2xx    2xx    own    401    2xx    403    401    401    2xx
POST   /v1/decisions/{id}/undo                                401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/mutes                                              401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
POST   /v1/mutes                                              401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
DELETE /v1/mutes/{id}                                         401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/images                                             401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/events                                             401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/stats                                              401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/stats.csv                                          401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/snapshots/{token}                                  404    404    404    404    404    404    404    404    404    404    404    404    404
DELETE /v1/snapshots/{token}                                  401    403    403    403    403    403    403    401    403    403    401    401    404
POST   /v1/sites                                              401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
GET    /v1/sites                                              401    403    403    403    403    2xx    403    401    2xx    2xx    401    401    403
GET    /v1/sites/{id}                                         401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
PATCH  /v1/sites/{id}                                         401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
POST   /v1/sites/{id}/keys                                    401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
GET    /v1/sites/{id}/keys                                    401    403    403    403    403    2xx    403    401    2xx    2xx    401    401    403
DELETE /v1/sites/{id}/keys/{keyId}                            401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
GET    /v1/sites/{id}/automation                              401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/sites/{id}/threshold-rule                          401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
PUT    /v1/sites/{id}/threshold-rule                          401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/sites/{id}/threshold-rule/replay                   401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/sites/{id}/threshold-rule/apply                    401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/sites/{id}/threshold-rule/versions                 401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
POST   /v1/sites/{id}/members                                 401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/sites/{id}/members                                 401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
PATCH  /v1/sites/{id}/members/{memberId}                      401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
DELETE /v1/sites/{id}/members/{memberId}                      401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/sites/{id}/members/{memberId}/invitation           401    403    403    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/tokens                                             401    403    403    2xx    2xx    2xx    own    401    2xx    403    401    401    2xx
GET    /v1/tokens                                             401    403    403    2xx    2xx    2xx    own    401    2xx    2xx    401    401    2xx
DELETE /v1/tokens/{id}                                        401    403    403    2xx    2xx    2xx    own    401    2xx    403    401    401    2xx
GET    /v1/policies                                           401    403    403    2xx    2xx    2xx    404    401    2xx    2xx    401    401    2xx
GET    /v1/jobs                                               401    403    403    403    403    2xx    403    401    2xx    2xx    401    401    403
GET    /v1/jobs/summary                                       401    403    403    403    403    2xx    403    401    2xx    2xx    401    401    403
POST   /v1/jobs/{id}/retry                                    401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
POST   /v1/links/look                                         4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx
POST   /v1/links/redeem                                       4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx
POST   /v1/session/forgot                                     4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx    4xx
GET    /v1/staff                                              401    403    403    403    403    2xx    403    401    2xx    2xx    401    401    403
POST   /v1/staff                                              401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
PATCH  /v1/staff/{id}                                         401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
POST   /v1/staff/{id}/links                                   401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
DELETE /v1/staff/{id}/second-factor                           401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
DELETE /v1/staff/{id}/sessions                                401    403    403    403    403    2xx    403    401    2xx    403    401    401    403
GET    /v1/account-events                                     401    403    403    403    2xx    2xx    404    401    2xx    2xx    401    401    403
POST   /v1/webhook-endpoints                                  401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/webhook-endpoints                                  401    403    2xx    403    2xx    2xx    404    401    2xx    2xx    401    401    403
GET    /v1/webhook-endpoints/{id}                             401    403    2xx    403    2xx    2xx    404    401    2xx    2xx    401    401    403
PATCH  /v1/webhook-endpoints/{id}                             401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
DELETE /v1/webhook-endpoints/{id}                             401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/webhook-endpoints/{id}/rotate-secret               401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/webhook-endpoints/{id}/test                        401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
GET    /v1/webhook-endpoints/{id}/messages                    401    403    2xx    403    2xx    2xx    404    401    2xx    2xx    401    401    403
POST   /v1/webhook-endpoints/{id}/messages/{messageId}/retry  401    403    2xx    403    2xx    2xx    404    401    2xx    403    401    401    403
POST   /v1/session                                            403    403    403    403    403    403    403    403    2xx    403    2xx    2xx    403
GET    /v1/session                                            401    403    403    403    403    403    403    401    2xx    2xx    2xx    2xx    403
DELETE /v1/session                                            401    403    403    403    403    403    403    401    2xx    403    2xx    2xx    403
POST   /v1/session/totp                                       401    403    403    403    403    403    403    401    4xx    403    4xx    401    403
PUT    /v1/session/password                                   401    403    403    403    403    403    403    401    4xx    403    401    401    403
POST   /v1/session/second-factor                              401    403    403    403    403    403    403    401    2xx    403    401    2xx    403
PUT    /v1/session/second-factor                              401    403    403    403    403    403    403    401    4xx    403    401    4xx    403
DELETE /v1/session/second-factor                              401    403    403    403    403    403    403    401    4xx    403    401    401    403
POST   /v1/session/recovery-codes                             401    403    403    403    403    403    403    401    4xx    403    401    401    403
GET    /v1/sessions                                           401    403    403    403    403    403    403    401    2xx    2xx    401    401    403
DELETE /v1/sessions                                           401    403    403    403    403    403    403    401    2xx    403    401    401    403
DELETE /v1/sessions/{id}                                      401    403    403    403    403    403    403    401    2xx    403    401    401    403
`;

/** The statuses that the table names by themselves: who asks may not. */
const REFUSALS = ['401', '403', '404'];

const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [, method = '', path = '', note = '', cells = ''] =
      /^(\w+) +(\S+) +(\(\w+\))? *((?:\S+ *){13})$/.exec(line.trim()) ?? [];
    const expected = cells.trim().split(/ +/);
    return {
      method: method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      route: `${method} ${path}`,
      name: `${method} ${path}${note === '' ? '' : ` ${note}`}`,
      expected: CALLERS.map((who, column) => ({ who, cell: expected[column] ?? '' })),
    };
  });

/** What the table calls an answer. Of what is their own others learn nothing of this site. */
function cellOf({ status, text }: Answer, expected: string): string {
  if (REFUSALS.includes(String(status))) return String(status);
  const class_ = `${Math.floor(status / 100)}xx`;
  return expected === 'own' && class_ === '2xx' && !/here\.ma|"here"/.test(text) ? 'own' : class_;
}

/** Who ends or changes their session has one for that alone: such rows are the table's last. */
async function callerOf(who: CallerName, name: string, cell: string): Promise<Caller> {
  if (REFUSALS.includes(cell) || !name.includes(' /v1/session')) return callers[who];
  if (who === 'totp' || who === 'enrol') return desk.waiting(who);
  return who === 'web' ? desk.webAgain() : callers[who];
}

async function wrongCells(
  asked: (cell: string) => boolean,
  targetsOf: (who: CallerName) => Targets,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { method, name, expected } of rows) {
    for (const { who, cell } of expected.filter((one) => asked(one.cell))) {
      const { url, body } = (await ASKS[name]?.(targetsOf(who), who)) ?? { url: '/v1/nowhere' };
      const answer = await desk.ask(method, url, await callerOf(who, name, cell), body);
      const got = cellOf(answer, cell);
      if (got !== cell) wrong.push(`${name} for ${who}: ${got}, not ${cell}: ${answer.text.slice(0, 200)}`);
    }
  }
  return wrong;
}

it('every route has a row, and every row a route', () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect([...new Set(rows.map(({ route }) => route))].sort()).toEqual(described.sort());
  expect(rows.filter(({ name }) => !(name in ASKS)).map(({ name }) => name)).toEqual([]);
  expect(rows.flatMap(({ expected }) => expected).filter(({ cell }) => cell === '')).toEqual([]);
});

it('who may not is told so on every route, and nothing at all has changed afterwards', async () => {
  const shared = desk.targets(callers.none);
  // What they ask about is made before.
  for (const { name } of rows) for (const who of CALLERS) await ASKS[name]?.(shared, who);
  const before = await desk.everything();
  expect(
    await wrongCells(
      (cell) => REFUSALS.includes(cell),
      () => shared,
    ),
  ).toEqual([]);
  expect(await desk.everything()).toEqual(before);
});

it('who may does it, on every route, and sees nothing of another site', async () => {
  const wrong = await wrongCells(
    (cell) => !REFUSALS.includes(cell),
    (who) => desk.targets(callers[who]),
  );
  expect(wrong).toEqual([]);
});
