import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Receipts } from '../../src/access/readers/receipt.js';
import { Sealed } from '../../src/access/sealing/sealed.js';
import type { SiteCaller } from '../../src/access/caller.js';
import { FollowReceipt } from '../../src/reports/follow-receipt.js';
import { Desk, done } from '../setup/desk.js';
import { until } from '../setup/until.js';

let desk: Desk;
let holder: pg.Client;
beforeAll(async () => {
  desk = await Desk.open();
  holder = new pg.Client(desk.url);
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await desk.close();
});

const receipts = new Receipts(new Sealed(randomBytes(32)));
const receiptOf = ({ imageId, round }: { imageId: string; round: number }): string =>
  receipts.seal({ siteId: desk.siteId, imageId, round, reporter: desk.reporter('me') });
const caller = (): SiteCaller =>
  ({ kind: 'publishable', site: { id: desk.siteId } }) as unknown as SiteCaller;

it('a report that is withdrawn while its image becomes part of another is withdrawn', async () => {
  const url = 'https://cdn.example.ma/withdrawn/1.jpg';
  const follow = new FollowReceipt(receipts, desk.database, desk.neck);
  const mine = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'me')));
  await desk.reports('survivor', 1);
  await holder.query('begin');
  await holder.query('select from image where id = $1 for update', [mine.imageId]);
  const binding = desk.bindings.bind(desk.siteId, 'survivor', [url]);
  await until(async () => (await desk.waiting()) === 1);
  const withdrawing = follow.withdraw(caller(), receiptOf(mine));
  const failed = withdrawing.catch((error: unknown) => error);
  await until(async () => (await desk.waiting()) === 2);
  await holder.query('commit');
  await binding;
  expect(await failed).toBeUndefined();
  expect((await desk.row('survivor'))['tally']).toEqual({ violence: 1 });
});

it('a report that was withdrawn before its image became part of another can be withdrawn again', async () => {
  const url = 'https://cdn.example.ma/withdrawn/2.jpg';
  const follow = new FollowReceipt(receipts, desk.database, desk.neck);
  const mine = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'me')));
  await follow.withdraw(caller(), receiptOf(mine));
  await desk.reports('survivor', 1);
  await desk.bindings.bind(desk.siteId, 'survivor', [url]);
  await expect(follow.withdraw(caller(), receiptOf(mine))).resolves.toBeUndefined();
});
