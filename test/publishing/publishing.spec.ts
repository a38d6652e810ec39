import { type Answer, Service, type TestSite } from '../setup/service.js';

let service: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/publishing/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

const block = (url: string, key = site.secretKey): Promise<Answer> =>
  service.ask('PUT', '/v1/images/block', key, { image: { url }, reason: 'privacy', note: 'asked for' });

describe('GET /v1/images/state', () => {
  it('behaviour 48: a visible image says that it is visible and nothing else, reported or not, unblocked or not', async () => {
    const [fresh, reported, unblocked] = [image(), image(), image()];
    await service.reports(site, reported, 4);
    await block(unblocked);
    await service.ask(
      'DELETE',
      `/v1/images/block?${new URLSearchParams({ url: unblocked }).toString()}`,
      site.secretKey,
    );
    for (const url of [fresh, reported, unblocked]) {
      for (const key of [site.secretKey, site.publishableKey]) {
        expect((await service.state(site, { url }, key)).body).toEqual({ image: { url }, blocked: false });
      }
    }
  });

  it('tells a browser that an image is blocked since when, and the site why', async () => {
    const url = image();
    await service.reports(site, url, 5, 'hate');
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    expect((await service.state(site, { url }, site.publishableKey)).body).toEqual({
      image: { url },
      blocked: true,
      since,
      version: 1,
    });
    expect((await service.state(site, { url })).body).toEqual({
      image: { url },
      blocked: true,
      reason: 'hate',
      reviewed: false,
      since,
      version: 1,
    });
  });

  it('answers 304 to who has the same body, whichever process gave it', async () => {
    const url = image();
    await block(url);
    const etag = String((await service.state(site, { url })).headers['etag']);
    const again = await service.ask(
      'GET',
      `/v1/images/state?url=${encodeURIComponent(url)}`,
      site.secretKey,
      undefined,
      {
        'if-none-match': etag,
      },
    );
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await service.state(site, { url }, site.publishableKey)).headers['etag']).not.toBe(etag);
  });

  it('does not take an id that can not be decoded for the one that is spelled so', async () => {
    const id = '%E9';
    await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id }, reason: 'privacy' });
    expect((await service.state(site, { id })).body).toMatchObject({ image: { id }, blocked: true });
    for (const method of ['GET', 'DELETE'] as const) {
      const route = method === 'GET' ? 'state' : 'block';
      expect(await service.ask(method, `/v1/images/${route}?id=%E9`, site.secretKey)).toMatchObject({
        status: 400,
        body: { type: '/problems/bad-request', errors: [{ pointer: '/id' }] },
      });
    }
    expect((await service.state(site, { id })).body).toMatchObject({ blocked: true });
  });

  it('takes a publishable key in the address, and refuses any other there', async () => {
    const query = (key: string): string => `/v1/images/state?url=${encodeURIComponent(image())}&key=${key}`;
    expect((await service.ask('GET', query(site.publishableKey))).status).toBe(200);
    expect((await service.ask('GET', query(site.secretKey))).status).toBe(400);
  });

  it('answers staff of the site, and nobody else’s', async () => {
    const url = image();
    await block(url);
    const moderator = await service.staffToken('m@example.ma', 'moderator', site);
    const ask = (token: string): Promise<Answer> =>
      service.ask('GET', `/v1/images/state?site=${site.slug}&url=${encodeURIComponent(url)}`, token);
    expect((await ask(moderator)).body).toMatchObject({ blocked: true, reason: 'privacy', reviewed: true });
    const stranger = await service.staffToken('s@elsewhere.ma', 'lead', await service.site('elsewhere'));
    expect((await ask(stranger)).status).toBe(404);
  });
});

