import { DEFAULT_THRESHOLD_RULE } from '../../src/core/threshold-rule.js';
import { pointers } from './pointers.js';
import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let admin: string;
beforeAll(async () => {
  settings = await startSettings();
  admin = await settings.tokenOf('admin@example.ma', 'admin');
});
afterAll(() => settings.stop());

const read = (site: string, query = '') =>
  settings.ask(admin, 'GET', `/v1/sites/${site}/threshold-rule${query}`);
const change = (site: string, body: unknown, token = admin) =>
  settings.ask(token, 'PUT', `/v1/sites/${site}/threshold-rule`, body);

describe('a threshold rule', () => {
  it('changes in what is named alone, each time as a new version', async () => {
    await settings.site('changing');
    expect(await change('changing', { reporters: 3, afterKeep: { factor: 2 } })).toEqual({
      status: 200,
      body: {
        ...DEFAULT_THRESHOLD_RULE,
        version: 2,
        reporters: 3,
        afterKeep: { factor: 2, cooldownHours: 168 },
      },
    });
    expect(
      (await change('changing', { breaker: null, reasons: { hate: { reporters: 2 } } })).body,
    ).toMatchObject({
      version: 3,
      reporters: 3,
      breaker: null,
      reasons: { hate: { reporters: 2 } },
    });
    expect((await read('changing')).body).toMatchObject({ version: 3 });
    expect((await read('changing', '?version=1')).body).toEqual({ ...DEFAULT_THRESHOLD_RULE, version: 1 });
    expect((await read('changing', '?version=9')).status).toBe(404);
    for (const version of ['0', '-1', 'x', '1.5', '99999999999']) {
      expect((await read('changing', `?version=${version}`)).status).toBe(422);
    }
  });

  it('changes in one part of a part, and says what is missing of one that is off', async () => {
    await settings.site('parts');
    expect(
      (await change('parts', { breaker: { perHour: 30 }, reporterBudget: { device: 6 } })).body,
    ).toMatchObject({
      version: 2,
      breaker: { perHour: 30, factor: 4 },
      reporterBudget: { device: 6, account: 20 },
    });
    expect((await change('parts', { breaker: null })).body).toMatchObject({ version: 3, breaker: null });
    const half = await change('parts', { breaker: { perHour: 30 } });
    expect([half.status, pointers(half.body)]).toEqual([422, ['/breaker/factor']]);
    expect((await read('parts')).body).toMatchObject({ version: 3 });
  });

  it('stays at its version when nothing changes, so that a repeated request has no second effect', async () => {
    await settings.site('repeated');
    const first = await change('repeated', { reporters: 4 });
    expect(await change('repeated', { reporters: 4 })).toEqual(first);
    expect((await change('repeated', {})).body).toMatchObject({ version: 2 });
  });

  it('can be sent back as it was read, and is refused when it changed meanwhile', async () => {
    await settings.site('sent-back');
    const { body } = await read('sent-back');
    expect((await change('sent-back', { ...body, reporters: 6 })).body).toMatchObject({ version: 2 });
    expect(await change('sent-back', { ...body, reporters: 7 })).toMatchObject({
      status: 409,
      body: { why: 'rule-changed' },
    });
    expect((await read('sent-back')).body).toMatchObject({ version: 2, reporters: 6 });
  });

  it('keeps every change when many arrive at once', async () => {
    await settings.site('at-once');
    const fields = ['reporters', 'windowHours', 'perNetwork', 'minNetworks', 'reviewWithinHours'];
    await Promise.all(fields.map((field) => change('at-once', { [field]: 11 })));
    expect((await read('at-once')).body).toMatchObject({
      version: 6,
      ...Object.fromEntries(fields.map((field) => [field, 11])),
    });
  });

  it('says who changed what and when, newest first, page by page', async () => {
    const site = await settings.site('history');
    const lead = await settings.tokenOf('lead@history.ma', 'lead', site);
    await change('history', { reporters: 3, hold: false }, lead);
    await change('history', { afterKeep: { cooldownHours: 0 } });
    const url = '/v1/sites/history/threshold-rule/versions';
    const { body } = await settings.ask(lead, 'GET', `${url}?limit=2`);
    expect(body['items']).toMatchObject([
      { version: 3, changed: ['afterKeep'], changedBy: 'admin@example.ma' },
      { version: 2, changed: ['reporters', 'hold'], changedBy: 'lead@history.ma', rule: { reporters: 3 } },
    ]);
    const rest = await settings.ask(lead, 'GET', `${url}?limit=2&cursor=${String(body['nextCursor'])}`);
    expect(rest.body).toMatchObject({
      items: [{ version: 1, changed: [], changedBy: null, rule: DEFAULT_THRESHOLD_RULE }],
      nextCursor: null,
    });
  });

  it.each([
    [{ reporters: 1 }, '/reporters'],
    [{ reporters: 1001 }, '/reporters'],
    [{ reporters: 2.5 }, '/reporters'],
    [{ reporters: '5' }, '/reporters'],
    [{ reporters: null }, '/reporters'],
    [{ windowHours: 0 }, '/windowHours'],
    [{ windowHours: 8761 }, '/windowHours'],
    [{ perNetwork: 0 }, '/perNetwork'],
    [{ minNetworks: 1001 }, '/minNetworks'],
    [{ caseAt: 0 }, '/caseAt'],
    [{ weights: 'yes' }, '/weights'],
    [{ hold: null }, '/hold'],
    [{ autoBlock: 1 }, '/autoBlock'],
    [{ breaker: { factor: null } }, '/breaker/factor'],
    [{ reporterBudget: { device: 0 } }, '/reporterBudget/device'],
    [{ breaker: { perHour: 0, factor: 1 } }, '/breaker/perHour'],
    [{ breaker: { perHour: 1, factor: 1001 } }, '/breaker/factor'],
    [{ breaker: 'never' }, '/breaker'],
    [{ afterKeep: { factor: 101 } }, '/afterKeep/factor'],
    [{ afterKeep: { factor: null } }, '/afterKeep/factor'],
    [{ afterKeep: { cooldownHours: -1 } }, '/afterKeep/cooldownHours'],
    [{ afterKeep: null }, '/afterKeep'],
    [{ reviewWithinHours: 0 }, '/reviewWithinHours'],
    [{ onOverdue: 'delete' }, '/onOverdue'],
    [{ reasons: null }, '/reasons'],
    [{ reasons: [] }, '/reasons'],
    [{ reasons: { violence: { reporters: 1 } } }, '/reasons/violence/reporters'],
    [{ reasons: { child_abuse: { reporters: 1 } } }, '/reasons/child_abuse/reporters'],
    [{ reasons: { violence: {} } }, '/reasons/violence/reporters'],
    [{ reasons: { violence: null } }, '/reasons/violence'],
    [{ reasons: { boredom: { reporters: 3 } } }, '/reasons/boredom'],
    [{ reasons: { violence: { reporters: 3, factor: 2 } } }, '/reasons/violence/factor'],
    [{ quorum: 3 }, '/quorum'],
    [{ version: 'x', reporters: 3 }, '/version'],
    [[], ''],
  ])('is refused with a pointer, and not changed: %j', async (body, pointer) => {
    if ((await read('refused')).status === 404) await settings.site('refused');
    const answer = await change('refused', body);
    expect(answer.status).toBe(422);
    expect(pointers(answer.body)).toContain(pointer);
    expect((await read('refused')).body).toEqual({ ...DEFAULT_THRESHOLD_RULE, version: 1 });
  });

  it('is read and changed by leads of the site alone', async () => {
    const own = await settings.site('own');
    await settings.site('foreign');
    const moderator = await settings.tokenOf('moderator@own.ma', 'moderator', own);
    const lead = await settings.tokenOf('lead@own.ma', 'lead', own);
    const narrow = await settings.tokenOf('narrow@own.ma', 'lead', own, ['review', 'settings:read']);
    expect((await change('own', { reporters: 3 }, moderator)).status).toBe(403);
    expect((await change('own', { reporters: 3 }, narrow)).status).toBe(403);
    expect((await change('foreign', { reporters: 3 }, lead)).status).toBe(404);
    expect((await change('own', { reporters: 3 }, lead)).status).toBe(200);
  });
});
