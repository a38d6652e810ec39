import { type Answer, Service, type TestSite } from '../setup/service.js';

/** What `npm run model` found to be told in two ways (proof/model/README.md), as the service has it. */
let service: Service;
let n = 0;
const image = (): string => `https://cdn.example.ma/model/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
});
afterAll(() => service.close());

const receiptOf = ({ body }: Answer): string => String(body['receipt']);
const query = (url: string): string => new URLSearchParams({ url }).toString();

interface Shown {
  readonly cases: readonly { readonly id: string }[];
  readonly rounds: readonly {
    readonly reporters: number;
    readonly notCounted: number;
    readonly reasons: object;
  }[];
}

const shown = async (site: TestSite, lead: string, url: string): Promise<Shown> =>
  (await service.ask<Shown>('GET', `/v1/images?site=${site.slug}&${query(url)}`, lead)).body;

async function caseOf(site: TestSite, lead: string, url: string): Promise<string> {
  const [one] = (await shown(site, lead, url)).cases;
  if (one === undefined) throw new Error(`no case of ${url}`);
  return one.id;
}

const decide = (key: string, id: string, decision: object): Promise<Answer> =>
  service.ask('POST', `/v1/cases/${id}/decision`, key, decision);
const changeRule = (site: TestSite, lead: string, rule: object): Promise<Answer> =>
  service.ask('PUT', `/v1/sites/${site.slug}/threshold-rule`, lead, rule);

describe('a report', () => {
  it('that says nothing new lets nobody look at the rule, one that gives another reason does', async () => {
    const site = await service.site('nothing-new', { reporters: 3, autoBlock: false });
    const lead = await service.staffToken('lead@nothing-new.ma', 'lead', site);
    const url = image();
    await service.reports(site, url, 2);
    await service.report(site, url, 'amina');
    expect((await changeRule(site, lead, { autoBlock: true })).status).toBe(200);
    expect((await service.report(site, url, 'amina')).body['image']).toEqual({ blocked: false });
    expect((await service.report(site, url, 'amina', 'hate')).body['image']).toMatchObject({ blocked: true });
  });

  it('that was withdrawn and is made again is the same vote, without the reasons of before', async () => {
    const site = await service.site('taken-back');
    const lead = await service.staffToken('lead@taken-back.ma', 'lead', site);
    const url = image();
    const first = await service.report(site, url, 'amina', 'violence');
    await service.ask('DELETE', `/v1/reports/${receiptOf(first)}`, site.secretKey);
    const second = await service.report(site, url, 'amina', 'hate');
    expect([second.status, receiptOf(second)]).toEqual([201, receiptOf(first)]);
    expect((await shown(site, lead, url)).rounds).toMatchObject([{ reporters: 1, reasons: { hate: 1 } }]);
  });
});

describe('what devices were minted in one network', () => {
  it('takes places of that narrow network, and none of its wide one, which no token tells', async () => {
    const site = await service.site('minted', { reporters: 2, perNetwork: 2, minNetworks: 2 });
    const lead = await service.staffToken('lead@minted.ma', 'lead', site);
    const url = image();
    const from = async (minted: string, at: string): Promise<Answer> => {
      const device = await service.mintDevice(site, { address: minted });
      const body = { image: { url }, reason: 'violence', reporter: { device, address: at } };
      return service.ask('POST', '/v1/reports', site.secretKey, body);
    };
    // They come from two wide networks: were the one of minting capped, too, K - 1 of them would count.
    for (const at of ['203.0.113.7', '198.51.100.7']) expect((await from('192.0.2.7', at)).status).toBe(201);
    expect((await shown(site, lead, url)).rounds).toMatchObject([{ reporters: 2, notCounted: 0 }]);
    await from('192.0.2.7', '100.64.1.7');
    expect((await shown(site, lead, url)).rounds).toMatchObject([{ reporters: 2, notCounted: 1 }]);
  });
});

describe('a receipt', () => {
  it('tells what a person last said also where the bytes that this was said of are gone', async () => {
    const site = await service.site('receipt-of-bytes', { reporters: 3 });
    const lead = await service.staffToken('lead@receipt-of-bytes.ma', 'lead', site);
    const url = image();
    const outcomeOf = async (report: Answer): Promise<object> => {
      const { body } = await service.ask('GET', `/v1/reports/${receiptOf(report)}`, site.secretKey);
      return body;
    };
    const tell = (digit: string): Promise<Answer> =>
      service.ask('PUT', '/v1/images/content', site.secretKey, { image: { url }, sha256: digit.repeat(64) });
    const first = await service.report(site, url, 'amina');
    await tell('a');
    const id = await caseOf(site, lead, url);
    await decide(lead, id, { action: 'block', policy: 'hate', version: 1 });
    const before = await outcomeOf(first);
    expect(before).toMatchObject({ outcome: 'blocked', automated: false, policy: 'hate' });
    expect((await tell('b')).body).toMatchObject({ change: 'new', blocked: false });
    expect(await outcomeOf(first)).toEqual(before);
    // Of these bytes nobody has said anything.
    expect(await outcomeOf(await service.report(site, url, 'amina'))).toMatchObject({ outcome: 'pending' });
  });

  it('tells what hides the image now: the site or its people where they do, else the rule', async () => {
    const site = await service.site('what-hides', { reporters: 2 });
    const url = image();
    const receipt = receiptOf(await service.report(site, url, 'amina'));
    await service.report(site, url, 'brahim');
    const outcome = async () => (await service.ask('GET', `/v1/reports/${receipt}`, site.secretKey)).body;
    expect(await outcome()).toMatchObject({ outcome: 'blocked', automated: true });
    await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'spam' });
    expect(await outcome()).toMatchObject({ outcome: 'blocked', automated: false });
    await service.ask('DELETE', `/v1/images/block?${query(url)}`, site.secretKey);
    expect(await outcome()).toMatchObject({ outcome: 'blocked', automated: true });
  });
});

describe('a decision', () => {
  it('that names an old version is a conflict before it is asked who may decide an escalated case', async () => {
    const site = await service.site('stale');
    const lead = await service.staffToken('lead@stale.ma', 'lead', site);
    const moderator = await service.staffToken('amina@stale.ma', 'moderator', site);
    const url = image();
    await service.report(site, url, 'amina');
    const id = await caseOf(site, lead, url);
    expect((await decide(moderator, id, { action: 'escalate', version: 1 })).status).toBe(201);
    const keep = (named: number) => decide(moderator, id, { action: 'keep', version: named });
    expect((await keep(1)).status).toBe(409);
    expect((await keep(2)).status).toBe(403);
  });

  it('ends the lease with its undo: the case is anybody’s again', async () => {
    const site = await service.site('freed');
    const moderator = await service.staffToken('amina@freed.ma', 'moderator', site);
    const other = await service.staffToken('bilal@freed.ma', 'moderator', site);
    await service.report(site, image(), 'amina');
    const claimed = await service.ask<{ id: string; version: number; lease: { token: string } }>(
      'POST',
      '/v1/cases/claim',
      moderator,
      { site: site.slug },
    );
    const { id, version, lease } = claimed.body;
    const kept = await decide(moderator, id, { action: 'keep', version, leaseToken: lease.token });
    const { id: decision } = kept.body['decision'] as { id: string };
    expect((await service.ask('POST', `/v1/decisions/${decision}/undo`, moderator, {})).status).toBe(201);
    const renewal = await service.ask('PUT', `/v1/cases/${id}/lease`, moderator, { token: lease.token });
    expect(renewal.status).toBe(409);
    expect((await service.ask('PUT', `/v1/cases/${id}/lease`, other, {})).status).toBe(200);
  });
});
