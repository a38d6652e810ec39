import { claimCases } from '../claim-cases.js';
import { query } from '../database-server.js';
import { archivedUrl, PICTURES_A_GROUP } from '../fill/pictures.js';
import type { FilledSite } from '../filled-site.js';
import type { Bench, Line } from '../line.js';
import { grouped, median, megabytes, rows } from '../markdown.js';
import { measureRun, type Run } from '../measure.js';
import { residentMemory } from '../memory.js';
import { askOver } from '../plans/ask-over.js';
import { LoadProcess, ServerProcess } from '../processes.js';
import { settingsOf, sizesOf } from './settings.js';

const FULL = { rounds: 5, milliseconds: 2_000, looks: 60 };
const QUICK = { rounds: 1, milliseconds: 1_000, looks: 20 };

/** What is asked often, on a site with ten times as much each time. */
export const growth: Line = {
  name: 'growth',
  about: 'how cost grows, from ten thousand reports to ten million',
  async measure(bench: Bench) {
    const columns: (readonly (readonly [what: string, measured: string])[])[] = [];
    for (const size of sizesOf(bench.quick)) {
      columns.push(await measureSite(bench, await bench.filled(size)));
      bench.say(`growth: ${grouped(size)} reports`);
    }
    const [first = []] = columns;
    const body = first.map(([what], row) => [what, ...columns.map((column) => column[row]?.[1] ?? '-')]);
    const [head = [], ...rest] = body;
    return { sections: ['How cost grows with what is in the tables:', rows(head, rest)] };
  },
};

/** Rows of the table, the first of which is its head. */
async function measureSite(
  { quick, server }: Bench,
  site: FilledSite,
): Promise<readonly (readonly [string, string])[]> {
  const { rounds, milliseconds, looks } = quick ? QUICK : FULL;
  const { reports, images, groups, openCases } = site.filling;
  const began = performance.now();
  const service = await ServerProcess.start('../service/main.js', {
    ...site.env,
    ROLE: 'api',
    FETCH_IMAGES: 'on',
  });
  const started = performance.now() - began;
  const memory = residentMemory(service.pid);
  const load = new LoadProcess();
  try {
    const ask = askOver(service.origin);
    /** Of answers to one question after the other, the middle one, in ms. */
    const look = async (path: (n: number) => string, key: string): Promise<string> => {
      const took: number[] = [];
      for (let n = 0; n < looks; n += 1) {
        const from = performance.now();
        const { status } = await ask('GET', path(n), key);
        if (status !== 200) throw new Error(`GET ${path(n)}: ${status}`);
        took.push(performance.now() - from);
      }
      return `${median(took).toFixed(1)} ms`;
    };
    const cases = (await ask('GET', '/v1/cases?limit=50&order=oldest', site.staffToken)).body['items'] as {
      id: string;
    }[];
    /** Blocked, and of all ages. */
    const picture = (n: number): string =>
      archivedUrl(2 + PICTURES_A_GROUP * Math.floor(((groups - 1) * n) / looks));
    const onOne = (path: string) => (n: number) => `${path}${encodeURIComponent(picture(n))}`;
    const list = await timeOfList(service.origin, site.key);
    const claims = await claimCases(service.origin, site, looks);

    const runs: Run[] = [];
    const { connections } = settingsOf(quick);
    for (let round = 0, firstReader = 1; round <= rounds; round += 1) {
      const { run, readers } = await measureRun('intake', service, load, server, {
        origin: service.origin,
        key: site.key,
        connections,
        milliseconds,
        ask: { reports: 'spread', firstReader, shelf: 1 },
      });
      firstReader += readers;
      // The first one warms it up.
      if (round > 0) runs.push(run);
    }
    const middle = (field: keyof Run): number => median(runs.map((run) => run[field]));
    const [size] = await query<{ all: string; votes: string; indexes: string }>(
      site.url,
      `select pg_database_size(current_database()) as all, pg_table_size('vote') as votes,
              pg_indexes_size('vote') as indexes`,
    );
    return [
      ['reports in the tables', grouped(reports)],
      ['images, and open cases', `${grouped(images)}, ${grouped(openCases)}`],
      ['intake, new images, a second', grouped(middle('perSecond'))],
      ['its p99', `${middle('p99')} ms`],
      [
        'of a core for each: Node, Postgres',
        `${middle('serverCpu').toFixed(0)} us, ${middle('postgresCpu').toFixed(0)} us`,
      ],
      ['state of an image, one after the other', await look(onOne('/v1/images/state?url='), site.key)],
      ['claim the next case', `${median(claims).toFixed(1)} ms`],
      ['a page of the queue, by priority', await look(() => '/v1/cases?limit=25', site.staffToken)],
      [
        'the same of closed cases, the newest',
        await look(() => '/v1/cases?status=closed&limit=25', site.staffToken),
      ],
      ['a case', await look((n) => `/v1/cases/${cases[n % cases.length]?.id ?? ''}`, site.staffToken)],
      ['an image with its history', await look(onOne('/v1/images?site=example&url='), site.staffToken)],
      ['a page of the log', await look(() => '/v1/events?limit=25', site.staffToken)],
      ['the whole block list', `${grouped(list.images)} images, ${(list.milliseconds / 1000).toFixed(1)} s`],
      ['start, its memory then', `${(started / 1000).toFixed(1)} s, ${megabytes(memory)}`],
      [
        'database; votes, and their indexes',
        `${megabytes(Number(size?.all))}; ${megabytes(Number(size?.votes))}, ${megabytes(Number(size?.indexes))}`,
      ],
    ];
  } finally {
    await load.stop();
    await service.stop();
  }
}

async function timeOfList(origin: string, key: string): Promise<{ images: number; milliseconds: number }> {
  const began = performance.now();
  const response = await fetch(`${origin}/v1/blocklist`, { headers: { authorization: `Bearer ${key}` } });
  const text = await response.text();
  return { images: text.split('\n').length - 1, milliseconds: performance.now() - began };
}
