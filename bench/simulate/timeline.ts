interface Planned {
  readonly at: number;
  /** Of two at the same instant, who was planned first comes first. */
  readonly order: number;
  readonly act: () => void;
}

/** What happens and when, in ms since the beginning: a binary heap, so that everybody may plan further ahead. */
export class Timeline {
  now = 0;
  private readonly heap: Planned[] = [];
  private planned = 0;

  /** @param at what lies in the past happens now */
  plan(at: number, act: () => void): void {
    this.planned += 1;
    const { heap } = this;
    heap.push({ at: Math.max(at, this.now), order: this.planned, act });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfLater(parent, child)) break;
      child = parent;
    }
  }

  /** Lets happen what is planned until then, and what that plans. */
  runUntil(end: number): void {
    for (let first = this.heap[0]; first !== undefined && first.at <= end; first = this.heap[0]) {
      this.takeFirst();
      this.now = first.at;
      first.act();
    }
    this.now = end;
  }

  private takeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      if (left >= heap.length) return;
      const child = right < heap.length && this.isLater(left, right) ? right : left;
      if (!this.swapIfLater(parent, child)) return;
      parent = child;
    }
  }

  private swapIfLater(parent: number, child: number): boolean {
    const [above, below] = [this.heap[parent], this.heap[child]];
    if (above === undefined || below === undefined || !this.isLater(parent, child)) return false;
    this.heap[parent] = below;
    this.heap[child] = above;
    return true;
  }

  private isLater(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    return a !== undefined && b !== undefined && (a.at > b.at || (a.at === b.at && a.order > b.order));
  }
}
