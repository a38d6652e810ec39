import type { Command } from 'commander';
import { CandidateRule } from '../../contract/replay.js';
import { readRequest } from '../../http/validation.pipe.js';
import { ruleChange } from '../../sites/rule-change.js';
import { answer, type Cli } from '../cli.js';
import { nameOptions } from '../name-options.js';
import { withDatabase } from '../open-database.js';
import { readRuleFile } from '../read-rule-file.js';
import { replayLines } from '../replay/replay-lines.js';
import { runReplay } from '../replay/run-replay.js';
import { siteNamed } from '../site-named.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly site: string;
  readonly file: string;
  readonly days: number;
  readonly json?: boolean;
}

/** `rule replay`: what a rule would have done. */
export function addRuleReplay(rule: Command, cli: Cli): void {
  rule
    .command('replay')
    .description('Say what a rule would have done, beside the one in force; changes nothing')
    .requiredOption('--site <site>', 'id or slug of the site')
    .requiredOption('--file <file>', 'JSON or YAML; it may name only what is to change')
    .option('--days <days>', 'of the last so many days, at most 400', wholeNumber, 30)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The site's reports and people's decisions are played under both rules (docs/replay.md).

Example:
  $ cat rule.yaml
  reporters: 3
  $ npm run cli -- rule replay --site revue --file rule.yaml --days 90`,
    )
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, { site: siteName, file, days, json }: Options): Promise<void> {
  const { change } = ruleChange(readRequest(CandidateRule, readRuleFile(file), 'body'));
  await withDatabase(cli, async (open) => {
    const site = await siteNamed(open, siteName);
    const replayed = await nameOptions({ from: '--days' }, () =>
      runReplay(cli, open, { siteId: site.id, change, days }),
    );
    answer(cli, json, { site: site.slug, ...replayed }, replayLines(site.slug, replayed));
  });
}
