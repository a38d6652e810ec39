/** Lets actors do their next turn, or not; knows when nobody is in one. */
export class Gate {
  private closed: { readonly opened: Promise<void>; readonly open: () => void } | null = null;
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  open(): void {
    this.closed?.open();
    this.closed = null;
  }

  /** Resolves when every turn that had begun is over. */
  async close(): Promise<void> {
    if (this.closed === null) {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      this.closed = { opened, open };
    }
    if (this.inside > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async pass(turn: () => Promise<void>): Promise<void> {
    while (this.closed !== null) await this.closed.opened;
    this.inside += 1;
    try {
      await turn();
    } finally {
      this.inside -= 1;
      if (this.inside === 0) for (const wake of this.waiting.splice(0)) wake();
    }
  }
}
