import type { Command } from 'commander';
import { DeviceTokens } from '../../access/readers/device-token.js';
import { Networks } from '../../access/readers/networks.js';
import { Reporters } from '../../access/readers/reporter.js';
import type { SiteSettings } from '../../access/caller.js';
import { PastBlock, PastReport } from '../../contract/imports.js';
import { readRequest } from '../../http/validation.pipe.js';
import { BindAddresses } from '../../moderation/bind-addresses.js';
import { pastBlock } from '../../publishing/past-block.js';
import { pastReport } from '../../reports/past-report.js';
import { BlockIndex } from '../../visibility/block-index.js';
import { answer, type Cli } from '../cli.js';
import { BadLines } from '../import/bad-lines.js';
import { type Imported, type Importing, importLines } from '../import/import-lines.js';
import { openInput } from '../import/open-input.js';
import { Progress } from '../import/progress.js';
import { type OpenDatabase, withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

type Kind = Importing['name']['kind'];

interface Options {
  readonly site: string;
  readonly errors?: string;
  readonly dryRun?: boolean;
  readonly fromStart?: boolean;
  readonly json?: boolean;
}

const EVERY_IMPORT = `
FILE holds one JSON object a line (NDJSON, UTF-8); "-" is standard input. Bad lines are reported by number and the
others go in; then the exit code is 1. When it was interrupted, the same command goes on where it ended. The same
file once more changes nothing, and a file that has grown brings what is new. "image" is { "url" }, { "id" }, or both:
together they bind the address to the id.`;

const REPORTS = `
A line: { "image": { "url", "id" }, "reason", "reporter": { "account" }, "comment", "page": { "url", "title" }, "at" }
  $ cat reports.ndjson
  {"image":{"url":"https://cdn.revue.ma/1.jpg"},"reason":"hate","reporter":{"account":"user-42"},"at":"2026-03-01T09:30:00Z"}

A report counts as of "at", as if the site had sent it then; without it, as of now. Those within the time window of the
site's rule (168 hours, unless it says otherwise) count like any other: they open cases, and block where the rule says so.
Older ones are kept as votes that moderators see, and neither block nor open a case. What was said before a moderator's
last "keep" of an image, or before its reporter withdrew, changes nothing.
${EVERY_IMPORT}

Examples:
  $ npm run cli -- import reports --site revue reports.ndjson --dry-run
  $ zcat reports.ndjson.gz | npm run cli -- import reports --site revue - --errors bad.ndjson`;

const BLOCKS = `
A line: { "image": { "url", "id" }, "reason", "note", "since" }
  $ cat blocks.ndjson
  {"image":{"id":"photo-7"},"reason":"privacy","note":"À la demande de la famille.","since":"2025-11-03T08:00:00Z"}

Each becomes the site's own block, which hides the image from now on whatever readers and moderators say, until the site
takes it back. "since" is shown as its beginning; without it, now.
${EVERY_IMPORT}

Examples:
  $ npm run cli -- import blocks --site revue blocks.ndjson --dry-run
  $ npm run cli -- import blocks --site revue blocks.ndjson`;

/** `import reports` and `import blocks`: what another system knew. */
export function addImport(program: Command, cli: Cli): void {
  const parent = program.command('import').description('Bring what another system knew').helpCommand(false);
  const add = (kind: Kind, description: string, help: string): void => {
    parent
      .command(kind)
      .description(description)
      .argument('<file>', 'one JSON object a line; "-" for standard input')
      .requiredOption('--site <site>', 'id or slug of the site')
      .option('--errors <file>', 'write all bad lines into this file, as { line, errors }')
      .option('--dry-run', 'check all lines, and write nothing')
      .option('--from-start', 'take no notice of how far an earlier run of this file has come')
      .option('--json', 'print JSON')
      .addHelpText('after', help)
      .action((file: string, options: Options) => run(cli, kind, file, options));
  };
  add('reports', "Import readers' reports", REPORTS);
  add('blocks', "Import the site's own blocks", BLOCKS);
}

async function run(cli: Cli, kind: Kind, file: string, options: Options): Promise<void> {
  const { site: siteName, errors, dryRun = false, fromStart = false, json } = options;
  const input = openInput(cli, file, errors);
  await withDatabase(cli, async (open) => {
    const site = await siteNamed(open, siteName);
    const bad = new BadLines(errors);
    const progress = new Progress(cli, input.size);
    let went: Imported;
    try {
      went = await importLines(input, {
        name: { siteId: site.id, kind },
        database: open.database,
        bindings: new BindAddresses(open.database, new BlockIndex()),
        fetch: open.config.images.fetch,
        bad,
        progress,
        wanted: wantedBy(kind, site, open),
        dryRun,
        fromStart,
      });
    } finally {
      progress.stop();
      bad.close();
    }
    if (bad.count > 0) cli.exitCode = 1;
    const result = { site: site.slug, kind, dryRun, ...went, badLines: bad.count, bad: bad.first };
    answer(cli, json, result, linesOf(kind, site, dryRun, went, bad, errors));
  });
}

/** How a line becomes a command. */
function wantedBy(kind: Kind, site: SiteSettings, { secret, sealed }: OpenDatabase): Importing['wanted'] {
  switch (kind) {
    case 'reports': {
      const reporters = new Reporters(secret, sealed, new DeviceTokens(sealed), new Networks(secret));
      return (line) =>
        pastReport(readRequest(PastReport, line, 'body') as PastReport, site, reporters, new Date());
    }
    case 'blocks':
      return (line) => pastBlock(readRequest(PastBlock, line, 'body') as PastBlock, site, new Date());
  }
}

function linesOf(
  kind: Kind,
  { slug }: SiteSettings,
  dryRun: boolean,
  { read, imported, alreadyThere, skipped }: Imported,
  bad: BadLines,
  errorsFile: string | undefined,
): string[] {
  const summary = dryRun
    ? `Checked ${read} lines of ${kind} for ${slug}, and wrote nothing: ${read - bad.count} good, ${bad.count} bad.`
    : `Read ${read} lines of ${kind} for ${slug}: ${imported} new, ${alreadyThere} already there, ${bad.count} bad` +
      (skipped > 0 ? `, ${skipped} done by an earlier run.` : '.');
  const shown = bad.first.flatMap(({ line, errors }) =>
    errors.map(({ pointer, detail }) => `line ${line}: ${pointer === '' ? '' : `${pointer}: `}${detail}`),
  );
  const more = bad.count - bad.first.length;
  const rest = errorsFile === undefined ? '"--errors FILE" writes them all' : `${errorsFile} has them all`;
  return [summary, ...shown, ...(more > 0 ? [`and ${more} more bad lines: ${rest}`] : [])];
}
