import { loadReceipt } from '../../src/database/statements/votes/load-receipt.js';
import { Desk, done } from '../setup/desk.js';

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
});
