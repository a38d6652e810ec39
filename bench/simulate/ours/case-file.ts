import type { Command } from '../../../src/core/command.js';
import { decide } from '../../../src/core/decide.js';
import { awaitsDecision, type ImageState, NEW_IMAGE } from '../../../src/core/image-state.js';
import type { LeftOutCause } from '../../../src/core/left-out.js';
import { admitVotes, type CappedVote } from '../../../src/core/network-caps.js';
import type { ReasonSet } from '../../../src/core/tally.js';
import type { VersionedRule } from '../../../src/core/threshold-rule.js';
import { DAY, type Report, type Reporter } from '../reporter.js';

/** A vote as the table keeps it. */
export interface Vote {
  readonly reporter: Reporter;
  readonly round: number;
  readonly castAt: number;
  readonly comment: string | null;
  readonly capped: CappedVote | null;
  readonly leftOut: LeftOutCause | null;
}

/** Everybody gives this reason: reasons change nothing of what is compared here. */
export const REASONS: ReasonSet = ['violence'];
/** An account is young for so long, and capped. */
const YOUNG = 7 * DAY;

/** One picture as the neck keeps it: its state, and the votes on it. */
export class CaseFile {
  state: ImageState = NEW_IMAGE;
  readonly votes: Vote[] = [];

  constructor(readonly picture: number) {}

  /** Brings a command before the rules and keeps what they say. */
  ask(command: Command, rule: VersionedRule, now: number): ImageState {
    const verdict = decide(this.state, command, { kind: 'reader', id: null }, rule, now);
    if (!verdict.ok)
      throw new Error(`picture ${this.picture}: ${command.type} was refused: ${verdict.refusal}`);
    const before = this.state;
    const { next } = verdict;
    const stored =
      next.case === null ? null : { ...next.case, id: next.case.id ?? `${this.picture}/${next.round}` };
    this.state = {
      ...next,
      case: stored !== null && (awaitsDecision(stored) || stored.round === next.round) ? stored : null,
    };
    return before;
  }

  hasVoteOf(reporter: string): boolean {
    return this.votes.some((vote) => vote.reporter.id === reporter && vote.round === this.state.round);
  }

  /** The votes of the round that count, the oldest first. */
  counted(): readonly Vote[] {
    return this.votes.filter(({ round, leftOut }) => round === this.state.round && leftOut === null);
  }

  /** Keeps a vote, and says whether the networks that it comes from let it count. */
  add({ reporter, comment }: Report, hasBudget: boolean, rule: VersionedRule, now: number): Vote {
    const isCapped = !reporter.verified || now - reporter.knownSince < YOUNG;
    const capped = isCapped
      ? { narrow: reporter.narrow, wide: reporter.wide, minted: null, reasons: REASONS }
      : null;
    const byNetwork = capped === null ? null : (admitVotes([capped], this.taken(), rule.rule)[0] ?? null);
    const leftOut: LeftOutCause | null = hasBudget ? byNetwork : 'budget';
    const vote: Vote = { reporter, round: this.state.round, castAt: now, comment, capped, leftOut };
    this.votes.push(vote);
    return vote;
  }

  private taken(): { narrow: ReadonlyMap<string, number>; wide: ReadonlyMap<string, number> } {
    const narrow = new Map<string, number>();
    const wide = new Map<string, number>();
    for (const { capped } of this.counted()) {
      if (capped === null) continue;
      narrow.set(capped.narrow, (narrow.get(capped.narrow) ?? 0) + 1);
      wide.set(capped.wide, (wide.get(capped.wide) ?? 0) + 1);
    }
    return { narrow, wide };
  }
}
