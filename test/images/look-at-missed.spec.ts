import type { Reason } from '../../src/core/reasons.js';
import { endWatch, takeWatch } from '../../src/database/statements/content/watched-address.js';
import { lookAtMissed } from '../../src/images/look-at-missed.js';
import type { PublishImage, ReportImage } from '../../src/moderation/image-command.js';
import { Neck } from '../../src/moderation/neck.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
/** While nothing is fetched. */
let neck: Neck;
let n = 0;
const address = (): string => `https://cdn.example.ma/missed/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
  neck = new Neck(desk.database, desk.index, { fetch: false });
});
afterAll(() => desk.close());

const staged = async (): Promise<string[]> => {
  const rows = await desk.dataSource.query<{ url: string }[]>(
    `select payload ->> 'url' as url from job where kind = 'fetch-image' order by id`,
  );
  return rows.map(({ url }) => url);
};

const block = (url: string): PublishImage => ({
  type: 'publisher-block',
  siteId: desk.siteId,
  target: { keys: [desk.key(url)] },
  actor: { kind: 'site', id: null },
  reason: 'violence',
  note: null,
});
const report = (name: string, reason: Reason = 'violence'): ReportImage => desk.report(name, reason);

describe('what was reported or blocked while nothing was fetched', () => {
  it('is looked at once that is turned on, by an address of it, and once', async () => {
    const [open, blocked, severe, kept, ofId] = [address(), address(), address(), address(), address()];
    await desk.bindings.bind(desk.siteId, 'missed-with-address', [ofId]);
    await neck.moderate([
      report(open),
      block(blocked),
      report(severe, 'child_abuse'),
      report('missed-with-address'),
      report('missed-without-address'),
    ]);
    done(await desk.decide(done(await neck.moderateOne(report(kept))), 'keep'));
    expect(await staged()).toEqual([]);

    await Promise.all([lookAtMissed(desk.database), lookAtMissed(desk.database, () => false, 2)]);
    const looks = [open, blocked, ofId].sort();
    expect((await staged()).sort()).toEqual(looks);
    await lookAtMissed(desk.database, () => false, 1);
    expect((await staged()).sort()).toEqual(looks);
  });

  it('is looked at again that was not looked at, as the site did not vouch for its host then', async () => {
    const url = address();
    done(await neck.moderateOne(report(url)));
    const watch = { siteId: desk.siteId, hash: desk.key(url).hash };
    await takeWatch(desk.database, watch, { url, jobId: '1', announced: false });
    await endWatch(desk.database, watch.hash, '1', 'Its host is none of those that the site vouches for.');
    const before = await staged();

    await Promise.all([lookAtMissed(desk.database), lookAtMissed(desk.database)]);
    expect((await staged()).slice(before.length)).toEqual([url]);
  });
});
