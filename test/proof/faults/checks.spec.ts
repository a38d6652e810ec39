/** Each check finds nothing in what the service did, and what is wrong once somebody has tampered with it. */
import pg from 'pg';
import type { Check, Scene } from '../../../proof/faults/checks/check.js';
import { decisionsAreThere } from '../../../proof/faults/checks/decisions.js';
import { pendingMessagesHaveJobs } from '../../../proof/faults/checks/jobs.js';
import {
  oneBlockForACrossing,
  ruleBlocksAwaitReview,
  versionsRiseByOne,
} from '../../../proof/faults/checks/log.js';
import { publishedIsThere } from '../../../proof/faults/checks/publishing.js';
import { noRawValues } from '../../../proof/faults/checks/raw-values.js';
import { sessionsAreThere } from '../../../proof/faults/checks/sessions.js';
import { oneVoteEach, reportsAreThere } from '../../../proof/faults/checks/reports.js';
import { Acknowledged, imageOf, RAW_ACCOUNT } from '../../../proof/faults/record.js';
import type { Site } from '../../../proof/faults/sites.js';
import { Service, type TestSite } from '../../setup/service.js';
import { PASSWORD, SignedIn } from '../../setup/signed-in.js';

const URL = 'https://cdn.example.ma/image.jpg';
const OTHER = 'https://cdn.example.ma/other.jpg';

let service: Service;
let site: TestSite;
let known: Acknowledged;
let client: pg.Client;

beforeEach(async () => {
  service = await Service.open();
  site = await service.site('example', { reporters: 3, hold: false });
  known = new Acknowledged();
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  for (let n = 0; n < 3; n += 1) await report(n);
  await decide();
  await publish();
  await signIn();
});
afterEach(async () => {
  await client.end();
  await service.close();
});

const recorded = (): Site => site as unknown as Site;

async function report(n: number): Promise<void> {
  const account = `${RAW_ACCOUNT}-${n}`;
  known.asks(recorded(), URL, account);
  const comment = `Remarque ${n}`;
  const body = { image: { url: URL }, reason: 'violence', comment, reporter: { account } };
  const answer = await service.ask('POST', '/v1/reports', site.secretKey, body);
  expect(answer.status).toBe(201);
  known.reports.set(String(answer.body['receipt']), {
    site: recorded(),
    reporter: account,
    image: URL,
    reasons: new Set(['violence']),
    comments: new Set([comment]),
    state: 'stands',
  });
}

async function decide(): Promise<void> {
  const token = await service.staffToken('moderator@example.ma', 'moderator', site);
  const claimed = await service.ask<{ id: string; version: number; lease: { token: string } }>(
    'POST',
    '/v1/cases/claim',
    token,
    {},
  );
  const { id, version, lease } = claimed.body;
  const note = 'A note of its own';
  known.notes.add(note);
  const body = { action: 'escalate', note, version, leaseToken: lease.token };
  const answer = await service.ask<{ decision: { id: string } }>(
    'POST',
    `/v1/cases/${id}/decision`,
    token,
    body,
  );
  expect(answer.status).toBe(201);
  known.decisions.set(answer.body.decision.id, {
    site: recorded(),
    case: id,
    version,
    action: 'escalate',
    policy: null,
    note,
    undone: false,
  });
}

async function publish(): Promise<void> {
  const body = { image: { url: OTHER }, reason: 'privacy' };
  expect((await service.ask('PUT', '/v1/images/block', site.secretKey, body)).status).toBe(200);
  known.published.set(imageOf(recorded(), OTHER), { site: recorded(), block: 'privacy', protected: false });
}

async function signIn(): Promise<void> {
  const email = 'desk@example.ma';
  const browsers = [
    await SignedIn.as(service, email, 'moderator', site),
    await SignedIn.in(service, email),
    await SignedIn.in(service, email),
  ] as const;
  const states = ['open', 'ended', 'unknown'] as const;
  browsers.forEach(({ cookie, csrfToken }, n) =>
    known.sessions.set(cookie, { site: recorded(), email, csrfToken, state: states[n] ?? 'unknown' }),
  );
  expect((await browsers[1].ask('DELETE', '/v1/session')).status).toBe(204);
  known.passwords.set(email, PASSWORD);
}

/** What these checks look at; the rest of a scene takes a whole installation. */
const find = (check: Check): Promise<string[]> =>
  check.find({ client, known, last: true, patient: false, installation: { logs: [] } } as unknown as Scene);

