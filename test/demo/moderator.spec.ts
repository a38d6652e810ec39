import { createDemonstration } from '../../src/demo/create-demonstration.js';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { A_DAY, PROTECTED_PICTURE } from '../../src/demo/a-day-of-reports.js';
import { pictureUrl } from '../../src/demo/picture-url.js';
import { PICTURES } from '../../src/demo/pictures.js';
import { Staff } from '../../src/database/entities/staff.entity.js';
import { Neck } from '../../src/moderation/neck.js';
import { type Answer, SECRET, Service } from '../setup/service.js';

const PUBLIC_URL = 'http://127.0.0.1:4598';
const ORIGIN = { origin: PUBLIC_URL };

let service: Service;
let demo: Awaited<ReturnType<typeof createDemonstration>>;

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL });
  demo = await createDemonstration(service.app.get(Neck), PUBLIC_URL, demonstrationKey(SECRET));
});
afterAll(() => service.close());

const urlOf = (slug: string): string =>
  pictureUrl(PUBLIC_URL, PICTURES.find((picture) => picture.slug === slug)?.number ?? 0);

const moderator = (url: string, action: string, headers: Record<string, string> = ORIGIN): Promise<Answer> =>
  service.ask('POST', '/demo/moderator', undefined, { image: { url }, action }, headers);

/** Reads it as a page does. */
async function isBlocked(url: string): Promise<unknown> {
  const query = new URLSearchParams({ url, key: demo.publishableKey }).toString();
  return (await service.ask('GET', `/v1/images/state?${query}`)).body['blocked'];
}

let readers = 0;
async function report(url: string, count: number): Promise<unknown> {
  let last: Answer | undefined;
  for (let n = 0; n < count; n += 1) {
    last = await service.ask('POST', '/v1/reports', demo.secretKey, {
      image: { url },
      reason: 'violence',
      reporter: { account: `reader-${(readers += 1)}` },
    });
  }
  return (last?.body['image'] as { blocked?: boolean } | undefined)?.blocked;
}

it('brings back what five readers blocked, and from then on it takes fifteen', async () => {
  const url = urlOf('front-de-mer');
  expect(await report(url, 5)).toBe(true);
  const kept = await moderator(url, 'keep');
  expect([kept.status, kept.body]).toEqual([
    200,
    { image: { url }, blocked: false, decided: true, undone: null },
  ]);
  expect(await isBlocked(url)).toBe(false);
  expect(await report(url, 14)).toBe(false);
  expect(await report(url, 1)).toBe(true);
});

it('blocks what nobody reported, and takes it back', async () => {
  const url = urlOf('four-centenaire');
  expect((await moderator(url, 'block')).body).toEqual({
    image: { url },
    blocked: true,
    decided: true,
    undone: null,
  });
  expect((await moderator(url, 'block')).body).toMatchObject({ blocked: true, decided: false });
  expect(await isBlocked(url)).toBe(true);
  expect((await moderator(url, 'undo')).body).toEqual({
    image: { url },
    blocked: false,
    decided: true,
    undone: 'block',
  });
  expect(await isBlocked(url)).toBe(false);
});

it('blocks again what is blocked by the rule after its keep is undone', async () => {
  const url = urlOf('moisson');
  await report(url, 5);
  await moderator(url, 'keep');
  expect((await moderator(url, 'undo')).body).toMatchObject({ blocked: true, undone: 'keep' });
});

it('has nothing to keep where nobody reported, and nothing to undo where nobody decided', async () => {
  const url = urlOf('ligne-rapide');
  expect((await moderator(url, 'keep')).body).toMatchObject({ blocked: false, decided: false });
  const undone = await moderator(url, 'undo');
  expect([undone.status, undone.headers['content-type'], undone.body['type'], undone.body['why']]).toEqual([
    409,
    'application/problem+json',
    '/problems/conflict',
    'nothing-to-undo',
  ]);
});

