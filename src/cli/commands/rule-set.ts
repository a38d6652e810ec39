import type { Command } from 'commander';
import { ThresholdRuleChange } from '../../contract/rules.js';
import { readRequest } from '../../http/validation.pipe.js';
import { changeThresholdRule } from '../../sites/change-threshold-rule.js';
import { ruleChange } from '../../sites/rule-change.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { readRuleFile } from '../read-rule-file.js';
import { siteNamed } from '../site-named.js';

interface Options {
  readonly site: string;
  readonly file: string;
  readonly json?: boolean;
}

/** `rule set`: a new version of a site's rule, from a file. */
export function addRuleSet(rule: Command, cli: Cli): void {
  rule
    .command('set')
    .description('Change the threshold rule of a site; the file may name only what changes')
    .requiredOption('--site <site>', 'id or slug of the site')
    .requiredOption('--file <file>', 'JSON or YAML')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  $ cat rule.yaml
  reporters: 4
  reasons:
    hate: { reporters: 3 }
  $ npm run cli -- rule set --site revue --file rule.yaml`,
    )
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, { site: siteName, file, json }: Options): Promise<void> {
  const body = readRequest(ThresholdRuleChange, readRuleFile(file), 'body') as ThresholdRuleChange;
  const { change, madeFor } = ruleChange(body);
  await withDatabase(cli, async (open) => {
    const site = await siteNamed(open, siteName);
    const { version, rule } = await open.database.inTransaction((tx) =>
      changeThresholdRule(tx, site.id, change, madeFor, null),
    );
    answer(cli, json, { site: site.slug, version, rule }, [
      `The rule of ${site.slug} is now at version ${version}. It counts from now on, and blocks nothing by itself.`,
    ]);
  });
}
