import type { Command } from 'commander';
import { stringify } from 'yaml';
import { readThresholdRule } from '../../sites/read-threshold-rule.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly site: string;
  readonly version?: number;
  readonly json?: boolean;
}

/** `rule show` */
export function addRuleShow(rule: Command, cli: Cli): void {
  rule
    .command('show')
    .description('Show the threshold rule of a site; as YAML, which "rule set" takes back')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--version <version>', 'an earlier version', wholeNumber)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run --silent cli -- rule show --site revue > rule.yaml')
    .action(({ site: siteName, version, json }: Options) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, siteName);
        const found = await open.database.inTransaction((tx) => readThresholdRule(tx, site.id, version));
        answer(cli, json, { site: site.slug, ...found }, [
          `# ${site.slug}, version ${found.version}`,
          stringify(found.rule).trimEnd(),
        ]);
      }),
    );
}
