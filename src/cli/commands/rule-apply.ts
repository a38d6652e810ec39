import type { Command } from 'commander';
import { ChangeSettings } from '../../access/sites/change-settings.js';
import { CandidateRule, type ReplayAnswer } from '../../contract/replay.js';
import { readRequest } from '../../http/validation.pipe.js';
import { Neck } from '../../moderation/neck.js';
import { ApplyRule } from '../../replay/apply-rule.js';
import { ruleChange } from '../../sites/rule-change.js';
import { BlockIndex } from '../../visibility/block-index.js';
import { answer, type Cli, table } from '../cli.js';
import { type OpenDatabase, withDatabase } from '../open-database.js';
import { readRuleFile } from '../read-rule-file.js';
import { nameOf } from '../replay/replay-lines.js';
import { openNow } from '../replay/run-replay.js';
import { siteNamed } from '../site-named.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly site: string;
  readonly file: string;
  readonly ifVersion?: number;
  readonly blockOpen?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `rule apply`: puts a rule in force that was tried. */
export function addRuleApply(rule: Command, cli: Cli): void {
  rule
    .command('apply')
    .description('Put a rule in force that was tried, and let it look at open images at once')
    .requiredOption('--site <site>', 'id or slug of the site')
    .requiredOption('--file <file>', 'JSON or YAML; it may name only what is to change')
    .option(
      '--if-version <version>',
      'only if this version is in force: the one it was tried for',
      wholeNumber,
    )
    .option('--block-open', 'let it look at images that await a decision; without --yes they are only shown')
    .option('--yes', 'do what is shown')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Without --block-open it is "rule set": the rule counts from now on. With it, images that have enough reports are blocked
now, and not at their next report. Nothing is unblocked. The same command once more changes nothing.

Example:
  $ npm run cli -- rule apply --site revue --file rule.yaml --block-open
  $ npm run cli -- rule apply --site revue --file rule.yaml --block-open --yes`,
    )
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, options: Options): Promise<void> {
  const { site: siteName, file, blockOpen = false, yes = false, json } = options;
  const { change } = ruleChange(readRequest(CandidateRule, readRuleFile(file), 'body'));
  await withDatabase(cli, async (open) => {
    const site = await siteNamed(open, siteName);
    const { ruleVersion, openImages } = await openNow(open, { siteId: site.id, change });
    const images = blockOpen ? openImages.items : [];
    if (blockOpen && !yes) {
      answer(cli, json, { site: site.slug, ruleVersion, applied: false, openImages }, [
        ...listed(openImages),
        `Nothing was changed. With --yes the rule is put in force, and looks at ${images.length === 1 ? 'this image' : `these ${images.length} images`}.`,
      ]);
      return;
    }
    const { rule, results } = await appliesOf(open).apply({
      siteId: site.id,
      change,
      ifVersion: options.ifVersion ?? ruleVersion,
      images: images.map(({ image }) => image.id),
      staffId: null,
    });
    const done = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
    answer(cli, json, { site: site.slug, applied: true, ...rule, results }, [
      `The rule of ${site.slug} is now at version ${rule.version}. It counts from now on.`,
      ...(blockOpen
        ? [`It blocked ${done('blocked')} and held ${done('held')} of ${results.length} open images.`]
        : []),
    ]);
  });
}

const listed = ({ total, items }: ReplayAnswer['openImages']): string[] => [
  ...table(items.map(({ would, reporters, image }) => [would, `${reporters} reporters`, nameOf(image)])),
  ...(total > items.length ? [`and ${total - items.length} more, which this would leave as they are`] : []),
];

/** A running service learns of it by itself: of the rule by a notice, of blocks by the log. */
function appliesOf({ database, sealed, config }: OpenDatabase): ApplyRule {
  const settings = new ChangeSettings(database, { forget: () => undefined });
  return new ApplyRule(database, settings, new Neck(database, new BlockIndex(), config.images), sealed);
}
