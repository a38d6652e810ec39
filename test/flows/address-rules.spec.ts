import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

/**
 * One picture under many addresses, from the site's word to the block:
 *
 *   rules tried at /v1/images/canonical -> set with PATCH /v1/sites -> reports under all variants -> one image, one case ->
 *   blocked under all variants; rules that come later -> a job joins what was reported before -> one block, nothing lost
 */

let service: Service;
let admin: string;
let n = 0;

const RULES = { ignoreParameters: ['w'], removePaths: ['/resize/{digits}x{digits?}/'] };

/** A picture's address, and all its variants. */
const variantsOf = ({ slug }: TestSite): string[] => {
  const name = `${(n += 1)}.jpg`;
  const host = `https://cdn.${slug}.ma`;
  return [
    `${host}/photos/${name}`,
    `${host}/photos/${name}?w=300`,
    `${host}/photos/${name}?w=1200&utm_source=x`,
    `${host}/resize/300x/photos/${name}`,
    `${host}/resize/300x200/photos/${name}?w=2`,
  ];
};

beforeAll(async () => {
  service = await Service.open();
  admin = await service.staffToken('admin@example.ma', 'admin');
});
afterAll(() => service.close());

const setRules = ({ slug }: TestSite, addressRules: object) =>
  service.ask('PATCH', `/v1/sites/${slug}`, admin, { addressRules });

/** What a reader's browser sends with the publishable key. */
const claim = (site: TestSite, url: string, device: string) =>
  service.ask(
    'POST',
    '/v1/reports',
    site.publishableKey,
    { image: { url }, reason: 'violence', reporter: { device } },
    { origin: site.origin },
  );

const blocked = async (site: TestSite, urls: readonly string[]): Promise<unknown[]> => {
  const single = await Promise.all(
    urls.map(async (url) => (await service.state(site, { url })).body['blocked']),
  );
  const { body } = await service.ask<{ states: { blocked: boolean }[] }>(
    'POST',
    '/v1/images/state',
    site.secretKey,
    { images: urls.map((url) => ({ url })) },
  );
  expect(body.states.map((state) => state.blocked)).toEqual(single);
  return single;
};

const history = async ({ slug }: TestSite, url: string) =>
  service.ask<{ id: string; blocks: unknown[]; cases: unknown[]; rounds: { reporters: number }[] }>(
    'GET',
    `/v1/images?${new URLSearchParams({ site: slug, url }).toString()}`,
    admin,
  );

/** Waits until the images of all sites have the addresses that their rules make. */
const readdressed = (): Promise<void> =>
  until(async () => {
    await service.app.get(Dispatcher).runOnce();
    const [row] = await service.database.query<{ open: number }>({
      name: 'test-open-jobs',
      text: `select count(*)::int as open from job
             where kind = 'readdress-images' and outcome is null and (attempts = 0 or locked_until is not null)`,
    });
    return row?.open === 0;
  });

