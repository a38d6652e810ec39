import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let admin: string;
beforeAll(async () => {
  settings = await startSettings();
  admin = await settings.tokenOf('admin@example.ma', 'admin');
});
afterAll(() => settings.stop());

const add = (token: string, site: string, body: unknown) =>
  settings.ask(token, 'POST', `/v1/sites/${site}/members`, body);
const remove = (token: string, site: string, member: unknown) =>
  settings.ask(token, 'DELETE', `/v1/sites/${site}/members/${String(member)}`);
const list = async (token: string, site: string) =>
  (await settings.ask(token, 'GET', `/v1/sites/${site}/members`)).body['items'] as Record<string, string>[];

const LINK = /\/console\/welcome#vg_lnk_[\w-]{43}$/;

describe('a member', () => {
  it('is added by a lead, with an invitation that is shown once when the account is new', async () => {
    const site = await settings.site('adding');
    await settings.site('second');
    const lead = await settings.tokenOf('lead@adding.ma', 'lead', site);
    const { status, body } = await add(lead, 'adding', { email: 'Amina@Example.ma', role: 'moderator' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email: 'amina@example.ma',
      role: 'moderator',
      invited: true,
      invitation: { url: expect.stringMatching(LINK) as string, mailed: false },
    });
    expect(body).not.toHaveProperty('password');
    const rows = await settings.database.dataSource.query<{ password_hash: string | null }[]>(
      `select password_hash from staff where email = 'amina@example.ma'`,
    );
    expect(rows).toEqual([{ password_hash: null }]);

    const again = await add(lead, 'adding', { email: 'amina@example.ma', role: 'moderator' });
    expect(again).toEqual({ status: 200, body: { ...body, invitation: null } });
    expect(await add(lead, 'adding', { email: 'amina@example.ma', role: 'lead' })).toMatchObject({
      status: 409,
      body: { why: 'other-role' },
    });
    const elsewhere = await add(admin, 'second', { email: 'amina@example.ma', role: 'lead' });
    expect(elsewhere).toMatchObject({ status: 201, body: { id: body['id'], invitation: null } });
    expect((await list(lead, 'adding')).map(({ email }) => email)).toEqual([
      'lead@adding.ma',
      'amina@example.ma',
    ]);
    await settings.database.dataSource.query(
      `update staff set password_hash = 'x' where email = 'amina@example.ma'`,
    );
    expect((await list(lead, 'adding')).map(({ email, invited }) => [email, invited])).toContainEqual([
      'amina@example.ma',
      false,
    ]);
  });

  it('is one, with one invitation, when the same person is added many times at once', async () => {
    await settings.site('at-once');
    await settings.site('at-once-too');
    const sites = ['at-once', 'at-once', 'at-once-too', 'at-once-too'];
    const answers = await Promise.all(
      sites.map((site) => add(admin, site, { email: 'b@b.ma', role: 'lead' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ body }) => body['invitation'] !== null)).toHaveLength(1);
  });

  it('is not told that there was an account which is closed, unless an admin asks', async () => {
    const site = await settings.site('neutral');
    const lead = await settings.tokenOf('lead@neutral.ma', 'lead', site);
    await settings.tokenOf('gone@neutral.ma', 'moderator', site);
    await settings.database.dataSource.query(
      `update staff set disabled_at = clock_timestamp() where email = 'gone@neutral.ma'`,
    );
    const body = { email: 'gone@neutral.ma', role: 'moderator' };
    const [asLead, asAdmin] = [await add(lead, 'neutral', body), await add(admin, 'neutral', body)];
    expect([asLead.status, asAdmin.status]).toEqual([409, 409]);
    expect([asLead.body['why'], asAdmin.body['why']]).toEqual(['needs-admin', 'account-closed']);
    expect(asLead.body['detail']).not.toMatch(/closed|account/);
    expect(asAdmin.body['detail']).toContain('closed');
  });

  it.each([
    [{ role: 'lead' }],
    [{ email: 'nobody', role: 'lead' }],
    [{ email: 'a@b.ma', role: 'admin' }],
    [{ email: 'a@b.ma' }],
    [{ email: `${'a'.repeat(250)}@b.ma`, role: 'lead' }],
    [{ email: 7, role: 'lead' }],
    [{ email: 'a@b.ma', role: 'lead', admin: true }],
  ])('is refused, and nobody added: %j', async (body) => {
    if ((await settings.ask(admin, 'GET', '/v1/sites/refused')).status === 404)
      await settings.site('refused');
    expect((await add(admin, 'refused', body)).status).toBe(422);
    expect(await list(admin, 'refused')).toEqual([]);
  });

  it('changes role, and loses what the role allowed with the answer', async () => {
    const site = await settings.site('roles');
    const lead = await settings.tokenOf('lead@roles.ma', 'lead', site);
    const other = await settings.tokenOf('other@roles.ma', 'lead', site);
    const [, member] = await list(lead, 'roles');
    const url = `/v1/sites/roles/members/${String(member?.['id'])}`;
    expect(await settings.ask(lead, 'PATCH', url, { role: 'moderator' })).toMatchObject({
      status: 200,
      body: { email: 'other@roles.ma', role: 'moderator' },
    });
    expect((await settings.ask(other, 'GET', '/v1/sites/roles/members')).status).toBe(403);
    expect((await settings.ask(lead, 'PATCH', url, { role: 'admin' })).status).toBe(422);
    expect(
      (await settings.ask(lead, 'PATCH', '/v1/sites/roles/members/stf_x', { role: 'lead' })).status,
    ).toBe(404);
  });

  it('who is the last lead stays, unless an admin says otherwise', async () => {
    const site = await settings.site('last');
    const tokens = [
      await settings.tokenOf('one@last.ma', 'lead', site),
      await settings.tokenOf('two@last.ma', 'lead', site),
    ] as const;
    const ids = (await list(admin, 'last')).map(({ id }) => id);
    // Each removes the other, at once: one must win.
    const statuses = await Promise.all([
      remove(tokens[0], 'last', ids[1]),
      remove(tokens[1], 'last', ids[0]),
    ]);
    expect(statuses.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    const [left] = await list(admin, 'last');
    const token = left?.['email'] === 'one@last.ma' ? tokens[0] : tokens[1];
    expect((await remove(token, 'last', left?.['id'])).status).toBe(409);
    const url = `/v1/sites/last/members/${String(left?.['id'])}`;
    expect((await settings.ask(token, 'PATCH', url, { role: 'moderator' })).status).toBe(409);
    expect((await remove(admin, 'last', left?.['id'])).status).toBe(204);
  });

  it('who is the last lead that can do anything stays: a closed account leads nobody', async () => {
    const site = await settings.site('last-open');
    const lead = await settings.tokenOf('lead@last-open.ma', 'lead', site);
    await settings.tokenOf('gone@last-open.ma', 'lead', site);
    const [own, gone] = (await list(admin, 'last-open')).map(({ id }) => id);
    const account = `/v1/staff/${String(gone)}`;
    expect((await settings.ask(admin, 'PATCH', account, { closed: true })).status).toBe(200);
    const refused = { status: 409, body: { why: 'last-lead' } };
    expect(await remove(lead, 'last-open', own)).toMatchObject(refused);
    const url = `/v1/sites/last-open/members/${String(own)}`;
    expect(await settings.ask(lead, 'PATCH', url, { role: 'moderator' })).toMatchObject(refused);
    // Nothing is taken from the site with one who could do nothing there.
    expect((await remove(lead, 'last-open', gone)).status).toBe(204);
  });

  it('who has set no password yet is invited again by a lead, unless they may do more than the lead', async () => {
    const here = await settings.site('inviting');
    await settings.site('inviting-too');
    const lead = await settings.tokenOf('lead@inviting.ma', 'lead', here);
    const { body } = await add(lead, 'inviting', { email: 'new@inviting.ma', role: 'moderator' });
    const invite = (token: string, member: unknown = body['id'], site = 'inviting') =>
      settings.ask(token, 'POST', `/v1/sites/${site}/members/${String(member)}/invitation`);
    const again = await invite(lead);
    expect(again).toMatchObject({
      status: 201,
      body: { url: expect.stringMatching(LINK) as string, mailed: false },
    });
    const open = () =>
      settings.database.dataSource.query<{ n: number }[]>(
        `select count(*)::int as n from account_link where spent_at is null and staff_id =
           (select id from staff where email = 'new@inviting.ma')`,
      );
    expect(await open()).toEqual([{ n: 1 }]);

    // Whoever has the link is that person: a lead would get the rights that they have elsewhere.
    await add(admin, 'inviting-too', { email: 'new@inviting.ma', role: 'moderator' });
    expect((await invite(lead)).status).toBe(403);
    expect((await invite(admin)).status).toBe(201);
    await settings.ask(admin, 'DELETE', `/v1/sites/inviting-too/members/${String(body['id'])}`);
    expect((await invite(lead)).status).toBe(201);
    await settings.database.dataSource.query(`update staff set admin = true where email = 'new@inviting.ma'`);
    expect((await invite(lead)).status).toBe(403);
    await settings.database.dataSource.query(
      `update staff set admin = false where email = 'new@inviting.ma'`,
    );

    expect((await invite(lead, 'stf_x')).status).toBe(404);
    expect((await invite(lead, body['id'], 'inviting-too')).status).toBe(404);
    const [self] = await list(lead, 'inviting');
    expect(await invite(lead, self?.['id'])).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('your own account') as string, why: 'own-link' },
    });
  });

  it("behaviour 41: a removed moderator's leases are freed, on this site alone", async () => {
    const here = await settings.site('leaving');
    const there = await settings.site('staying');
    const moderator = await settings.tokenOf('m@leaving.ma', 'moderator', here);
    await settings.tokenOf('m@leaving.ma', 'moderator', there);
    const { dataSource } = settings.database;
    for (const site of [here, there]) {
      await dataSource.query(
        `with i as (
           insert into image (site_id, key_kind, key, key_hash, review_state)
           values ($1::bigint, 'id', 'x', decode(md5($1::bigint::text), 'hex'), 'open')
           returning id)
         insert into moderation_case (site_id, image_id, round, status, lease_holder, lease_token, lease_expires_at)
         select $1::bigint, i.id, 1, 'open', s.id, sha256('token'), clock_timestamp() + interval '5 minutes'
         from i, staff s where s.email = 'm@leaving.ma'`,
        [site],
      );
    }
    const [member] = await list(admin, 'leaving');
    expect((await remove(admin, 'leaving', member?.['id'])).status).toBe(204);
    const held = await dataSource.query<{ site_id: string }[]>(
      'select site_id from moderation_case where lease_holder is not null or lease_token is not null',
    );
    expect(held).toEqual([{ site_id: there }]);
    expect((await settings.ask(moderator, 'GET', '/v1/sites/leaving')).status).toBe(404);
    expect((await remove(admin, 'leaving', member?.['id'])).status).toBe(204);
    expect((await remove(admin, 'leaving', 'stf_x')).status).toBe(404);
    // Nobody was removed twice.
    const removals = await dataSource.query<unknown[]>(
      `select from account_event where type = 'member-removed' and site_id = (select id from site where slug = 'leaving')`,
    );
    expect(removals).toHaveLength(1);
  });

  it("behaviour 49: another site's members are neither seen nor touched", async () => {
    const own = await settings.site('own');
    const foreign = await settings.site('foreign');
    const lead = await settings.tokenOf('lead@own.ma', 'lead', own);
    await settings.tokenOf('lead@foreign.ma', 'lead', foreign);
    const [member] = await list(admin, 'foreign');
    expect((await settings.ask(lead, 'GET', '/v1/sites/foreign/members')).status).toBe(404);
    expect((await remove(lead, 'foreign', member?.['id'])).status).toBe(404);
    expect((await remove(lead, 'own', member?.['id'])).status).toBe(404);
    expect((await add(lead, 'foreign', { email: 'x@y.ma', role: 'lead' })).status).toBe(404);
    expect(await list(admin, 'foreign')).toHaveLength(1);
  });
});
