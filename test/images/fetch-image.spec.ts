import { Logger } from '@nestjs/common';
import type { ReviewedImage } from '../../src/contract/images.js';
import { imageHash } from '../../src/database/image-hash.js';
import type { FetchImage } from '../../src/images/fetch-image.js';
import type { TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { ImageRoom } from './image-room.js';

let room: ImageRoom;
let site: TestSite;
let moderator: string;
let names = 0;

beforeAll(async () => {
  room = await ImageRoom.open();
  site = await room.site('example');
  moderator = await room.service.staffToken('amina@example.ma', 'moderator', site);
});
afterAll(() => room.close());

/** A reported image of its own, at whose address a picture is. */
async function reported(shade: number | null = 10, reason = 'violence'): Promise<string> {
  const name = `photo-${(names += 1)}`;
  if (shade !== null) await room.serve(name, shade);
  await room.report(site, name, reason);
  return name;
}

const shown = (name: string): Promise<ReviewedImage> => room.shown(site, name, moderator);

describe('the first look', () => {
  it('keeps a copy, which moderators are shown, and plans the next look', async () => {
    const name = await reported(20);
    expect(await shown(name)).toMatchObject({ snapshot: null, notShown: 'pending' });
    const job = room.job();
    expect(await room.look(site, name, { job })).toMatchObject({ again: expect.any(Date) as Date });
    const { snapshot } = await shown(name);
    expect(snapshot).toMatchObject({ sealed: false, width: 64, height: 32 });
    for (const address of [snapshot?.thumbnail, snapshot?.preview]) {
      const answer = await room.ask(address);
      expect([answer.status, answer.text.slice(8, 12)]).toEqual([200, 'WEBP']);
    }
    const watched = await room.watched(site, name);
    expect(watched).toMatchObject({ unchanged: 0, failures: 0, problem: null });
    expect(watched?.wait).toBeGreaterThan(590);
    expect(watched?.wait).toBeLessThan(670);
  });

  it('says who asks and takes only images', async () => {
    const name = await reported();
    await room.look(site, name);
    expect(room.host.asked.at(-1)?.headers).toEqual({
      host: `cdn.example.ma:${room.host.port}`,
      'user-agent': 'Vigie-Images/1 (+https://vigie.example.ma)',
      accept: 'image/avif,image/webp,image/jpeg,image/png,image/gif',
      'accept-encoding': 'identity',
      connection: 'close',
    });
  });

  it('is not made for an address that is no image’s, or of a host that the site does not vouch for', async () => {
    const name = await reported();
    expect(await room.look(site, 'never-reported')).toEqual({ done: true });
    expect(await room.watched(site, 'never-reported')).toBeUndefined();
    await room.sql(`update site set image_hosts = '{elsewhere.ma}' where id = $1`, site.id);
    expect(await room.look(site, name)).toEqual({ done: true });
    expect(await shown(name)).toMatchObject({
      snapshot: null,
      notShown: 'failed',
      notShownBecause: 'Its host is none of those that the site vouches for.',
    });
    // An address that the site itself bound is vouched for by that.
    const urls = [room.url(site, name)];
    await room.service.ask('PUT', '/v1/images/addresses', site.secretKey, { id: 'bound', urls });
    // Not by what its rules made of a reader's address, or by the same bytes, or for another address of that key.
    for (const by of ['rules', 'bytes']) {
      await room.sql('update address set bound_by = $1', by);
      expect(await room.look(site, name)).toEqual({ done: true });
    }
    await room.sql(`update address set bound_by = 'site', url = url || '?of-another'`);
    expect(await room.look(site, name)).toEqual({ done: true });
    await room.sql(`update address set url = replace(url, '?of-another', '')`);
    expect(await room.look(site, name)).toMatchObject({ again: expect.any(Date) as Date });
    await room.hosts(site, [`cdn.example.ma:${room.host.port}`]);
    expect([room.host.count('/never-reported.png'), room.host.count(`/${name}.png`)]).toEqual([0, 1]);
  });
});

describe('behaviour 21: 404 or time-out while fetching', () => {
  it.each([
    ['404', (name: string) => room.host.on(name, 404), 'The host answered 404.'],
    ['410', (name: string) => room.host.on(name, 410), 'The host answered 410.'],
    ['304 that nobody asked for', (name: string) => room.host.on(name, 304), 'The host answered 304.'],
    ['206', (name: string) => room.host.on(name, 206), 'The host answered 206.'],
    ['nothing', (name: string) => room.host.on(name, 200), 'The host sent nothing.'],
    ['silence', (name: string) => room.host.on(name, () => undefined), 'No answer within 900 ms.'],
    [
      'a page',
      (name: string) =>
        room.host.on(name, (response) => void response.setHeader('content-type', 'image/png').end('<html>')),
      'This is not a picture.',
    ],
    [
      'an SVG with a script',
      (name: string) =>
        room.host.on(
          name,
          (response) =>
            void response
              .setHeader('content-type', 'image/png')
              .end('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ),
      'Pictures of this kind (SVG) are not looked at.',
    ],
    [
      'too much',
      (name: string) => room.host.on(name, (response) => void response.end(Buffer.alloc(1_000_001))),
      'It has more than 1000000 bytes.',
    ],
    [
      'a redirect into the inside',
      (name: string) => room.host.on(name, 302, { location: `http://127.0.0.1:${room.host.port}/` }),
      'This address is private or reserved, and is not connected to.',
    ],
  ])(
    '%s: the report stands, and moderators are told why there is no picture',
    async (_, answer, sentence) => {
      const name = await reported(null);
      answer(`/${name}.png`);
      const before = await shown(name);
      const handler = sentence.includes('900') ? room.beside({ answerMilliseconds: 900 }) : room.handler;
      expect(await room.look(site, name, { handler })).toMatchObject({ why: sentence });
      const after = await shown(name);
      expect(after).toEqual({ ...before, notShown: 'failed', notShownBecause: sentence });
      expect(after).toMatchObject({ reviewState: 'open', rounds: [{ reporters: 1 }] });
      expect(room.host.reached).toBe(0);
    },
  );

  it('is tried again, later each time, and forgotten once it works', async () => {
    const name = await reported(null);
    const waits: number[] = [];
    const job = room.job();
    for (let n = 0; n < 4; n += 1) {
      await room.look(site, name, { job });
      waits.push((await room.watched(site, name))?.wait ?? 0);
      await room.due(site, name);
    }
    [60, 600, 3_600, 21_600].forEach((planned, n) => {
      expect(waits[n]).toBeGreaterThan(planned - 5);
      expect(waits[n]).toBeLessThan(planned * 1.1 + 1);
    });
    await room.serve(name, 30);
    await room.look(site, name, { job });
    expect(await room.watched(site, name)).toMatchObject({ failures: 0, problem: null });
    expect(await shown(name)).toMatchObject({ snapshot: { width: 64 } });
  });
});

describe('a look again', () => {
  it('is not made before it is due', async () => {
    const name = await reported();
    const job = room.job();
    await room.look(site, name, { job });
    expect(await room.look(site, name, { job })).toMatchObject({ why: 'It is not due yet.' });
    expect(room.host.count(`/${name}.png`)).toBe(1);
  });

  it('comes later each time while the bytes stay, and soon when they changed', async () => {
    const name = await reported(40);
    const job = room.job();
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await room.look(site, name, { job });
      waits.push(Math.round(((await room.watched(site, name))?.wait ?? 0) / 600));
      await room.due(site, name);
    }
    await room.serve(name, 41);
    await room.look(site, name, { job });
    waits.push(Math.round(((await room.watched(site, name))?.wait ?? 0) / 600));
    const [first = 0, second = 0, third = 0, , changed = 0] = waits;
    expect([first, Math.floor(second / 6), Math.floor(third / 36), changed]).toEqual([1, 1, 1, 1]);
    expect(await room.count('content_bytes', `image_id = (select max(id) from image)`)).toBe(2);
  });

  it('comes no sooner where a host sends other bytes each time: a case lives until somebody can decide it', async () => {
    const name = await reported(null);
    const job = room.job();
    let waited = 0;
    for (let n = 0; n < 4; n += 1) {
      await room.serve(name, 60 + n);
      await room.look(site, name, { job });
      waited += (await room.watched(site, name))?.wait ?? 0;
      await room.due(site, name);
    }
    // Ten minutes, one hour, six hours and a day.
    expect(waited / 3600).toBeGreaterThan(31);
  });

  it('asks the host whether anything is new, and examines nothing where nothing is', async () => {
    const name = await reported(null);
    const bytes = await room.picture(50);
    let fresh = 0;
    room.host.on(`/${name}.png`, (response, { headers }) => {
      const same = headers['if-none-match'] === '"v1"' && headers['if-modified-since'] === 'yesterday';
      if (!same) fresh += 1;
      response.writeHead(same ? 304 : 200, { etag: '"v1"', 'last-modified': 'yesterday' });
      response.end(same ? undefined : bytes);
    });
    const job = room.job();
    const before = room.examined;
    for (let n = 0; n < 4; n += 1) {
      await room.look(site, name, { job });
      await room.due(site, name);
    }
    expect([room.host.count(`/${name}.png`), fresh, room.examined - before]).toEqual([4, 1, 1]);
    expect(await room.watched(site, name)).toMatchObject({ unchanged: 3, failures: 0 });
  });

  it('takes all of it again where there is no copy', async () => {
    const name = await reported(60);
    const job = room.job();
    await room.look(site, name, { job });
    await room.sql('delete from snapshot');
    await room.due(site, name);
    await room.look(site, name, { job });
    expect(await shown(name)).toMatchObject({ snapshot: { sealed: false } });
  });

  it('ends when nobody waits for it any more, and begins anew with another report', async () => {
    const name = await reported(70);
    const job = room.job();
    await room.look(site, name, { job });
    await room.sql(
      `update moderation_case set status = 'closed', outcome = 'keep', closed_at = clock_timestamp()`,
    );
    await room.due(site, name);
    expect(await room.look(site, name, { job })).toHaveProperty('again');
    await room.sql(
      `update watched_address set started_at = started_at - interval '31 days', next_at = clock_timestamp();
       update image set created_at = created_at - interval '31 days';
       update vote set at = at - interval '31 days'`,
    );
    expect(await room.look(site, name, { job })).toEqual({ done: true });
    expect((await room.watched(site, name))?.ended_at).toBeInstanceOf(Date);
    await room.due(site, name);
    expect(await room.look(site, name)).toHaveProperty('again');
    expect(await room.watched(site, name)).toMatchObject({ ended_at: null });
  });

  it('is one job’s alone: a later one takes over, and the one before ends', async () => {
    const name = await reported(80);
    const [first, second] = [room.job(), room.job()];
    await room.look(site, name, { job: first });
    expect(await room.look(site, name, { job: second })).toMatchObject({ why: 'It is not due yet.' });
    expect(await room.look(site, name, { job: first })).toEqual({ done: true });
    expect(room.host.count(`/${name}.png`)).toBe(1);
    // What the site announces is looked at at once.
    expect(await room.look(site, name, { announced: true })).toHaveProperty('again');
    expect(room.host.count(`/${name}.png`)).toBe(2);
  });

  it('tries again what failed no later for the job that takes over', async () => {
    await room.report(site, 'missing');
    await room.look(site, 'missing');
    expect(await room.watched(site, 'missing')).toMatchObject({ failures: 1 });
    const { inSeconds } = (await room.look(site, 'missing')) as { inSeconds: number };
    expect(inSeconds).toBeGreaterThan(0);
    expect(inSeconds).toBeLessThanOrEqual(60);
  });
});

describe('what was reported as child abuse (rule 6)', () => {
  it('is not asked for at all, neither at first nor again', async () => {
    const name = await reported(90, 'child_abuse');
    const result = await room.look(site, name);
    expect(result).toMatchObject({ why: 'It must not be fetched.' });
    expect((await room.watched(site, name))?.wait).toBeGreaterThan(86_000);
    await room.due(site, name);
    await room.look(site, name, { announced: true });
    expect(room.host.count(`/${name}.png`)).toBe(0);
    expect(await shown(name)).toMatchObject({ snapshot: null, notShown: 'severe' });
  });

  it('is not asked for when the vote is not counted, or withdrawn', async () => {
    const name = await reported(91);
    const { body } = await room.report(site, name, 'child_abuse');
    await room.service.ask('DELETE', `/v1/reports/${String(body['receipt'])}`, site.secretKey);
    expect(await room.look(site, name)).toMatchObject({ why: 'It must not be fetched.' });
    expect(room.host.count(`/${name}.png`)).toBe(0);
  });

  it('leaves no copy when the vote comes while it is fetched', async () => {
    const name = await reported(null);
    const bytes = await room.picture(92);
    room.host.on(`/${name}.png`, (response) => {
      void room.report(site, name, 'child_abuse').then(() => response.end(bytes));
    });
    await room.look(site, name);
    expect(await shown(name)).toMatchObject({ snapshot: null, notShown: 'severe' });
    expect(room.host.count(`/${name}.png`)).toBe(1);
  });

  it('leaves no copy of the same bytes under another image of the site', async () => {
    const [first, second] = [await reported(93), await reported(93)];
    await room.look(site, first);
    await room.sql('delete from snapshot');
    await room.report(site, first, 'child_abuse');
    await room.look(site, second);
    expect(await room.count('snapshot')).toBe(0);
  });
});

it('asks no host more often in a minute than it may be asked, whatever the number of processes', async () => {
  const processes = [room.beside({ perHostPerMinute: 5 }), room.beside({ perHostPerMinute: 5 })];
  const images: string[] = [];
  for (let n = 0; n < 24; n += 1) images.push(await reported(100 + n));
  const minute = (): Promise<{ minute: Date }[]> =>
    room.sql(`select date_trunc('minute', clock_timestamp()) as minute`);
  // Within one minute, whatever the clock says: else once more.
  for (let again = 0; again < 3; again += 1) {
    await room.sql('delete from fetch_host; delete from watched_address');
    const before = room.host.asked.length;
    const [from] = await minute();
    const results = await Promise.all(
      images.map((name, n) => room.look(site, name, { handler: processes[n % 2] ?? room.handler })),
    );
    const [to] = await minute();
    if (from?.minute.getTime() !== to?.minute.getTime()) continue;
    expect(room.host.asked.length - before).toBe(5);
    const waits = results.flatMap((result) =>
      'again' in result && result.why.includes('as often as it may') ? [result.again.getTime()] : [],
    );
    // The others come back five in each of the minutes after it.
    const minutes = waits.map((at) => Math.floor((at - (from?.minute.getTime() ?? 0)) / 60_000));
    expect(minutes.sort((a, b) => a - b)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4]);
    return;
  }
  throw new Error('no run stayed within a minute');
});

it('looks at no more at once than there are places, and at nothing where fetching is off', async () => {
  const narrow = room.beside({ atOnce: 1 });
  const [one, other] = [await reported(null), await reported(130)];
  const answers: (() => void)[] = [];
  room.host.on(`/${one}.png`, (response) => void answers.push(() => response.end('x')));
  const first = room.look(site, one, { handler: narrow });
  await until(() => Promise.resolve(answers.length === 1));
  // Whoever waits asks nothing of Postgres, and waits for longer each time.
  await room.sql('delete from watched_address where hash = $1', room.hash(site, other));
  for (const [attempt, most] of [
    [1, 15],
    [3, 39],
    [1_000, 300],
  ] as const) {
    const result = await room.look(site, other, { handler: narrow, attempt });
    expect(result).toMatchObject({ why: 'As many are looked at as may be.' });
    const seconds = 'inSeconds' in result ? result.inSeconds : NaN;
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThanOrEqual(most);
  }
  expect(await room.watched(site, other)).toBeUndefined();
  // A site has half of the places at most, and the others theirs.
  const wide = room.beside({ atOnce: 2 });
  const second = room.look(site, one, { handler: wide, announced: true });
  await until(() => Promise.resolve(room.host.count(`/${one}.png`) === 2));
  await room.serve('theirs', 131);
  const elsewhere = await room.site('beside');
  await room.report(elsewhere, 'theirs');
  expect(await room.look(site, other, { handler: wide })).toMatchObject({
    why: 'As many are looked at as may be.',
  });
  expect(await room.look(elsewhere, 'theirs', { handler: wide })).toMatchObject({
    why: 'It is looked at again.',
  });
  for (const answer of answers) answer();
  await Promise.all([first, second]);
  expect(await room.look(site, other, { handler: room.beside({ fetch: false }) })).toMatchObject({
    why: 'Fetching images is switched off.',
  });
  expect(room.host.count(`/${other}.png`)).toBe(0);
});

it('names times by the database’s clock, however far the process’ own lags', async () => {
  const name = await reported(140);
  const job = room.job();
  await room.look(site, name, { job });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'performance'] });
  try {
    jest.setSystemTime(Date.now() - 86_400_000);
    const result = await room.look(site, name, { job });
    expect(result).toEqual({ inSeconds: expect.any(Number) as number, why: 'It is not due yet.' });
    expect('inSeconds' in result && result.inSeconds).toBeGreaterThan(500);
  } finally {
    jest.useRealTimers();
  }
});

