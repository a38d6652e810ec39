import { REASONS } from '../../src/core/reasons.js';
import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let moderator: string;
beforeAll(async () => {
  settings = await startSettings();
  moderator = await settings.tokenOf('amina@example.ma', 'moderator', await settings.site('revue'));
});
afterAll(() => settings.stop());

const list = (query: string) => settings.ask(moderator, 'GET', `/v1/policies?site=revue&${query}`);

it("lists the site's policies in one page, and says which is severe", async () => {
  const { status, body } = await list('');
  expect(status).toBe(200);
  expect(body).toEqual({
    items: REASONS.map((policy) => ({ policy, severe: policy === 'child_abuse' })),
    nextCursor: null,
  });
});

it('is walked by pages as every list, also while a policy of it goes', async () => {
  const first = await list('limit=4');
  const cursor = encodeURIComponent(String(first.body['nextCursor']));
  const admin = await settings.tokenOf('admin@example.ma', 'admin');
  const [, , , last] = REASONS;
  const reasons = REASONS.filter((reason) => reason !== last);
  expect((await settings.ask(admin, 'PATCH', '/v1/sites/revue', { reasons })).status).toBe(200);
  const second = await list(`limit=100&cursor=${cursor}`);
  const named = [first, second].flatMap(({ body }) => body['items'] as { policy: string }[]);
  expect(named.map(({ policy }) => policy)).toEqual(REASONS);
  expect(second.body['nextCursor']).toBeNull();
});

it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=cur_of_another_list'])('refuses %s', async (query) => {
  const { status, body } = await list(query);
  expect(status).toBe(422);
  expect(body['errors']).toMatchObject([{ pointer: `/${query.split('=')[0]}` }]);
});