describe('address rules, from the settings to what readers see', () => {
  it('behaviour 16: resize variants are one image when the site lists them: five reporters, blocked everywhere', async () => {
    const site = await service.site('sizes');
    const variants = variantsOf(site);
    const [url = ''] = variants;
    const other = `https://cdn.sizes.ma/photos/other-${(n += 1)}.jpg`;
    expect((await setRules(site, RULES)).body).toMatchObject({ addressRules: RULES });
    for (const [index, variant] of variants.entries()) {
      const { status } = await service.report(site, variant, `reader-${index}`);
      expect(status).toBe(201);
    }
    // One vote a person, whatever the address.
    expect((await service.report(site, variants[3] ?? '', 'reader-0')).status).toBe(200);
    expect(await blocked(site, [...variants, other])).toEqual([true, true, true, true, true, false]);
    const images = await Promise.all(variants.map((variant) => history(site, variant)));
    expect(new Set(images.map(({ body }) => body.id)).size).toBe(1);
    expect(images[0]?.body).toMatchObject({ blocks: [{ source: 'threshold' }], rounds: [{ reporters: 5 }] });
    expect(images[0]?.body.cases).toHaveLength(1);
    const list = await service.ask('GET', '/v1/blocklist', site.secretKey);
    expect(
      list.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { image: { url: string } }).image.url),
    ).toEqual([url]);
  });

  it('behaviour 16: rules that come later join what was reported before, and lose nothing', async () => {
    const site = await service.site('later');
    const elsewhere = await service.site('elsewhere');
    const variants = variantsOf(site);
    const [url = '', small = '', , large = ''] = variants;
    for (const account of ['a', 'b', 'c']) await service.report(site, small, account);
    for (const account of ['c', 'd', 'e']) await service.report(site, large, account, 'hate');
    // Another site's image of the same addresses.
    await service.report(elsewhere, { id: 'x', url: small }, 'a');
    // Something else that was blocked by its old address.
    const old = `https://cdn.later.ma/old-${(n += 1)}.jpg?w=300`;
    await service.reports(site, old, 5);
    expect(await blocked(site, [small, large, old])).toEqual([false, false, true]);

    const { status } = await setRules(site, RULES);
    expect(status).toBe(200);
    // Before the job has come: the old address is asked, too.
    expect(await blocked(site, [old])).toEqual([true]);
    await readdressed();
    const everywhere = [...variants, old, old.replace('w=300', 'w=1'), old.replace('?w=300', '')];
    await until(async () => (await blocked(site, everywhere)).every((state) => state === true));
    const { body } = await history(site, url);
    expect(body).toMatchObject({ blocks: [{ source: 'threshold' }], rounds: [{ reporters: 5 }] });
    for (const variant of variants) expect((await history(site, variant)).body.id).toBe(body.id);
    const changes = await service.database.query<{ n: number }>({
      name: 'test-blocks-of-image',
      text: `select count(*)::int as n from event e join image i on i.id = e.image_id
             where e.type = 'image.blocked' and i.key like 'https://cdn.later.ma/photos/%'`,
    });
    expect(changes).toEqual([{ n: 1 }]);
    expect((await history(elsewhere, small)).body).toMatchObject({ blocks: [], rounds: [{ reporters: 1 }] });
    expect(await blocked(elsewhere, [url, small, large])).toEqual([false, false, false]);
  });

  it('behaviour 16: other rules, or none, lose no block: an address stays blocked as it was given', async () => {
    const site = await service.site('changed');
    const { database } = service;
    const other = { ignoreParameters: ['h'] };
    const [, small = '', wide = '', large = ''] = variantsOf(site);
    const [, chosen = ''] = variantsOf(site);
    await setRules(site, RULES);
    await service.reports(site, small, 5);
    const changes = (cursor?: string) =>
      service.ask<{ cursor: string }>(
        'GET',
        `/v1/changes${cursor === undefined ? '' : `?cursor=${cursor}`}`,
        site.secretKey,
      );
    const { cursor } = (await changes()).body;
    // One comes once the image is blocked.
    await service.report(site, large, 'late');
    await service.ask('PUT', '/v1/images/block', site.secretKey, {
      image: { url: chosen },
      reason: 'privacy',
    });
    // Whoever follows has all of them.
    const list = await service.ask('GET', '/v1/blocklist', site.secretKey);
    const told = list.text.trim().split('\n');
    for (const url of [small, large, chosen])
      expect(told.some((line) => line.includes(`"${url}"`))).toBe(true);
    await until(async () => (await changes(cursor)).text.includes(`"${large}"`));

    for (const rules of [{}, other, { ...other, presets: ['photon'] }]) {
      expect((await setRules(site, rules)).status).toBe(200);
      expect(await blocked(site, [small, large, chosen, wide])).toEqual([true, true, true, false]);
      await readdressed();
      expect(await blocked(site, [small, large, chosen, wide])).toEqual([true, true, true, false]);
    }
    expect(await blocked(site, [`${large}?h=2`, `${small}&h=2`])).toEqual([true, true]);
    // And with them no second image is made.
    expect((await service.report(site, large, 'later')).status).toBe(201);
    const counted = await database.query<{ n: number }>({
      name: 'test-images-of-changed',
      text: `select count(*)::int as n from image where key like 'https://cdn.changed.ma/%' and merged_into is null`,
    });
    expect(counted).toEqual([{ n: 2 }]);
  });

  it('bind no more addresses of one image than a site can bear, and none where a claim only goes with an id', async () => {
    const site = await service.site('many');
    await setRules(site, RULES);
    const url = `https://cdn.many.ma/${(n += 1)}.jpg`;
    for (let chunk = 0; chunk < 6; chunk += 1)
      await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          service.report(site, `${url}?w=${chunk * 10 + index}`, `reader-${chunk}-${index}`),
        ),
      );
    await service.ask('PUT', '/v1/images/protection', site.secretKey, { image: { id: 'known' } });
    const device = await service.mintDevice(site);
    const claimed = await service.ask(
      'POST',
      '/v1/reports',
      site.publishableKey,
      { image: { id: 'known', url: `${url}?w=claimed` }, reason: 'violence', reporter: { device } },
      { origin: site.origin },
    );
    expect(claimed.status).toBe(201);
    const rows = await service.database.query<{ by: string; n: number }>({
      name: 'test-addresses-of-many',
      text: `select bound_by as by, count(*)::int as n from address
             where url like 'https://cdn.many.ma/%' group by bound_by`,
    });
    expect(rows).toEqual([{ by: 'rules', n: 50 }]);
    const images = await service.database.query<{ n: number }>({
      name: 'test-images-of-many',
      text: `select count(*)::int as n from image where key like 'https://cdn.many.ma/%'`,
    });
    expect(images).toEqual([{ n: 1 }]);
  });

  it('hold for the publisher, too: blocks, protection and addresses by any variant', async () => {
    const site = await service.site('publisher');
    await setRules(site, RULES);
    const variants = variantsOf(site);
    const [url = '', small = '', , large = ''] = variants;
    const put = (path: string, body: object) =>
      service.ask('PUT', `/v1/images/${path}`, site.secretKey, body);
    await put('block', { image: { url: small }, reason: 'privacy' });
    expect(await blocked(site, variants)).toEqual([true, true, true, true, true]);
    const lifted = await service.ask(
      'DELETE',
      `/v1/images/block?url=${encodeURIComponent(large)}`,
      site.secretKey,
    );
    expect(lifted.body).toMatchObject({ blocked: false, image: { url: large } });
    await put('protection', { image: { url: large } });
    await service.reports(site, small, 6);
    expect(await blocked(site, variants)).toEqual([false, false, false, false, false]);
    const bound = await put('addresses', { id: 'photo-1', urls: [small] });
    expect(bound.body).toMatchObject({ protected: true, addresses: [url, small, large] });
    await put('block', { image: { id: 'photo-1' }, reason: 'privacy' });
    expect(await blocked(site, variants)).toEqual([true, true, true, true, true]);
  });

  it('let readers report only what the site vouches for, by both hosts', async () => {
    const site = await service.site('hosts');
    const photon = 'https://i0.wp.com/cdn.hosts.ma/uploads/1.jpg?w=300';
    const device = await service.mintDevice(site);
    const pointers = async (url: string): Promise<string> => {
      const { body, status } = await claim(site, url, device);
      return status === 201 ? 'reported' : JSON.stringify(body['errors']);
    };
    expect(await pointers(photon)).toMatch('/image/url');
    await setRules(site, { presets: ['photon'] });
    expect(await pointers(photon)).toMatch('may add \\"i0.wp.com\\".');
    await service.ask('PATCH', '/v1/sites/hosts', admin, { imageHosts: ['cdn.hosts.ma', 'i0.wp.com'] });
    expect(await pointers(photon)).toBe('reported');
    expect(await pointers('https://i0.wp.com/elsewhere.ma/1.jpg')).toMatch('/image/url');
  });

  it('are known to whoever follows: in a header, and by a route with an ETag', async () => {
    const site = await service.site('followed');
    const rules = (headers = {}) =>
      service.ask('GET', '/v1/address-rules', site.secretKey, undefined, headers);
    const before = await rules();
    expect(before.body).toEqual({ addressRules: {} });
    expect((await rules({ 'if-none-match': before.headers['etag'] })).status).toBe(304);
    await setRules(site, { ...RULES, ignoreWww: false, presets: [] });
    const after = await rules({ 'if-none-match': before.headers['etag'] });
    // Only what is in force.
    expect(after.body).toEqual({ addressRules: RULES });
    const tag = after.headers['vigie-address-rules'];
    expect(tag).not.toBe(before.headers['vigie-address-rules']);
    for (const path of ['/v1/blocklist', '/v1/changes']) {
      const { headers } = await service.ask('GET', path, site.secretKey);
      expect(headers['vigie-address-rules']).toBe(tag);
    }
    expect((await service.ask('GET', '/v1/address-rules', site.publishableKey)).status).toBe(403);
  });
});

