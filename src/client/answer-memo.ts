const { imul } = Math;

/** Addresses in a generation: more than a site's pages of one day show. */
const GENERATION = 1 << 14;
/** Characters of the end by which an address is known again: there those of pictures differ. */
const SAMPLE = 12;
/** A power of two. */
const SAMPLES = 1 << 19;

/**
 * The last answers to addresses, in the words in which they were asked: pages ask for the same pictures again and
 * again. An address is kept from the second time on, so that a pass over ever new ones costs little. Two generations;
 * what is still asked for moves into the younger. Holds some 5 MB when full, whatever the number of blocked images.
 */
export class AnswerMemo {
  private young = new Map<string, boolean>();
  private old = new Map<string, boolean>();
  /** One bit per sample. Two addresses with the same one: the second is kept a little early. */
  private readonly seen = new Uint32Array(SAMPLES / 32);
  private marked = 0;

  /** The answer given before, or undefined. */
  find(text: string): boolean | undefined {
    const answer = this.young.get(text);
    if (answer !== undefined || this.old.size === 0) return answer;
    const older = this.old.get(text);
    if (older !== undefined) this.add(text, older);
    return older;
  }

  keep(text: string, blocked: boolean): void {
    const sample = sampleOf(text);
    const word = this.seen[sample >>> 5] ?? 0;
    if ((word >>> (sample & 31)) & 1) return this.add(text, blocked);
    this.seen[sample >>> 5] = word | (1 << (sample & 31));
    this.marked += 1;
    if (this.marked < 2 * GENERATION) return;
    this.seen.fill(0);
    this.marked = 0;
  }

  /** Whenever an answer may have changed. */
  forget(): void {
    if (this.young.size > 0) this.young = new Map();
    if (this.old.size > 0) this.old = new Map();
  }

  private add(text: string, blocked: boolean): void {
    if (this.young.size === GENERATION) {
      this.old = this.young;
      this.young = new Map();
    }
    // A copy: an engine may keep a part of a page as a window on all of it, which would then stay in memory.
    this.young.set(` ${text}`.slice(1), blocked);
  }
}

function sampleOf(text: string): number {
  const { length } = text;
  let sample = length;
  for (let index = Math.max(0, length - SAMPLE); index < length; index += 1) {
    sample = imul(sample ^ text.charCodeAt(index), 0x9e3779b1);
  }
  return (sample ^ (sample >>> 15)) & (SAMPLES - 1);
}
