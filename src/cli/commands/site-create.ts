import type { Command } from 'commander';
import { readerSigningSecret } from '../../access/readers/reader-token.js';
import { siteSettings } from '../../access/sites/site-settings.js';
import { siteAnswer } from '../../sites/answers.js';
import { createKey } from '../../sites/create-key.js';
import { createSite } from '../../sites/create-site.js';
import { answer, type Cli } from '../cli.js';
import { nameOptions } from '../name-options.js';
import { withDatabase } from '../open-database.js';
import { repeated } from '../repeated.js';

interface Options {
  readonly slug: string;
  readonly name: string;
  readonly origin?: readonly string[];
  readonly imageHost?: readonly string[];
  readonly addressPreset?: readonly string[];
  readonly ignoreParameter?: readonly string[];
  readonly removePath?: readonly string[];
  readonly locale?: string;
  readonly timeZone?: string;
  readonly reason?: readonly string[];
  readonly json?: boolean;
}

const OPTIONS = {
  slug: '--slug',
  name: '--name',
  origins: '--origin',
  imageHosts: '--image-host',
  'addressRules/presets': '--address-preset',
  'addressRules/ignoreParameters': '--ignore-parameter',
  'addressRules/removePaths': '--remove-path',
  locale: '--locale',
  timeZone: '--time-zone',
  reasons: '--reason',
};

/** `site create`: a site with its rule and its first keys, all or nothing. */
export function addSiteCreate(site: Command, cli: Cli): void {
  site
    .command('create')
    .description('Make a site, with a publishable and a secret key')
    .requiredOption('--slug <slug>', 'short name in addresses: small letters, digits, hyphens')
    .requiredOption('--name <name>', 'its name')
    .option('--origin <origin>', 'where its pages are, such as https://www.example.ma; repeatable', repeated)
    .option('--image-host <host>', "a host of its images; repeatable; else its origins' hosts", repeated)
    .option(
      '--address-preset <name>',
      'an image service that its images go through, such as wordpress; repeatable',
      repeated,
    )
    .option(
      '--ignore-parameter <name>',
      'a parameter that never chooses the picture, such as w; repeatable',
      repeated,
    )
    .option('--remove-path <pattern>', "what is no part of an image's path; repeatable", repeated)
    .option('--locale <locale>', 'fr, ar, es or en; else fr')
    .option('--time-zone <zone>', 'such as Africa/Casablanca; else UTC')
    .option('--reason <reason>', 'a reason that its readers may give; repeatable; else all', repeated)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run cli -- site create --slug revue --name "Revue de presse" --origin https://www.revue.ma
  $ npm run cli -- site create --slug revue --name Revue --origin https://revue.ma \\
      --image-host cdn.revue.ma --image-host '*.images.revue.ma' --locale ar --json
  $ npm run cli -- site create --slug revue --name Revue --origin https://revue.ma \\
      --address-preset wordpress --ignore-parameter w --remove-path '/resize/{digits}x{digits?}/'

What address presets and patterns do: docs/addresses.md`,
    )
    .action((options: Options) => nameOptions(OPTIONS, () => run(cli, options)));
}

async function run(
  cli: Cli,
  { origin, imageHost, addressPreset, ignoreParameter, removePath, reason, json, ...given }: Options,
): Promise<void> {
  await withDatabase(cli, async ({ config, database, sealed, secret }) => {
    const made = await database.inTransaction(async (tx) => {
      const row = await createSite(
        tx,
        {
          ...given,
          ...(origin === undefined ? {} : { origins: origin }),
          ...(imageHost === undefined ? {} : { imageHosts: imageHost }),
          addressRules: {
            ...(addressPreset === undefined ? {} : { presets: addressPreset }),
            ...(ignoreParameter === undefined ? {} : { ignoreParameters: ignoreParameter }),
            ...(removePath === undefined ? {} : { removePaths: removePath }),
          },
          ...(reason === undefined ? {} : { reasons: reason }),
        },
        { staffId: null, production: config.production },
      );
      const publishable = await createKey(tx, row.id, 'publishable', '', null);
      const secretKey = await createKey(tx, row.id, 'secret', '', null);
      return { row, publishableKey: publishable.key, secretKey: secretKey.key };
    });
    const { row, publishableKey, secretKey } = made;
    const site = siteAnswer(sealed, siteSettings(row));
    const signing = readerSigningSecret(secret, row.id);
    answer(cli, json, { site, publishableKey, secretKey, readerSigningSecret: signing }, [
      `Made the site ${site.slug} (${site.id}).`,
      `Images of: ${site.imageHosts.join(', ') || 'no host yet, so browsers can report nothing'}`,
      '',
      `Publishable key, for its pages:      ${publishableKey}`,
      `Secret key, for its back end alone:  ${secretKey}`,
      `Secret for signing readers' tokens:  ${signing}`,
      '',
      'The keys are shown this once: keep them now.',
    ]);
  });
}
