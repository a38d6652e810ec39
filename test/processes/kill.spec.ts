/**
 * kill -9 of the service, with the Postgres that it runs, while readers report, moderators decide and the publisher
 * blocks: whatever somebody was told is done, is done.
 *
 * VIGIE_KILLS: how often. VIGIE_SEED: the number in the test's name, to have the same draws again.
 */
import { DataDir } from '../setup/data-dir.js';
import { keysOfDemonstration, runCommand, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { indexEqualsTable } from './index-equals-table.js';
import { Acknowledged, broken, Load } from './load.js';

const KILLS = Number(process.env['VIGIE_KILLS'] ?? 4);
const SEED = seedOfRun();
/** Acknowledgements of one life at most: some tenths of a second. */
const LONGEST_LIFE = 400;

jest.setTimeout(60_000 + KILLS * 20_000);

const data = new DataDir();
const env = { DATA_DIR: data.folder };

afterAll(async () => {
  await stopProcesses();
  data.remove();
});

test(`${KILLS} times kill -9 under load: nothing acknowledged is lost, tallies equal votes, the index equals the table (seed ${SEED})`, async () => {
  const seeded = new Seeded(SEED);
  const known = new Acknowledged();
  let service = await ServiceProcess.start(env);
  const keys = await keysOfDemonstration(service);

  for (let life = 1; life <= KILLS; life += 1) {
    const ending = service;
    // Every fifth time the server is killed as well, where otherwise it notices our death and shuts down.
    const server = life % 5 === 0 ? data.serverPid() : null;
    let left = 1 + seeded.below(LONGEST_LIFE);
    const load = new Load(ending, keys, seeded, known, `life-${life}`, () => {
      left -= 1;
      if (left !== 0) return;
      ending.kill('SIGKILL');
      if (server !== null) process.kill(server, 'SIGKILL');
    });
    await load.over;
    expect(await ending.exited).toEqual({ code: null, signal: 'SIGKILL' });
    service = await ServiceProcess.start(env);
  }

  expect(known.reports.size).toBeGreaterThan(KILLS);
  expect(known.decisions.size).toBeGreaterThan(0);
  expect(await runCommand(env, 'reconcile')).toMatchObject({ ok: true });
  expect(await indexEqualsTable(data.databaseUrl, service, keys.secretKey, 'demo')).toBeGreaterThan(40);
  expect(await broken(known, service, keys)).toEqual([]);
  expect(await service.stop()).toEqual({ code: 0, signal: null });
});
