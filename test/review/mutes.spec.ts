import type { CaseReport } from '../../src/contract/case-reports.js';
import type { MuteView } from '../../src/contract/mutes.js';
import { Database } from '../../src/database/database.js';
import { ForgetMutes } from '../../src/review/forget-mutes.js';
import type { Answer, TestSite } from '../setup/service.js';
import { ReviewRoom } from './review-room.js';

let room: ReviewRoom;
let site: TestSite;
let lead: string;
let moderator: string;
let n = 0;

beforeAll(async () => {
  room = await ReviewRoom.open();
  site = await room.site('mutes', { hold: false });
  [lead, moderator] = [await room.moderator(site, 'lead', 'lead'), await room.moderator(site, 'amina')];
});
afterAll(() => room.close());

/** A case that this reader's report opened, with what its leads are told of them. */
async function reported(reader: string): Promise<{ id: string; report: CaseReport; image: string }> {
  const image = `image-${(n += 1)}`;
  const { case: opened } = await room.report(site, image, 'violence', { reader });
  const id = room.sealed.id('case', opened?.id ?? '');
  const { body } = await room.reportsOf(lead, id);
  const [report] = body.items;
  if (report === undefined) throw new Error('no report');
  return { id, report, image };
}

const mute = (key: string, body: object): Promise<Answer<MuteView>> =>
  room.service.ask('POST', '/v1/mutes', key, body);
const listed = async (key: string, query = `?site=${site.slug}`): Promise<MuteView[]> =>
  (await room.service.ask<{ items: MuteView[] }>('GET', `/v1/mutes${query}`, key)).body.items;
const lift = (key: string, id: string): Promise<Answer> => room.service.ask('DELETE', `/v1/mutes/${id}`, key);

