import { makeExampleSite } from '../example-site.js';
import type { Bench, Line } from '../line.js';
import { grouped } from '../markdown.js';
import { measureRun, type Run } from '../measure.js';
import { LoadProcess, ServerProcess } from '../processes.js';
import type { LoadJob } from '../requests.js';
import { type Comparison, ratiosOf, timesOf } from '../table.js';
import { settingsOf, sizesOf } from './settings.js';

const SUBJECTS = ['intake, empty tables', 'intake, full tables', 'intake, full tables, old images'] as const;
type Subject = (typeof SUBJECTS)[number];

/** The same reports to a new database and to one that is full, of which the last are on images that it has. */
export const full: Line = {
  name: 'full',
  about: 'intake with ten million reports in the tables, against an empty database',
  async measure({ quick, server, say, filled }: Bench) {
    const { rounds, milliseconds, warmUpMilliseconds, connections } = settingsOf(quick);
    const site = await filled(sizesOf(quick).at(-1) ?? 0);
    const empty = await makeExampleSite(server, 'bench_empty');
    const load = new LoadProcess();
    const running: ServerProcess[] = [];
    const start = async (env: NodeJS.ProcessEnv): Promise<ServerProcess> => {
      // As in the line of requests: what is reported first is staged to be fetched, and no worker looks for it.
      const server = await ServerProcess.start('../service/main.js', {
        ...env,
        ROLE: 'api',
        FETCH_IMAGES: 'on',
      });
      running.push(server);
      return server;
    };
    try {
      const [small, large] = [await start(empty.env), await start(site.env)];
      /** Of each database by itself, so that both get the very same reports. */
      const reported = { small: 1, large: 1, old: 1_000_000_000 };
      const runOnce = async (subject: Subject, time: number): Promise<Run> => {
        const which =
          subject === 'intake, empty tables' ? 'small' : subject === 'intake, full tables' ? 'large' : 'old';
        const target = which === 'small' ? small : large;
        const ask: LoadJob['ask'] = {
          reports: which === 'old' ? { groups: site.filling.groups } : 'spread',
          firstReader: reported[which],
        };
        const { key } = which === 'small' ? empty : site;
        const job = { origin: target.origin, key, connections, milliseconds: time, ask };
        const { run, readers } = await measureRun(subject, target, load, server, job);
        reported[which] += readers;
        return run;
      };
      for (const subject of SUBJECTS) await runOnce(subject, warmUpMilliseconds);
      const runs = new Map<Subject, Run[]>(SUBJECTS.map((subject) => [subject, []]));
      for (let round = 1; round <= rounds; round += 1) {
        for (const subject of round % 2 > 0 ? SUBJECTS : SUBJECTS.toReversed()) {
          const run = await runOnce(subject, milliseconds);
          runs.get(subject)?.push(run);
          say(`round ${round} of ${rounds}: ${subject}: ${grouped(run.perSecond)} a second`);
        }
      }
      const { reports, images } = site.filling;
      return { ratios: ratiosOf(runs, comparisonsOf(reports, images)), times: timesOf(runs) };
    } finally {
      await load.stop();
      for (const process of running) await process.stop();
    }
  },
};

const comparisonsOf = (reports: number, images: number): readonly Comparison<Subject>[] => [
  {
    what: `durable intake, ${grouped(reports)} reports and ${grouped(images)} images in the tables`,
    against: 'an empty database, the very same reports',
    subject: 'intake, full tables',
    base: 'intake, empty tables',
    aim: 0.85,
    finally: 0.85,
  },
  {
    what: 'the same on images that were there, none twice soon',
    against: 'an empty database, new images',
    subject: 'intake, full tables, old images',
    base: 'intake, empty tables',
    aim: 0.85,
    finally: 0.85,
  },
];
