import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/case-window/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

const age = (imageId: string): Promise<unknown> =>
  desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [imageId]);

describe('votes from before the window', () => {
  it.each([
    ['as many as K', 3],
    ['fewer than K', 4],
  ])('open a case together with those of today, where `caseAt` is %s', async (_, reporters) => {
    await desk.changeRule({ reporters, caseAt: 3, autoBlock: true });
    const url = image();
    await age((await desk.reports(url, 2)).imageId);
    expect((await desk.reports(url, 1)).case?.status).toBe('open');
  });

  it.each([
    ['may block', { autoBlock: true }, false],
    ['may not block', { autoBlock: false }, false],
    ['may not block, since the image is protected,', { autoBlock: true }, true],
  ])('open no case again after a keep, where the rule %s', async (_, rule, isProtected) => {
    await desk.changeRule({ reporters: 3, caseAt: 1, ...rule });
    const url = image();
    const kept = done(await desk.decide(await desk.reports(url, 1), 'keep'));
    if (isProtected) await desk.publish(url, 'protect');
    await desk.reports(url, 2);
    await age(kept.imageId);
    expect((await desk.reports(url, 1)).case).toBeNull();
    expect((await desk.reports(url, 2)).case?.status).toBe('open');
  });

  it.each([
    ['before any keep', false],
    ['after a keep, where none awaited a decision', true],
  ])(
    'make their case urgent with the severe reason that they give now, %s, and block nothing',
    async (_, kept) => {
      await desk.changeRule({ reporters: 3, caseAt: 1, autoBlock: true });
      const url = image();
      const first = await desk.reports(url, 1);
      if (kept) await desk.decide(first, 'keep');
      const old = done(await desk.neck.moderateOne(desk.report(url, 'spam', `old ${kept}`)));
      await age(old.imageId);
      const now = done(await desk.neck.moderateOne(desk.report(url, 'child_abuse', `old ${kept}`)));
      expect(now).toMatchObject({ recorded: false, visibility: { blocked: false } });
      expect(now.case).toMatchObject({ status: 'open', severe: true });
      expect(now.case?.priority).toBeGreaterThanOrEqual(1_000_000_000);
    },
  );

  it('open a case once their reader speaks today with an account, beside those of an archive', async () => {
    await desk.changeRule({ reporters: 5, caseAt: 2, autoBlock: true });
    const url = image();
    const own = done(await desk.neck.moderateOne(desk.fromDevice(url, 'home', { device: 'phone' })));
    await age(own.imageId);
    const castAt = new Date(Date.now() - 365 * 24 * 3_600_000);
    const archived = done(await desk.neck.moderateOne({ ...desk.report(url, 'spam', 'archived'), castAt }));
    expect(archived.case).toBeNull();
    const today = done(await desk.neck.moderateOne(desk.fromAccount(url, 'reader', 'phone', 'hate')));
    expect(today.case?.status).toBe('open');
  });
});
