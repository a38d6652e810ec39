import { ReviewRoom } from '../../review/review-room.js';
import { until } from '../../setup/until.js';
import { Moderator, WindowStorage } from './moderator.js';

const LEASE = 120;
const BLOCK = { action: 'block', policy: 'violence' } as const;
const KEEP = { action: 'keep', reports: 'ignore' } as const;

let room: ReviewRoom;
beforeAll(async () => {
  room = await ReviewRoom.open({ LEASE_SECONDS: String(LEASE) });
});
afterAll(() => room.close());

/** A moderator at work on the first of so many cases. */
async function atWork(slug: string, cases = 1) {
  const site = await room.site(slug);
  const token = await room.moderator(site, 'amina');
  const amina = new Moderator(room, token, LEASE);
  const ids: string[] = [];
  for (let n = 0; n < cases; n += 1) ids.push(await room.caseOf(site, `image-${n}`));
  await amina.desk.start();
  return { site, token, amina, id: ids[0] ?? '', ids };
}

const statusOf = async ({ ask }: Moderator, id: string): Promise<unknown> =>
  (await ask.get<{ status: string }>(`/v1/cases/${id}`)).status;

it('keeps a decision while nobody answers, and sends the same one until somebody does', async () => {
  const { amina, id } = await atWork('offline');
  amina.drafts.keep(id, 'blood on the street');
  amina.isOnline = false;
  const taken = amina.desk.decide(BLOCK);
  await until(() => amina.outbox.waiting.peek() === 1);
  expect(amina.outbox.isBusy.peek()).toBe(true);
  amina.isOnline = true;
  amina.pass(1);
  const answer = await taken?.outcome;
  expect(answer?.decision).toMatchObject({ action: 'block', note: 'blood on the street' });
  expect(amina.outbox.items.peek()).toEqual([]);
  expect(amina.drafts.of(id)).toBe('');
});

it('sends what was left unanswered when the window is opened again, once', async () => {
  const { amina, id, token } = await atWork('reopened');
  amina.isOnline = false;
  amina.desk.decide(BLOCK);
  await until(() => amina.outbox.waiting.peek() === 1);
  const again = new Moderator(room, token, LEASE, amina.storage);
  await again.outbox.taken.peek()[0]?.outcome;
  expect(await statusOf(again, id)).toBe('closed');
  // The answer was lost, not the request: the repeated one is the same decision.
  amina.isOnline = true;
  amina.outbox.tick(true);
  await until(() => amina.outbox.items.peek().length === 0);
  const decisions = await room.sql('select 1 from decision where case_id = $1', [
    room.sealed.databaseId('case', id),
  ]);
  expect(decisions).toHaveLength(1);
});

it('keeps a decision while the session is over, and sends it when somebody has signed in again', async () => {
  const { amina, id, token } = await atWork('signed-out');
  amina.token = 'vg_stf_nobody';
  const taken = amina.desk.decide(KEEP);
  await until(() => amina.outbox.waiting.peek() === 1);
  amina.pass(60);
  expect(amina.asked.filter((one) => one.endsWith('/decision'))).toHaveLength(1);
  amina.token = token;
  amina.outbox.tick(true);
  expect((await taken?.outcome)?.decision).toMatchObject({ action: 'keep', case: id });
});

it('says who was faster, and keeps what was typed (behaviour 32)', async () => {
  const { site, amina, id } = await atWork('faster');
  const bilal = new Moderator(room, await room.moderator(site, 'bilal'), LEASE);
  amina.drafts.keep(id, 'an archive picture, see the caption');
  amina.pass(LEASE);
  await room.runOut(id);
  await bilal.desk.start();
  await bilal.desk.decide(BLOCK)?.outcome;
  // Amina's page believes that it still holds the case.
  const held = amina.desk.current.peek();
  if (held !== null) held.isOver.value = false;
  expect(await amina.desk.decide(KEEP)?.outcome).toBeNull();
  const [refused] = amina.outbox.refused.peek();
  expect(refused).toMatchObject({
    request: { action: 'keep', note: 'an archive picture, see the caption' },
    refusal: {
      kind: 'decided',
      who: { email: 'bilal@faster.ma' },
      decision: { action: 'block', policy: 'violence' },
    },
  });
  expect(amina.drafts.of(id)).toBe('an archive picture, see the caption');
  expect(amina.outbox.taken.peek()).toEqual([]);
  expect(amina.outbox.isBusy.peek()).toBe(false);
});

it('names the holder where the lease ran out while one typed and another took the case (behaviour 33)', async () => {
  const { site, amina, id } = await atWork('typing');
  const bilal = new Moderator(room, await room.moderator(site, 'bilal'), LEASE);
  await room.runOut(id);
  await bilal.desk.start();
  await amina.desk.decide(KEEP)?.outcome;
  const [refused] = amina.outbox.refused.peek();
  expect(refused?.refusal).toMatchObject({ kind: 'leased', who: { email: 'bilal@typing.ma' } });
  if (refused !== undefined) amina.outbox.dismiss(refused);
  expect(amina.outbox.items.peek()).toEqual([]);
});

