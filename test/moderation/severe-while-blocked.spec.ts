import type { Outcome } from '../../src/moderation/image-command.js';
import { Desk, done, type Done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/while-blocked/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

/** An image that a moderator blocked, and of which a vote that is left out gave the severe reason since. */
async function calledSevereSince(inCase: boolean): Promise<{ url: string; blocked: Done }> {
  const [url, where] = [image(), `home-${n}/isp-${n}`];
  const reported = inCase ? await desk.reports(url, 1) : null;
  const decision = desk.decision({ keys: [desk.key(url)] }, 'block');
  const blocked = done(
    reported === null ? await desk.neck.moderateOne(decision) : await desk.decide(reported, 'block'),
  );
  const [, , left] = await desk.oneByOne([
    desk.fromDevice(url, where),
    desk.fromDevice(url, where),
    desk.fromDevice(url, where, { reason: 'child_abuse' }),
  ]);
  expect(left?.case?.status).toBe(inCase ? 'closed' : undefined);
  expect(await desk.row(url)).toMatchObject({ left_out: { network: 1 } });
  return { url, blocked };
}

const appeal = (url: string): Promise<Outcome> =>
  desk.neck.moderateOne({
    type: 'appeal',
    siteId: desk.siteId,
    target: { keys: [desk.key(url)] },
    note: null,
  });

describe.each([
  ['in its case', true],
  ['outside of any case', false],
])('the severe reason of a vote that is left out, since a moderator blocked the image %s', (_, inCase) => {
  it('makes the case urgent with which the undo goes on', async () => {
    const { blocked } = await calledSevereSince(inCase);
    const undone = done(await desk.undo(blocked));
    expect(undone.visibility.blocked).toBe(false);
    expect(undone.case).toMatchObject({ status: 'open', severe: true });
  });

  it('makes the case urgent in which an appeal asks for another look', async () => {
    const { url } = await calledSevereSince(inCase);
    expect(done(await appeal(url)).case).toMatchObject({ status: 'open', severe: true });
  });
});

describe('the severe reason of who is muted', () => {
  it('makes no case urgent, whatever opens it', async () => {
    const url = image();
    const reported = await desk.reports(url, 1);
    const blocked = done(await desk.decide(reported, 'block'));
    await desk.dataSource.query(
      `insert into muted_reporter (site_id, reporter, cause, staff_id) values ($1, $2, 'staff', $3)`,
      [desk.siteId, desk.reporter('wolf'), desk.staffId],
    );
    await desk.oneByOne([desk.report(url, 'child_abuse', 'wolf')]);
    expect(done(await appeal(url)).case).toMatchObject({ severe: false });
    expect(done(await desk.undo(blocked)).case).toMatchObject({ status: 'open', severe: false });
  });
});
