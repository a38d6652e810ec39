import type { TestSite } from '../setup/service.js';
import { ImageRoom } from './image-room.js';

let room: ImageRoom;
let site: TestSite;
let moderator: string;

beforeAll(async () => {
  room = await ImageRoom.open();
  site = await room.site('example');
  moderator = await room.service.staffToken('amina@example.ma', 'moderator', site);
});
afterAll(() => room.close());

async function blockedByModerator(name: string): Promise<string> {
  await room.serve(name, 20);
  await room.report(site, name);
  const job = room.job();
  await room.look(site, name, { job });
  const url = room.url(site, name);
  const answer = await room.service.ask('PUT', `/v1/images/block?site=${site.slug}`, moderator, {
    image: { url },
    policy: 'violence',
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return job;
}

const announce = async (name: string): Promise<void> => {
  const answer = await room.service.ask('PUT', '/v1/images/content', site.secretKey, {
    image: { url: room.url(site, name) },
  });
  if (answer.status >= 300) throw new Error(answer.text);
};
const blocked = async (name: string): Promise<unknown> =>
  (await room.service.state(site, { url: room.url(site, name) })).body['blocked'];

describe('bytes that the site announced are free of a moderator’s block on those before them', () => {
  it('where the look that was staged for them comes first', async () => {
    await blockedByModerator('in-turn');
    await announce('in-turn');
    await room.serve('in-turn', 200);
    await room.look(site, 'in-turn');
    expect(await blocked('in-turn')).toBe(false);
  });

  it('where a look that was due before comes to them first', async () => {
    const job = await blockedByModerator('old-first');
    await announce('old-first');
    await room.serve('old-first', 200);
    await room.due(site, 'old-first');
    await room.look(site, 'old-first', { job });
    await room.look(site, 'old-first');
    expect(await blocked('old-first')).toBe(false);
  });

  it('where they were being fetched as they were announced', async () => {
    const job = await blockedByModerator('meanwhile');
    const bytes = await room.picture(201);
    room.host.on('/meanwhile.png', (response) => {
      void announce('meanwhile').then(() => response.writeHead(200).end(bytes));
    });
    await room.due(site, 'meanwhile');
    await room.look(site, 'meanwhile', { job });
    await room.serve('meanwhile', 201);
    await room.look(site, 'meanwhile');
    expect(await blocked('meanwhile')).toBe(false);
  });

  it('once: what comes after them was announced by nobody', async () => {
    const job = await blockedByModerator('once');
    await announce('once');
    await room.serve('once', 200);
    await room.due(site, 'once');
    await room.look(site, 'once', { job });
    await room.look(site, 'once');
    const [watch] = await room.service.database.query<{ announced_until: Date | null }>({
      name: 'announced-until',
      text: `select announced_until from watched_address where url = '${room.url(site, 'once')}'`,
    });
    expect(watch).toEqual({ announced_until: null });
  });
});
