import { Desk, done } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

const age = (imageId: string): Promise<unknown> =>
  desk.dataSource.query(`update vote set at = at - interval '8 days' where image_id = $1`, [imageId]);

describe('an undo after which votes of before have left the window', () => {
  it('blocks by the votes that came since, as soon as they are enough', async () => {
    const url = 'https://cdn.example.ma/undo/1.jpg';
    await age((await desk.reports(url, 4)).imageId);
    const reported = await desk.reports(url, 4);
    const blocked = done(await desk.decide(reported, 'block'));
    await age(blocked.imageId);
    await desk.reports(url, 5);
    expect(done(await desk.undo(blocked)).visibility.blocked).toBe(true);
  });
});

describe('an undo after readers have said more of an image that they had reported before', () => {
  it('blocks when two of them have given the severe reason since', async () => {
    const url = 'https://cdn.example.ma/undo/3.jpg';
    let last = done(await desk.neck.moderateOne(desk.report(url, 'violence', 's1')));
    for (const name of ['s2', 's3', 's4'])
      last = done(await desk.neck.moderateOne(desk.report(url, 'violence', name)));
    const blocked = done(await desk.decide(last, 'block'));
    for (const name of ['s1', 's2']) await desk.neck.moderateOne(desk.report(url, 'child_abuse', name));
    expect(done(await desk.undo(blocked)).visibility).toMatchObject({
      blocked: true,
      reason: 'child_abuse',
    });
  });
});
