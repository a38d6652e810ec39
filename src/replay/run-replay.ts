import { Injectable } from '@nestjs/common';
import { Turns } from '../access/limits/turns.js';
import { MOST_DIFFERENCES } from '../contract/replay.js';
import { Replay, type Replayed } from '../core/replay.js';
import { PastVotes } from '../core/replay/past-votes.js';
import type { Span } from '../core/replay/figures.js';
import { changeRule, type RuleChange, type VersionedRule } from '../core/threshold-rule.js';
import { Database } from '../database/database.js';
import { isTooSlow } from '../database/postgres-errors.js';
import { limitStatements } from '../database/statements/server/limit-statements.js';
import { loadRules } from '../database/statements/sites/load-rules.js';
import { openPastFacts } from '../database/statements/replay/read-past-facts.js';
import { countPastVotes, openPastVotes } from '../database/statements/replay/read-past-votes.js';
import {
  readReplayedImages,
  type ReplayedImageRow,
} from '../database/statements/replay/read-replayed-images.js';
import type { Tx } from '../database/tx.js';
import { askedSpan, type AskedTime, onCalendar } from './asked-span.js';
import { NumberedPast } from './numbered-past.js';
import { type AskedOpen, findOpenImages, type OpenImage } from './open-images.js';
import { PlayPast } from './play-past.js';
import { playingUntil, tooMany, tooSlow } from './playing-until.js';

/** It keeps this process as busy as it may: one at a time, and two who wait for their turn. */
const AT_ONCE = 1;
const LONGEST_LINE = 2;
/** Milliseconds. So long is a snapshot held, which keeps Postgres from tidying up. */
const LONGEST = 120_000;
/** Each takes about 100 bytes of this process's memory, and a few microseconds. */
const MOST_VOTES = 5_000_000;

/** What is asked of a replay. */
export interface AskedReplay {
  readonly siteId: string;
  readonly change: RuleChange;
  /** Left out: the last 30 days. Of what is not said in it, as `from` 30 days before the other, as `to` now. */
  readonly time?: AskedTime;
  /** The last so many days instead, by the database's clock. */
  readonly days?: number;
}

/** Who waits for it. */
export interface Waiting {
  /** Aborted when they are gone. */
  readonly signal: AbortSignal;
  /** Votes that are played, of so many. Called as often as it suits; must not throw. */
  readonly progress: (done: number, of: number) => void;
}

/** What came of it, with what is to be shown of it. */
export interface RanReplay {
  readonly span: Span;
  readonly rules: { readonly current: VersionedRule; readonly candidate: VersionedRule };
  readonly replayed: Replayed;
  /** Beside the first of the differences. */
  readonly names: readonly ReplayedImageRow[];
  readonly openImages: readonly OpenImage[];
}

/** Plays the past of a site under another rule, from one snapshot of the tables (docs/replay.md). */
@Injectable()
export class RunReplay {
  longest = LONGEST;
  mostVotes = MOST_VOTES;
  private readonly turns = new Turns(AT_ONCE, LONGEST_LINE);

  constructor(private readonly database: Database) {}

  /**
   * @throws VigieError INVALID for a time that is none, or too long; CONFLICT when Postgres does not know the time
   *   zone; UNAVAILABLE when too many ask or it takes too long; the signal's reason when it is aborted
   */
  run(asked: AskedReplay, waiting: Waiting): Promise<RanReplay> {
    return this.inTurn(waiting, (tx) => this.replay(tx, asked, waiting));
  }

  /**
   * What alone a rule would do with today's open images, and the rule in force.
   *
   * @throws VigieError UNAVAILABLE as `run` does
   */
  openNow(
    { siteId, change }: AskedReplay,
    waiting: Waiting,
  ): Promise<Pick<RanReplay, 'rules' | 'openImages'>> {
    return this.inTurn(waiting, async (tx) => {
      const { rules, asked } = await askedRules(tx, siteId, change);
      const playing = playingUntil(performance.now() + this.longest, waiting.signal, () => undefined);
      return { rules, openImages: await findOpenImages(tx, asked, playing) };
    });
  }

  private async inTurn<T>({ signal }: Waiting, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.turns.take(() => {
        signal.throwIfAborted();
        return this.database.inTransaction((tx) => {
          limitStatements(tx, this.longest);
          return work(tx);
        }, 'REPEATABLE READ');
      });
    } catch (error) {
      throw isTooSlow(error) ? tooSlow() : error;
    }
  }

  private async replay(tx: Tx, asked: AskedReplay, { signal, progress }: Waiting): Promise<RanReplay> {
    const { siteId, change } = asked;
    const { rules, asked: ofOpen } = await askedRules(tx, siteId, change);
    const { baseline, now } = ofOpen;
    const span = askedSpan({ ...(await onCalendar(tx, asked.time)), days: asked.days }, now);
    const range = { siteId, from: new Date(playedFrom(span, rules)), to: new Date(span.to) };
    const of = await countPastVotes(tx, range);
    if (of > this.mostVotes) throw tooMany(of, this.mostVotes);
    const playing = playingUntil(performance.now() + this.longest, signal, (done) => progress(done, of));
    const votes = new PastVotes(of);
    const numbered = new NumberedPast(votes);
    await openPastVotes(tx, range);
    await openPastFacts(tx, range, rules.current.rule.hold || rules.candidate.rule.hold);
    const replay = new Replay(votes, rules, baseline, span);
    await new PlayPast(tx, votes, numbered, replay).run(playing);

    const replayed = replay.result();
    const shown = replayed.differences.slice(0, MOST_DIFFERENCES);
    const rounds = shown.map(({ image, round }) => ({ imageId: numbered.images.idOf(image), round }));
    return {
      span,
      rules,
      replayed,
      names: await readReplayedImages(tx, siteId, rounds),
      openImages: await findOpenImages(tx, ofOpen, playing),
    };
  }
}

/** The rule in force and the candidate; and what the candidate is asked of open images. */
async function askedRules(
  tx: Tx,
  siteId: string,
  change: RuleChange,
): Promise<{ readonly rules: RanReplay['rules']; readonly asked: AskedOpen }> {
  const [inForce] = await loadRules(tx, [siteId]);
  if (inForce === undefined) throw new Error(`site ${siteId} has no threshold rule`);
  const { version, rule, baseline, now } = inForce;
  const candidate = { version: version + 1, rule: changeRule(rule, change, '/rule') };
  return {
    rules: { current: { version, rule }, candidate },
    asked: { siteId, rule: candidate, baseline, now: now.getTime() },
  };
}

const HOUR = 3_600_000;
/** As long as the longest of the budgets that know of earlier votes: a reporter's for the severe reason. */
const LEAST_HOURS_BEFORE = 7 * 24;

/** Votes from before the time that is counted may still count in it: they are played, too. */
function playedFrom({ from }: Span, { current, candidate }: RanReplay['rules']): number {
  const hours = Math.max(current.rule.windowHours, candidate.rule.windowHours, LEAST_HOURS_BEFORE);
  return from - hours * HOUR;
}