it('does not undo what readers have answered since', async () => {
  const url = urlOf('paraboles');
  await moderator(url, 'keep');
  await report(url, 5);
  const undone = await moderator(url, 'undo');
  expect([undone.status, undone.body['why']]).toEqual([409, 'answered-since']);
  expect(undone.body['detail']).toMatch(/decide anew/);
});

it('decides what another moderator has escalated', async () => {
  const url = urlOf('audience-solennelle');
  expect((await moderator(url, 'keep')).body).toMatchObject({ blocked: false, decided: true });
});

it('lets a picture that the publisher protects be blocked by the moderator alone', async () => {
  const url = urlOf(PROTECTED_PICTURE);
  expect(await report(url, 6)).toBe(false);
  expect((await moderator(url, 'block')).body).toMatchObject({ blocked: true });
});

it('is asked by the own pages alone', async () => {
  const url = urlOf('barrages-remplis');
  const strangers: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://127.0.0.1:4598' },
  ];
  for (const headers of strangers) {
    const { status, body } = await moderator(url, 'block', headers);
    expect({ headers, status, type: body['type'] }).toEqual({
      headers,
      status: 403,
      type: '/problems/forbidden',
    });
  }
  expect(await isBlocked(url)).toBe(false);
  // And their browsers are not told that they may.
  const preflight = await service.app.inject({
    method: 'OPTIONS',
    url: '/demo/moderator',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
});

it.each([
  [{ image: { url: 'https://elsewhere.example/1.jpg' }, action: 'keep' }, '/image/url'],
  [{ image: { url: 'nothing' }, action: 'keep' }, '/image/url'],
  [{ image: { id: 'photo-1' }, action: 'keep' }, '/image'],
  [{ image: {}, action: 'keep' }, '/image'],
  [{ action: 'keep' }, '/image'],
  [{ image: { url: urlOf('moisson') }, action: 'escalate' }, '/action'],
  [{ image: { url: urlOf('moisson') } }, '/action'],
  [{ image: { url: urlOf('moisson') }, action: 'keep', site: 'other' }, '/site'],
])('refuses %j', async (body, pointer) => {
  const { status, body: problem } = await service.ask('POST', '/demo/moderator', undefined, body, ORIGIN);
  expect(status).toBe(422);
  expect((problem['errors'] as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
});

it('has no query', async () => {
  const body = { image: { url: urlOf('moisson') }, action: 'keep' };
  const answer = await service.ask('POST', '/demo/moderator?site=other', undefined, body, ORIGIN);
  expect(answer.status).toBe(422);
});

it('says so when the administrator is not there any more', async () => {
  await service.database.inTransaction((tx) =>
    tx.manager.update(Staff, demo.staffId, { disabledAt: new Date() }),
  );
  for (const action of ['keep', 'block', 'undo']) {
    const { status, body } = await moderator(urlOf('moisson'), action);
    expect([status, body['why'], body['detail']]).toEqual([
      409,
      'no-administrator',
      expect.stringContaining(demo.email),
    ]);
  }
  await service.database.inTransaction((tx) => tx.manager.update(Staff, demo.staffId, { disabledAt: null }));
});

describe('the demonstration', () => {
  it('caps no network, holds nothing and counts any number of reports, since everybody who tries it is one', async () => {
    const { body } = await service.ask('GET', '/v1/sites/demo/threshold-rule', demo.staffToken);
    expect(body).toMatchObject({
      reporters: 5,
      perNetwork: 1000,
      minNetworks: 1,
      hold: false,
      reporterBudget: null,
    });
  });

  it('has a day of reports of which the rule blocked something and the moderator some', async () => {
    expect(await isBlocked(urlOf('rue-inondee'))).toBe(true);
    expect(await isBlocked(urlOf('samu-nuit'))).toBe(true);
    expect(await isBlocked(urlOf('marche-climat'))).toBe(false);
    expect(A_DAY.length).toBeGreaterThan(10);
  });
});
