import { Database } from '../database/database.js';
import { EarlyStatistics } from '../database/early-statistics.js';
import { isConnectionLost, isOutOfRoom } from '../database/postgres-errors.js';
import type { ManagedTx, Tx } from '../database/tx.js';
import { inSpan } from '../telemetry/tracing.js';
import { BlockIndex, type VisibilityChange } from '../visibility/block-index.js';
import { announceContent, type AnnouncedContent, type AnnouncedOutcome } from './announce-content.js';
import type { ImageCommand, Outcome } from './image-command.js';
import { moderateImages } from './moderate-images.js';
import { seeContent } from './see-content.js';
import type { SeenContent, SeenOutcome } from './seen-content.js';

/** `fetch`: whether images that are reported, or blocked, are looked at (setting images.fetch). */
export interface NeckOptions {
  readonly fetch: boolean;
}

/** Runs commands in a transaction; outcomes in their order. `at`: the time instead of the clock (ModerateOptions). */
export type Moderate = (commands: readonly ImageCommand[], at?: Date) => Promise<readonly Outcome[]>;

/**
 * Runs commands through the neck, each set in one transaction, and tells this process's block index before anybody is
 * answered.
 */
export class Neck {
  private readonly statistics: EarlyStatistics;

  constructor(
    private readonly database: Database,
    private readonly index: BlockIndex,
    private readonly options: NeckOptions = { fetch: true },
  ) {
    this.statistics = new EarlyStatistics(database);
  }

  /** All commands or none; outcomes in the order of the commands. */
  async moderate(commands: readonly ImageCommand[], at: Date | null = null): Promise<readonly Outcome[]> {
    const { outcomes, changes } = await inSpan('moderate images', {}, () =>
      this.database.inIndexedTransaction((tx) =>
        moderateImages(tx, commands, { at, fetch: this.options.fetch }),
      ),
    );
    this.index.apply(changes);
    this.statistics.count(commands.length);
    return outcomes;
  }

  /** Commands that are found in the transaction in which they are carried out, which may run again; none is well, too. */
  async moderateFound(find: (tx: Tx) => Promise<readonly ImageCommand[]>): Promise<readonly Outcome[]> {
    const { outcomes, changes } = await this.database.inIndexedTransaction(async (tx) => {
      const commands = await find(tx);
      if (commands.length === 0) return { outcomes: [], changes: [] };
      return moderateImages(tx, commands, { at: null, fetch: this.options.fetch });
    });
    this.index.apply(changes);
    return outcomes;
  }

  /**
   * Sets of commands, one after the other, and what else `work` does in the one transaction, which may run again: all of it
   * or nothing. For settings: its statements are not held to indexes.
   */
  async inTransaction<T>(work: (tx: ManagedTx, moderate: Moderate) => Promise<T>): Promise<T> {
    const { result, changes } = await this.database.inTransaction(async (tx) => {
      const changed: VisibilityChange[] = [];
      // More may follow, so nobody's last statement is the last.
      const going: Tx = { ...tx, finish: (statement, values) => tx.query(statement, values) };
      const moderate: Moderate = async (commands, at) => {
        const done = await moderateImages(going, commands, { at: at ?? null, fetch: this.options.fetch });
        changed.push(...done.changes);
        return done.outcomes;
      };
      return { result: await work(tx, moderate), changes: changed };
    });
    this.index.apply(changes);
    return result;
  }

  /** One command. */
  async moderateOne(command: ImageCommand): Promise<Outcome> {
    const [outcome] = await this.moderate([command]);
    if (outcome === undefined) throw new Error('the neck gave no outcome');
    return outcome;
  }

  /**
   * Says of bytes that were found behind an address, or that a site told of, what they are to the image, with all that
   * follows from it. Run again where another transaction got in its way.
   */
  async see(content: SeenContent): Promise<SeenOutcome> {
    const { outcome, changes } = await this.database.inIndexedTransaction((tx) =>
      seeContent(tx, content, this.options.fetch),
    );
    this.index.apply(changes);
    return outcome;
  }

  /** The site says that the bytes behind an image change, and not to what. */
  announce(content: AnnouncedContent): Promise<AnnouncedOutcome> {
    return this.database.inIndexedTransaction((tx) => announceContent(tx, content));
  }

  /** Whether images are fetched at all. */
  get fetches(): boolean {
    return this.options.fetch;
  }

  /**
   * As many commands as possible: a set that fails is halved and tried again, so that one poisonous command never
   * fails its neighbours. A lost connection and a full disk are nobody's fault, and fail them all.
   */
  async moderateEach(commands: readonly ImageCommand[]): Promise<readonly PromiseSettledResult<Outcome>[]> {
    try {
      return (await this.moderate(commands)).map((value) => ({ status: 'fulfilled', value }));
    } catch (reason) {
      if (commands.length === 1 || isConnectionLost(reason) || isOutOfRoom(reason)) {
        return commands.map(() => ({ status: 'rejected', reason }));
      }
      const half = Math.ceil(commands.length / 2);
      const first = await this.moderateEach(commands.slice(0, half));
      return [...first, ...(await this.moderateEach(commands.slice(half)))];
    }
  }
}
