import { until } from '../setup/until.js';
import { describeInBrowser } from './chromium.js';
import { Newsroom } from './newsroom.js';

/** How long a reader with a slow phone waits for the proof of work, and whether they notice. */
describeInBrowser('the proof of work', () => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await Newsroom.open();
  });
  afterEach(() => room.leave());
  afterAll(() => room.close());

  const PROOFS = 6;

  async function timesOf(worker: boolean): Promise<{ times: number[]; longest: number; workers: number }> {
    const times: number[] = [];
    let longest = 0;
    let workers = 0;
    for (let n = 0; n < PROOFS; n += 1) {
      const reader = await room.reader();
      if (!worker)
        await reader.page.addInitScript(() => Object.defineProperty(window, 'Worker', { value: undefined }));
      await reader.page.addInitScript(() => {
        const tasks: number[] = [];
        Object.assign(window, { tasks });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(duration);
        }).observe({ type: 'longtask' });
      });
      const page = room.news.page(
        '/proof',
        `<!doctype html><html lang="en"><title>x</title>${room.script()}<body><img data-vigie src="/photos/proof-${n}.svg" width="240" height="160" alt=""></body>`,
      );
      await reader.page.goto(page);
      await reader.flags.click();
      await reader.dialog.locator('input[value=spam]').check();
      reader.page.on('worker', () => (workers += 1));
      const devtools = await reader.context.newCDPSession(reader.page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      let challenged = 0;
      reader.page.on('response', (response) => {
        if (response.url().includes('/v1/challenges')) challenged = performance.now();
      });
      reader.page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/v1/devices'))
          times.push(performance.now() - challenged);
      });
      await reader.page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.splice(0));
      await reader.dialog.locator('button.main').click();
      await until(async () => (await reader.status.textContent())?.startsWith('Thank you') === true);
      longest = Math.max(
        longest,
        ...(await reader.page.evaluate(() => (window as unknown as { tasks: number[] }).tasks)),
      );
      await reader.context.close();
    }
    return { times: times.sort((a, b) => a - b), longest, workers };
  }

  it.each([
    ['in a worker', true],
    ['in slices of the main thread', false],
  ])('is solved on a processor four times slower, %s', async (where, worker) => {
    const { times, longest, workers } = await timesOf(worker);
    expect(times).toHaveLength(PROOFS);
    expect(workers).toBe(worker ? PROOFS : 0);
    const shown = times.map((time) => `${Math.round(time)} ms`).join(', ');
    process.stderr.write(
      `Time to proof ${where}, 4x slowdown: ${shown}; longest task over 50 ms: ${longest || 'none'}\n`,
    );
  });
});
