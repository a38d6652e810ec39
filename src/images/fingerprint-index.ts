import { bitsApart } from '../core/content.js';

export class FingerprintIndex {
  private readonly all = new Map<string, Uint8Array>();
  add(id: string, pdq: Uint8Array): void {
    this.all.set(id, pdq);
  }
  remove(id: string): void {
    this.all.delete(id);
  }
  get size(): number {
    return this.all.size;
  }
  search(pdq: Uint8Array, distance: number): { id: string; distance: number }[] {
    return [...this.all]
      .map(([id, other]) => ({ id, distance: bitsApart(pdq, other) }))
      .filter((found) => found.distance <= distance)
      .sort((a, b) => a.distance - b.distance);
  }
}