it('says that a case is not for whoever is no moderator any more (behaviour 41)', async () => {
  const { site, amina } = await atWork('removed');
  const lead = await room.moderator(site, 'leila', 'lead');
  const members = `/v1/sites/removed/members`;
  const { body } = await room.service.ask<{ items: { id: string; email: string }[] }>('GET', members, lead);
  const member = body.items.find(({ email }) => email === 'amina@removed.ma');
  await room.service.ask('DELETE', `${members}/${member?.id ?? ''}`, lead);
  await amina.desk.decide(KEEP)?.outcome;
  expect(amina.outbox.refused.peek()[0]?.refusal?.kind).toBe('gone');
});

it('takes decisions back one after the other, with their notes, also one that is still on its way', async () => {
  const { amina, ids } = await atWork('undo', 2);
  amina.drafts.keep(ids[0] ?? '', 'first');
  amina.desk.decide(BLOCK);
  amina.desk.decide(KEEP);
  const [first, second] = amina.outbox.taken.peek();
  if (first === undefined || second === undefined) throw new Error('nothing was taken');
  const undone = await Promise.all([amina.outbox.undo(second), amina.outbox.undo(first)]);
  expect(undone.map((answer) => answer?.case)).toMatchObject([
    { id: ids[1], status: 'open' },
    { id: ids[0], status: 'open' },
  ]);
  expect(amina.outbox.taken.peek()).toEqual([]);
  expect(amina.drafts.of(ids[0] ?? '')).toBe('first');
});

it('takes back what could not be sent, also when the page ended meanwhile', async () => {
  const { amina, id, token } = await atWork('undo-offline');
  amina.drafts.keep(id, 'too fast');
  amina.isOnline = false;
  const taken = amina.desk.decide(BLOCK);
  await until(() => amina.outbox.waiting.peek() === 1);
  if (taken !== undefined) void amina.outbox.undo(taken);
  expect([amina.outbox.waiting.peek(), amina.outbox.undoing.peek()]).toEqual([0, 1]);
  const again = new Moderator(room, token, LEASE, amina.storage);
  await until(() => again.outbox.items.peek().length === 0);
  expect(again.asked.map((what) => what.split('/').at(-1))).toEqual(['decision', 'undo']);
  expect(await statusOf(again, id)).toBe('open');
  expect(again.drafts.of(id)).toBe('too fast');
  expect(again.outbox.refused.peek()).toEqual([]);
});

it('shows what was refused again after the page was loaded again, until it is put away', async () => {
  const { site, amina, id, token } = await atWork('refused-reload');
  const bilal = new Moderator(room, await room.moderator(site, 'bilal'), LEASE);
  amina.drafts.keep(id, 'my reasons');
  await room.runOut(id);
  await bilal.desk.start();
  await bilal.desk.decide(BLOCK)?.outcome;
  await amina.desk.decide(KEEP)?.outcome;
  const again = new Moderator(room, token, LEASE, amina.storage);
  const [refused] = again.outbox.refused.peek();
  expect(refused).toMatchObject({ request: { note: 'my reasons' }, refusal: { kind: 'decided' } });
  expect(again.asked).toEqual([]);
  if (refused !== undefined) again.outbox.dismiss(refused);
  expect(new Moderator(room, token, LEASE, amina.storage).outbox.refused.peek()).toEqual([]);
});

it('says that other bytes came meanwhile, and keeps what was typed (behaviour 18)', async () => {
  const { site, amina, id } = await atWork('bytes');
  const show = (sha256: string) =>
    room.service.ask('PUT', '/v1/images/content', site.secretKey, {
      image: { url: room.url(site, 'image-0') },
      sha256: sha256.repeat(64),
    });
  await show('a');
  await amina.desk.pause();
  await amina.desk.start();
  amina.drafts.keep(id, 'of the old picture');
  await show('b');
  await amina.desk.decide(BLOCK)?.outcome;
  expect(amina.outbox.refused.peek()[0]?.refusal).toMatchObject({
    kind: 'superseded',
    case: { image: { contentVersion: 2 } },
  });
  expect(amina.drafts.of(id)).toBe('of the old picture');
  await amina.desk.fill();
  const next = amina.desk.current.peek()?.view.peek();
  expect(next).toMatchObject({ flags: ['bytes-replaced'], image: { contentVersion: 2 } });
});

it('keeps notes where the browser keeps nothing', () => {
  const storage = new WindowStorage();
  storage.setItem = () => {
    throw new Error('full');
  };
  const desk = new Moderator(room, '', LEASE, storage);
  desk.drafts.keep('case_1', 'kept all the same');
  expect(desk.drafts.of('case_1')).toBe('kept all the same');
});
