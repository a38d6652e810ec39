import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';

/** Does something from time to time, from the start of the process to its end: one run after the other, never two at once. */
export abstract class Regularly implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private first: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  protected stopped = false;

  /**
   * @param name in the log
   * @param complaint what is said there when it failed
   * @param firstAfter how long after the start it is done for the first time; by default as long as between any two
   */
  constructor(
    name: string,
    private readonly complaint: string,
    private readonly everyMilliseconds: number,
    private readonly firstAfter = everyMilliseconds,
  ) {
    this.logger = new Logger(name);
  }

  /** Does it once; ends early when `stopped`. */
  protected abstract once(): Promise<unknown>;

  onApplicationBootstrap(): void {
    if (this.firstAfter < this.everyMilliseconds) {
      this.first = setTimeout(() => this.begin(), this.firstAfter).unref();
    }
    this.timer = setInterval(() => this.begin(), this.everyMilliseconds).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.first);
    clearInterval(this.timer);
    await this.running;
  }

  private begin(): void {
    this.running ??= this.once()
      .then(
        () => undefined,
        (error: unknown) => this.logger.warn(this.complaint, error),
      )
      .finally(() => (this.running = undefined));
  }
}