describe('muting a reader of a case', () => {
  it('makes their next votes uncounted, is listed with why and by whom, and lifted', async () => {
    const { id, report } = await reported('Brahim');
    const made = await mute(lead, { reader: report.handle, note: 'All pictures of one person', days: 30 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^mut_[\w-]{32}$/) as string,
      site: { slug: 'mutes' },
      cause: 'staff',
      by: { email: 'lead@mutes.ma' },
      note: 'All pictures of one person',
      case: id,
      image: (await room.show(lead, id)).body.image.id,
      upheld: 0,
      dismissed: 0,
    });
    const days = (Date.parse(made.body.until ?? '') - Date.parse(made.body.at)) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await listed(lead)).toEqual([made.body]);
    expect((await reported('Brahim')).report).toMatchObject({
      counted: false,
      leftOut: 'muted',
      muted: true,
    });
    expect((await room.reportsOf(lead, id)).body.items).toMatchObject([{ counted: true, muted: true }]);

    for (let n = 0; n < 2; n += 1) expect((await lift(lead, made.body.id)).status).toBe(204);
    expect(await listed(lead)).toEqual([]);
    expect((await reported('Brahim')).report).toMatchObject({ counted: true, muted: false });
  });

  it('is done once: who is muted already stays so, as they are', async () => {
    const { report } = await reported('Cherifa');
    const first = await mute(lead, { reader: report.handle });
    expect(first.body.until).toBeNull();
    const again = await mute(lead, { reader: report.handle, days: 1, note: 'otherwise' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const both = await Promise.all(
      ['Dounia', 'Dounia'].map(async (reader) => (await reported(reader)).report.handle),
    );
    const raced = await Promise.all(both.map((reader) => mute(lead, { reader })));
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  it('is the leads’: a moderator gets no handle, and may not with another’s', async () => {
    const { id, report } = await reported('Ettore');
    const [shown] = (await room.reportsOf(moderator, id)).body.items;
    expect(shown).not.toHaveProperty('handle');
    expect(shown).toMatchObject({ weight: 1, muted: false });
    expect((await mute(moderator, { reader: report.handle })).status).toBe(403);
    expect((await listed(lead)).length).toBeGreaterThan(0);
    expect((await room.service.ask('GET', `/v1/mutes?site=${site.slug}`, moderator)).status).toBe(403);
  });

  it('is the leads’ of this site: who leads another and moderates here gets no handle, and may not', async () => {
    const { id, report } = await reported('Errachid');
    const other = await room.site('mutes-led');
    const both = await room.moderator(other, 'both', 'lead');
    await room.sql(
      `insert into membership (site_id, staff_id, role) select $1, id, 'moderator' from staff where email = $2`,
      [site.id, 'both@mutes-led.ma'],
    );
    expect((await room.reportsOf(both, id)).body.items[0]).not.toHaveProperty('handle');
    expect((await mute(both, { reader: report.handle })).status).toBe(403);
    const made = await mute(lead, { reader: report.handle });
    expect((await lift(both, made.body.id)).status).toBe(403);
    expect((await listed(both, '')).map((one) => one.id)).not.toContain(made.body.id);
  });

  it('is said in the log with case and actor, and with nothing of the reader and no note', async () => {
    const { id, report } = await reported('Fatiha');
    const made = await mute(lead, { reader: report.handle, note: 'secret thought' });
    await lift(lead, made.body.id);
    const { body } = await room.show(lead, id);
    const [muted, unmuted] = body.timeline.filter(({ type }) => type.startsWith('reporter.'));
    expect([muted?.type, unmuted?.type]).toEqual(['reporter.muted', 'reporter.unmuted']);
    for (const event of [muted, unmuted]) {
      expect(event).toMatchObject({
        case: id,
        actor: { kind: 'staff', email: 'lead@mutes.ma' },
        data: { by: 'staff' },
      });
      expect(Object.keys(event?.data ?? {})).toEqual(['by']);
    }
  });

  it('ends by itself, and is listed no more from then on, nor kept', async () => {
    const { report } = await reported('Ghita');
    const made = await mute(lead, { reader: report.handle, days: 1 });
    await room.sql(
      `update muted_reporter set at = at - interval '2 days', until = clock_timestamp() - interval '1 second'
       where id = $1`,
      [room.sealed.databaseId('mut', made.body.id)],
    );
    expect((await listed(lead)).map(({ id }) => id)).not.toContain(made.body.id);
    expect((await lift(lead, made.body.id)).status).toBe(204);
    expect((await reported('Ghita')).report).toMatchObject({ counted: true, muted: false });
    await new ForgetMutes(room.service.app.get(Database)).forget();
    expect(await room.sql('select from muted_reporter where until < clock_timestamp()')).toEqual([]);
    const again = await mute(lead, { reader: report.handle });
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(made.body.id);
  });

  it('is paged, the latest first, of all sites of a lead unless one is named', async () => {
    const other = await room.site('mutes-too', { hold: false });
    const owner = await room.moderator(other, 'owner', 'lead');
    const handles: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { case: opened } = await room.report(other, `other-${at}`, 'spam');
      const caseId = room.sealed.id('case', opened?.id ?? '');
      handles.push((await room.reportsOf(owner, caseId)).body.items[0]?.handle ?? '');
    }
    const made: string[] = [];
    for (const reader of handles) made.unshift((await mute(owner, { reader })).body.id);
    const page = await room.service.ask<{ items: MuteView[]; nextCursor: string }>(
      'GET',
      '/v1/mutes?limit=2',
      owner,
    );
    const rest = await listed(owner, `?limit=2&cursor=${page.body.nextCursor}`);
    expect([...page.body.items, ...rest].map(({ id }) => id)).toEqual(made);
  });
});

describe('the handle of a reader', () => {
  it('is another one in each case, and the same one each time', async () => {
    const [first, second] = [await reported('Hind'), await reported('Hind')];
    expect(first.report.handle).toMatch(/^rdr_[\w-]{54}$/);
    expect(second.report.handle).not.toBe(first.report.handle);
    expect((await room.reportsOf(lead, first.id)).body.items[0]?.handle).toBe(first.report.handle);
    // Both mean the same person.
    expect((await mute(lead, { reader: first.report.handle })).status).toBe(201);
    expect((await mute(lead, { reader: second.report.handle })).status).toBe(200);
  });

  it('is good for nobody of another site, and can not be made up', async () => {
    const { report } = await reported('Ilham');
    const other = await room.site('mutes-elsewhere');
    const stranger = await room.moderator(other, 'stranger', 'lead');
    expect((await mute(stranger, { reader: report.handle })).status).toBe(404);
    const typo = report.handle?.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    const forged = [typo, 'rdr_', 'rdr_x', `case_${report.handle?.slice(4)}`];
    for (const reader of forged) expect((await mute(lead, { reader })).status).toBe(404);
    expect((await mute(lead, { reader: report.handle })).status).toBe(201);
  });

  it('means the account whose device reported alone', async () => {
    const { report } = await reported('phone of Jamila');
    await room.sql(
      `insert into device_account (site_id, device, account)
       select site_id, reporter, $1 from vote where reporter = $2`,
      [Buffer.from('Jamila'.padEnd(16, '.')), Buffer.from('phone of Jamila'.padEnd(16, '.'))],
    );
    expect((await mute(lead, { reader: report.handle })).status).toBe(201);
    expect((await reported('Jamila')).report).toMatchObject({ leftOut: 'muted', muted: true });
  });
});

it('shows what a reader’s vote weighs by now, and leaves that to the rule', async () => {
  const { id, report, image } = await reported('Karim');
  expect(report.weight).toBe(1);
  expect(image).not.toBe('');
  await room.decide(lead, id, { action: 'keep', reports: 'invalid', version: 1 });
  // 2 * 3 / 7
  expect((await reported('Karim')).report.weight).toBe(0.857);
  await room.service.ask('PUT', `/v1/sites/${site.slug}/threshold-rule`, lead, { weights: false });
  expect((await reported('Karim')).report.weight).toBe(1);
  await room.service.ask('PUT', `/v1/sites/${site.slug}/threshold-rule`, lead, { weights: true });
});

describe('behaviour 7: a muted reader', () => {
  it('gets the same status and the same body, whatever they do', async () => {
    await room.service.report(site, { url: room.url(site, 'seen') }, 'Leila');
    await room.service.report(site, { url: room.url(site, 'seen') }, 'free');
    const { body } = await room.list(lead, `site=${site.slug}&order=newest&limit=1`);
    const reports = (await room.reportsOf(lead, body.items[0]?.id ?? '')).body.items;
    expect((await mute(lead, { reader: reports[0]?.handle })).status).toBe(201);
    const say = async (reader: string): Promise<unknown[]> => {
      const url = room.url(site, `unseen-${(n += 1)}`);
      const answers: unknown[] = [];
      for (const reason of ['violence', 'violence', 'hate']) {
        const { status, headers, text } = await room.service.ask('POST', '/v1/reports', site.secretKey, {
          image: { url },
          reason,
          reporter: { account: reader },
        });
        answers.push([status, Object.keys(headers).sort(), text.replace(/rcp_[\w-]+/, 'rcp_')]);
      }
      const receipt = String((await room.service.report(site, { url }, reader)).body['receipt']);
      const shown = await room.service.ask('GET', `/v1/reports/${receipt}`, site.secretKey);
      const withdrawn = await room.service.ask('DELETE', `/v1/reports/${receipt}`, site.secretKey);
      return [...answers, receipt.length, [shown.status, shown.text], [withdrawn.status, withdrawn.text]];
    };
    expect(await say('Leila')).toEqual(await say('free'));
    const [row] = await room.sql<{ left: string }[]>(
      `select count(*) filter (where left_out = 'muted')::int as left from vote where withdrawn_at is not null`,
    );
    expect(row).toEqual({ left: 1 });
  });
});