describe('POST /v1/images/state', () => {
  it('answers up to a thousand images in the order asked', async () => {
    const blocked = image();
    await block(blocked);
    const long = 'x'.repeat(1900);
    const images = Array.from({ length: 1000 }, (_, index) => ({
      url: index === 700 ? blocked : `${image()}?${long}`,
    }));
    const answer = await service.ask<{ states: { blocked: boolean }[] }>(
      'POST',
      '/v1/images/state',
      site.secretKey,
      { images },
    );
    expect(answer.status).toBe(200);
    expect(answer.body.states.map((state) => state.blocked)).toEqual(images.map((_, index) => index === 700));
  });

  it('refuses a thousand and one, none, and what is no image, each with a pointer', async () => {
    const pointers = async (images: unknown): Promise<unknown> => {
      const { status, body } = await service.ask('POST', '/v1/images/state', site.secretKey, { images });
      expect(status).toBe(422);
      return (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    };
    expect(await pointers(Array.from({ length: 1001 }, () => ({ url: image() })))).toEqual(['/images']);
    expect(await pointers([])).toEqual(['/images']);
    const none = await service.ask('POST', '/v1/images/state', site.secretKey, { images: [] });
    expect(none.body['errors']).toEqual([{ pointer: '/images', detail: 'Must have at least one item.' }]);
    expect(await pointers([{ url: image() }, {}])).toEqual(['/images/1']);
    expect(await pointers([{ url: image() }, { url: 'ftp://x' }])).toEqual(['/images/1/url']);
    expect(await pointers([{ url: 7 }])).toEqual(['/images/0/url']);
  });
});

describe('the publisher’s own block and protection', () => {
  it('hides at once, says what stands, and is taken back', async () => {
    const url = image();
    const put = await block(url);
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      image: { url },
      blocked: true,
      reason: 'privacy',
      version: 1,
      protected: false,
      blocks: [{ source: 'publisher', reason: 'privacy', note: 'asked for' }],
    });
    expect((await block(url)).body['version']).toBe(1);
    const query = new URLSearchParams({ url }).toString();
    expect((await service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey)).body).toMatchObject({
      blocked: false,
      version: 2,
      blocks: [],
    });
  });

  it('a moderator’s block outlives the publisher’s', async () => {
    const url = image();
    const moderator = await service.staffToken('m2@example.ma', 'moderator', site);
    const staff = await service.ask('PUT', `/v1/images/block?site=${site.slug}`, moderator, {
      image: { url },
      policy: 'nudity',
    });
    expect(staff.body).toMatchObject({ blocked: true, reason: 'nudity', reviewed: true });
    const repeated = await service.ask('PUT', `/v1/images/block?site=${site.slug}`, moderator, {
      image: { url },
      policy: 'nudity',
    });
    expect(repeated.body).toEqual(staff.body);
    expect(await block(url)).not.toHaveProperty('body.decision');
    const query = new URLSearchParams({ url }).toString();
    const lifted = await service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey);
    expect(lifted.body).toMatchObject({ blocked: true, blocks: [{ source: 'moderator', reason: 'nudity' }] });
    const kept = await service.ask('DELETE', `/v1/images/block?site=${site.slug}&${query}`, moderator);
    expect(kept.body).toMatchObject({ blocked: false });
    const again = await service.ask('DELETE', `/v1/images/block?site=${site.slug}&${query}`, moderator);
    expect(again.body).toEqual(kept.body);
    const other = await service.staffToken('m4@example.ma', 'moderator', site);
    const byAnother = await service.ask('DELETE', `/v1/images/block?site=${site.slug}&${query}`, other);
    expect(byAnother.body).not.toHaveProperty('decision');
    // Each was a decision, and can be undone, the latest first.
    for (const { body } of [kept, staff]) {
      const { decision } = body as { decision: string };
      expect((await service.ask('POST', `/v1/decisions/${decision}/undo`, moderator)).status).toBe(201);
    }
  });

  it('staff name a policy, a site a reason', async () => {
    const moderator = await service.staffToken('m3@example.ma', 'moderator', site);
    const url = image();
    expect(
      (await service.ask('PUT', `/v1/images/block?site=${site.slug}`, moderator, { image: { url } })).status,
    ).toBe(422);
    expect((await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url } })).status).toBe(
      422,
    );
    expect(
      (
        await service.ask(
          'PUT',
          '/v1/images/block',
          site.publishableKey,
          { image: { url }, reason: 'spam' },
          { origin: site.origin },
        )
      ).status,
    ).toBe(403);
  });

  it('staff may say the policy as the reason, too, and no other reason', async () => {
    const moderator = await service.staffToken('m5@example.ma', 'moderator', site);
    const say = (words: object) =>
      service.ask<{ blocked: boolean; reason: string; errors: { pointer: string }[] }>(
        'PUT',
        `/v1/images/block?site=${site.slug}`,
        moderator,
        { image: { url: image() }, ...words },
      );
    const both = await say({ reason: 'hate', policy: 'hate' });
    expect([both.status, both.body.blocked, both.body.reason]).toEqual([200, true, 'hate']);
    for (const [words, pointer] of [
      [{}, '/policy'],
      [{ reason: 'hate' }, '/policy'],
      [{ reason: 'hate', policy: 'nudity' }, '/reason'],
    ] as const) {
      const { status, body } = await say(words);
      expect([status, body.errors.map((error) => error.pointer)]).toEqual([422, [pointer]]);
    }
  });

  it('staff cite only a policy that the site has, and a query’s faults are named as such', async () => {
    const strict = await service.site('strict');
    await service.database.query({
      name: 'off',
      text: `update site set reasons = '{spam}' where slug = 'strict'`,
    });
    const moderator = await service.staffToken('m4@strict.ma', 'moderator', strict);
    const body = { image: { url: image() }, policy: 'hate' };
    const answer = await service.ask<{ errors: { pointer: string }[] }>(
      'PUT',
      '/v1/images/block?site=strict',
      moderator,
      body,
    );
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, '/policy']);
    const query = await service.ask<{ errors: { pointer: string }[] }>(
      'DELETE',
      '/v1/images/block?url=nothing',
      site.secretKey,
    );
    expect([query.status, query.body.errors[0]?.pointer]).toEqual([422, '/url']);
  });

  it('behaviour 30: protection lifts what the rule did; from then on reports only queue', async () => {
    const url = image();
    await service.reports(site, url, 5);
    const put = await service.ask('PUT', '/v1/images/protection', site.secretKey, {
      image: { url },
      note: 'verified',
    });
    expect(put.body).toMatchObject({ blocked: false, protected: true, blocks: [] });
    expect((await service.reports(site, url, 10)).body['image']).toEqual({ blocked: false });
    const query = new URLSearchParams({ url }).toString();
    const ended = await service.ask('DELETE', `/v1/images/protection?${query}`, site.secretKey);
    expect(ended.body).toMatchObject({ protected: false, blocked: false });
  });

  it('asked for again with another note, a protection keeps its first one and a block takes the new one', async () => {
    const url = image();
    const protect = (note: string): Promise<Answer> =>
      service.ask('PUT', '/v1/images/protection', site.secretKey, { image: { url }, note });
    const first = await protect('verified');
    const again = await protect('verified again');
    expect([again.status, again.body]).toEqual([200, first.body]);
    const lead = await service.staffToken('reads-the-log@example.ma', 'lead', site);
    const { body } = await service.ask<{ items: { type: string; imageName: string; data: object }[] }>(
      'GET',
      `/v1/events?site=${site.slug}`,
      lead,
    );
    expect(body.items.filter(({ imageName }) => imageName === url)).toMatchObject([
      { type: 'protection.set', data: { note: 'verified' } },
    ]);
    await block(url);
    const noted = await service.ask('PUT', '/v1/images/block', site.secretKey, {
      image: { url },
      reason: 'privacy',
      note: 'asked for twice',
    });
    expect(noted.body).toMatchObject({ version: 1, blocks: [{ note: 'asked for twice' }] });
  });

  it('an image that is named by what are two is refused, with a pointer, and neither is touched', async () => {
    const url = image();
    const id = `photo-of-two-${n}`;
    const reported = { reason: 'hate', reporter: { account: 'amina' } };
    await service.ask('POST', '/v1/reports', site.secretKey, { image: { id }, ...reported });
    await block(url);
    await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id }, reason: 'privacy' });
    const moderator = await service.staffToken('of-two@example.ma', 'moderator', site);
    const query = new URLSearchParams({ id, url }).toString();
    const staff = `site=${site.slug}`;
    const body = { image: { id, url } };
    for (const [method, address, key, sent, pointer] of [
      ['DELETE', `block?${query}`, site.secretKey, undefined, '/url'],
      ['DELETE', `protection?${query}`, site.secretKey, undefined, '/url'],
      ['DELETE', `appeal?${query}`, site.secretKey, undefined, '/url'],
      ['PUT', 'appeal', site.secretKey, body, '/image/url'],
      ['DELETE', `block?${staff}&${query}`, moderator, undefined, '/url'],
      ['DELETE', `protection?${staff}&${query}`, moderator, undefined, '/url'],
      ['PUT', `block?${staff}`, moderator, { ...body, policy: 'hate' }, '/image/url'],
      ['PUT', `protection?${staff}`, moderator, body, '/image/url'],
    ] as const) {
      const answer = await service.ask(method, `/v1/images/${address}`, key, sent);
      expect([method, address, answer.status]).toEqual([method, address, 422]);
      expect(answer.body['errors']).toMatchObject([{ pointer }]);
    }
    for (const named of [{ id }, { url }])
      expect((await service.state(site, named)).body).toMatchObject({ blocked: true, version: 1 });
    // The site's own word that they are one makes them one.
    const put = await service.ask('PUT', '/v1/images/protection', site.secretKey, body);
    expect(put.body).toMatchObject({ addresses: [url], protected: true });
    const lifted = await service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey);
    expect(lifted.body).toMatchObject({ image: { id, url }, blocked: false });
  });

  it('one name that nobody knows does no harm beside one that is known', async () => {
    const url = image();
    await block(url);
    const query = new URLSearchParams({ id: 'told-to-nobody', url }).toString();
    const { status, body } = await service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey);
    expect([status, body['blocked']]).toEqual([200, false]);
  });

  it('an image nobody knows can not be unblocked', async () => {
    const query = new URLSearchParams({ url: image() }).toString();
    expect((await service.ask('DELETE', `/v1/images/block?${query}`, site.secretKey)).status).toBe(404);
    expect((await service.ask('DELETE', '/v1/images/block', site.secretKey)).status).toBe(422);
  });
});

