import { type Command, InvalidArgumentError } from 'commander';
import { retryJobs } from '../../database/statements/jobs/retry-jobs.js';
import type { Database } from '../../database/database.js';
import { answer, type Cli } from '../cli.js';
import { jobKindNamed, KINDS } from '../job-kind-named.js';
import { withDatabase } from '../open-database.js';
import { repeated } from '../repeated.js';

interface Options {
  readonly allDead?: boolean;
  readonly kind?: string;
  readonly json?: boolean;
}

/** Jobs in one transaction. */
const AT_ONCE = 10_000;

/** `jobs retry` */
export function addJobsRetry(jobs: Command, cli: Cli): void {
  jobs
    .command('retry')
    .description('Let dead jobs run again, with all their attempts')
    .argument('[ids...]', 'as "jobs list --dead" shows them', jobId)
    .option('--all-dead', 'all that are dead, instead of ids')
    .option('--kind <kind>', `with --all-dead: only jobs of this kind ${KINDS}`)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run cli -- jobs retry 17 18\n  $ npm run cli -- jobs retry --all-dead --kind deliver-webhook',
    )
    .action(
      async (ids: readonly string[], { allDead = false, kind: named, json }: Options, command: Command) => {
        if (allDead === ids.length > 0) command.error('error: give ids, or --all-dead');
        if (named !== undefined && !allDead) command.error('error: --kind goes with --all-dead');
        await withDatabase(cli, async ({ database }) => {
          if (allDead) {
            const kind = await jobKindNamed(database, named);
            const count = await retryAll(database, kind);
            answer(cli, json, { retried: count }, [
              count === 0
                ? `No job${kind === null ? '' : ` of the kind ${kind}`} is dead.`
                : `Retried ${count}.`,
            ]);
            return;
          }
          const rows = await retryJobs(database, { ids, kind: null, limit: ids.length });
          const retried = new Set(rows.map(({ id }) => id));
          const notDead = [...new Set(ids)].filter((id) => !retried.has(id));
          if (notDead.length > 0) cli.exitCode = 1;
          answer(cli, json, { retried: retried.size, notDead }, [
            `Retried ${retried.size}.`,
            ...notDead.map((id) => `${id}: no job of that number is dead.`),
          ]);
        });
      },
    );
}

async function retryAll(database: Database, kind: string | null): Promise<number> {
  for (let count = 0; ;) {
    const { length } = await retryJobs(database, { ids: null, kind, limit: AT_ONCE });
    count += length;
    // Fewer than asked for: those that died meanwhile are for the next time, or this might never end.
    if (length < AT_ONCE) return count;
  }
}

/** The ids so far, and one more. */
function jobId(value: string, before: readonly string[] | undefined): readonly string[] {
  if (!/^[1-9]\d{0,17}$/.test(value)) throw new InvalidArgumentError('Must be the number of a job.');
  return repeated(value, before);
}
