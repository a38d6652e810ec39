/** A bell within this process: rung between two waits, it is heard by the next. */
export class WakeUp {
  private isRung = false;
  private waiting = new Set<() => void>();

  ring(): void {
    this.isRung = true;
    for (const wake of [...this.waiting]) wake();
  }

  /** Forgets earlier rings. */
  clear(): void {
    this.isRung = false;
  }

  /** Waits for a ring since the last `clear`, so many ms at most. */
  async rung(milliseconds: number): Promise<void> {
    if (!this.isRung) await this.wait(milliseconds);
  }

  /** Waits until the condition holds, which is looked at now and after each ring. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.wait();
  }

  private wait(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(wake, milliseconds);
      this.waiting.add(wake);
    });
  }
}
