import { loadReceipt } from '../../src/database/statements/votes/load-receipt.js';
import { Desk, type Done, done } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

describe('the receipt of a vote on an image that became another', () => {
  it('still tells of a vote of an earlier round', async () => {
    const url = 'https://cdn.example.ma/receipts/1.jpg';
    const mine = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'me')));
    await desk.decide(mine, 'keep');
    await desk.reports('photo-1', 1);
    await desk.bindings.bind(desk.siteId, 'photo-1', [url]);
    const vote = {
      siteId: desk.siteId,
      imageId: mine.imageId,
      round: mine.round,
      reporter: desk.reporter('me'),
    };
    expect(await loadReceipt(desk.database, vote)).toMatchObject({ withdrawnAt: null });
  });

  it('still tells of a vote that was withdrawn before', async () => {
    const url = 'https://cdn.example.ma/receipts/2.jpg';
    const mine = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'me')));
    await desk.withdraw(mine, 'me');
    await desk.reports('photo-2', 1);
    await desk.bindings.bind(desk.siteId, 'photo-2', [url]);
    const vote = {
      siteId: desk.siteId,
      imageId: mine.imageId,
      round: mine.round,
      reporter: desk.reporter('me'),
    };
    expect((await loadReceipt(desk.database, vote))?.withdrawnAt).toBeInstanceOf(Date);
  });

  describe('whose round had ended', () => {
    let n = 0;
    const decideOn = async ({ imageId }: Done, action: 'block' | 'keep') =>
      done(await desk.neck.moderateOne(desk.decision({ imageId }, action)));

    /** A vote of a round that a keep ended; then its image became part of one that is known by an id. */
    async function leftBehind(then: 'block' | 'none') {
      const url = `https://cdn.example.ma/receipts/ended-${(n += 1)}.jpg`;
      const mine = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'me')));
      done(await desk.decide(mine, 'keep'));
      if (then === 'block') await decideOn(mine, 'block');
      const photo = await desk.reports(`ended-${n}`, 1);
      await desk.bindings.bind(desk.siteId, `ended-${n}`, [url]);
      const vote = {
        siteId: desk.siteId,
        imageId: mine.imageId,
        round: mine.round,
        reporter: desk.reporter('me'),
      };
      return { photo, told: () => loadReceipt(desk.database, vote), vote };
    }

    it('tells that the image is blocked, by what it became part of', async () => {
      const { photo, told, vote } = await leftBehind('none');
      expect(await told()).toMatchObject({ blocked: false, action: 'keep' });
      await decideOn(photo, 'block');
      expect(await told()).toMatchObject({
        imageId: vote.imageId,
        round: vote.round,
        blocked: true,
        reviewed: true,
        shownReason: 'violence',
        action: 'block',
      });
    });

    it('tells that it is kept, also after a block in between', async () => {
      const { photo, told } = await leftBehind('block');
      expect(await told()).toMatchObject({ blocked: true, action: 'block' });
      await decideOn(photo, 'keep');
      expect(await told()).toMatchObject({ blocked: false, action: 'keep' });
    });
  });
});