it.each<[string, Check, string, RegExp]>([
  ['a vote that is gone', reportsAreThere, 'delete from vote', /^I1: no vote in round 1/],
  [
    'another reason',
    reportsAreThere,
    `update vote set reasons = '{hate}'`,
    /^I1: reason violence is missing/,
  ],
  ['a withdrawal by nobody', reportsAreThere, 'update vote set withdrawn_at = now()', /^I1: .* is withdrawn/],
  [
    'a comment that is gone',
    reportsAreThere,
    'update report_note set comment = null',
    /^I1: comment "Remarque/,
  ],
  [
    'a vote by nobody',
    oneVoteEach,
    `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons)
     select site_id, image_id, round, decode(repeat('ab', 16), 'hex'), 'named', reasons from vote limit 1`,
    /^I2: image \d+ .* has 4 voters, and 3 people asked/,
  ],
  [
    'a second block',
    oneBlockForACrossing,
    `insert into block (site_id, image_id, source, ref, reason, since, rule_version, evidence)
     select site_id, image_id, source, '2', reason, since, rule_version, evidence from block
     where source = 'threshold'`,
    /^I4: image \d+ has 2 blocks by the rule/,
  ],
  [
    'a case that nobody is asked to review',
    ruleBlocksAwaitReview,
    `update moderation_case set status = 'closed', outcome = 'keep', closed_at = now()`,
    /^I5: image \d+ is blocked by the rule/,
  ],
  ['a version without an event', versionsRiseByOne, 'update image set version = version + 1', /^I6: image/],
  [
    'another word',
    decisionsAreThere,
    `update decision set note = 'Another note'`,
    /^I1: decision|^I8: nobody asked/,
  ],
  [
    'a block that is gone',
    publishedIsThere,
    `delete from block where source = 'publisher'`,
    /^I1: .* is blocked/,
  ],
  [
    'a session that is over',
    sessionsAreThere,
    'update session set ended_at = now()',
    /^I1: session \w+ of desk@example.ma is over, and should be open/,
  ],
  [
    'a session that is gone',
    sessionsAreThere,
    'delete from session where ended_at is null',
    /^I1: session \w+ .* is over, and should be open/,
  ],
  [
    'a session that was ended',
    sessionsAreThere,
    'update session set ended_at = null',
    /^I1: session \w+ .* stands, and should be ended/,
  ],
  [
    'sessions of somebody else',
    sessionsAreThere,
    `update session set staff_id = (select id from staff where email = 'moderator@example.ma')`,
    /^I1: session \w+ of desk@example.ma is moderator@example.ma's/,
  ],
  [
    'another password',
    sessionsAreThere,
    `update staff set password_hash = '-'`,
    /^I1: the password of desk@example.ma is not/,
  ],
  [
    'an account by its name',
    noRawValues,
    `update report_note set page_title = 'by ${RAW_ACCOUNT}-1'`,
    /^I12: public.report_note has raw-account/,
  ],
  [
    'an account in bytes',
    noRawValues,
    `update image set key_hash = substr('${RAW_ACCOUNT}-0000000000'::bytea, 1, 16) where key like '%other%'`,
    /^I12: public.image has/,
  ],
])('finds nothing, and then %s', async (_, check, tampering, sentence) => {
  expect(await find(check)).toEqual([]);
  await client.query(tampering);
  const found = await find(check);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toMatch(sentence);
});

it('finds a message that waits, and has no job', async () => {
  await client.query(
    `with endpoint as (
       insert into webhook_endpoint (site_id, url, events, secret, after_seq)
       values ($1, 'https://example.ma/hook', '{*}', '-', 0) returning id, site_id)
     insert into webhook_message (site_id, endpoint_id, type, body) select site_id, id, 'test', '{}' from endpoint`,
    [site.id],
  );
  await client.query(
    `insert into job (kind, payload) select 'deliver-webhook', jsonb_build_object('messageId', id::text) from webhook_message`,
  );
  expect(await find(pendingMessagesHaveJobs)).toEqual([]);
  await client.query(
    `update job set outcome = 'done', finished_at = now(), relayed_until = null, locked_until = null`,
  );
  // Beside it those that the service itself has made meanwhile.
  const found = await find(pendingMessagesHaveJobs);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toMatch(/^I10: message \d+ is pending/);
});