describe('POST /v1/images/canonical', () => {
  let site: TestSite;
  const explain = (body: object, key = site.secretKey, query = '') =>
    service.ask('POST', `/v1/images/canonical${query}`, key, body);

  beforeAll(async () => {
    site = await service.site('explained');
    await setRules(site, RULES);
  });

  it('says step by step what becomes of an address, by the rules of the site', async () => {
    const given = 'HTTPS://cdn.explained.ma/resize/300x/a.jpg?w=300#top';
    const { status, body } = await explain({ url: given });
    expect(status).toBe(200);
    expect(body).toEqual({
      given,
      canonical: 'https://cdn.explained.ma/a.jpg',
      shown: 'https://cdn.explained.ma/resize/300x/a.jpg?w=300',
      host: 'cdn.explained.ma',
      vouchedFor: true,
      steps: ['spelling', 'fragment', 'removePaths', 'ignoreParameters'].map((rule) => ({
        rule,
        before: expect.any(String) as string,
        after: expect.any(String) as string,
        explanation: expect.stringMatching(/\.$/) as string,
      })),
    });
  });

  it('tries rules without setting them, also for staff of the site', async () => {
    const moderator = await service.staffToken('moderator@explained.ma', 'moderator', site);
    const url = 'https://cdn.explained.ma/uploads/a-300x200.jpg?w=1';
    const tried = { url, rules: { presets: ['wordpress'] } };
    expect((await explain(tried, moderator, '?site=explained')).body).toMatchObject({
      canonical: 'https://cdn.explained.ma/uploads/a.jpg?w=1',
    });
    expect((await explain({ url }, moderator, '?site=explained')).body).toMatchObject({
      canonical: 'https://cdn.explained.ma/uploads/a-300x200.jpg',
    });
    expect((await explain({ url: 'https://elsewhere.ma/a.jpg' })).body).toMatchObject({ vouchedFor: false });
  });

  it.each([
    [{}, ['/url']],
    [{ url: 'nothing' }, ['/url']],
    [{ url: 'https://e.ma/', rules: { presets: ['nothing'] } }, ['/rules/presets/0']],
    [
      {
        url: 'https://e.ma/',
        rules: { removePaths: ['/a/', '{any}'], ignoreParameters: ['*'], ignoreWww: 1 },
      },
      ['/rules/ignoreWww'],
    ],
    [
      { url: 'https://e.ma/', rules: { removePaths: ['/a/', '{any}'], ignoreParameters: ['*'] } },
      ['/rules/ignoreParameters/0', '/rules/removePaths/1'],
    ],
    [{ url: 'https://e.ma/', rules: [] }, ['/rules']],
    [{ url: 'https://e.ma/', rules: { removePaths: 'a' } }, ['/rules/removePaths']],
    [{ url: 'https://e.ma/', rules: { removePaths: Array(21).fill('/a/') } }, ['/rules/removePaths']],
    [
      { url: 'https://e.ma/', rules: { removePaths: ['/a/', '/{digits}a{word}-{digits}a{digits}a{any}/'] } },
      ['/rules/removePaths/1'],
    ],
    [{ url: 'https://e.ma/', rules: { regexps: ['a'] } }, ['/rules/regexps']],
    [{ url: 'https://e.ma/', rules: { presets: Array(51).fill('photon') } }, ['/rules/presets']],
  ])('refuses %j with pointers', async (body, pointers) => {
    const { status, body: problem } = await explain(body);
    expect(status).toBe(422);
    const errors = problem['errors'] as { pointer: string; detail: string }[];
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    for (const { detail } of errors) expect(detail).toMatch(/\.$/);
  });

  it('is for the site and its staff', async () => {
    const url = 'https://e.ma/';
    expect((await explain({ url }, site.publishableKey)).status).toBe(403);
    expect((await explain({ url }, site.secretKey, '?site=sizes')).status).toBe(404);
    const stranger = await service.staffToken(
      'stranger@sizes.ma',
      'moderator',
      await service.site('strange'),
    );
    expect((await explain({ url }, stranger, '?site=explained')).status).toBe(404);
  });
});

