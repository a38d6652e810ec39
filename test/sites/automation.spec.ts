import type { AutomationAnswer } from '../../src/contract/automation.js';
import type { CaseDetail, CasePage } from '../../src/contract/cases.js';
import { MeasureBaselines } from '../../src/moderation/measure-baselines.js';
import { Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let moderator: string;
let n = 0;

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
});
afterAll(() => service.close());
beforeEach(async () => {
  site = await service.site(`site-${(n += 1)}`, { reporters: 2, breaker: { perHour: 2, factor: 4 } });
  moderator = await service.staffToken(`moderator-${n}@example.ma`, 'moderator', site);
});

async function automation(): Promise<AutomationAnswer> {
  const { status, body } = await service.ask<AutomationAnswer>(
    'GET',
    `/v1/sites/${site.slug}/automation`,
    moderator,
  );
  expect(status).toBe(200);
  return body;
}
const reported = (id: string): Promise<unknown> => service.reports(site, { id }, 2);

it('says of a new site what an hour lets through, and that nothing happened', async () => {
  expect(await automation()).toEqual({
    breaker: { limit: 2, perHour: 2, factor: 4, blocksInHour: 0, tripped: false, since: null },
    baseline: null,
    held: { cases: 0, overAnHour: 0 },
    muted: 0,
  });
});

it('says when the breaker is tripped, since when, and how many cases are held', async () => {
  await reported('first');
  await reported('second');
  // The next would be held; the site was not told yet, since nothing was.
  expect((await automation()).breaker).toMatchObject({ blocksInHour: 2, tripped: true, since: null });
  await reported('third');
  await reported('fourth');
  const { breaker, held } = await automation();
  expect(breaker).toMatchObject({ blocksInHour: 2, tripped: true });
  expect(Date.now() - Date.parse(breaker?.since ?? '')).toBeLessThan(60_000);
  expect(held).toEqual({ cases: 2, overAnHour: 0 });
  await service.database.query({
    name: 'held-long-ago',
    text: `update moderation_case set hold = jsonb_set(hold, '{since}', to_jsonb((hold ->> 'since')::bigint - 3700000))
           where held and image_id = (select id from image where key = 'third')`,
  });
  expect((await automation()).held).toEqual({ cases: 2, overAnHour: 1 });
});

it('says what is usual once that was measured, and what follows for the breaker; and null without one', async () => {
  await reported('first');
  await new MeasureBaselines(service.database).once();
  expect(await automation()).toMatchObject({
    baseline: { blocksPerHour: expect.closeTo(1 / 672, 5) as number, upheld: 0 },
  });
  await service.database.query({
    name: 'busy',
    text: 'update site_baseline set blocks_per_hour = 3 where site_id = ' + site.id,
  });
  expect((await automation()).breaker).toMatchObject({ limit: 12 });
  await service.database.query({
    name: 'without-breaker',
    text: `update threshold_rule set rule = rule || '{"breaker": null}' where site_id = ${site.id}`,
  });
  expect((await automation()).breaker).toBeNull();
});

it('shows why a case is held, and lists what is held and nothing else, on top of the queue', async () => {
  for (const id of ['first', 'second', 'third', 'fourth']) await reported(id);
  await service.reports(site, { id: 'one report' }, 1);
  const list = (query: string) =>
    service.ask<CasePage>('GET', `/v1/cases?site=${site.slug}&${query}`, moderator);
  const held = (await list('status=held')).body.items;
  expect(held.map(({ image }) => image.ownId).sort()).toEqual(['fourth', 'third']);
  expect(held.every(({ held: isHeld, status }) => isHeld && status === 'open')).toBe(true);
  expect((await list('status=open')).body.items.slice(0, 2).map(({ id }) => id)).toEqual(
    held.map(({ id }) => id),
  );
  const { body } = await service.ask<CaseDetail>('GET', `/v1/cases/${held[0]?.id ?? ''}`, moderator);
  expect(body.hold).toEqual({
    by: 'breaker',
    since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    needed: 2,
    reporters: 2,
    blocksInHour: 2,
    limit: 2,
  });
  expect(body.evidence).toBeNull();
  expect(body.timeline.map(({ type }) => type)).toEqual(['case.opened', 'case.held']);
  const blocked = (await list('status=open')).body.items.find(({ image }) => image.ownId === 'first');
  const shown = await service.ask<CaseDetail>('GET', `/v1/cases/${blocked?.id ?? ''}`, moderator);
  expect(shown.body).toMatchObject({
    held: false,
    hold: null,
    evidence: { weight: 2000, setAside: 0, findings: [] },
  });
});
