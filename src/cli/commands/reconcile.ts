import type { Command } from 'commander';
import { MOST_PROBLEMS } from '../../database/statements/reconcile/reconcile-problem.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { reconcile, type Reconciled } from '../reconcile.js';

/** Problems of one check that a person is shown. */
const SHOWN = 10;

/** `reconcile`: proves that the database agrees with itself; exit code 1 when it does not. */
export function addReconcile(program: Command, cli: Cli): void {
  program
    .command('reconcile')
    .description('Prove that tallies equal votes, blocks what is seen, and the log both; changes nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- reconcile')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(cli, async ({ database }) => {
        const checks = await reconcile(database);
        const ok = checks.every(({ problems }) => problems.length === 0);
        if (!ok) cli.exitCode = 1;
        answer(cli, json, { ok, checks }, [
          ...checks.flatMap(linesOf),
          ok ? 'Everything agrees.' : 'Something is off: keep this output, and a copy of the database.',
        ]);
      }),
    );
}

function linesOf({ name, problems }: Reconciled): string[] {
  if (problems.length === 0) return [`ok    ${name}`];
  const count = problems.length < MOST_PROBLEMS ? String(problems.length) : `${MOST_PROBLEMS} or more`;
  return [
    `OFF   ${name}: ${count}`,
    ...problems
      .slice(0, SHOWN)
      .map(
        ({ siteId, imageId, problem }) =>
          `      site ${siteId}${imageId === null ? '' : `, image ${imageId}`}: ${problem}`,
      ),
    ...(problems.length > SHOWN ? [`      and more: --json shows them`] : []),
  ];
}
