import type { Standing } from './contender.js';
import type { Picture } from './pictures.js';

/** What it took a rule to hide a picture for the first time. */
export interface Hidden {
  readonly honestReports: number;
  /** Since the first honest report, in ms; null: there was none. */
  readonly after: number | null;
}

/** What became of one picture. Times in ms. */
export class Outcome {
  /** Somebody agreed on having it hidden. */
  isAttacked = false;
  honestReports = 0;
  decisions = 0;
  wasHeld = false;
  /** Null: the rule never hid it. */
  hidden: Hidden | null = null;
  /** For how long the rule hid it, until a moderator looked. */
  hiddenTime = 0;
  private firstHonest: number | null = null;
  private hiddenSince: number | null = null;

  constructor(readonly picture: Picture) {}

  /** An honest reader reports it. */
  reported(now: number): void {
    this.honestReports += 1;
    this.firstHonest ??= now;
  }

  /** So it stands after a report. */
  stands(standing: Standing, now: number): void {
    if (standing === 'held') this.wasHeld = true;
    if (standing !== 'hidden' || this.hiddenSince !== null) return;
    this.hiddenSince = now;
    this.hidden ??= {
      honestReports: this.honestReports,
      after: this.firstHonest === null ? null : now - this.firstHonest,
    };
  }

  /** A moderator looked: whatever hides it from now on is a person's word. */
  decided(now: number): void {
    this.decisions += 1;
    this.ends(now);
  }

  ends(now: number): void {
    if (this.hiddenSince !== null) this.hiddenTime += now - this.hiddenSince;
    this.hiddenSince = null;
  }
}
