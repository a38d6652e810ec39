const { imul } = Math;

/** Of so many slots at most half are taken. A power of two. */
const FIRST_SLOTS = 1 << 12;

/** Numbers keys of 8 bytes, from 0 on, in the order in which they come: 16 to 32 bytes a key. */
export class NumberedKeys {
  size = 0;
  private high = new Uint32Array(FIRST_SLOTS / 2);
  private low = new Uint32Array(FIRST_SLOTS / 2);
  /** The key's number + 1; 0: free. */
  private slots = new Int32Array(FIRST_SLOTS);

  /** The number of a key, a new one where it was not seen before. */
  numberOf(key: Buffer, offset = 0): number {
    const high = key.readUInt32BE(offset);
    const low = key.readUInt32BE(offset + 4);
    const slot = this.slotOf(high, low);
    const known = this.slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    return this.insert(slot, high, low);
  }

  /** The number of a database id. */
  numberOfId(id: string): number {
    const key = Buffer.alloc(8);
    key.writeBigInt64BE(BigInt(id));
    return this.numberOf(key);
  }

  /** The database id that has the number. */
  idOf(number: number): string {
    return ((BigInt(this.high[number] ?? 0) << 32n) | BigInt(this.low[number] ?? 0)).toString();
  }

  private insert(slot: number, high: number, low: number): number {
    const number = this.size;
    if (number === this.high.length) return this.grown(high, low);
    this.high[number] = high;
    this.low[number] = low;
    this.slots[slot] = number + 1;
    this.size += 1;
    return number;
  }

  private grown(high: number, low: number): number {
    this.high = doubled(this.high);
    this.low = doubled(this.low);
    this.slots = new Int32Array(2 * this.slots.length);
    for (let number = 0; number < this.size; number += 1)
      this.slots[this.slotOf(this.high[number] ?? 0, this.low[number] ?? 0)] = number + 1;
    return this.insert(this.slotOf(high, low), high, low);
  }

  /** Where the key is, or a free slot where it belongs. Ids come one after the other: mixed, they lie apart. */
  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1;
    const mixed = imul(low ^ imul(high, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0 || (this.low[number] === low && this.high[number] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
