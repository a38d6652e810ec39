import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/reports/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

/** A reader's browser on one of the site's pages. */
async function browser(
  body: Record<string, unknown>,
  headers: Record<string, string> = { origin: site.origin },
): Promise<Answer> {
  const device = await service.mintDevice(site);
  return service.ask(
    'POST',
    '/v1/reports',
    site.publishableKey,
    { reason: 'violence', reporter: { device }, ...body },
    headers,
  );
}

const pointers = (answer: Answer): unknown[] =>
  ((answer.body['errors'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);

describe('POST /v1/reports', () => {
  it('records a first report, and says that a second one had been made', async () => {
    const url = image();
    const first = await service.report(site, url, 'amina');
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      receipt: expect.stringMatching(/^rcp_[\w-]+$/) as string,
      outcome: 'recorded',
      message: expect.stringContaining('Merci') as string,
      image: { blocked: false },
    });
    const second = await service.report(site, url, 'amina');
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ outcome: 'already_reported', receipt: first.body['receipt'] });
  });

  it('answers the fifth person that the image is blocked', async () => {
    const url = image();
    await service.reports(site, url, 4);
    const fifth = await service.reports(site, url, 1);
    expect(fifth.body['image']).toEqual({ blocked: true, version: 1 });
  });

  it('counts the characters of a comment as the table does, the marks of emoji included', async () => {
    const say = (comment: string): Promise<Answer> =>
      browser({ image: { url: image() }, comment }, { origin: site.origin });
    const tooLong = await say('\u2764\ufe0f'.repeat(501));
    expect([tooLong.status, pointers(tooLong)]).toEqual([422, ['/comment']]);
    expect((await say('\u2764\ufe0f'.repeat(500))).status).toBe(201);
    expect((await say('\u{1f33b}'.repeat(1000))).status).toBe(201);
    expect((await say('\u{1f33b}'.repeat(1001))).status).toBe(422);
  });

  it('answers in the language asked for, else in the site’s', async () => {
    const ask = (language: string): Promise<Answer> =>
      browser({ image: { url: image() } }, { origin: site.origin, 'accept-language': language });
    expect((await ask('ar-MA,fr;q=0.5')).body['message']).toMatch(/شكر/);
    expect((await ask('de,es;q=0.8')).body['message']).toMatch(/Gracias/);
    expect((await ask('en')).body['message']).toMatch(/Thank you/);
    expect((await ask('de')).body['message']).toMatch(/Merci/);
  });

  it('a device and an account are different people, and a device is itself again', async () => {
    const url = image();
    const device = await service.mintDevice(site);
    const send = (): Promise<Answer> =>
      service.ask(
        'POST',
        '/v1/reports',
        site.publishableKey,
        { image: { url }, reason: 'hate', reporter: { device } },
        { origin: site.origin },
      );
    expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(200);
    expect((await service.report(site, url, 'amina')).status).toBe(201);
  });

  it('behaviour 4: counts an account and the device it once reported with as one person, with one receipt', async () => {
    const [first, second] = [image(), image()];
    const device = await service.mintDevice(site);
    const origin = { origin: site.origin };
    const send = (url: string, reporter: Record<string, string>): Promise<Answer> =>
      service.ask(
        'POST',
        '/v1/reports',
        site.publishableKey,
        { image: { url }, reason: 'hate', reporter },
        origin,
      );
    expect((await send(first, { device })).status).toBe(201);
    // The same person, who has signed in since: nothing is new, and from now on we know.
    expect((await send(first, { device, token: await service.readerToken(site, 'farida') })).status).toBe(
      200,
    );

    const alone = await send(second, { device });
    expect(alone.status).toBe(201);
    const receipt = `/v1/reports/${String(alone.body['receipt'])}`;
    const again = await service.report(site, second, 'farida');
    expect(again).toMatchObject({ status: 200, body: { receipt: alone.body['receipt'] } });
    const { status } = await service.ask('DELETE', receipt, site.publishableKey, undefined, origin);
    expect(status).toBe(204);
    expect((await service.ask('GET', receipt, site.publishableKey)).body).toMatchObject({
      outcome: 'withdrawn',
    });
  });

  it('takes a reader’s token that the site signed, as the same person whom its secret key names', async () => {
    const url = image();
    const token = await service.readerToken(site, 'amina');
    expect((await browser({ image: { url }, reporter: { token } })).status).toBe(201);
    expect((await service.report(site, url, 'amina')).status).toBe(200);
  });

  it('behaviour 6a: a browser that names a blocked image’s id and another picture’s address reports the first only', async () => {
    const other = image();
    await service.ask('PUT', '/v1/images/block', site.secretKey, {
      image: { id: 'blocked-one' },
      reason: 'spam',
    });
    for (let reader = 0; reader < 6; reader += 1) {
      expect((await browser({ image: { id: 'blocked-one', url: other } })).status).toBe(201);
    }
    expect((await service.state(site, { id: 'blocked-one' })).body['blocked']).toBe(true);
    expect((await service.state(site, { url: other })).body['blocked']).toBe(false);
  });

  it('behaviour 6b: a picture of a host that the site does not vouch for is refused', async () => {
    const before = await service.database.query({ name: 'count', text: 'select count(*) from image' });
    const answer = await browser({ image: { url: 'https://elsewhere.example/1.jpg' } });
    expect(answer.status).toBe(422);
    expect(pointers(answer)).toEqual(['/image/url']);
    expect(await service.database.query({ name: 'count', text: 'select count(*) from image' })).toEqual(
      before,
    );
  });

  it('an id that the site has not told us of is refused to a browser, and made for the site', async () => {
    const refused = await browser({ image: { id: 'unknown-one' } });
    expect(refused.status).toBe(422);
    expect(pointers(refused)).toEqual(['/image/id']);
    expect((await service.report(site, { id: 'unknown-one' }, 'amina')).status).toBe(201);
    expect((await browser({ image: { id: 'unknown-one' } })).status).toBe(201);
  });

  it('behaviour 9: control characters, lone surrogates and long comments are refused with a pointer; markup is inert', async () => {
    const url = image();
    const comment = (text: string): Promise<Answer> => browser({ image: { url }, comment: text });
    expect(pointers(await comment('a\0b'))).toEqual(['/comment']);
    expect(pointers(await comment('a\ud800'))).toEqual(['/comment']);
    expect(pointers(await comment('x'.repeat(1001)))).toEqual(['/comment']);
    expect((await comment('x'.repeat(2_000_000))).status).toBe(413);
    expect((await comment('<img src=x onerror=alert(1)>\u202egpj.exe')).status).toBe(201);
  });

  it('behaviour 10: a clock of the reader’s is not taken', async () => {
    const answer = await browser({ image: { url: image() }, at: '2001-01-01T00:00:00Z' });
    expect(answer.status).toBe(422);
    expect(pointers(answer)).toEqual(['/at']);
  });

  it('behaviour 13: an origin that is not the site’s is refused', async () => {
    const body = { image: { url: image() } };
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<
      string,
      string
    >[]) {
      expect((await browser(body, headers)).status).toBe(403);
    }
  });

  it('behaviour 14: an unknown reason, or one the site switched off, is refused with a pointer', async () => {
    expect(pointers(await browser({ image: { url: image() }, reason: 'ugly' }))).toEqual(['/reason']);
    const strict = await service.site('strict');
    await service.database.query({
      name: 'off',
      text: `update site set reasons = '{spam}' where slug = 'strict'`,
    });
    const answer = await service.report(strict, 'https://cdn.strict.ma/1.jpg', 'amina', 'violence');
    expect(answer.status).toBe(422);
    expect(pointers(answer)).toEqual(['/reason']);
  });

  it('behaviour 15: spellings of one address are one image, and ?id=1 and ?id=2 two', async () => {
    await service.report(site, 'HTTPS://CDN.Example.ma:443/a/../same.jpg?utm_source=x#y', 'amina');
    expect((await service.report(site, 'https://cdn.example.ma/same.jpg', 'amina')).status).toBe(200);
    expect((await service.report(site, 'https://cdn.example.ma/same.jpg?id=1', 'amina')).status).toBe(201);
    expect((await service.report(site, 'https://cdn.example.ma/same.jpg?id=2', 'amina')).status).toBe(201);
  });

  it('behaviour 49: no answer carries a count, or differs for a report that decides nothing', async () => {
    const url = image();
    await service.reports(site, url, 3);
    const answer = await service.reports(site, url, 1);
    expect(Object.keys(answer.body).sort()).toEqual(['image', 'message', 'outcome', 'receipt']);
    expect(answer.body['image']).toEqual({ blocked: false });
  });
});