describe('PUT /v1/images/addresses', () => {
  it('behaviour 19: thirty addresses of one photo, one report each, are one image', async () => {
    const urls = Array.from({ length: 30 }, image);
    const bound = await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'photo-30', urls });
    expect(bound.body).toMatchObject({ image: { id: 'photo-30' }, blocked: false });
    expect(bound.body['addresses']).toHaveLength(30);
    for (const [index, url] of urls.entries()) await service.report(site, url, `reader-${index}`);
    expect((await service.state(site, { id: 'photo-30' })).body['blocked']).toBe(true);
    expect((await service.state(site, { url: urls[29] ?? '' })).body['blocked']).toBe(true);
    expect(
      (await service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'photo-30', urls })).body[
        'version'
      ],
    ).toBe(1);
  });

  it('a report by the secret key that names both binds the address', async () => {
    const url = image();
    await service.report(site, { id: 'photo-both', url }, 'amina');
    await service.reports(site, url, 4);
    expect((await service.state(site, { id: 'photo-both' })).body['blocked']).toBe(true);
  });

  it('is refused to a publishable key, and for what is no address', async () => {
    const body = { id: 'x', urls: [image(), 'javascript:alert(1)'] };
    expect(
      (await service.ask('PUT', '/v1/images/addresses', site.publishableKey, body, { origin: site.origin }))
        .status,
    ).toBe(403);
    const refused = await service.ask('PUT', '/v1/images/addresses', site.secretKey, body);
    expect(refused.status).toBe(422);
    expect((refused.body['errors'] as { pointer: string }[])[0]?.pointer).toBe('/urls/1');
  });
});
