import type { Reason } from '../../src/core/reasons.js';
import type { PublishImage } from '../../src/moderation/image-command.js';
import { Neck } from '../../src/moderation/neck.js';
import { Desk, done } from '../setup/desk.js';

/** Whatever is blocked is looked at, whoever blocks it. */

let desk: Desk;
let n = 0;
const address = (): string => `https://cdn.example.ma/blocked/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const jobsOf = (url: string): Promise<{ lane: string; payload: unknown }[]> =>
  desk.dataSource.query(
    `select lane, payload from job where kind = 'fetch-image' and payload ->> 'url' = $1`,
    [url],
  );
const look = (url: string, hash = desk.key(url).hash) => ({
  lane: 'fetch example.ma',
  payload: { site: desk.siteId, hash: hash.toString('hex'), url },
});

const block = (url: string, reason: Reason = 'violence'): PublishImage => ({
  type: 'publisher-block',
  siteId: desk.siteId,
  target: { keys: [desk.key(url)] },
  actor: { kind: 'site', id: null },
  reason,
  note: null,
});

describe('what the site blocks', () => {
  it('is looked at though nobody reported it, once', async () => {
    const [url, other] = [address(), address()];
    await desk.neck.moderate([block(url), block(url), block(other)]);
    await desk.neck.moderate([block(url, 'hate')]);
    expect([await jobsOf(url), await jobsOf(other)]).toEqual([[look(url)], [look(other)]]);
  });

  it('is looked at again when it was known before: its watch may have ended', async () => {
    const url = address();
    await desk.reports(url, 1);
    done(await desk.neck.moderateOne(block(url)));
    expect(await jobsOf(url)).toEqual([look(url), look(url)]);
  });

  it('is looked at by the address that is bound to its id', async () => {
    const [id, url] = [`blocked-${(n += 1)}`, address()];
    await desk.bindings.bind(desk.siteId, id, [url]);
    done(await desk.neck.moderateOne(block(id)));
    expect(await jobsOf(url)).toEqual([look(url)]);
  });

  it('is looked at once where it is reported in the same moment', async () => {
    const url = address();
    await desk.neck.moderate([desk.report(url), block(url)]);
    expect(await jobsOf(url)).toHaveLength(1);
  });

  it('is never looked at where it is called severe (rule 6)', async () => {
    const url = address();
    done(await desk.neck.moderateOne(block(url, 'child_abuse')));
    expect(await jobsOf(url)).toEqual([]);
  });

  it('is not looked at where that is switched off', async () => {
    const url = address();
    const neck = new Neck(desk.database, desk.index, { fetch: false });
    done(await neck.moderateOne(block(url)));
    expect(await jobsOf(url)).toEqual([]);
  });
});

it('what a moderator blocks is looked at again', async () => {
  const url = address();
  const reported = await desk.reports(url, 1);
  done(await desk.decide(reported, 'block'));
  expect(await jobsOf(url)).toHaveLength(2);
});

it('what readers block is looked at already', async () => {
  const url = address();
  await desk.reports(url, 5);
  expect(desk.blockedHere(url)).toBe(true);
  expect(await jobsOf(url)).toHaveLength(1);
});

it('what is blocked by the bytes of which a site told is looked at', async () => {
  const [source, url] = [address(), address()];
  await desk.reports(source, 1);
  await desk.look(source, 'told');
  done(await desk.neck.moderateOne(block(source)));
  const id = `told-${(n += 1)}`;
  await desk.bindings.bind(desk.siteId, id, [url]);
  await desk.look(id, 'told', { bytes: null, announced: true });
  expect(desk.blockedHere(id)).toBe(true);
  expect(await jobsOf(url)).toEqual([look(url)]);
  // What is found by looking is looked at already.
  const found = address();
  await desk.bindings.bind(desk.siteId, `found-${(n += 1)}`, [found]);
  await desk.look(found, 'told');
  expect(desk.blockedHere(found)).toBe(true);
  expect(await jobsOf(found)).toEqual([]);
});
