import type { Command } from 'commander';
import { readFeedHead } from '../../database/statements/log/read-feed-head.js';
import { FeedEpoch } from '../../visibility/feed-epoch.js';
import { answer, type Cli, table } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** `feed status` */
export function addFeedStatus(feed: Command, cli: Cli): void {
  feed
    .command('status')
    .description('Show the epoch of the change feed, where it began, and where the log ends')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- feed status')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(cli, async ({ database }) => {
        const { stored, here } = await new FeedEpoch(database).status();
        const { seq } = await readFeedHead(database);
        const { epoch, cause, systemIdentifier, timeline, databaseOid } = stored;
        const beganAt = stored.beganAt.toISOString();
        const began = { systemIdentifier, timeline, databaseOid };
        const shown = (there: string | null, now: string | null): string =>
          there === now || there === null ? (now ?? 'not told') : `${there}; now ${now ?? 'not told'}`;
        answer(
          cli,
          json,
          { epoch, cause, beganAt, events: seq, began, here },
          table([
            ['epoch', epoch],
            ['began', `${beganAt} (${cause})`],
            ['last event', String(seq)],
            ['cluster', shown(systemIdentifier, here.systemIdentifier)],
            ['timeline', shown(timeline, here.timeline)],
            ['database', shown(databaseOid, here.databaseOid)],
          ]),
        );
      }),
    );
}
