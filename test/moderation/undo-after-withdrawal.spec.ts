import { Desk, done } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ caseAt: 2 });
});
afterAll(() => desk.close());

const IMAGE = 'https://cdn.example.ma/photos';

const report = async (url: string, reader: string) =>
  done(await desk.neck.moderateOne(desk.report(url, 'spam', reader)));

/** An image that one person reported, and that a moderator then blocks without any case. */
async function blockedBeside(url: string) {
  const first = await report(url, `first on ${url}`);
  const blocked = done(await desk.neck.moderateOne(desk.decision({ imageId: first.imageId }, 'block')));
  return { first, blocked };
}

it('hears of the second and third report after the first was taken back, and opens their case', async () => {
  const url = `${IMAGE}/1.jpg`;
  const { first, blocked } = await blockedBeside(url);
  done(await desk.withdraw(first, `first on ${url}`));
  await report(url, 'second');
  expect((await report(url, 'third')).case).toBeNull();
  expect(done(await desk.undo(blocked)).case).toMatchObject({ status: 'open' });
});

it('hears of one who reports again what they had taken back', async () => {
  const url = `${IMAGE}/2.jpg`;
  await desk.changeRule({ caseAt: 2 });
  const { first, blocked } = await blockedBeside(url);
  await desk.changeRule({ caseAt: 1 });
  done(await desk.withdraw(first, `first on ${url}`));
  await report(url, `first on ${url}`);
  expect(done(await desk.undo(blocked)).case).toMatchObject({ status: 'open' });
});

it('hears of a reason that was added', async () => {
  const url = `${IMAGE}/3.jpg`;
  await desk.changeRule({ caseAt: 2 });
  const { first, blocked } = await blockedBeside(url);
  await desk.changeRule({ caseAt: 1 });
  done(await desk.neck.moderateOne(desk.report(url, 'hate', `first on ${url}`)));
  expect(done(await desk.undo(blocked)).case).toMatchObject({ status: 'open' });
  expect(first.case).toBeNull();
});

it('opens nothing where nobody spoke whose report stands, though the rule would by now', async () => {
  const url = `${IMAGE}/4.jpg`;
  await desk.changeRule({ caseAt: 2 });
  const { blocked } = await blockedBeside(url);
  const second = await report(url, 'second');
  done(await desk.withdraw(second, 'second'));
  await desk.changeRule({ caseAt: 1 });
  expect(done(await desk.undo(blocked)).case).toBeNull();
});