describe('what goes wrong here', () => {
  const broken = (what: Error): FetchImage =>
    room.beside({}, { examiner: { examine: () => Promise.reject(what) } });

  it('is a look that failed, and no reason to give the address up', async () => {
    const name = await reported(150);
    const handler = broken(new Error('A process to look at pictures could not be started.'));
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const job = room.job();
    expect(await room.look(site, name, { handler, job })).toMatchObject({
      again: expect.any(Date) as Date,
      why: 'It could not be looked at here.',
    });
    expect(await room.watched(site, name)).toMatchObject({ failures: 1, ended_at: null });
    // Not the address, which is what a reader sent, with all that it may hold.
    expect(logged.mock.calls).toEqual([
      [`What is at the address of job ${job} could not be looked at.`, expect.any(Error)],
    ]);
    logged.mockRestore();
  });

  it('but Postgres, which the job waits for', async () => {
    const name = await reported(151);
    const away = Object.assign(new Error('it is shutting down'), { code: '57P01', severity: 'FATAL' });
    const handler = room.beside({}, { see: () => Promise.reject(away) });
    await expect(room.look(site, name, { handler })).rejects.toBe(away);
  });
});

it('counts all ports of a host as one, and asks only those that the site names', async () => {
  const name = await reported(160);
  const url = room.url(site, name).replace(/:\d+/, ':8089');
  await room.hosts(site, [`cdn.example.ma:${room.host.port}`, '*.example.ma']);
  const key = { site: site.id, hash: imageHash(site.id, { kind: 'url', key: url }).toString('hex'), url };
  await room.service.report(site, url, 'a reader');
  const run = { jobId: room.job(), attempt: 1, signal: new AbortController().signal };
  expect(await room.handler.run(key, run)).toEqual({ done: true });
  const [row] = await room.sql<{ problem: string }>(
    'select problem from watched_address where url = $1',
    url,
  );
  expect(row?.problem).toBe('The site names no host with the port 8089.');
  await room.sql('delete from fetch_host');
  await room.look(site, name);
  expect(await room.sql('select host from fetch_host')).toEqual([{ host: 'cdn.example.ma' }]);
});
