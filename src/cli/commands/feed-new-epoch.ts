import type { Command } from 'commander';
import { FeedEpoch } from '../../visibility/feed-epoch.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** `feed new-epoch`: for after a restore in place, which nothing else can notice. */
export function addFeedNewEpoch(feed: Command, cli: Cli): void {
  feed
    .command('new-epoch')
    .description('Refuse all cursors given out until now: after a dump was restored into the same database')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nFollowers are answered 410 and take the block list again; nothing else changes. Another cluster, a promoted\n' +
        'standby or a database made anew is noticed without it.\n\nExample:\n  $ npm run cli -- feed new-epoch',
    )
    .action(({ json }: { json?: boolean }) =>
      withDatabase(cli, async ({ database }) => {
        const epochs = new FeedEpoch(database);
        const { stored } = await epochs.status();
        const epoch = await epochs.raise('operator');
        answer(cli, json, { epoch, previous: stored.epoch }, [
          `A new epoch has begun: ${epoch}. Cursors of ${stored.epoch} are refused from now on.`,
        ]);
      }),
    );
}