describe('address rules among the settings of a site', () => {
  it('are checked like all others, and shown as they are in force', async () => {
    const create = (addressRules: unknown) =>
      service.ask('POST', '/v1/sites', admin, { slug: `made-${(n += 1)}`, name: 'Made', addressRules });
    expect((await create({ imgixHosts: ['IMG.e.ma'], presets: ['imgix', 'imgix'] })).body).toMatchObject({
      addressRules: { presets: ['imgix'], imgixHosts: ['img.e.ma'] },
    });
    const { status, body } = await create({ presets: ['x'], imgixHosts: ['https://e.ma'] });
    expect(status).toBe(422);
    expect((body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/addressRules/presets/0',
      '/addressRules/imgixHosts/0',
    ]);
    expect((await create(null)).status).toBe(422);
  });

  it('stage a job only when they change', async () => {
    const site = await service.site('staged');
    const jobs = async (): Promise<number> => {
      const [row] = await service.database.query<{ n: number }>(
        {
          name: 'test-jobs-of-site',
          text: `select count(*)::int as n from job where payload ->> 'site' = $1`,
        },
        [site.id],
      );
      return row?.n ?? 0;
    };
    await setRules(site, {});
    await service.ask('PATCH', '/v1/sites/staged', admin, { name: 'Other' });
    expect(await jobs()).toBe(0);
    await setRules(site, RULES);
    expect(await jobs()).toBe(1);
    await setRules(site, { removePaths: RULES.removePaths, ignoreParameters: RULES.ignoreParameters });
    expect(await jobs()).toBe(1);
  });
});