describe('a receipt', () => {
  const receiptOf = (answer: Answer): string => String(answer.body['receipt']);
  const follow = (receipt: string): Promise<Answer> =>
    service.ask('GET', `/v1/reports/${receipt}`, site.secretKey);

  it('shows the outcome: pending, then blocked by the rule', async () => {
    const url = image();
    const receipt = receiptOf(await service.report(site, url, 'amina, who reports nothing else'));
    expect((await follow(receipt)).body).toEqual({
      outcome: 'pending',
      automated: false,
      decidedAt: null,
      policy: null,
    });
    await service.reports(site, url, 4);
    expect((await follow(receipt)).body).toMatchObject({
      outcome: 'blocked',
      automated: true,
      policy: 'violence',
    });
  });

  it('withdraws, once or twice, and then says so', async () => {
    const receipt = receiptOf(await service.report(site, image(), 'amina'));
    expect((await service.ask('DELETE', `/v1/reports/${receipt}`, site.secretKey)).status).toBe(204);
    expect((await service.ask('DELETE', `/v1/reports/${receipt}`, site.secretKey)).status).toBe(204);
    expect((await follow(receipt)).body).toMatchObject({ outcome: 'withdrawn' });
  });

  it('goes on after its image became part of another', async () => {
    const url = image();
    const receipt = receiptOf(await service.report(site, url, 'amina'));
    await service.report(site, { id: 'survivor' }, 'brahim');
    await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'survivor', urls: [url] });
    expect((await follow(receipt)).body).toMatchObject({ outcome: 'pending' });
    await service.ask('DELETE', `/v1/reports/${receipt}`, site.secretKey);
    expect((await follow(receipt)).body).toMatchObject({ outcome: 'withdrawn' });
  });

  it('of an ended round of an image that became another is kept, and can still be withdrawn', async () => {
    const url = image();
    const first = await service.report(site, url, 'amina');
    const lead = await service.staffToken('lead@example.ma', 'lead', site);
    await service.ask(
      'DELETE',
      `/v1/images/block?site=example&${new URLSearchParams({ url }).toString()}`,
      lead,
    );
    await service.report(site, { id: 'other-survivor' }, 'brahim');
    await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'other-survivor', urls: [url] });
    expect((await follow(receiptOf(first))).body).toMatchObject({ outcome: 'kept' });
    expect((await service.ask('DELETE', `/v1/reports/${receiptOf(first)}`, site.secretKey)).status).toBe(204);
    expect((await follow(receiptOf(first))).body).toMatchObject({ outcome: 'withdrawn' });
  });

  it('of another site, or made up, is not found', async () => {
    const other = await service.site('other');
    const receipt = receiptOf(await service.report(site, image(), 'amina'));
    expect((await service.ask('GET', `/v1/reports/${receipt}`, other.secretKey)).status).toBe(404);
    expect((await service.ask('DELETE', `/v1/reports/${receipt}`, other.secretKey)).status).toBe(404);
    expect((await follow('rcp_made-up')).status).toBe(404);
  });
});
