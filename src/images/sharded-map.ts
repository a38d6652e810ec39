/** So many small maps: one of a million entries stands still for a tenth of a second when it grows. */
const SHARDS = 512;

/** Texts to whole numbers, any number of them. */
export class ShardedMap {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<string, number>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The text must not be in it yet. */
  set(text: string, value: number): void {
    this.#shard(text).set(text, value);
    this.#size += 1;
  }

  /** Removes a text, and gives what it stood for. */
  take(text: string): number | undefined {
    const shard = this.#shard(text);
    const value = shard.get(text);
    if (shard.delete(text)) this.#size -= 1;
    return value;
  }

  #shard(text: string): Map<string, number> {
    let sum = 0;
    for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    const shard = this.#shards[(sum ^ (sum >>> 15)) & (SHARDS - 1)];
    if (shard === undefined) throw new RangeError('There is no such shard.');
    return shard;
  }
}
