/**
 * Chance that can be had again: the same name gives the same numbers. Mulberry32, by Tommy Ettinger (public domain), is enough
 * here: nothing depends on nobody being able to guess it.
 */
export class Chance {
  private state: number;

  constructor(private readonly name: string) {
    this.state = hashOf(name);
  }

  /** Chance of its own, which what else is drawn here does not move. */
  of(part: string): Chance {
    return new Chance(`${this.name}/${part}`);
  }

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Is it so, in `share` of all cases? */
  is(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** How long until something that happens by itself, every `mean` on average. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** How often something happens that is expected `mean` times. */
  count(mean: number): number {
    let happened = 0;
    for (let passed = this.wait(1); passed < mean; passed += this.wait(1)) happened += 1;
    return happened;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
