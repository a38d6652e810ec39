import { comparableWords } from '../core/hold-signals.js';
import type { Fact } from '../core/replay/fact.js';
import { NONE, type PastVotes, REPORTER_KINDS } from '../core/replay/past-votes.js';
import type { PastFactRow } from '../database/statements/replay/read-past-facts.js';
import { hashOfWords } from './hash-of-words.js';
import { NumberedKeys } from './numbered-keys.js';

const MUTED = 128;

/** Gives images, reporters and networks the numbers by which the core plays them; hashes go no further than this. */
export class NumberedPast {
  readonly images = new NumberedKeys();
  private readonly reporters = new NumberedKeys();
  private readonly networks = new NumberedKeys();

  constructor(private readonly votes: PastVotes) {}

  /** A vote as read-past-votes.ts packs it. */
  addVote(packed: Buffer): void {
    const kind = packed.readInt16BE(56);
    this.votes.add({
      image: this.images.numberOf(packed, 0),
      reporter: this.reporters.numberOf(packed, 8),
      at: packed.readDoubleBE(16),
      narrow: this.network(packed, 24),
      wide: this.network(packed, 32),
      minted: this.network(packed, 40),
      round: packed.readInt32BE(48),
      reasons: packed.readInt16BE(52),
      ageMinutes: packed.readInt16BE(54),
      kind: REPORTER_KINDS[kind & ~MUTED] ?? 'device',
      isSilent: (kind & MUTED) !== 0,
    });
  }

  /** Null for words that are too short to say anything. */
  factOf(row: PastFactRow): Fact | null {
    const { at } = row;
    switch (row.type) {
      case 'withdrawal':
        return { type: row.type, at, ...this.voteOf(row) };
      case 'further-reason':
        return { type: row.type, at, ...this.voteOf(row), reason: row.data.reason };
      case 'words': {
        const words = comparableWords(row.data.comment);
        if (words === null) return null;
        return {
          type: row.type,
          at,
          ...this.voteOf(row),
          words: hashOfWords(words),
          further: row.data.further,
        };
      }
      case 'decision': {
        const { decision, action, policy, undone } = row.data;
        const image = this.images.numberOfId(row.imageId);
        return { type: row.type, at, image, round: row.round, id: decision, action, policy, undone };
      }
      case 'undo':
        return { type: row.type, at, image: this.images.numberOfId(row.imageId), ...row.data };
      case 'protection.set':
      case 'protection.lifted': {
        const image = this.images.numberOfId(row.imageId);
        return { type: 'protection', at, image, set: row.type === 'protection.set' };
      }
      case 'content.changed': {
        const { from, to, announced } = row.data;
        return {
          type: 'new-bytes',
          at,
          image: this.images.numberOfId(row.imageId),
          from: from ?? 0,
          to,
          announced,
        };
      }
      case 'stood':
        return { type: row.type, at, image: this.images.numberOfId(row.imageId), reason: row.data.reason };
      case 'verdict':
        return { type: row.type, at, reporter: this.reporters.numberOf(row.reporter), ...row.data };
    }
  }

  private voteOf({ imageId, round, reporter }: { imageId: string; round: number; reporter: Buffer }) {
    return { image: this.images.numberOfId(imageId), round, reporter: this.reporters.numberOf(reporter) };
  }

  private network(packed: Buffer, offset: number): number {
    const none = packed.readUInt32BE(offset) === 0 && packed.readUInt32BE(offset + 4) === 0;
    return none ? NONE : this.networks.numberOf(packed, offset);
  }
}
