interface Entry<Key, Value> {
  readonly key: Key;
  value: Value;
  newer: Entry<Key, Value> | null;
  older: Entry<Key, Value> | null;
}

/**
 * A map that forgets what was used least recently when it holds more than `limit` entries. Its order is a list beside the
 * Map: taking an entry out of the Map and putting it back leaves a trace of each time, and of many entries the one that is
 * asked for most then costs 10 us.
 */
export class LruMap<Key, Value> {
  private readonly entries = new Map<Key, Entry<Key, Value>>();
  private newest: Entry<Key, Value> | null = null;
  private oldest: Entry<Key, Value> | null = null;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: Key): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.use(entry);
    return entry.value;
  }

  set(key: Key, value: Value): void {
    const known = this.entries.get(key);
    if (known !== undefined) {
      known.value = value;
      return this.use(known);
    }
    const entry = { key, value, newer: null, older: null };
    this.entries.set(key, entry);
    this.append(entry);
    if (this.entries.size > this.limit && this.oldest !== null) this.delete(this.oldest.key);
  }

  delete(key: Key): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.unlink(entry);
  }

  clear(): void {
    this.entries.clear();
    this.newest = null;
    this.oldest = null;
  }

  private use(entry: Entry<Key, Value>): void {
    if (entry === this.newest) return;
    this.unlink(entry);
    this.append(entry);
  }

  private append(entry: Entry<Key, Value>): void {
    entry.older = this.newest;
    entry.newer = null;
    if (this.newest === null) this.oldest = entry;
    else this.newest.newer = entry;
    this.newest = entry;
  }

  private unlink({ newer, older }: Entry<Key, Value>): void {
    if (newer === null) this.newest = older;
    else newer.older = older;
    if (older === null) this.oldest = newer;
    else older.newer = newer;
  }
}
