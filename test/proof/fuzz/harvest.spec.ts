import { Harvest } from '../../../proof/fuzz/harvest.js';
import type { FuzzAnswer, FuzzRequest } from '../../../proof/fuzz/request.js';
import { Seeded } from '../../setup/seeded.js';

const asked: FuzzRequest = { route: 'GET /v1/cases', method: 'GET', url: '/v1/cases', headers: {} };
const id = (kind: string, letter: string): string => `${kind}_${letter.repeat(32)}`;
const answer = (status: number, body: unknown, headers: FuzzAnswer['headers'] = {}): FuzzAnswer => ({
  status,
  headers,
  text: JSON.stringify(body),
});

it('asks about what answers named, of the same kind', () => {
  const harvest = new Harvest();
  harvest.note(asked, answer(200, { items: [{ id: id('case', 'a'), image: id('img', 'b') }] }));
  const url = `/v1/cases/${id('case', 'z')}?x=${id('mut', 'z')}`;
  const body = Buffer.from(JSON.stringify({ image: id('img', 'z') }));
  const swapped = harvest.swapped({ ...asked, route: 'x', url, body }, new Seeded(1));
  expect(swapped.url).toBe(`/v1/cases/${id('case', 'a')}?x=${id('mut', 'z')}`);
  expect(swapped.body?.toString()).toBe(JSON.stringify({ image: id('img', 'b') }));
});

it('takes nothing from a refusal, no key, and nothing by which callers ask', () => {
  const harvest = new Harvest();
  const kinds = ['stf', 'key', 'ses', 'vg_sec', 'vg_stf'];
  harvest.note(asked, answer(404, { id: id('case', 'a') }));
  harvest.note(
    asked,
    answer(
      200,
      kinds.map((kind) => id(kind, 'a')),
    ),
  );
  for (const kind of ['case', 'sec', ...kinds]) expect(harvest.another(kind, new Seeded(1))).toBeUndefined();
});

it('reads on where a page ended, and asks whether it changed', () => {
  const harvest = new Harvest();
  harvest.note(asked, answer(200, { items: [], nextCursor: 'abc' }, { etag: '"e"' }));
  const swapped = Array.from({ length: 20 }, (_, seed) => harvest.swapped(asked, new Seeded(seed)));
  expect(new Set(swapped.map(({ url }) => url))).toEqual(new Set(['/v1/cases', '/v1/cases?cursor=abc']));
  expect(swapped[0]?.headers).toEqual({ 'if-none-match': '"e"' });
  expect(harvest.swapped({ ...asked, route: 'GET /v1/mutes' }, new Seeded(1)).headers).toEqual({});
});

it('knows the link in an answer', () => {
  const link = `vg_lnk_${'a'.repeat(43)}`;
  const harvest = new Harvest();
  harvest.note(asked, answer(201, { url: `https://vigie.example.ma/console/welcome#${link}` }));
  expect(harvest.another('vg_lnk', new Seeded(1))).toBe(link);
});
