import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import { readSystemIdentifier } from '../database/statements/server/database-identity.js';
import {
  adoptServerIdentity,
  beginFeedEpoch,
  type EpochCause,
  type FeedEpochRow,
  readFeedEpoch,
  readServerPlace,
  type ServerIdentity,
} from '../database/statements/log/feed-epoch.js';

const FIELDS = ['systemIdentifier', 'timeline', 'databaseOid'] as const;

/**
 * The epoch of the change feed: as long as it lasts, the log only grows. Cursors of another one are refused, because a
 * restored database may say something else under the same number. It is compared with where the database is: at the
 * start, and whenever the server is another or was started anew (follow-log.ts).
 */
@Injectable()
export class FeedEpoch {
  private readonly logger = new Logger(FeedEpoch.name);
  private warned = false;

  constructor(private readonly db: Database) {}

  /** The epoch that holds, after a new one was begun where the database is elsewhere. */
  async check(): Promise<string> {
    const [known, here] = [await readFeedEpoch(this.db), await this.whereItIs()];
    if (FIELDS.some((field) => isOther(known[field], here[field])))
      return this.begin(known, 'another cluster', here);
    if (FIELDS.some((field) => known[field] === null && here[field] !== null))
      await adoptServerIdentity(this.db, known.epoch, here);
    return known.epoch;
  }

  /**
   * Begins a new epoch: all cursors that were given out until now are refused in every process.
   *
   * @param instead of the epoch in which the cause was found; when it is over already, nothing happens
   */
  async raise(cause: EpochCause, instead?: string): Promise<string> {
    const known = await readFeedEpoch(this.db);
    if (instead !== undefined && known.epoch !== instead) return known.epoch;
    return this.begin(known, cause, await this.whereItIs());
  }

  /** The epoch that is stored, with where it began, and where the database is now. */
  async status(): Promise<{ readonly stored: FeedEpochRow; readonly here: ServerIdentity }> {
    return { stored: await readFeedEpoch(this.db), here: await this.whereItIs() };
  }

  private async begin(known: FeedEpochRow, cause: EpochCause, here: ServerIdentity): Promise<string> {
    const begun = await beginFeedEpoch(this.db, known.epoch, cause, here);
    if (begun === undefined) return (await readFeedEpoch(this.db)).epoch;
    // An operator is answered; a service that finds it out tells those who run it why.
    if (cause !== 'operator')
      this.logger.warn(
        `A new epoch of the change feed has begun (${cause}): followers take the blocklist again. ` +
          `Was: ${describe(known)}. Is: ${describe(here)}.`,
      );
    return begun.epoch;
  }

  private async whereItIs(): Promise<ServerIdentity> {
    return { ...(await readServerPlace(this.db)), systemIdentifier: await this.systemIdentifier() };
  }

  private async systemIdentifier(): Promise<string | null> {
    const identifier = await readSystemIdentifier(this.db);
    if (identifier === null && !this.warned) {
      this.warned = true;
      this.logger.warn(
        'This role may not call pg_control_system(): whether the database was restored into another cluster is only ' +
          'seen by its number and timeline. After a restore run "npm run cli -- feed new-epoch", or grant it: ' +
          'grant execute on function pg_control_system() to <role>.',
      );
    }
    return identifier;
  }
}

/** What one of both does not tell proves nothing. */
const isOther = (known: string | null, here: string | null): boolean =>
  known !== null && here !== null && known !== here;

const describe = ({ systemIdentifier, timeline, databaseOid }: ServerIdentity): string =>
  `cluster ${systemIdentifier ?? 'unknown'}, timeline ${timeline ?? 'unknown'}, database ${databaseOid ?? 'unknown'}`;
