import { pointers } from './pointers.js';
import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let admin: string;
beforeAll(async () => {
  settings = await startSettings();
  admin = await settings.tokenOf('admin@example.ma', 'admin');
});
afterAll(() => settings.stop());

const create = (body: unknown) => settings.ask(admin, 'POST', '/v1/sites', body);
describe('a site', () => {
  it('is made with defaults that fit its origins', async () => {
    const { status, body } = await create({
      slug: 'revue',
      name: ' Revue de presse ',
      origins: ['https://www.revue.ma'],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^sit_/) as string,
      slug: 'revue',
      name: 'Revue de presse',
      origins: ['https://www.revue.ma'],
      imageHosts: ['www.revue.ma', '*.www.revue.ma'],
      addressRules: {},
      locale: 'fr',
      timeZone: 'UTC',
      reasons: expect.arrayContaining(['violence', 'child_abuse', 'other']) as string[],
      nearMatches: 'suggest',
      severeInstructions: null,
    });
  });

  it('has the default rule as its first version', async () => {
    await create({ slug: 'with-rule', name: 'With a rule' });
    const { status, body } = await settings.ask(admin, 'GET', '/v1/sites/with-rule/threshold-rule');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 1,
      reporters: 5,
      windowHours: 168,
      breaker: { perHour: 20, factor: 4 },
    });
  });

  it('is refused when its slug is taken', async () => {
    await create({ slug: 'taken', name: 'First' });
    const { status, body } = await create({ slug: 'taken', name: 'Second' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: '/problems/conflict', why: 'slug-taken' });
  });

  it('is made once when it is asked for many times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => create({ slug: 'at-once', name: 'Once' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it.each([
    [{ name: 'No slug' }, ['/slug']],
    [{ slug: 'Big Letters', name: 'x' }, ['/slug']],
    [{ slug: '-x', name: 'x' }, ['/slug']],
    [{ slug: 'a'.repeat(64), name: 'x' }, ['/slug']],
    [{ slug: 7, name: 'x' }, ['/slug']],
    [{ slug: 'bad', name: '' }, ['/name']],
    [{ slug: 'bad', name: '   ' }, ['/name']],
    [{ slug: 'bad', name: 'a'.repeat(201) }, ['/name']],
    [{ slug: 'bad', name: null }, ['/name']],
    [{ slug: 'bad', name: 'a\u0000b' }, ['/name']],
    [{ slug: 'bad' }, ['/name']],
    [{ slug: 'bad', name: 'x', origins: 'https://a.ma' }, ['/origins']],
    [{ slug: 'bad', name: 'x', origins: null }, ['/origins']],
    [{ slug: 'bad', name: 'x', origins: ['https://a.ma/'] }, ['/origins/0']],
    [
      {
        slug: 'bad',
        name: 'x',
        origins: ['https://a.ma', 'https://a.ma/x', 'a.ma', 'ftp://a.ma', 7, 'null'],
      },
      ['/origins/1', '/origins/2', '/origins/3', '/origins/4', '/origins/5'],
    ],
    [{ slug: 'bad', name: 'x', origins: ['https://A.ma'] }, ['/origins/0']],
    [{ slug: 'bad', name: 'x', imageHosts: ['https://cdn.a.ma', 'cdn.a.ma'] }, ['/imageHosts/0']],
    [{ slug: 'bad', name: 'x', imageHosts: [{}] }, ['/imageHosts/0']],
    [{ slug: 'bad', name: 'x', locale: 'de' }, ['/locale']],
    [{ slug: 'bad', name: 'x', timeZone: 'Mars/Olympus' }, ['/timeZone']],
    [{ slug: 'bad', name: 'x', timeZone: '+01:00' }, ['/timeZone']],
    [{ slug: 'bad', name: 'x', timeZone: 'CET' }, ['/timeZone']],
    [{ slug: 'bad', name: 'x', timeZone: 1 }, ['/timeZone']],
    [{ slug: 'bad', name: 'x', reasons: [] }, ['/reasons']],
    [{ slug: 'bad', name: 'x', reasons: Array(11).fill('spam') }, ['/reasons']],
    [{ slug: 'bad', name: 'x', reasons: ['violence', 'boredom'] }, ['/reasons/1']],
    [{ slug: 'bad', name: 'x', nearMatches: 'unblock' }, ['/nearMatches']],
    [{ slug: 'bad', name: 'x', nearMatches: true }, ['/nearMatches']],
    [{ slug: 'bad', name: 'x', severeInstructions: 7 }, ['/severeInstructions']],
    [{ slug: 'bad', name: 'x', severeInstructions: '🚨'.repeat(4001) }, ['/severeInstructions']],
    [{ slug: 'bad', name: 'x', severeInstructions: 'a\u0007b' }, ['/severeInstructions']],
    [{ slug: 'bad', name: 'x', color: 'red' }, ['/color']],
    [{ slug: 'Bad', name: ' ', origins: ['x'] }, ['/slug', '/name', '/origins/0']],
    [[], ['']],
  ])('is refused with a pointer, and not made: %j', async (body, expected) => {
    const answer = await create(body);
    expect({ status: answer.status, pointers: pointers(answer.body) }).toEqual({
      status: 422,
      pointers: expected,
    });
    expect((await settings.ask(admin, 'GET', '/v1/sites/bad')).status).toBe(404);
  });

  it('is changed in what is named alone', async () => {
    const { body: before } = await create({ slug: 'changing', name: 'Before', origins: ['https://a.ma'] });
    const { status, body } = await settings.ask(admin, 'PATCH', '/v1/sites/changing', {
      name: 'After',
      reasons: ['other', 'spam', 'violence', 'spam'],
      timeZone: 'Africa/Casablanca',
      nearMatches: 'block',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      name: 'After',
      reasons: ['violence', 'spam', 'other'],
      timeZone: 'Africa/Casablanca',
      nearMatches: 'block',
    });
    expect((await settings.ask(admin, 'GET', `/v1/sites/${String(before['id'])}`)).body).toEqual(body);
    expect((await settings.ask(admin, 'PATCH', '/v1/sites/changing', { slug: 'other' })).status).toBe(422);
    const policies = await settings.ask(admin, 'GET', '/v1/policies?site=changing');
    expect(policies.body).toEqual({
      items: [
        { policy: 'violence', severe: false },
        { policy: 'spam', severe: false },
        { policy: 'other', severe: false },
      ],
      nextCursor: null,
    });
  });

  it('says what its newsroom must do at the severe reason, to its moderators too, until it says nothing', async () => {
    const id = await settings.site('severe');
    const moderator = await settings.tokenOf('moderator@severe.ma', 'moderator', id);
    const change = async (severeInstructions: unknown) => {
      const { body } = await settings.ask(admin, 'PATCH', '/v1/sites/severe', { severeInstructions });
      const read = await settings.ask(moderator, 'GET', '/v1/sites/severe');
      expect(read.body).toEqual(body);
      return body['severeInstructions'];
    };
    expect(await change('  Appeler le 19.\r\n\tNe rien transmettre <b>.\n')).toBe(
      'Appeler le 19.\n\tNe rien transmettre <b>.',
    );
    expect(await change('🚨'.repeat(4000))).toBe('🚨'.repeat(4000));
    expect(await change(' \n ')).toBeNull();
    expect(await change('Again.')).toBe('Again.');
    expect(await change(null)).toBeNull();
  });

  it('vouches for its own hosts again once its list of hosts is empty', async () => {
    await create({ slug: 'hosts', name: 'Hosts', origins: ['https://a.ma'], imageHosts: ['CDN.b.ma'] });
    expect((await settings.ask(admin, 'GET', '/v1/sites/hosts')).body).toMatchObject({
      imageHosts: ['cdn.b.ma'],
    });
    const { body } = await settings.ask(admin, 'PATCH', '/v1/sites/hosts', { imageHosts: [] });
    expect(body).toMatchObject({ imageHosts: ['a.ma', '*.a.ma'] });
  });

  it('names its hosts where those of its origins would be anybody’s', async () => {
    const platform = { slug: 'platform', name: 'x', origins: ['https://www.revue.ma', 'https://github.io'] };
    const refusedAt = (pointer: string) => ({
      type: '/problems/invalid',
      detail: expect.stringContaining("names under github.io are anybody's") as string,
      errors: [expect.objectContaining({ pointer })],
    });
    expect((await create(platform)).body).toMatchObject(refusedAt('/origins'));
    const named = await create({ ...platform, imageHosts: ['pages.github.io'] });
    expect([named.status, named.body['imageHosts']]).toEqual([201, ['pages.github.io']]);
    const change = (body: unknown) => settings.ask(admin, 'PATCH', '/v1/sites/platform', body);
    expect((await change({ imageHosts: [] })).body).toMatchObject(refusedAt('/imageHosts'));
    // Where both are given, either would do.
    expect((await change({ origins: ['https://github.io'], imageHosts: [] })).body).toMatchObject(
      refusedAt('/imageHosts'),
    );
    expect((await change({ origins: ['https://www.revue.ma'], imageHosts: [] })).status).toBe(200);
    expect((await change({ origins: ['https://github.io'] })).body).toMatchObject(refusedAt('/origins'));
    const { body } = await settings.ask(admin, 'GET', '/v1/sites/platform');
    expect(body['origins']).toEqual(['https://www.revue.ma']);
  });

  it('appears once in a list that is walked page by page', async () => {
    await Promise.all(['one', 'two', 'three'].map((slug) => create({ slug: `walk-${slug}`, name: slug })));
    const slugs: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const query = cursor == null ? '' : `&cursor=${cursor}`;
      const { status, body } = await settings.ask(admin, 'GET', `/v1/sites?limit=2${query}`);
      expect(status).toBe(200);
      slugs.push(...(body['items'] as { slug: string }[]).map(({ slug }) => slug));
      cursor = body['nextCursor'] as string | null;
    } while (cursor !== null);
    expect(slugs).toEqual([...new Set(slugs)]);
    expect(slugs).toEqual(expect.arrayContaining(['walk-one', 'walk-two', 'walk-three']));
    const { status, body } = await settings.ask(admin, 'GET', '/v1/sites?cursor=made-up');
    expect({ status, pointers: pointers(body) }).toEqual({ status: 422, pointers: ['/cursor'] });
  });

  it('is made, changed and listed by admins alone, and read by its own staff', async () => {
    const own = await settings.site('own');
    await settings.site('foreign');
    const lead = await settings.tokenOf('lead@own.ma', 'lead', own);
    const moderator = await settings.tokenOf('moderator@own.ma', 'moderator', own);
    for (const token of [lead, moderator]) {
      const site = { slug: 'not-made', name: 'x' };
      expect((await settings.ask(token, 'POST', '/v1/sites', site)).status).toBe(403);
      expect((await settings.ask(token, 'PATCH', '/v1/sites/own', { name: 'x' })).status).toBe(403);
      expect((await settings.ask(token, 'GET', '/v1/sites')).status).toBe(403);
      expect((await settings.ask(token, 'GET', '/v1/sites/own')).status).toBe(200);
      expect((await settings.ask(token, 'GET', '/v1/sites/foreign')).status).toBe(404);
      expect((await settings.ask(token, 'GET', '/v1/policies?site=foreign')).status).toBe(404);
    }
    expect((await settings.ask(lead, 'GET', '/v1/policies')).status).toBe(422);
    expect((await settings.ask('vg_stf_none', 'GET', '/v1/sites')).status).toBe(401);
  });
});
