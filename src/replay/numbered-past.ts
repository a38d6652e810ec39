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
  factOf({ type, at, imageId, round, reporter, data }: PastFactRow): Fact | null {
    const image = imageId === null ? NONE : this.images.numberOfId(imageId);
    const ofVote = {
      at,
      image,
      round: round ?? 1,
      reporter: reporter === null ? NONE : this.reporters.numberOf(reporter),
    };
    switch (type) {
      case 'withdrawal':
        return { type, ...ofVote };
      case 'further-reason':
        return { type, ...ofVote, reason: data?.reason ?? 'other' };
      case 'words': {
        const words = comparableWords(data?.comment ?? '');
        return words === null
          ? null
          : { type, ...ofVote, words: hashOfWords(words), further: data?.further === true };
      }
      case 'decision':
        return {
          type,
          at,
          image,
          round: ofVote.round,
          id: data?.decision ?? '',
          action: data?.action ?? 'keep',
          policy: data?.policy ?? null,
          undone: data?.undone === true,
        };
      case 'undo':
        return { type, at, image, decision: data?.decision ?? '', action: data?.action ?? 'keep' };
      case 'protection.set':
      case 'protection.lifted':
        return { type: 'protection', at, image, set: type === 'protection.set' };
      case 'content.changed':
        return {
          type: 'new-bytes',
          at,
          image,
          from: data?.from ?? 0,
          to: data?.to ?? 0,
          announced: data?.announced === true,
        };
      case 'stood':
        return { type, at, image, reason: data?.reason ?? 'other' };
      case 'verdict':
        return {
          type,
          at,
          reporter: ofVote.reporter,
          decision: data?.decision ?? '',
          valid: data?.valid === true,
        };
    }
  }

  private network(packed: Buffer, offset: number): number {
    const none = packed.readUInt32BE(offset) === 0 && packed.readUInt32BE(offset + 4) === 0;
    return none ? NONE : this.networks.numberOf(packed, offset);
  }
}
