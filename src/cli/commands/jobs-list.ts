import type { Command } from 'commander';
import { countJobs, type ListedJob, listJobs } from '../../database/statements/jobs/list-jobs.js';
import { answer, type Cli, table } from '../cli.js';
import { jobKindNamed, KINDS } from '../job-kind-named.js';
import { withDatabase } from '../open-database.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly dead?: boolean;
  readonly kind?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Characters of an error that fit beside the rest. */
const SHOWN = 100;

/** `jobs list` */
export function addJobsList(jobs: Command, cli: Cli): void {
  jobs
    .command('list')
    .description('Show background jobs that are not done, the longest due first')
    .option('--dead', 'only those that have failed too often and wait for "jobs retry"')
    .option('--kind <kind>', `only jobs of this kind ${KINDS}`)
    .option('--limit <number>', 'so many at most', wholeNumber, 50)
    .option('--json', 'print JSON, with payloads')
    .addHelpText(
      'after',
      '\nStates: waiting (for its time, or for a place), relayed (handed to Redis), running, dead.\n' +
        '\nExamples:\n  $ npm run cli -- jobs list\n  $ npm run cli -- jobs list --dead --kind deliver-webhook',
    )
    .action(({ dead = false, kind: named, limit, json }: Options) =>
      withDatabase(cli, async ({ database }) => {
        const kind = await jobKindNamed(database, named);
        // One more than is shown tells whether there are more.
        const found = await listJobs(database, { dead, kind, limit: limit + 1 });
        const shown = found.slice(0, limit);
        const more = found.length > limit;
        const noJob = kind === null ? 'No job' : `No job of the kind ${kind}`;
        const none = dead
          ? `${noJob} is dead.`
          : kind === null
            ? 'No jobs: everything is done.'
            : `${noJob}.`;
        const lines = table(shown.map(rowOf));
        answer(cli, json, { jobs: shown, more, ...(await countJobs(database, 0)) }, [
          ...(lines.length > 0 ? lines : [none]),
          ...(more ? [`and more: --limit shows them`] : []),
        ]);
      }),
    );
}

function rowOf({ id, kind, lane, state, attempts, runAt, finishedAt, error }: ListedJob): string[] {
  const since = finishedAt ?? runAt;
  const tried = attempts === 1 ? '1 run' : `${attempts} runs`;
  const said = (error ?? '').replace(/\s+/g, ' ');
  return [
    id,
    kind,
    lane,
    state,
    `${finishedAt === null ? 'due' : 'since'} ${since.toISOString()}`,
    tried,
    said.length > SHOWN ? `${said.slice(0, SHOWN)}...` : said,
  ];
}
