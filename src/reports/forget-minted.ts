import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '../database/database.js';
import { forgetMintedDevices } from '../database/statements/minted-devices.js';
import { forgetSpentChallenges } from '../database/statements/spent-challenges.js';

const EVERY_MILLISECONDS = 600_000;

/** Rows at once: some milliseconds of work. */
const AT_ONCE = 2_000;

/**
 * Removes what minting no longer needs: challenges that have expired, and what networks minted more than a day ago.
 * Whichever process has the reader's door does it, since it is there that the rows are made; many do not get into each
 * other's way.
 */
@Injectable()
export class ForgetMinted implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Devices');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.forget().catch((error: unknown) => {
        this.logger.warn('What minting no longer needs could not be removed; trying again later.', error);
      });
    }, EVERY_MILLISECONDS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Removes all there is to remove. */
  async forget(): Promise<void> {
    for (const some of [forgetSpentChallenges, forgetMintedDevices]) {
      let gone = AT_ONCE;
      while (gone === AT_ONCE && !this.stopped) {
        gone = await this.database.inIndexedTransaction((tx) => some(tx, AT_ONCE));
      }
    }
  }
}
